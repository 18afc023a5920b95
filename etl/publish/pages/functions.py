"""Who spends on education? A page for each functional class, and each of its years. In: Material, words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.pictures import Pictures, charts
from etl.publish.places import function_page, function_year_page
from etl.publish.render import Page
from etl.publish.views.functions import FunctionView
from etl.publish.words import Words

FIRST = 15
"""Departments of the latest year that stand on the page of a class; all of them on the page of the year."""


def pages(material: Material, words: Words) -> Iterator[Page]:
    """The list of classes, then each."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    views = material.functions
    yield Page(
        "functions/",
        "functions.html",
        words.say("钱花在哪", "Where the money goes"),
        words.say(
            "{county}各部门的支出按功能分类：教育、卫生、农业各花多少，谁在花。",
            "Spending of departments of {county} by function: who spends on education, on health, on farming.",
            county=county,
        ),
        {"public": public, "views": views, "has_children": True},
    )
    for view in views:
        yield from _of_one(material, words, view, county)


def _of_one(material: Material, words: Words, view: FunctionView, county: str) -> Iterator[Page]:
    name = words.line("expenditure", view.code, view.printed, view.year)
    values = {"public": material.public, "view": view, "name": name, "first": FIRST}
    pictures = Pictures(
        words,
        str(
            words.say(
                "来源：{county}已公开的部门预算、决算之和，各年部门数不同 · 明账",
                "Source: sum of departments of {county} that published, more or fewer each year · Mingzhang",
                county=county,
            )
        ),
    )
    yield Page(
        function_page(view.code),
        "function.html",
        name,
        words.say(
            "{county}哪些部门花钱在{name}上，各年预算和决算。",
            "Which departments of {county} spend on {name}, budget and final account by year.",
            county=county,
            name=name,
        ),
        {
            **values,
            "one": view.years[0],
            "charts": charts(pictures.trend("by-year", f"{view.code} {name}", view.by_year)),
            "has_children": True,
        },
    )
    for one in view.years:
        yield Page(
            function_year_page(view.code, one.year),
            "function-year.html",
            words.say("{name} {y} 年", "{name} {y}", name=name, y=one.year),
            words.say(
                "{county} {y} 年哪些部门花钱在{name}上。",
                "Which departments of {county} spent on {name} in {y}.",
                county=county,
                name=name,
                y=one.year,
            ),
            {**values, "one": one},
        )
