"""What calamine keeps back of an xlsx: formulas without a result, error cells, hidden rows and columns, far cells.

Takes inflated parts; gives values and findings with addresses. calamine shows a formula that was never calculated, an
error and a blank alike, and a figure must not vanish that way. Most parts are only searched for a few bytes; the rest
goes through expat, with document types refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import join, normpath

from etl.finding import Finding
from etl.workbook import formulas, safety
from etl.workbook.complete import Extras, joined
from etl.workbook.formats import Shown
from etl.workbook.formulas import Formula
from etl.workbook.sheet_xml import BadXmlError, CellReader, SheetPart, Written, column_number, parse, plain
from etl.workbook.styles import number_formats, read_styles

_FAR = re.compile(rb'<c r="(?:[A-Z]{3}[0-9]|[A-Z]{1,2}[0-9]{5})')
"""Column beyond ZZ or row beyond 9,999: nearer, no cell is far."""
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?:[^>]*[^/>])?>(?!</c>)')
_MORE = (b"<f", b' t="e"', b"hidden", b' ht="0', b' width="0')
"""What a sheet holds somewhere if there is more to it than values: formulas, errors, what is hidden or of no height."""
_ORDINARY = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?(?: t="(?:s|n|b|str)")?'
    rb"(?:/>|>(?:<v>[^<]*</v>|<f>[^<\[]+</f><v>(?!0</v>)[^<]+</v>)?</c>)"
)
"""A blank, a value, or a formula that has a result other than 0 and names no other file."""
_PLAIN_ROW = re.compile(rb'<row r="[0-9]{1,7}"(?![^>]*(?:hidden|ht="0))[^>]*(?:/>|></row>)')
_STRINGS = "sharedstrings.xml"
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_COUNT = re.compile(rb"\suniqueCount\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="xl/workbook.xml"/></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Book:
    """The parts of a workbook that matter, as most programs write them."""

    sheets: Mapping[str, SheetPart]
    """By the name of the sheet, in workbook order."""
    styles: Mapping[str, Shown]
    strings: int = 0
    """How many texts the cells share."""
    recalculates: bool = False
    """True where whoever opens it is to calculate it anew: results in it may be fillers."""


def read_book(parts: Mapping[str, bytes]) -> Book:
    """Sheets and styles of a workbook; raises BadXmlError where a part is not what a spreadsheet program writes."""
    targets: dict[str, str] = {}
    sheets: dict[str, SheetPart] = {}
    styles, recalculates = "xl/styles.xml", False
    by_name = {name.lower(): part for name, part in parts.items()}

    def relation(name: str, attributes: dict[str, str]) -> None:
        nonlocal styles
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = path
            if attributes.get("Type", "").endswith("/styles"):
                styles = path

    def element(name: str, attributes: dict[str, str]) -> None:
        nonlocal recalculates
        if name == "sheet":
            identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            part = by_name.get(targets.get(identifier, "").lower(), b"")
            sheets[attributes.get("name", "")] = SheetPart(plain(part))
        elif name == "calcPr":
            recalculates = attributes.get("fullCalcOnLoad") in {"1", "true"}

    parse(plain(by_name.get("xl/_rels/workbook.xml.rels", b"<none/>")), relation)
    parse(plain(by_name["xl/workbook.xml"]), element)
    strings = sum(map(len, map(_STRING.findall, (part for name, part in by_name.items() if name.endswith(_STRINGS)))))
    return Book(sheets, read_styles(plain(by_name.get(styles.lower(), b""))), strings, recalculates)


def for_reader(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts that calamine may see: no pictures and programs; the workbook where we looked; and texts without a
    declared count, for which calamine would make room before it has counted them.
    """
    seen = {"_rels/.rels": _RELATIONS}
    for name, part in parts.items():
        if name.lower().startswith("xl/") and name.lower().endswith((".xml", ".rels")):
            seen[name] = _COUNT.sub(b"", plain(part), count=1) if name.lower().endswith(_STRINGS) else plain(part)
    return seen


def refuse_document_types(parts: Mapping[str, bytes]) -> None:
    """Raises BadXmlError where a part declares a document type: with it come entities, and those may grow or fetch."""
    for name, part in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in part or b"<\x00!\x00D\x00O\x00C\x00" in part or b"\x00<\x00!\x00D\x00O\x00C" in part:
            raise BadXmlError("document type")


def far_cell(parts: Mapping[str, bytes], sheets: Mapping[str, SheetPart]) -> Finding | None:
    """The first sheet that reaches too far; every part that holds cells is looked at, named by a sheet or not."""
    named = {id(sheet.xml) for sheet in sheets.values()}
    others = [plain(part) for name, part in parts.items() if name.endswith(".xml") and id(part) not in named]
    unnamed = [("", SheetPart(part)) for part in others if b"sheetData" in part]
    for name, sheet in [*sheets.items(), *unnamed]:
        row, column = _last_cell(sheet)
        if safety.is_far(row, column):
            return safety.far_cell(name, row, column)
    return None


def _last_cell(sheet: SheetPart) -> tuple[int, int]:
    """Row and column of the far corner of what is filled; -1 for both where it is near."""
    if not sheet.is_tidy:
        reader = CellReader()
        parse(sheet.xml, reader.start, reader.end, reader.text)
        return reader.last_row, reader.last_column
    part = sheet.xml
    if not _FAR.search(part):
        return -1, -1
    columns, rows = set[bytes](), set[bytes]()
    for cell in _FILLED.finditer(part):
        columns.add(cell[1])
        rows.add(cell[2])
    return max(map(int, rows), default=0) - 1, max((column_number(each.decode()) for each in columns), default=-1)


def second_pass(part: SheetPart, sheet: str, styles: Mapping[str, Shown]) -> Extras:
    """Formulas, errors, number formats and hidden rows and columns of one sheet; cheap where there are none."""
    formats = number_formats(part, styles)
    xml = _PLAIN_ROW.sub(b"", _ORDINARY.sub(b"", part.xml)) if part.is_tidy and _has_more(part.xml) else part.xml
    if part.is_tidy and not _has_more(xml):
        return Extras(formats=formats)
    reader = CellReader()
    parse(xml, reader.start, reader.end, reader.text)
    return Extras(
        frozenset(reader.hidden_rows),
        tuple(reader.hidden_columns),
        joined(sheet, reader.linked),
        tuple(reader.errors),
        {cell: _formula(cell, written, reader) for cell, written in reader.uncalculated.items()},
        {
            cell: formula
            for cell, written in reader.zeros.items()
            if (formula := _formula(cell, written, reader)) is not None
        },
        frozenset(reader.empty_texts),
        formats,
    )


def _has_more(xml: bytes) -> bool:
    return any(sign in xml for sign in _MORE)


def _formula(cell: tuple[int, int], written: Written, reader: CellReader) -> Formula | None:
    """The sum that a cell holds; of shared formulas each is the first one of its group, moved."""
    if written.kind == "shared" and not written.text and written.group in reader.shared:
        row, column, text = reader.shared[written.group]
        first = formulas.parse(text)
        return None if first is None else first.moved(cell[0] - row, cell[1] - column)
    return formulas.parse(written.text) if written.kind in {"", "normal", "shared"} else None
