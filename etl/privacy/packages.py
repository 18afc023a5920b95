"""The parts of an xlsx (or of an xlsb, as far as they are XML) that are no cells -> their texts.

The bytes are those of a workbook that was read, so the zip is whole and within the limits of the reader.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
from collections.abc import Iterator
from zipfile import ZipFile

from etl.finding import Location
from etl.privacy.numbers import MOBILE

_RICH = re.compile(r"xl/(?:comments|threadedComments/|drawings/|diagrams/)[^/]*\.xml")
"""Texts in runs: a number may be written half in bold."""
_MARKUP = re.compile(
    r"docProps/[^/]*\.xml|customXml/[^/]*\.xml|xl/drawings/[^/]*\.vml|xl/(?:workbook|connections)\.xml|xl/persons/[^/]*\.xml"
    r"|(?:xl/)?(?:worksheets|externalLinks|drawings)/_rels/[^/]*\.rels"
)
_CACHES = re.compile(r"xl/(?:externalLinks|pivotCache|charts|revisions)/[^/]*\.xml")
_SHEET = re.compile(r"xl/(?:worksheets|chartsheets)/[^/]*\.xml")
_END_OF_CELLS = b"</sheetData>"

_COMMENT = re.compile(
    r"<(?:\w+:)?(comment|threadedComment)\b[^>]*?\bref=\"([A-Z]{1,3})([1-9]\d{0,6})\"[^>]*>(.*?)</(?:\w+:)?\1>",
    re.DOTALL,
)
_RUN = re.compile(r"<(?:\w+:)?(?:t|text)(?:\s[^>]*)?>([^<]*)|(</(?:\w+:)?(?:p|comment|threadedComment|si)>)")
_DESCRIBED = re.compile(r"\b(?:descr|title)=\"([^\"]*)\"")
_TOKENS = re.compile("[<>\"']")
_FONTS = re.compile(r"</?(?:font|span|b|i|u)\b[^>]*>")
_SHEET_NAMES = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*\"([^\"]*)\"")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NEAR = 12
"""Pieces of markup before and after a number in which amounts of millions show that it is one, too."""


def comments(data: bytes) -> Iterator[tuple[Location, str]]:
    """Comments with the cells they hang on."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        remarked = [name for name in sorted(names) if _RICH.fullmatch(name) and "omment" in name]
        sheets = _sheets_of(archive, names) if remarked else {}
        for name in remarked:
            for comment in _COMMENT.finditer(_text(archive, name)) if name in sheets else ():
                yield _location(sheets[name], comment[2], comment[3]), _runs(comment[4])


def texts_of_parts(data: bytes) -> Iterator[str]:
    """Texts of every part that is looked at, without comments that have a cell."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        located = _sheets_of(archive, names) if any("omment" in name for name in names) else {}
        for entry in archive.infolist():
            name = entry.filename
            if _RICH.fullmatch(name):
                text = _text(archive, name)
                yield _runs(_COMMENT.sub("", text) if name in located else text)
                yield "\n".join(map(html.unescape, _DESCRIBED.findall(text)))
            elif _MARKUP.fullmatch(name):
                yield _pieces(_SHEET_NAMES.sub("", _text(archive, name)))
            elif _CACHES.fullmatch(name):
                yield _without_amounts(_pieces(_text(archive, name)))
            elif _SHEET.fullmatch(name):
                yield _pieces(archive.read(name).rpartition(_END_OF_CELLS)[2].decode("utf-8", "replace"))


def _text(archive: ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")


def _runs(xml: str) -> str:
    """What is written in runs, paragraph by paragraph."""
    return html.unescape("".join("\n" if end else run for run, end in _RUN.findall(xml)))


def _pieces(xml: str) -> str:
    """Texts and attributes of markup, each on a line of its own."""
    return html.unescape(_TOKENS.sub("\n", _FONTS.sub("", xml)))


def _without_amounts(text: str) -> str:
    """What a cache keeps, without whole amounts that have the digits of a mobile number."""
    pieces = [piece for piece in text.split("\n") if piece.strip()]
    suspects = [place for place, piece in enumerate(pieces) if MOBILE.fullmatch(piece)]
    amounts = {place for place in suspects if any(map(_is_large, pieces[max(0, place - _NEAR) : place + _NEAR]))}
    return "\n".join(piece for place, piece in enumerate(pieces) if place not in amounts)


def _is_large(piece: str) -> bool:
    """Whether a piece is an amount of a million and more, and has not the digits of a mobile number itself."""
    return _NUMBER.fullmatch(piece) is not None and 1e6 <= abs(float(piece)) < 1e12 and not MOBILE.fullmatch(piece)


# --- which comments belong to which sheet -----------------------------------------------------------------------


def _sheets_of(archive: ZipFile, names: set[str]) -> dict[str, str]:
    """Part of comments -> name of its sheet."""
    if "xl/workbook.xml" not in names:
        return {}
    parts = _targets(archive, names, "xl/workbook.xml")
    made: dict[str, str] = {}
    for tag in _SHEET_NAMES.findall(_text(archive, "xl/workbook.xml")):
        said = {key.rpartition(":")[2]: html.unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
        for target in _targets(archive, names, parts.get(said.get("id", ""), "")).values():
            made[target] = said.get("name", "")
    return made


def _targets(archive: ZipFile, names: set[str], part: str) -> dict[str, str]:
    """Parts that a part refers to, by the id of the reference."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return {}
    said = (dict(_ATTRIBUTE.findall(tag)) for tag in _RELATION.findall(_text(archive, relations)))
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, html.unescape(one.get("Target", "")))).lstrip(
            "/"
        )
        for one in said
    }


def _location(sheet: str, letters: str, digits: str) -> Location:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Location(sheet, letters + digits, int(digits), column)
