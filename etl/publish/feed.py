"""`feed.xml`, an Atom feed (RFC 4287) of what was accepted lately.

Takes what is public; writes one file. Identifiers are made from the content of the submission and days come from the
ledger, so an entry stays the same entry whenever and wherever the site is built.
"""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from xml.etree import ElementTree

from etl.publish.places import department_page
from etl.publish.public import Public
from etl.table import Submission

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 100
"""Entries a feed holds; older ones are on the pages."""
_NAMESPACE = uuid.UUID("5e0b9d3c-4f0a-5c57-9a3e-8a6f8d1c2b7e")
"""Of the identifiers this program makes; never to be changed."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_feed(public: Public, path: Path) -> None:
    """Write the feed of the latest submissions that stand."""
    feed = make_feed(public)
    ElementTree.indent(feed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")


def make_feed(public: Public) -> ElementTree.Element:
    """The feed as an XML tree, latest first."""
    jurisdiction = public.jurisdiction
    latest = _latest(public)
    days = [submission.receipt.received_on for submission in latest]
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "id", f"urn:uuid:{identifier(jurisdiction.code)}")
    _add(feed, "title", f"{jurisdiction.names.zh}财政公开数据：最近更新")
    _add(feed, "updated", _moment(max(days, default=public.built_on.isoformat())))
    _add(_add(feed, "author"), "name", jurisdiction.publisher)
    _add(feed, "rights", jurisdiction.licence_name)
    if jurisdiction.site_url:
        root = jurisdiction.site_url.rstrip("/")
        _add(feed, "link", rel="self", href=f"{root}/feed.xml")
        _add(feed, "link", rel="alternate", href=f"{root}/")
    for submission in latest:
        _add_entry(feed, submission, public)
    return feed


def identifier(*parts: str) -> uuid.UUID:
    """An identifier that follows from what it identifies."""
    return uuid.uuid5(_NAMESPACE, "/".join(parts))


def _latest(public: Public) -> list[Submission]:
    standing = {one.submission.key: one.submission for one in public.standing}
    ordered = sorted(standing.values(), key=lambda one: one.receipt.file)
    return sorted(ordered, key=lambda one: one.receipt.received_on, reverse=True)[:LATEST]


def _add_entry(feed: ElementTree.Element, submission: Submission, public: Public) -> None:
    identity, jurisdiction = submission.identity, public.jurisdiction
    document = public.spec.documents.get(identity.document)
    name = document.zh if document else identity.document
    page = department_page(identity.department_code)
    root = f"{jurisdiction.site_url.rstrip('/')}/" if jurisdiction.site_url else ""
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:uuid:{identifier(jurisdiction.code, *submission.key)}")
    _add(entry, "title", f"{identity.department_name}：{identity.fiscal_year} 年{name}")
    _add(entry, "updated", _moment(submission.receipt.received_on))
    _add(entry, "link", rel="alternate", href=f"{root}{page}")
    _add(entry, "summary", "、".join(_tables(submission, public)))


def _tables(submission: Submission, public: Public) -> list[str]:
    """Names of the tables of a submission that stand, in the order of the declarations."""
    return [table.name.zh for table in public.spec.tables.values() if table.table_id in submission.standing]


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = _NOT_XML.sub("", text) or None
    return child


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
