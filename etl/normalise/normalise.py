"""The order in which a recognised sheet becomes a Table."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from etl.amounts import Value, is_blank, not_blank
from etl.finding import Finding, Location, note, warning
from etl.labels import fold_label, strip_ordinal
from etl.normalise.columns import read_columns
from etl.normalise.figures import has_amount
from etl.normalise.habits import about_habits
from etl.normalise.lines import read_lines
from etl.normalise.lists import read_list
from etl.normalise.notes import goes_on, is_instruction, note_of, says_nil
from etl.normalise.unit import settle_unit
from etl.serial import is_serial
from etl.spec.model import Form, Spec
from etl.table import Identity, Line, Match, Table, cell_name

_ITEMS = frozenset({"item", "sub_item"})
"""Fields of lists whose text may be long and stand alone in its row: the parts of the item follow below."""
PART_LINES = 1000
"""Numbers between the first lines of two parts of one table; no printed form has as many lines."""


def normalise(match: Match, identity: Identity, spec: Spec) -> tuple[Table, list[Finding]]:
    """Read the lines of a match.

    Before: a sheet with title, unit, header, lines and notes. After: lines with codes, figures in their cells, and the
    notes beside them. Rows that repeat the header or number the columns give no line.
    """
    form = next(form for form in spec.tables[match.table_id].forms if form.form == match.form)
    rows, notes, about_rows = _split(match, spec)
    findings = _instructions(match, notes, spec)
    findings += about_rows
    lines, about = _read(match, form, rows, identity, spec)
    findings += [*about, *about_habits(match, lines)]
    unit, settled, unit_findings = settle_unit(match, lines, spec)
    findings += unit_findings
    table = Table(
        match.table_id,
        match.form,
        identity.document,
        match.sheet.name,
        match.title or spec.tables[match.table_id].name.zh,
        cell_name(match.title_row, 0),
        unit,
        spec.recognition.units[unit],
        max((figure.decimals for line in lines for figure in line.figures.values()), default=0),
        tuple(column for band in match.bands for column in band.columns),
        tuple(lines),
        tuple(notes),
        _nil_note(match, notes, spec),
        settled and match.settled,
        _first_line(form, spec),
        form.part,
    )
    return table, findings


def _nil_note(match: Match, notes: Sequence[tuple[int, str]], spec: Spec) -> int:
    """Row of the statement that the table is empty; the row below the last where it stands after the table; -1."""
    after = [(len(match.sheet.rows), text) for text in match.sheet.footing]
    return next((row for row, text in (*notes, *after) if says_nil(text, spec)), -1)


def _first_line(form: Form, spec: Spec) -> int:
    """Parts of one table are numbered far apart, so that they can come in any order and in files of their own."""
    parts = sorted({each.part for each in spec.tables[form.table_id].forms})
    return 1 + PART_LINES * parts.index(form.part)


def _read(
    match: Match, form: Form, rows: list[int], identity: Identity, spec: Spec
) -> tuple[list[Line], list[Finding]]:
    if form.layout == "list":
        return read_list(match, form, rows, spec)
    if form.layout == "columns":
        return read_columns(match, form, rows, identity.document, spec)
    return read_lines(match, form, rows, spec)


def _split(match: Match, spec: Spec) -> tuple[list[int], list[tuple[int, str]], list[Finding]]:
    """Rows that hold lines, the notes among and below them, and what is said of headers that stand there again."""
    rows: list[int] = []
    notes: list[tuple[int, str]] = []
    findings: list[Finding] = []
    printed = (part for band in match.bands for column in band.columns for part in column.label.split("/"))
    labels = {fold_label(strip_ordinal(part) or part) for part in printed}
    items = [column.index for band in match.bands for column in band.columns if column.key in _ITEMS]
    for row in range(match.first_row, min(match.end_row, len(match.sheet.rows))):
        cells = match.sheet.rows[row]
        filled = not_blank(cells)
        if not filled:
            continue
        is_item = bool(items) and any(column < len(cells) and not is_blank(cells[column]) for column in items)
        after_note = bool(notes) and notes[-1][0] == row - 1
        text = note_of(filled, spec, is_item=is_item) or goes_on(filled, after_note=after_note)
        if text:
            notes.append((row, text))
            continue
        if len(filled) > 1 and (_repeats_labels(filled, labels) or (rows and is_serial(filled))):
            findings += [_repeated(match, row)] if rows else []
            continue
        rows.append(row)
    return rows, notes, findings


def _repeats_labels(filled: Sequence[Value], labels: Collection[str]) -> bool:
    printed = all(isinstance(value, str) and fold_label(strip_ordinal(value) or value) in labels for value in filled)
    return printed and not has_amount(filled)


def _repeated(match: Match, row: int) -> Finding:
    """A header that stands again where a page began."""
    at = Location(match.sheet.name, cell_name(row, 0), row + 1, 1)
    values = {"situation": "header-repeated", "table": match.title}
    return note("repaired", at, table_id=match.table_id, values=values)


def _instructions(match: Match, notes: list[tuple[int, str]], spec: Spec) -> list[Finding]:
    """Words of the blank form that were left above the header or below the lines."""
    findings: list[Finding] = []
    above = [
        (row, column, value)
        for row in range(max(match.title_row, 0), match.first_row)
        for column, value in enumerate(match.sheet.rows[row])
        if value and isinstance(value, str)
    ]
    for row, column, text in [*above, *((row, 0, text) for row, text in notes)]:
        if is_instruction(text, spec):
            at = Location(match.sheet.name, cell_name(row, column), row + 1, column + 1)
            values = {"table": match.title}
            findings.append(warning("template-text-left", at, table_id=match.table_id, values=values))
    return findings
