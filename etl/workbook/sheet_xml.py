"""Walking the XML of an xlsx with expat: no document types, no entities, names without their prefix.

Takes the bytes of a part; gives what is unusual about its cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_OTHER_FILE = re.compile(r"\[\d+\]")
_TRUE = frozenset({"1", "true"})


class BadXmlError(Exception):
    """A part that is not well formed, or that declares a document type."""


def parse(
    part: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Walk one part; raises BadXmlError where it is not what a spreadsheet program writes."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError) as reason:  # the latter two: an encoding nobody knows
        raise BadXmlError(str(reason)) from reason


def _refuse(*_: object) -> None:
    raise BadXmlError("document type")


class CellReader:
    """Walks the XML of a sheet and remembers what is unusual about its cells."""

    def __init__(self) -> None:
        self.last_row = self.last_column = -1
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.uncalculated: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int, str]] = []
        self.linked: list[tuple[int, int]] = []
        self._row = self._column = -1
        self._kind = ""
        self._texts: dict[str, str] = {}
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in {"f", "v", "is"}:
            self._texts[name] = ""
            self._inside = name
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and _is_hidden(attributes, "width"):
            self.hidden_columns.append((_number(attributes, "min") - 1, _number(attributes, "max") - 1))

    def text(self, text: str) -> None:
        if self._inside:
            self._texts[self._inside] += text

    def end(self, name: str) -> None:
        if name == self._inside:
            self._inside = ""
        elif name == "c" and self._texts:
            self._end_cell()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes, "r") - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if _is_hidden(attributes, "ht"):
            self.hidden_rows.add(self._row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = _ADDRESS.fullmatch(attributes.get("r", ""))
        if address:
            self._row, self._column = int(address[2]) - 1, _column_number(address[1])
        else:
            self._column += 1
        self._kind = attributes.get("t", "")
        self._texts = {}

    def _end_cell(self) -> None:
        cell = (self._row, self._column)
        self.last_row, self.last_column = max(self.last_row, cell[0]), max(self.last_column, cell[1])
        formula, value = self._texts.get("f"), self._texts.get("v")
        if self._kind == "e":
            self.errors.append((*cell, (value or "").strip()))
        elif formula is not None and not value and not (self._kind == "str" and value is not None):
            self.uncalculated.append(cell)  # a formula whose result is an empty text has an empty value of kind str
        if formula and _OTHER_FILE.search(formula):
            self.linked.append(cell)


def _is_hidden(attributes: dict[str, str], extent: str) -> bool:
    """Hidden, or of no height or width, which looks the same."""
    if attributes.get("hidden") in _TRUE:
        return True
    return re.fullmatch(r"0+(?:\.0*)?", attributes.get(extent, "")) is not None


def _number(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadXmlError(key)
    return int(text)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
