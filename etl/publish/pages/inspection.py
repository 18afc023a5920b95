"""The page on which the site says what it found in itself. In: Publication, a Survey, the folder. Out: two pages in it.

It is written last and by itself, since it counts the others; MkDocs never sees it.
"""

from __future__ import annotations

from pathlib import Path

from etl.layout import PROGRAM
from etl.publish.inspection import ORDINARY, PAGES, SHOWN, Inspection, inspect
from etl.publish.links import Survey
from etl.publish.places import LANGUAGES
from etl.publish.public import make_public
from etl.publish.publication import Publication
from etl.publish.render import Page, Renderer, web
from etl.publish.spelled import spell_out
from etl.publish.words import Words, clean

PATH = "self-inspection/"


def write_inspection(publication: Publication, survey: Survey, site: Path) -> Inspection:
    """Look at the site and say so on it, in every language; with what was found."""
    public = make_public(publication)
    found = inspect(public, survey, site)
    for lang, name in zip(LANGUAGES, PAGES, strict=True):
        words = Words(public.spec, lang)
        place = public.jurisdiction
        page = Page(
            PATH,
            "self-inspection.html",
            words.say("本站自查", "Self-inspection"),
            words.say(
                "这一次生成的网站：链接、页面大小、空栏目、久未更新、人人可用。",
                "This build of the site: links, page weights, empty sections, pages out of date, accessibility.",
            ),
            {
                "public": public,
                "found": found,
                "limit": ORDINARY,
                "shown": SHOWN,
                "county": words.say("{n}", "{n}", n=words.name(place.names)),
                "foot": {
                    "publisher": clean(place.publisher),
                    "licence": {"name": clean(place.licence_name), "url": web(place.licence_url)},
                    "built_on": public.built_on.isoformat(),
                },
            },
        )
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(spell_out(Renderer(PROGRAM / "docs", words).html(page)) + "\n", "utf-8", newline="\n")
    return found
