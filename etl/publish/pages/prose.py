"""Pages written by hand, in `docs/zh` and `docs/en`. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.views.home import view_home
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Markdown that asks for a few values."""
    public = material.public
    values = {"public": public, "home": view_home(public), "county": words.name(public.jurisdiction.names)}
    titles = {
        "about": words.say("关于", "About"),
        "developers": words.say("怎样使用数据", "Using the data"),
    }
    for name, title in titles.items():
        yield Page(f"{name}/", f"{name}.md", title, title, values)
