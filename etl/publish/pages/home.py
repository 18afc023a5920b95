"""The first page. In: Material and words. Out: one Page."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.views.home import view_home
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """What is here, in numbers, and the ways in."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
    yield Page(
        "",
        "home.html",
        words.say("{county} · 明账", "{county} · Mingzhang", county=county),
        words.say(
            "{county}各部门的预算、决算和收费目录，从报送的表格逐格读出，可查、可核、可下载。",
            "Budgets, final accounts and fee lists of {county}, read cell by cell: to look up, to check, to download.",
            county=county,
        ),
        {"public": public, "view": view_home(public), "views": material.datasets, "has_children": True},
    )
