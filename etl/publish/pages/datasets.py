"""The list of datasets and a page for each. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.publish.charts import Chart
from etl.publish.data.entries import dataset_entry
from etl.publish.data.schema_org import schema_org
from etl.publish.pages.material import Material
from etl.publish.pictures import Pictures, charts
from etl.publish.places import dataset_page
from etl.publish.public import Public
from etl.publish.render import Page
from etl.publish.views.datasets import DatasetView
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Datasets in the order of the declarations."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    yield Page(
        "datasets/",
        "datasets.html",
        words.say("数据", "Data"),
        words.say(
            "{county}的开放数据集，一张表一个。", "Open datasets of {county}, one for each table.", county=county
        ),
        {"public": public, "views": material.datasets, "has_children": True},
    )
    for view in material.datasets:
        name = words.name(view.table.name)
        yield Page(
            dataset_page(view.table.table_id),
            "dataset.html",
            name,
            words.name(view.table.description) or name,
            {
                "public": public,
                "view": view,
                "linked": _linked(view, public),
                "cite": cite(material, words, view),
                "charts": _charts(view, words, county),
            },
        )


def cite(material: Material, words: Words, view: DatasetView) -> str:
    """One line to put under a table or into a list of references: who, what, as of when, where."""
    jurisdiction = material.public.jurisdiction
    where = f"{jurisdiction.site_url.rstrip('/')}/{dataset_page(view.table.table_id)}" if jurisdiction.site_url else ""
    return str(
        words.say(
            "{publisher}：《{name}》，明账，{day} 版。{where}",
            "{publisher}: {name}. Mingzhang, version of {day}. {where}",
            publisher=jurisdiction.publisher,
            name=words.name(view.table.name),
            day=material.public.built_on.isoformat(),
            where=where,
        )
    ).strip()


def _charts(view: DatasetView, words: Words, county: str) -> dict[str, Chart]:
    source = words.say(
        "来源：{county}已公开部门的合计之和，不是全县总数 · 明账",
        "Source: totals of departments of {county} that published, not a total of the county · Mingzhang",
        county=county,
    )
    title = words.name(view.table.name)
    return charts(Pictures(words, str(source)).by_year("by-year", title, view.by_year))


def _linked(view: DatasetView, public: Public) -> dict[str, Any]:
    """What search engines read of a dataset."""
    brought = {one.submission.receipt.file: one.submission for one in view.standing}
    return schema_org(dataset_entry(view.table, tuple(brought.values()), public), view.rows, public)
