"""One table printed over several sheets, or again and again at page breaks, seen as one by those who add up.

Sheet1: 支出决算表, header, 合计, 201 … 205          for the rules one table of
Sheet2: 支出决算表（续）, header, 208 … 221      ->   合计, 201 … 205, 208 … 221, each figure with its own sheet
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.finding import Finding, note
from etl.labels import says_continued
from etl.printed import at_title
from etl.table import Figure, Line, Table


def join(tables: Sequence[Table]) -> tuple[list[Table], list[Table], list[Finding]]:
    """The tables as they stand, numbered on; the same as the rules see them; and a note for each that runs on."""
    standing: list[Table] = []
    whole: list[Table] = []
    findings: list[Finding] = []
    for table in tables:
        if whole and _continues(table, whole[-1]):
            findings.append(_told(table, whole[-1]))
            standing.append(replace(table, first_line=len(whole[-1].lines) + whole[-1].first_line))
            whole[-1] = _append(whole[-1], table)
        else:
            standing.append(table)
            whole.append(table)
    return standing, whole, findings


def _continues(table: Table, first: Table) -> bool:
    """Whether a table goes on with the one before it: it says so, or no line of it has been there yet.

    Each of two whole tables has a total of its own; a table that runs on has one.
    """
    if (table.table_id, table.form, table.unit) != (first.table_id, first.form, first.unit) or not table.lines:
        return False
    if says_continued(table.title):
        return True
    known = {_known_by(line) for line in first.lines}
    return bool(known) and known.isdisjoint(_known_by(line) for line in table.lines)


def _known_by(line: Line) -> tuple[str, ...]:
    return line.side, line.code or line.name, "" if line.code else str(sorted(line.attributes.items()))


def _append(first: Table, table: Table) -> Table:
    return replace(
        first,
        decimals=max(first.decimals, table.decimals),
        lines=(*first.lines, *(_placed(line, table.sheet) for line in table.lines)),
        notes=(*first.notes, *(table.notes if table.sheet == first.sheet else ())),
        nil_note=max(first.nil_note, table.nil_note),
        settled=first.settled and table.settled,
    )


def _placed(line: Line, sheet: str) -> Line:
    figures: dict[str, Figure] = {key: replace(figure, sheet=sheet) for key, figure in line.figures.items()}
    return replace(line, figures=figures)


def _told(table: Table, first: Table) -> Finding:
    values = {"situation": "continued", "table": first.title, "text": first.sheet}
    return note("repaired", at_title(table), table_id=table.table_id, values=values)
