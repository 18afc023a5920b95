"""Where figures come from: pages by the thousand, outside MkDocs. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.views.sources import view_sources
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Plain HTML with the stylesheet of the site."""
    public = material.public
    for view in view_sources(public):
        yield Page(
            view.place.path,
            "source.html",
            f"{words.table(view.place.table_id)} · {words.name(view.department.name)}",
            "",
            {"public": public, "view": view, "book": material.book},
        )
