"""Walking the XML of an xlsx with expat: no document types, no entities, names without their prefix.

Takes the bytes of a part; gives what is unusual about its cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ROOT = re.compile(rb"<(\w+:)?(?:worksheet|workbook|sst|styleSheet)[\s>/]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_OTHER_FILE = re.compile(r"\[\d+\]")
_TRUE = frozenset({"1", "true"})


_ODD = re.compile(
    rb'<c(?=[\s/>])(?! r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="[a-zA-Z]+")?(?: [cv]m="[0-9]+")* ?/?>)'
)
"""A cell that is not written as a tidy sheet has it."""
_ODD_SIGNS = (b":c ", b":c>", b"<!", b"='", b" =")


class BadXmlError(Exception):
    """A part that is not well formed, or that declares a document type."""


class SheetPart:
    """The XML of a sheet, and whether it is written as most programs write it.

    In a tidy sheet every cell is `<c r="B5" s="3" t="s">`, with its attributes in this order and none but the first
    necessary, and there are no comments; then a search over the bytes finds what a parser would.
    """

    __slots__ = ("is_tidy", "xml")

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        begin = xml.find(b"?>", 0, 200) + 1  # what the declaration is quoted with does not matter
        self.is_tidy = all(xml.find(sign, begin) < 0 for sign in _ODD_SIGNS) and _ODD.search(xml) is None


def plain(part: bytes) -> bytes:
    """A part as most programs write it: in UTF-8, and its elements without a prefix before their names."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part[:4]:
        part = _in_utf8(part)
    root = _ROOT.search(part, 0, 4096)
    if root is None or root[1] is None:
        return part
    return part.replace(b"<" + root[1], b"<").replace(b"</" + root[1], b"</")


def _in_utf8(part: bytes) -> bytes:
    """A part in UTF-16, with or without its mark, in UTF-8."""
    order = "utf-16" if part[:1] in {b"\xff", b"\xfe"} else "utf-16-be" if part[:1] == b"\x00" else "utf-16-le"
    try:
        text = part.decode(order)
    except UnicodeDecodeError as reason:
        raise BadXmlError(str(reason)) from reason
    return _DECLARATION.sub("", text, count=1).encode()


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


@dataclass(frozen=True, slots=True)
class Written:
    """A formula as its cell holds it."""

    text: str
    kind: str = ""
    """`shared`, `array`, `dataTable`; empty for an ordinary one."""
    group: str = ""
    """Of shared formulas, which of them share: only the first of a group holds the text."""


class CellReader:
    """Walks the XML of a sheet and remembers what is unusual about its cells."""

    def __init__(self) -> None:
        self.last_row = self.last_column = -1
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.uncalculated: dict[tuple[int, int], Written] = {}
        self.zeros: dict[tuple[int, int], Written] = {}
        """Formulas whose result is a bare 0, which some programs write instead of none."""
        self.empty_texts: set[tuple[int, int]] = set()
        self.shared: dict[str, tuple[int, int, str]] = {}
        """Row, column and text of the first formula of each group."""
        self.errors: list[tuple[int, int, str]] = []
        self.linked: list[tuple[int, int]] = []
        self.styles: list[tuple[int, int, str]] = []
        """Row, column and style of cells that are numbers."""
        self._row = self._column = -1
        self._attributes: dict[str, str] = {}
        self._formula: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in {"f", "v", "is"}:
            self._texts[name] = ""
            self._inside = name
            if name == "f":
                self._formula = attributes
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
            self._row, self._column = int(address[2]) - 1, column_number(address[1])
        else:
            self._column += 1
        self._attributes = attributes
        self._texts = {}

    def _end_cell(self) -> None:
        cell = (self._row, self._column)
        self.last_row, self.last_column = max(self.last_row, cell[0]), max(self.last_column, cell[1])
        kind, value = self._attributes.get("t", ""), self._texts.get("v")
        if kind == "e":
            self.errors.append((*cell, (value or "").strip()))
        elif kind in {"", "n"} and "s" in self._attributes:
            self.styles.append((*cell, self._attributes["s"]))
        if "f" in self._texts:
            self._end_formula(cell, kind, value)

    def _end_formula(self, cell: tuple[int, int], kind: str, value: str | None) -> None:
        text = self._texts["f"]
        formula = Written(text, self._formula.get("t", ""), self._formula.get("si", ""))
        if formula.kind == "shared" and text:
            self.shared.setdefault(formula.group, (*cell, text))
        if kind != "e" and not value and not (kind == "str" and value is not None):
            self.uncalculated[cell] = formula  # a formula whose result is an empty text has an empty value of kind str
        elif kind in {"", "n"} and value == "0":
            self.zeros[cell] = formula
        elif kind == "str" and not value:
            self.empty_texts.add(cell)
        if _OTHER_FILE.search(text):
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


def column_number(letters: str) -> int:
    """Zero-based number of a column by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
