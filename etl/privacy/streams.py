"""Formats whose places outside of cells are not told apart here: xls, the records of xlsb, ods, web pages, XML tables.

Bytes in, texts out in which a number may stand. They hold the cells, too.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

_PLAIN = re.compile(rb"[0-9](?:[ -]?[0-9]){10,40}[Xx]?")
_WIDE = re.compile(rb"[0-9]\0(?:(?:[ -]\0)?[0-9]\0){10,40}(?:[Xx]\0)?")
"""Numbers in one byte a character and in two: Excel writes either."""
_PROGRAM = re.compile(r"<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_ADDRESSES = re.compile(
    r"\b(?:[\w-]+:)?(?:href|src|action|id|class|style|style-name|name)\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE
)
"""What programs and styles call things; the numbers in there are made by machines."""
_SPANS = re.compile(r"</?(?:text:|ss:|html:)?(?:span|font|b|i|u|em|strong)\b[^>]*>", re.IGNORECASE)
_TOKENS = re.compile("[<>\"']")


def texts_of_records(kind: str, data: bytes) -> Iterator[str]:
    """Every stretch of digits in the records of an xls, or in the binary parts of an xlsb."""
    for stream in _binary_parts(data) if kind == "xlsb" else (data,):
        for run in _PLAIN.finditer(stream):
            yield stream[max(0, run.start() - 3) : run.end() + 3].decode("latin-1")
        for run in _WIDE.finditer(stream):
            yield stream[max(0, run.start() - 6) : run.end() + 6].decode("utf-16-le", "replace")


def texts_of_markup(kind: str, data: bytes) -> Iterator[str]:
    """Texts, comments and values of attributes, each on a line of its own."""
    for part in _xml_parts(data) if kind == "ods" else (data,):
        # Digits are the same bytes in every encoding of the country; in two bytes a character the other byte is zero.
        text = part.replace(b"\0", b"").decode("utf-8", "replace")
        yield html.unescape(_TOKENS.sub("\n", _SPANS.sub("", _ADDRESSES.sub("", _PROGRAM.sub("", text)))))


def _binary_parts(data: bytes) -> Iterator[bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        yield from (archive.read(entry) for entry in archive.infolist() if entry.filename.endswith(".bin"))


def _xml_parts(data: bytes) -> Iterator[bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        yield from (archive.read(entry) for entry in archive.infolist() if entry.filename.endswith(".xml"))
