"""What a site says about itself once it is built. In: Public, a Survey and the folder. Out: an Inspection.

Nothing here is a promise: every number is counted on the pages of this build, after they were written. Pages of sources
come by the ten thousand and are all made by one template; of them what is counted is what their text shows at once.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.publish.links import Link, Survey
from etl.publish.places import is_document
from etl.publish.public import Public
from etl.spec.declarations import Department

ORDINARY = 40_000
"""Bytes of HTML an ordinary page should not exceed: what a slow line in a valley loads in a second."""
SHOWN = 12
"""Pages and links that are named; the rest is counted."""
FIRST_VIEWS = ("index.html", "departments/index.html", "datasets/index.html", "fees/index.html", "coverage/index.html")
PAGES = ("self-inspection/index.html", "en/self-inspection/index.html")
"""Written after everything else was looked at."""

_EMPTY = re.compile(r"<h([2-6])\b[^<>]*>(?:(?!</h\1>).)*</h\1>\s*(?=<h[12]\b|</section>|</article>|</main>)", re.DOTALL)
_FETCHED = re.compile(r"<(?:link rel=\"(?:icon|stylesheet)\"|script|img)(?=\s)[^<>]*\s(?:href|src)=\"([^\"]+)\"")
_FACTS: Mapping[str, re.Pattern[str]] = {
    "language": re.compile(r"<html\b[^<>]*\slang="),
    "title": re.compile(r"<title>[^<]+</title>"),
    "heading": re.compile(r"\A(?:(?!<h1\b).)*<h1\b(?:(?!<h1\b).)*\Z", re.DOTALL),
    "main": re.compile(r"<main\b[^<>]*\sid=\"?main\b"),
    "skip": re.compile(r"class=\"?mz-skip\b[^<>]*href=\"?#main\b"),
    "policy": re.compile(r"<meta http-equiv=\"?Content-Security-Policy\b"),
    "images": re.compile(r"\A(?!.*<img\b(?![^<>]*\salt=))", re.DOTALL),
    "fields": re.compile(r"\A(?!.*<(?:input|select|textarea)\b(?![^<>]*\s(?:id|type|aria-label)=))", re.DOTALL),
}
"""What holds of a page that everybody can use; each is looked for in its text."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A page and its bytes; of a first view the number of requests, and the bytes as they travel."""

    page: str
    size: int
    requests: int = 1


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was counted."""

    ordinary: int
    """Pages that are not pages of sources."""
    sources: int
    links: int
    broken: tuple[Link, ...]
    foreign: tuple[Link, ...]
    heaviest: tuple[Weight, ...]
    """Ordinary pages above the limit, the heaviest first."""
    median: int
    first_views: tuple[Weight, ...]
    empty: tuple[str, ...]
    """Ordinary pages with a heading and nothing beneath it."""
    stale: tuple[Department, ...]
    """Bodies that exist and of which nothing stands for the latest two years anybody published for."""
    latest: int
    facts: Mapping[str, int]
    """By what is looked for: pages on which it does not hold."""


def inspect(public: Public, survey: Survey, site: Path) -> Inspection:
    """Look at what was built."""
    ordinary = [name for name in survey.pages if not is_document(name)]
    texts = {name: (site / name).read_text("utf-8") for name in ordinary}
    sizes = sorted((survey.pages[name].weight for name in ordinary), reverse=True)
    heavy = [Weight(name, survey.pages[name].weight) for name in ordinary if survey.pages[name].weight > ORDINARY]
    latest = max((one.place.fiscal_year for one in public.standing), default=0)
    return Inspection(
        ordinary=len(ordinary),
        sources=len(survey.pages) - len(ordinary),
        links=survey.links,
        broken=survey.broken(PAGES),
        foreign=survey.foreign(),
        heaviest=tuple(sorted(heavy, key=lambda one: (-one.size, one.page))),
        median=sizes[len(sizes) // 2] if sizes else 0,
        first_views=tuple(_first_view(name, texts[name], site) for name in FIRST_VIEWS if name in texts),
        empty=tuple(name for name, text in texts.items() if _EMPTY.search(text)),
        stale=tuple(_stale(public, latest)),
        latest=latest,
        facts=_facts(texts.values(), (_head(site / name) for name in survey.pages if name not in texts)),
    )


def _first_view(name: str, text: str, site: Path) -> Weight:
    """What a browser fetches to show a page, compressed as a server sends it."""
    asked = [site / Path(name).parent / address for address in _FETCHED.findall(text)]
    files = {site / name, *(path for path in asked if path.is_file())}
    return Weight(name, sum(len(gzip.compress(path.read_bytes(), 6, mtime=0)) for path in files), len(files))


def _stale(public: Public, latest: int) -> Iterator[Department]:
    years: dict[str, int] = {}
    for one in public.standing:
        code = one.place.department_code
        years[code] = max(years.get(code, 0), one.place.fiscal_year)
    for body in public.bodies:
        if body.scope == "department" and body.existed(latest) and years.get(body.code, 0) < latest - 1:
            yield body


def _facts(ordinary: Iterable[str], sources: Iterable[str]) -> Mapping[str, int]:
    missing = dict.fromkeys(_FACTS, 0)
    for text in (*ordinary, *sources):
        for name, pattern in _FACTS.items():
            missing[name] += not pattern.search(text)
    return missing


def _head(path: Path) -> str:
    """A page of sources as far as its first heading: what follows is a table of figures."""
    before, heading, _ = path.read_text("utf-8").partition("<h1>")
    return before + heading
