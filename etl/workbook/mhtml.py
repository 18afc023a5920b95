"""MHTML (“单个文件网页”) -> the pages in it, for the reader of HTML.

Takes the bytes of a mail-like envelope; gives its parts of HTML with their transfer encoding undone. Excel writes one
part for each sheet, and one that holds nothing but tabs to choose a sheet by.
"""

from __future__ import annotations

import email
import re
from email.message import Message

from etl.finding import Finding, error
from etl.table import Workbook
from etl.workbook import html

MAX_LEVELS = 20
"""Envelopes within envelopes; Excel writes one."""
MAX_PARTS = 10_000

_START = re.compile(
    rb"\s{0,99}(?:[\w-]{1,99}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,99}){0,30}?mime-version\s{0,9}:", re.IGNORECASE
)
"""A mail's head: browsers write who saved the page, from where and when before the version."""
_ENVELOPE = re.compile(rb"content-type\s*+:\s*+(?:multipart|message)/", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*+=\s*+\"?([\w.:-]{1,40})", re.IGNORECASE)
_ENCODINGS = frozenset({"", "7bit", "8bit", "binary", "quoted-printable", "base64"})
_TABS = "tabstrip.htm"


def is_mhtml(data: bytes) -> bool:
    """Whether the bytes begin like a mail."""
    return _START.match(data[:4096]) is not None


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in an envelope; None where an error says why not."""
    damaged = error("file-unreadable", values={"situation": "damaged"})
    if len(_ENVELOPE.findall(data)) > MAX_LEVELS:  # each level is a call within a call to the library
        return None, [damaged]
    pages = []
    for number, part in enumerate(email.message_from_bytes(data.lstrip()).walk()):
        if number > MAX_PARTS:
            return None, [damaged]
        if part.get_content_type() not in {"text/html", "application/xhtml+xml"} or _is_tabs(part):
            continue
        page = _content(part)
        if page is None:
            return None, [damaged]
        stated = _CHARSET.search(str(part.get("Content-Type", "")))
        pages.append((page, stated[1] if stated else ""))
    return html.read_pages(pages)


def _is_tabs(part: Message) -> bool:
    return str(part.get("Content-Location", "")).lower().endswith(_TABS)


def _content(part: Message) -> bytes | None:
    """The bytes of a page; None where nobody can tell how they were packed."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() not in _ENCODINGS or part.is_multipart():
        return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None
