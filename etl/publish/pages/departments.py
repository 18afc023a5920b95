"""The list of bodies, a page for each that may be named, and one of its spending. In: Material, words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.charts import Chart
from etl.publish.pages.material import Material
from etl.publish.pictures import Pictures, charts
from etl.publish.places import department_page, spending_page
from etl.publish.render import Page
from etl.publish.views.departments import DepartmentView, view_department, view_spending
from etl.publish.words import Words
from etl.spec.declarations import Department


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Bodies in the order of the register."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    yield Page(
        "departments/",
        "departments.html",
        words.say("部门", "Departments"),
        words.say("{county}登记在册的单位。", "The bodies in the register of {county}.", county=county),
        {
            "public": public,
            "holding": {one.place.department_code for one in public.standing},
            "has_children": True,
        },
    )
    for department in public.departments:
        yield from _of_one(material, words, department)


def _of_one(material: Material, words: Words, department: Department) -> Iterator[Page]:
    name = words.name(department.name)
    view = view_department(material.public, material.shelf, department)
    yield Page(
        department_page(department.code),
        "department.html",
        name,
        words.say(
            "{name}公开的预算、决算和“三公”经费，每个数都能追到原表。",
            "Budgets, final accounts and three public expenses of {name}, each figure with its source.",
            name=name,
        ),
        {
            "public": material.public,
            "view": view,
            "function_pages": {one.code for one in material.functions},
            "charts": _charts(view, words, name),
        },
    )
    if view.functions.rows:
        yield Page(
            spending_page(department.code),
            "department-spending.html",
            words.say("{name}：支出到款、项", "{name}: spending to the last item", name=name),
            words.say(
                "{name}的支出，按功能分类的类、款、项和经济分类。",
                "Spending of {name} by function and by economic class, to the last item.",
                name=name,
            ),
            {"public": material.public, "view": view_spending(material.shelf, department)},
        )


def _charts(view: DepartmentView, words: Words, name: str) -> dict[str, Chart]:
    pictures = Pictures(
        words,
        words.say(
            "来源：{name}公开的预算、决算 · 明账", "Source: budgets and final accounts of {name} · Mingzhang", name=name
        ),
    )
    latest = len(view.functions.columns) - 1
    parts = [
        (words.line(view.functions.table_id, row.code, row.printed, row.year), row.cells[latest])
        for row in view.functions.rows
    ]
    spent_on = str(words.say("支出按功能分类", "Spending by function"))
    if parts:
        spent_on = f"{spent_on} · {pictures.column(view.functions.columns[latest])}"
    return charts(
        pictures.by_year(
            "by-year",
            words.say("{name}：预算和决算", "{name}: budget and final account", name=name),
            {one.year: one.pair for one in view.by_year},
        ),
        pictures.composition("functions", f"{name} · {spent_on}", parts),
        pictures.three_public(
            "three-public",
            words.say("{name}：“三公”经费", "{name}: three public expenses", name=name),
            view.three_public,
        ),
    )
