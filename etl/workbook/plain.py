"""Bytes that are neither zip nor OLE -> what they hold, by how they look: text, HTML, XML, a picture, a document.

Takes bytes; hands them to the reader that fits, or says why there is none.
"""

from __future__ import annotations

import re

from etl.finding import Finding, error
from etl.table import Workbook
from etl.workbook import html, mhtml, spreadsheet_ml, text_file

PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
"""First bytes of what a scanner or a printer driver gives: PDF, PNG, JPEG, GIF, TIFF."""
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
"""RAR, 7z, gzip."""
DOCUMENTS = (b"{\\rtf",)

_LONG_PICTURE = re.compile(rb"BM.{4}\x00{4}|RIFF.{4}WEBP", re.DOTALL)
"""BMP and WEBP begin with letters that a table may begin with too."""
_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|thead|tbody|tr)[\s>]")
_SPREADSHEET_ML = re.compile(rb"<(?:\w{1,20}:)?workbook\s[^>]*urn:schemas-microsoft-com:office:spreadsheet")
_WORD_ML = re.compile(rb"progid\s*=\s*[\"']word\.document|<(?:w:worddocument|pkg:package)\s")


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in some bytes; None where an error says why not."""
    if data.startswith(PICTURES) or _LONG_PICTURE.match(data):
        return None, [error("file-unreadable", values={"situation": "picture"})]
    if data.startswith(ARCHIVES):
        return None, [error("file-unreadable", values={"situation": "archive"})]
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").lower().lstrip()
    if head.startswith(DOCUMENTS) or _WORD_ML.search(head):
        return None, [error("file-unreadable", values={"situation": "document"})]
    if mhtml.is_mhtml(data):
        return mhtml.read(data)
    if _SPREADSHEET_ML.search(head):
        return spreadsheet_ml.read(data)
    if _HTML.search(head):
        return html.read(data)
    if head.startswith(b"<?xml"):
        return None, [error("file-unreadable", values={"text": "XML"})]
    if head.startswith(b"<") and b"<table" in data.lower():
        return html.read(data)
    return text_file.read(data)
