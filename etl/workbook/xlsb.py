"""The parts of an xlsb -> what calamine keeps back: merges, errors, number formats, what is hidden, how far it reaches.

Takes inflated parts; gives Extras and merges by the name of the sheet. calamine trusts every record to be as long as
its kind asks, so a shorter one is damage here. The format: [MS-XLSB]; a record is its kind, its size and its data.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import join, normpath
from types import MappingProxyType

from etl.finding import Finding
from etl.table import Merge
from etl.workbook import safety
from etl.workbook.complete import Extras
from etl.workbook.formats import BUILT_IN, Shown, shown
from etl.workbook.sheet_xml import BadXmlError, parse, plain
from etl.workbook.xlsb_sheet import XlsbSheet

WORKBOOK = "xl/workbook.bin"
_SHEET, _TEXTS, _FORMAT, _STYLE, _STYLES, _STYLES_END = 156, 159, 44, 47, 617, 618
_SHEET_END = 146
_CELLS_BEGIN = 145
_LEAST: Mapping[int, int] = MappingProxyType(
    {39: 13, 44: 6, 47: 4, 148: 16, 153: 1, 156: 16, 159: 8, 362: 4, 615: 4, 617: 4}
)
"""Bytes that a record has at the least, of those that are read here or by calamine outside of cells."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the parts say of one sheet."""

    merges: tuple[Merge, ...]
    extras: Extras


def read(parts: Mapping[str, bytes]) -> dict[str, Found] | Finding:
    """What was found in each sheet by its name; a finding where a limit is broken. BadXmlError where it is damaged."""
    strings = _count(parts.get("xl/sharedStrings.bin", b""))
    if strings > safety.MAX_STRINGS:
        return safety.too_large("inflated")
    styles = _styles(parts.get("xl/styles.bin", b""))
    found: dict[str, Found] = {}
    for name, part in _sheets(parts).items():
        sheet = _sheet(part, name, styles, strings)
        if safety.is_far(sheet.last_row, sheet.last_column):
            return safety.far_cell(name, sheet.last_row, sheet.last_column)
        found[name] = Found(tuple(sheet.merges), sheet.extras())
    return found


def for_reader(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that calamine may see."""
    known = (".bin", ".rels")
    return {name: part for name, part in parts.items() if name.endswith(known) and not name.endswith("vbaProject.bin")}


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Records of a part: kind and data; raises BadXmlError where the part ends within one."""
    place = 0
    while place < len(part):
        kind, place = _number(part, place, 2)
        size, place = _number(part, place, 4)
        data = part[place : place + size]
        if len(data) < max(size, _LEAST.get(kind, 0)):
            raise BadXmlError("record")
        yield kind, data
        place += size


def _number(part: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and the place after it."""
    number = 0
    for shift in range(0, 7 * most, 7):
        if place >= len(part):
            raise BadXmlError("record")
        byte = part[place]
        number |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            break
    return number, place


def _text(data: bytes) -> str:
    """A text with its length before it."""
    if len(data) < 4:
        raise BadXmlError("text")
    (length,) = struct.unpack_from("<I", data)
    if len(data) < 4 + 2 * length:
        raise BadXmlError("text")
    return data[4 : 4 + 2 * length].decode("utf-16-le", "replace")


def _count(part: bytes) -> int:
    """How many texts the cells share, as declared; calamine reads that many or fails."""
    for kind, data in _records(part):
        if kind == _TEXTS:
            return int(struct.unpack_from("<I", data, 4)[0])
    return 0


def _styles(part: bytes) -> list[Shown | None]:
    """What each cell style prints."""
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    is_cells = False
    for kind, data in _records(part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = _text(data[2:])
        elif kind in {_STYLES, _STYLES_END}:
            is_cells = kind == _STYLES
        elif kind == _STYLE and is_cells:
            numbers.append(struct.unpack_from("<H", data, 2)[0])
    known = {number: shown(code) for number, code in codes.items()}
    return [known.get(number) for number in numbers]


def _sheets(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Parts of the sheets by their name, in workbook order."""
    targets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = normpath(join("xl", attributes.get("Target", "")))

    parse(plain(parts.get("xl/_rels/workbook.bin.rels", b"<none/>")), relation)
    sheets: dict[str, bytes] = {}
    for kind, data in _records(parts[WORKBOOK]):
        if kind == _SHEET and data[8:12] != b"\xff\xff\xff\xff":
            identifier = _text(data[8:])
            if identifier not in targets:
                raise BadXmlError("relation")
            path = targets[identifier]
            if path.startswith("xl/worksheets/"):
                sheets[_text(data[12 + 2 * len(identifier) :])] = parts.get(path, b"")
    return sheets


def _sheet(part: bytes, name: str, styles: list[Shown | None], strings: int) -> XlsbSheet:
    sheet = XlsbSheet(name, styles, strings)
    in_cells = False
    for kind, data in _records(part):
        if kind in {_CELLS_BEGIN, _SHEET_END}:
            in_cells = kind == _CELLS_BEGIN
        elif in_cells:
            sheet.cell(kind, data)
        else:
            sheet.around(kind, data)
    return sheet
