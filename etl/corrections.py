"""Human decisions: single cells set right, single findings lived with. Each is guarded, and none is lost silently.

Takes a workbook (or findings) and what people decided about it; gives it back changed, with a finding for every
decision that no longer fits what it was made for. Cells are set right before anything is read from them: an amount, a
code, a title that cannot be read is healed like any other, and keeps its place.

    workbook, findings -> mend -> workbook, findings, what was set right -> … -> Table -> restore -> Table
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from etl.amounts import Value, is_blank, parse_amount
from etl.finding import Finding, Location, warning
from etl.spec.declarations import Acceptance, Correction
from etl.table import Figure, Line, Mended, Sheet, Table, Workbook

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ABOUT_THE_CELL = frozenset({"cell-error", "formula-not-calculated", "repaired"})
"""What a reader says of one cell, and of nothing else."""

Place = tuple[str, int, int]
"""Sheet, and zero-based row and column."""


def mend(
    workbook: Workbook, findings: Sequence[Finding], sha256: str, corrections: Sequence[Correction]
) -> tuple[Workbook, list[Finding], tuple[Mended, ...]]:
    """The workbook with its cells set right, and what was said of it without what is healed.

    A correction whose `was` is not what stands in its cell is not applied. Those of one cell apply one after the other:
    12 -> 21, then 21 -> 210.
    """
    mine = [(place, each) for each in corrections if (place := _place(workbook, sha256, each)) is not None]
    if not mine:
        return workbook, list(findings), ()
    sheets = {sheet.name: sheet for sheet in reversed(workbook.sheets)}
    shown = {_place_of(finding): finding.values.get("text", "") for finding in findings if finding.code == "cell-error"}
    changed: dict[Place, Value] = {}
    stale: list[Finding] = []
    mended: list[Mended] = []
    for place, correction in mine:
        stored = changed[place] if place in changed else sheets[place[0]].value(*place[1:])
        stands = stored if place in changed else shown.get(place) or _scaled(sheets[place[0]], place, stored)
        if _same(correction.was, stored) or _same(correction.was, stands):
            changed[place] = _typed(correction.now, stored)
            mended.append(_mended(correction))
        else:
            stale.append(_stale(correction, stands))
    kept = [each for each in findings if each.code not in _ABOUT_THE_CELL or _place_of(each) not in changed]
    return _with_cells(workbook, changed), [*kept, *stale], tuple(mended)


def restore(table: Table, mended: Sequence[Mended]) -> Table:
    """The table with its figures as they were set right, each with the text that stands in its cell."""
    stood: dict[str, str] = {}
    for each in mended:
        if each.sheet == table.sheet:
            stood.setdefault(each.cell, each.was)
    if not stood:
        return table
    return replace(table, lines=tuple(_with_texts(line, stood) for line in table.lines))


def used(
    corrections: Iterable[Correction], mended: Iterable[Mended], findings: Iterable[Finding], sha256: str
) -> set[Correction]:
    """The corrections that were applied to a file, or found stale there."""
    places = {(each.sheet, each.cell) for each in mended}
    places |= {(each.location.sheet, each.location.cell) for each in findings if each.code == "correction-stale"}
    return {each for each in corrections if _is_of(each, sha256) and (each.sheet, _cell(each.cell)) in places}


def unmatched(corrections: Iterable[Correction], used: Collection[Correction]) -> list[Finding]:
    """A finding for every correction that points to no cell of any file."""
    return [
        warning("correction-unmatched", _location(correction), expected=correction.was)
        for correction in corrections
        if correction not in used
    ]


def accept(
    findings: Iterable[Finding], submission_id: str, acceptances: Sequence[Acceptance], today: str
) -> tuple[tuple[Finding, ...], list[Finding]]:
    """Findings that somebody accepted no longer reject: an error becomes a warning that says who accepted it and why.

    The last day of an acceptance is still covered. Afterwards the finding stands as it is, and one more says that.
    """
    decided = {acceptance.fingerprint: acceptance for acceptance in acceptances}
    kept: list[Finding] = []
    expired: list[Finding] = []
    for finding in findings:
        acceptance = decided.get(finding.fingerprint(submission_id)) if decided else None
        if acceptance is None:
            kept.append(finding)
        elif acceptance.until and acceptance.until < today:
            kept.append(finding)
            expired.append(_expired(finding, acceptance))
        else:
            kept.append(_accepted(finding, acceptance))
    return tuple(kept), expired


# --- cells ----------------------------------------------------------------------------------------------------------


def _place(workbook: Workbook, sha256: str, correction: Correction) -> Place | None:
    """Where a correction points to; None where this is another file, or has no such cell."""
    if not _is_of(correction, sha256):
        return None
    at = _location(correction)
    sheet = next((each for each in workbook.sheets if each.name == correction.sheet), None)
    width = max(map(len, sheet.rows), default=0) if sheet is not None else 0
    if sheet is None or not 1 <= at.row <= len(sheet.rows) or not 1 <= at.column <= width:
        return None
    return sheet.name, at.row - 1, at.column - 1


def _is_of(correction: Correction, sha256: str) -> bool:
    return correction.file_sha256.strip().lower() == sha256


def _place_of(finding: Finding) -> Place:
    return finding.location.sheet, finding.location.row - 1, finding.location.column - 1


def _same(was: str, stands: Value) -> bool:
    """Whether a cell is what a correction was made for: the same text, or the same number written otherwise."""
    if was.strip() == _text(stands):
        return True
    meant = parse_amount(was)
    amount = parse_amount(stands)
    return meant is not None and amount is not None and meant.number == amount.number


def _scaled(sheet: Sheet, place: Place, stored: Value) -> Value:
    """A number as its cell shows it, which may be a power of ten smaller than it is stored."""
    scale, amount = sheet.scales.get(place[1:]), parse_amount(stored)
    return stored if scale is None or amount is None else float(amount.number.scaleb(-scale))


def _text(value: Value) -> str:
    return "" if is_blank(value) else str(value).strip()


def _typed(now: str, stood: Value) -> Value:
    """What stands in the cell from now on: a number among numbers. A code keeps its leading zeros."""
    amount, before = parse_amount(now), parse_amount(stood)
    is_text = isinstance(stood, str) and before is not None and not before.nil
    if amount is None or amount.nil or is_text or re.match(r"0\d", now.strip()):
        return now
    return float(amount.number)


def _with_cells(workbook: Workbook, changed: Mapping[Place, Value]) -> Workbook:
    names = {name for name, _, _ in changed}
    sheets = []
    for sheet in workbook.sheets:
        own = {(row, column): value for (name, row, column), value in changed.items() if name == sheet.name}
        sheets.append(_with_values(sheet, own) if sheet.name in names else sheet)
        names.discard(sheet.name)
    return replace(workbook, sheets=tuple(sheets))


def _with_values(sheet: Sheet, values: Mapping[tuple[int, int], Value]) -> Sheet:
    """The sheet with other cells; how a number was shown says nothing of the one that takes its place."""
    rows = [list(row) for row in sheet.rows]
    for (row, column), value in values.items():
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = value
    decimals = {cell: count for cell, count in sheet.decimals.items() if cell not in values}
    scales = {cell: power for cell, power in sheet.scales.items() if cell not in values}
    return replace(sheet, rows=tuple(map(tuple, rows)), decimals=decimals, scales=scales)


def _with_texts(line: Line, stood: Mapping[str, str]) -> Line:
    if not any(figure.cell in stood for figure in line.figures.values()):
        return line
    figures: dict[str, Figure] = {
        measure: replace(figure, text=stood.get(figure.cell, figure.text)) for measure, figure in line.figures.items()
    }
    return replace(line, figures=figures)


def _mended(correction: Correction) -> Mended:
    said = (correction.was, correction.now, correction.reason, correction.by, correction.on)
    return Mended(correction.sheet, _cell(correction.cell), *said)


def _cell(address: str) -> str:
    return address.replace("$", "").strip().upper()


def _location(correction: Correction) -> Location:
    cell = _cell(correction.cell)
    parts = _ADDRESS.fullmatch(cell)
    if parts is None:
        return Location(correction.sheet, cell)
    column = 0
    for letter in parts[1]:
        column = column * 26 + ord(letter) - 64
    return Location(correction.sheet, cell, int(parts[2]), column)


# --- findings -------------------------------------------------------------------------------------------------------


def _stale(correction: Correction, stands: Value) -> Finding:
    text = _text(stands)
    values = {"computed": correction.was, "stated": text}
    return warning("correction-stale", _location(correction), expected=correction.was, actual=text, values=values)


def _accepted(finding: Finding, acceptance: Acceptance) -> Finding:
    values = {**finding.values, "accepted": acceptance.reason, "accepted_by": acceptance.by}
    return replace(finding, severity="warning" if finding.severity == "error" else finding.severity, values=values)


def _expired(finding: Finding, acceptance: Acceptance) -> Finding:
    return warning(
        "acceptance-expired",
        finding.location,
        table_id=finding.table_id,
        field=finding.field,
        expected=acceptance.until,
        actual=acceptance.fingerprint,
        values={"text": acceptance.until, "accepted_by": acceptance.by},
    )
