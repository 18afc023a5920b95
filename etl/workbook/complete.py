"""Sheets as calamine gives them -> sheets with what it keeps back, and findings about their cells.

The second passes over the different formats all say what they found as Extras; here it comes together: hidden rows and
columns, decimals by number format, errors, and formulas without a result, which are calculated where they only add.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from etl.amounts import Value
from etl.finding import Finding, Location, error, note
from etl.table import Sheet, cell_name
from etl.workbook import safety
from etl.workbook.calculate import Cell, Result, calculate
from etl.workbook.formats import Shown
from etl.workbook.formulas import Formula

Place = tuple[int, int]
"""Row and column, zero-based."""

_ERROR = re.compile(r"#[A-Z0-9_/?!]{2,30}")
_NUMBERS = frozenset({float, int})
_BEYOND = 100
"""Rows and columns beyond the last cell as far as which merges are kept as they are."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What the second pass over one sheet found."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last, zero-based: they may run to the end of the sheet."""
    linked: Location | None = None
    """Cells whose formulas refer to other files."""
    errors: tuple[tuple[int, int, str], ...] = ()
    """Row, column and what is shown."""
    uncalculated: Mapping[Place, Formula | None] = field(default_factory=dict)
    """Formulas without a result; None where it is not a sum."""
    fillers: Mapping[Place, Formula] = field(default_factory=dict)
    """Sums with a result that may only fill its place: a bare 0, or an empty text."""
    texts: frozenset[Place] = frozenset()
    """Formulas that come to an empty text, which is not the same as a blank."""
    formats: Mapping[Place, Shown] = field(default_factory=dict)


NOTHING = Extras()
_MAX_LINKED = 20
"""Cells named in one finding about links: enough to find them, and a sentence still."""


def joined(sheet: str, cells: Sequence[Place]) -> Location | None:
    """Cells with one and the same matter as one location; None where there are none."""
    if not cells:
        return None
    row, column = cells[0]
    return Location(sheet, ",".join(cell_name(*cell) for cell in cells[:_MAX_LINKED]), row + 1, column + 1)


def complete(sheets: Sequence[Sheet], extras: Sequence[Extras]) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """The sheets with what was found in each, in the same order."""
    results, findings = _calculated(sheets, extras)
    full = []
    for place, (sheet, extra) in enumerate(zip(sheets, extras, strict=True)):
        values = {(row, column): value for (p, row, column), value in results.items() if p == place}
        sheet = _with_values(sheet, values)
        sheet = _with_near_merges(sheet)
        if _too_merged(sheet):
            findings.append(error("file-too-large", _at(sheet, *sheet.merges[0][:2]), values={"situation": "far-cell"}))
            sheet = replace(sheet, merges=())
        full.append(_with_formats(_with_hidden(sheet, extra), extra.formats))
    findings += [
        error("cell-error", _at(sheet, row, column), values={"text": text if _ERROR.fullmatch(text) else ""})
        for sheet, extra in zip(sheets, extras, strict=True)
        for row, column, text in extra.errors
    ]
    places = {sheet.name: place for place, sheet in reversed(list(enumerate(sheets)))}
    findings.sort(key=lambda each: (places[each.location.sheet], each.location.row, each.location.column))
    return tuple(full), findings


def _calculated(sheets: Sequence[Sheet], extras: Sequence[Extras]) -> tuple[dict[Cell, Value], list[Finding]]:
    """Results of formulas that had none, and a finding for each such formula."""
    waiting = {(p, *cell): formula for p, extra in enumerate(extras) for cell, formula in extra.uncalculated.items()}
    fillers = {(p, *cell): formula for p, extra in enumerate(extras) for cell, formula in extra.fillers.items()}
    if not waiting and not fillers:
        return {}, []
    errors = {(p, row, column) for p, extra in enumerate(extras) for row, column, _ in extra.errors}
    known = fillers | {cell: formula for cell, formula in waiting.items() if formula is not None}
    texts = frozenset((p, *cell) for p, extra in enumerate(extras) for cell in extra.texts)
    results = calculate(sheets, known, frozenset(errors | {cell for cell in waiting if cell not in known}), texts)
    values: dict[Cell, Value] = {}
    findings: list[Finding] = []
    for cell in [*waiting, *(zero for zero in fillers if results.get(zero))]:
        at = _at(sheets[cell[0]], cell[1], cell[2])
        if cell in results:
            values[cell] = _value(results[cell])
            findings.append(note("repaired", at, values=_said(known[cell], results[cell])))
        else:
            findings.append(error("formula-not-calculated", at))
    return values, findings


def _said(formula: Formula, result: Result) -> dict[str, str]:
    """A result that is a text is not repeated: it may be anybody's name."""
    computed = f"{result.normalize():f}" if isinstance(result, Decimal) else ""
    return {"situation": "formula", "text": formula.text, "computed": computed}


def _value(result: Result) -> Value:
    return float(result) if isinstance(result, Decimal) else result


def _with_values(sheet: Sheet, values: Mapping[Place, Value]) -> Sheet:
    if not values:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for (row, column), value in values.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = value
    return replace(sheet, rows=tuple(map(tuple, rows)))


def _with_near_merges(sheet: Sheet) -> Sheet:
    """Merges no farther than a little beyond the cells: somebody who merges whole columns merges a million rows."""
    height, width = len(sheet.rows) + _BEYOND, max(map(len, sheet.rows), default=0) + _BEYOND
    if all(bottom < height and right < width for _, _, bottom, right in sheet.merges):
        return sheet
    near = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in sheet.merges
        if top < height and left < width
    )
    return replace(sheet, merges=near)


def _too_merged(sheet: Sheet) -> bool:
    """Whether merges cover more cells than a sheet may have: then they lie upon each other, thousands of times."""
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in sheet.merges) > safety.MAX_AREA


def _with_hidden(sheet: Sheet, extra: Extras) -> Sheet:
    """The sheet with its hidden rows and columns; formats often run to the end of the sheet, cells do not."""
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=0)
    rows = frozenset(row for row in extra.hidden_rows if row < height)
    columns = frozenset(c for first, last in extra.hidden_columns for c in range(first, min(last + 1, width)))
    return replace(sheet, hidden_rows=rows, hidden_columns=columns) if rows or columns else sheet


def _with_formats(sheet: Sheet, formats: Mapping[Place, Shown]) -> Sheet:
    """The sheet with what its numbers print; a format on a blank or on a text says nothing."""
    if not formats:
        return sheet
    decimals: dict[Place, int] = {}
    scales: dict[Place, int] = {}
    rows = sheet.rows
    height = len(rows)
    for cell, shown in formats.items():
        row, column = cell
        if row < height and column < len(rows[row]) and type(rows[row][column]) in _NUMBERS:
            decimals[cell] = shown.decimals
            if shown.scale:
                scales[cell] = shown.scale
    return replace(sheet, decimals=decimals, scales=scales)


def _at(sheet: Sheet, row: int, column: int) -> Location:
    return Location(sheet.name, cell_name(row, column), row + 1, column + 1)
