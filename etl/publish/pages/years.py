"""A page for each year, and one with all its departments. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.charts import Chart
from etl.publish.pages.material import Material
from etl.publish.pictures import Pictures, charts
from etl.publish.places import ranking_page, year_page
from etl.publish.render import Page
from etl.publish.views.years import YearView, view_year, years_of
from etl.publish.words import Words

FIRST = 15
"""Departments that stand on the page itself; the rest is on a page of its own."""


def pages(material: Material, words: Words) -> Iterator[Page]:
    """The list of years, then each, latest first."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    views = [view_year(public, material.shelf, year) for year in years_of(material.shelf)]
    yield Page(
        "years/",
        "years.html",
        words.say("按年度看", "By year"),
        words.say(
            "{county}各部门一年公开了多少预算、花了多少。",
            "What departments of {county} budgeted and spent, year by year.",
            county=county,
        ),
        {"public": public, "views": views, "has_children": True},
    )
    for view in views:
        yield from _of_one(material, words, view, county)


def _of_one(material: Material, words: Words, view: YearView, county: str) -> Iterator[Page]:
    values = {"public": material.public, "view": view, "first": FIRST}
    title = words.say("{year} 年各部门的预算和决算", "Budgets and final accounts of {year}", year=view.year)
    about = words.say(
        "{county} {year} 年：各部门的预算、决算和“三公”经费，按功能分类，按部门。",
        "{county} in {year}: budgets, final accounts and three public expenses by function and by department.",
        county=county,
        year=view.year,
    )
    yield Page(year_page(view.year), "year.html", title, about, {**values, "charts": _charts(view, words, county)})
    if len(view.ranking) > FIRST:
        every = words.say("{year} 年全部部门", "All departments in {year}", year=view.year)
        yield Page(ranking_page(view.year), "year-departments.html", every, about, values)


def _charts(view: YearView, words: Words, county: str) -> dict[str, Chart]:
    source = words.say(
        "来源：{county} {y} 年已公开的部门预算、决算之和，不是全县总数 · 明账",
        "Source: sum of departments of {county} that published {y}, not a total of the county · Mingzhang",
        county=county,
        y=view.year,
    )
    pictures = Pictures(words, str(source))
    names = [(words.line("expenditure", one.code, one.printed, view.year), one.pair) for one in view.classes]
    return charts(
        pictures.ranking("functions", _title(words, view, "支出按功能分类", "Spending by function"), names),
        pictures.ranking(
            "departments",
            _title(words, view, "支出最多的部门", "Largest spenders"),
            [(words.name(one.department.name), one.pair) for one in view.ranking],
        ),
    )


def _title(words: Words, view: YearView, zh: str, en: str) -> str:
    return str(words.say("{y} 年{what}", "{what}, {y}", y=view.year, what=words.say(zh, en)))
