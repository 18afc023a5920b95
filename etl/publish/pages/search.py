"""The page of searching, and the index fetched at the first key. In: Material and words. Out: a Page, a script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.search.entries import Listed, kinds
from etl.publish.search.index import index_script
from etl.publish.search.ways import ways_in
from etl.publish.views.fees import view_fees
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """One page; its folder holds the index, which is fetched at the first key."""
    public = material.public
    yield Page(
        "search/",
        "search.html",
        words.say("搜索", "Search"),
        words.say(
            "按名称、拼音、编码和平常的说法，找部门、数据、收费、科目和名词。",
            "Find departments, data, fees, codes and terms by name, by code and by everyday words.",
        ),
        {"public": public, "ways": ways_in(public, words), "has_children": True},
        searchable=False,
    )


def index(material: Material, words: Words, listed: Iterable[Listed]) -> str:
    """`search/index.js`: everything that can be found, once every page is known."""
    public = material.public
    return index_script(kinds(public, view_fees(public), listed, words), public)
