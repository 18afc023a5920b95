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

from etl.finding import Finding, Location, error
from etl.table import cell_name
from etl.workbook import safety
from etl.workbook.sheet_xml import CellReader, parse

_MAYBE_FAR = re.compile(rb"\sr\s*=\s*[\"'](?:[A-Za-z]{3}|[A-Za-z]*\d{5}|[^\"']*&)")
"""Column beyond ZZ, row beyond 9,999, or an address written so that only a parser can tell."""
_MAYBE_MORE = re.compile(rb"<(?:\w+:)?f[\s/>]|\st\s*=\s*[\"']e|\shidden\s*=|\s(?:ht|width)\s*=\s*[\"']0[\"'.]")
_MAX_LINKED = 20
"""Cells named in one finding about links: enough to find them, and a sentence still."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What the second pass found in one sheet."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last, zero-based: they may run to the end of the sheet."""
    linked: Location | None = None
    """Cells whose formulas refer to other files."""
    findings: tuple[Finding, ...] = ()


NOTHING = Extras()


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Sheet name -> XML of the sheet, in workbook order."""
    targets: dict[str, str] = {}
    sheets: dict[str, bytes] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            targets[attributes.get("Id", "")] = path

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets[attributes.get("name", "")] = parts.get(targets.get(identifier, ""), b"")

    parse(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), relation)
    parse(parts["xl/workbook.xml"], sheet)
    return sheets


def far_cell(parts: Mapping[str, bytes], sheets: Mapping[str, bytes]) -> Finding | None:
    """The first sheet that reaches too far; every part that holds cells is looked at, named by a sheet or not."""
    names = {id(part): name for name, part in sheets.items()}
    for part in parts.values():
        is_wide = b"\x00" in part[:64] and part[:64].lstrip(b"\xff\xfe\x00").startswith(b"<")
        if is_wide or (b"sheetData" in part and _MAYBE_FAR.search(part)):
            reader = CellReader()
            parse(part, reader.start, reader.end, reader.text)
            if safety.is_far(reader.last_row, reader.last_column):
                return safety.far_cell(names.get(id(part), ""), reader.last_row, reader.last_column)
    return None


def second_pass(part: bytes, sheet: str) -> Extras:
    """Formulas, errors and hidden rows and columns of one sheet; cheap where there are none."""
    if not _MAYBE_MORE.search(part):
        return NOTHING
    reader = CellReader()
    parse(part, reader.start, reader.end, reader.text)
    findings = [
        *(error("formula-not-calculated", _at(sheet, *cell)) for cell in reader.uncalculated),
        *(error("cell-error", _at(sheet, *cell), values={"text": text}) for *cell, text in reader.errors),
    ]
    findings.sort(key=lambda finding: (finding.location.row, finding.location.column))
    return Extras(
        frozenset(reader.hidden_rows),
        tuple(reader.hidden_columns),
        _joined(sheet, reader.linked),
        tuple(findings),
    )


def _at(sheet: str, row: int, column: int) -> Location:
    return Location(sheet, cell_name(row, column), row + 1, column + 1)


def _joined(sheet: str, cells: list[tuple[int, int]]) -> Location | None:
    if not cells:
        return None
    row, column = cells[0]
    return Location(sheet, ",".join(cell_name(*cell) for cell in cells[:_MAX_LINKED]), row + 1, column + 1)
