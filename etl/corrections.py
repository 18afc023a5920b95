"""Human decisions: single figures set right, single findings lived with. Each is guarded, and none is lost silently.

Takes a table (or findings) and what people decided about it; gives it back changed, with a finding for every decision
that no longer fits what it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from etl.amounts import parse_amount
from etl.finding import Finding, Location, warning
from etl.spec.declarations import Acceptance, Correction
from etl.table import Figure, Line, Table

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def apply(table: Table, sha256: str, corrections: Sequence[Correction]) -> tuple[Table, list[Finding]]:
    """The table with its figures corrected; a correction whose `was` is not what stands there is not applied.

    Corrections of one cell apply one after the other: 12 -> 21, then 21 -> 210.
    """
    figures = {cell: figure for _, cell, figure in _figures(table)}
    changed: dict[str, Figure] = {}
    findings: list[Finding] = []
    for correction in matching(table, sha256, corrections):
        cell = _cell(correction.cell)
        figure = changed.get(cell, figures[cell])
        amount = parse_amount(correction.now)
        if amount is None or not _stands(correction.was, figure, is_changed=cell in changed):
            findings.append(_stale(correction, figure, table))
        else:
            changed[cell] = replace(figure, number=amount.number, decimals=amount.decimals, nil=amount.nil)
    if not changed:
        return table, findings
    decimals = max(table.decimals, *(figure.decimals for figure in changed.values()))
    lines = tuple(_corrected(line, changed) for line in table.lines)
    return replace(table, lines=lines, decimals=decimals), findings


def matching(table: Table, sha256: str, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections that point to a figure of this table, applied or not."""
    mine = [c for c in corrections if c.file_sha256.strip().lower() == sha256 and c.sheet == table.sheet]
    if not mine:
        return ()
    cells = {cell for _, cell, _ in _figures(table)}
    return tuple(correction for correction in mine if _cell(correction.cell) in cells)


def unmatched(corrections: Iterable[Correction], used: Collection[Correction]) -> list[Finding]:
    """A finding for every correction that `matching` gave for no table of any file."""
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


def _figures(table: Table) -> Iterator[tuple[Line, str, Figure]]:
    for line in table.lines:
        for figure in line.figures.values():
            yield line, figure.cell, figure


def _corrected(line: Line, changed: Mapping[str, Figure]) -> Line:
    if not any(figure.cell in changed for figure in line.figures.values()):
        return line
    figures = {measure: changed.get(figure.cell, figure) for measure, figure in line.figures.items()}
    return replace(line, figures=figures)


def _stands(was: str, figure: Figure, *, is_changed: bool) -> bool:
    """Whether the figure is what the correction was made for: the same text, or the same number written otherwise."""
    if not is_changed and was.strip() == figure.text.strip():
        return True
    amount = parse_amount(was)
    return amount is not None and amount.number == figure.number


def _stale(correction: Correction, figure: Figure, table: Table) -> Finding:
    return warning(
        "correction-stale",
        Location(table.sheet, figure.cell, figure.row + 1, figure.column + 1),
        table_id=table.table_id,
        field=figure.measure,
        expected=correction.was,
        actual=figure.text,
        values={"computed": correction.was, "stated": figure.text},
    )


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
