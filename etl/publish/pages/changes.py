"""What changed: a page of all releases, and one for each that has documents. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import release_page
from etl.publish.render import Page
from etl.publish.views.changes import view_changes
from etl.publish.words import Words

SHOWN = 30
"""Releases on one page; earlier ones have pages of their own."""


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Latest first."""
    public = material.public
    shown = view_changes(public)
    yield Page(
        "changes/",
        "changes.html",
        words.say("更正和改动", "Corrections and changes"),
        words.say(
            "每次发布来了什么，换了什么，哪个数改了，为什么。",
            "What came with each release, what was replaced, which figures changed, and why.",
        ),
        {"public": public, "shown": shown[:SHOWN], "older": max(len(shown) - SHOWN, 0), "has_children": True},
    )
    for one in shown:
        if one.has_page:
            title = words.say("第 {n} 次发布", "Release {n}", n=one.release.number)
            yield Page(release_page(one.release.number), "release.html", title, title, {"public": public, "one": one})
