"""The list of bodies and a page for each that may be named. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import department_page
from etl.publish.render import Page
from etl.publish.views.departments import view_department
from etl.publish.words import Words


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
        name = words.name(department.name)
        yield Page(
            department_page(department.code),
            "department.html",
            name,
            words.say(
                "{name}公开的预算、决算和“三公”经费，每个数都能追到原表。",
                "Budgets, final accounts and three public expenses of {name}, each figure with its source.",
                name=name,
            ),
            {"public": public, "view": view_department(public, department)},
        )
