"""A feed as Atom (RFC 4287). In: a Feed. Out: one file."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from etl.publish.feed.entries import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(feed: Feed, path: Path) -> None:
    """Write a feed as XML."""
    made = make_feed(feed)
    ElementTree.indent(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ElementTree.tostring(made, encoding="utf-8", xml_declaration=True) + b"\n")


def make_feed(feed: Feed) -> ElementTree.Element:
    """The feed as an XML tree."""
    made = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": feed.lang})
    _add(made, "id", feed.id)
    _add(made, "title", feed.title)
    _add(made, "updated", _moment(feed.updated))
    _add(_add(made, "author"), "name", feed.author)
    _add(made, "rights", feed.rights)
    if feed.own:
        _add(made, "link", rel="self", href=f"{feed.own}.xml")
        _add(made, "link", rel="alternate", href=feed.home)
    for entry in feed.entries:
        _add_entry(made, entry)
    return made


def _add_entry(feed: ElementTree.Element, entry: Entry) -> None:
    made = _add(feed, "entry")
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "updated", _moment(entry.day))
    _add(made, "link", rel="alternate", href=entry.href)
    _add(made, "summary", entry.text)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = _NOT_XML.sub("", text) or None
    return child


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
