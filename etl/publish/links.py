"""Every page of a built site, looked at once: links, names, weight. In: the folder of a site. Out: a Survey.

MkDocs looks after links in Markdown; most of our pages are HTML, whose links it does not see. A page that is linked to
and not there, a download that was not written, a cell that has no anchor, a link that would open a folder instead of a
page: all are found here before anybody clicks. A link to a foreign host is not followed, only told.

Pages come by the ten thousand and are read by regular expressions, a tenth of a millisecond each: they are ours, where
no `<` and no `>` stands in a text or a value unescaped. A page that is served at any address (404) is not looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

_LINK = re.compile(
    r"<(a|area|form|iframe|image|img|link|object|script|source|use)\b([^<>]*?)\s(?:href|src|action|data)=(?:\"([^\"]*)\"|([^\s>]+))([^<>]*)"
)
_NAME = re.compile(r"\sid=(?:\"([^\"]*)\"|([^\s>\"]+))")
_FOREIGN = re.compile(r"[a-zA-Z][a-zA-Z+.-]*:|//")
_HOST = re.compile(r"(?:[a-zA-Z][a-zA-Z+.-]*:)?//")
_LOADING = frozenset({"script", "img", "iframe", "source", "object"})
_NO_PAGE = "404.html"
"""Served at any address: its links are absolute and depend on where the site lies."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address on one page."""

    page: str
    target: str
    loaded: bool
    """True where a browser fetches it without being asked to."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page holds."""

    links: tuple[tuple[str, bool], ...]
    names: frozenset[str]
    weight: int
    """Bytes, as they lie on the disk."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole site as it was looked at."""

    pages: Mapping[str, Seen]
    files: frozenset[str]

    @property
    def links(self) -> int:
        return sum(len(page.links) for page in self.pages.values())

    def foreign(self) -> tuple[Link, ...]:
        """What a browser would fetch from another host."""
        return tuple(link for link in self._every() if link.loaded and _HOST.match(link.target))

    def broken(self, coming: Collection[str] = ()) -> tuple[Link, ...]:
        """Links inside the site whose file or anchor is not there; `coming` are pages that are still to be written."""
        return tuple(link for link in self._every() if not self._leads_somewhere(link, coming))

    def _every(self) -> Iterator[Link]:
        for name, page in self.pages.items():
            yield from (Link(name, target, loaded) for target, loaded in page.links)

    def _leads_somewhere(self, link: Link, coming: Collection[str]) -> bool:
        if _is_foreign(link.target):
            return True
        address, _, anchor = link.target.partition("#")
        name = _resolve(dirname(link.page), address.partition("?")[0]) if address else link.page
        if name in self.pages:
            return not anchor or unquote(anchor) in self.pages[name].names
        return name in self.files or name in coming


def survey(site: Path) -> Survey:
    """Look at every page of a site."""
    files = frozenset(_files(site))
    names = (name for name in sorted(files) if name.endswith(".html") and not name.endswith(_NO_PAGE))
    return Survey({name: _see(site / name) for name in names}, files)


def find_foreign_loads(site: Path) -> tuple[Link, ...]:
    """What a browser would fetch from another host."""
    return survey(site).foreign()


def find_broken_links(site: Path) -> tuple[Link, ...]:
    """Links inside the site whose file or anchor is not there."""
    return survey(site).broken()


def _files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site):
        below = Path(folder).relative_to(site).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in names)


def _see(path: Path) -> Seen:
    content = path.read_bytes()
    text = content.decode("utf-8")
    links = tuple(
        (unescape(quoted or bare), _is_loaded(tag, before + after))
        for tag, before, quoted, bare, after in _LINK.findall(text)
    )
    names = frozenset(quoted or bare for quoted, bare in _NAME.findall(text))
    return Seen(links, names, len(content))


def _is_loaded(tag: str, attributes: str) -> bool:
    return tag in _LOADING or (tag == "link" and ("stylesheet" in attributes or "icon" in attributes))


def _is_foreign(target: str) -> bool:
    return _FOREIGN.match(target) is not None


@lru_cache(maxsize=65536)
def _resolve(folder: str, target: str) -> str:
    """A relative path from a folder, from the root of the site; it begins with `..` where it leaves the site."""
    name = normpath(join(folder, unquote(target)))
    return f"{name}/" if target.endswith(("/", "/.", "/..")) or target in (".", "..") else name
