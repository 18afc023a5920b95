"""Links of a built site that lead nowhere. In: the folder of a site. Out: broken links; a link to a foreign host is not
followed, only told.

MkDocs looks after links in Markdown; most of our pages are HTML, whose links it does not see. A page that is linked to
and not there, a download that was not written, a cell that has no anchor: all are found here before anybody clicks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_ADDRESSES = frozenset({"href", "src", "action", "data"})
_LOADED = frozenset({("link", "href"), ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")})
"""What a browser fetches by itself."""
_NO_PAGE = frozenset({"404.html"})
"""Served at any address: its links are absolute and depend on where the site lies."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address on one page."""

    page: str
    target: str
    loaded: bool
    """True where a browser fetches it without being asked to."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, bool]] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        relation = dict(attrs).get("rel") or ""
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in _ADDRESSES and value and tag not in ("data", "input"):
                fetched = (tag, name) in _LOADED and (tag != "link" or "stylesheet" in relation or "icon" in relation)
                self.links.append((value, fetched))


def find_links(site: Path) -> Iterator[Link]:
    """Every address on every page."""
    for page, reader in _read(site).items():
        yield from (Link(page, target, loaded) for target, loaded in reader.links)


def find_foreign_loads(site: Path) -> tuple[Link, ...]:
    """What a browser would fetch from another host."""
    return tuple(link for link in find_links(site) if link.loaded and urlsplit(link.target).netloc)


def find_broken_links(site: Path) -> tuple[Link, ...]:
    """Links inside the site whose file or anchor is not there."""
    pages = _read(site)
    return tuple(
        Link(page, target, loaded)
        for page, reader in pages.items()
        for target, loaded in reader.links
        if not _leads_somewhere(site, pages, page, target)
    )


def _read(site: Path) -> Mapping[str, _Reader]:
    pages: dict[str, _Reader] = {}
    for path in sorted(site.rglob("*.html")):
        if path.name not in _NO_PAGE:
            reader = _Reader()
            reader.feed(path.read_text(encoding="utf-8"))
            pages[path.relative_to(site).as_posix()] = reader
    return pages


def _leads_somewhere(site: Path, pages: Mapping[str, _Reader], page: str, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return True
    name = _resolve(page, unquote(parts.path))
    if name is None:
        return False
    if (site / name).is_dir():
        name = f"{name}/index.html".lstrip("/")
    if name in pages:
        return not parts.fragment or unquote(parts.fragment) in pages[name].anchors
    return (site / name).is_file()


def _resolve(page: str, target: str) -> str | None:
    """A relative path from a page, from the root of the site; None where it leaves the site."""
    if not target:
        return page
    parts: list[str] = []
    for part in (PurePosixPath(page).parent / target).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
