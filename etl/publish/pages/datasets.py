"""The list of datasets and a page for each. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import dataset_page
from etl.publish.render import Page
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
            {"public": public, "view": view},
        )
