"""A block of a sheet read as a form: its header, its columns, its unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from etl.amounts import Value, parse_amount
from etl.finding import Finding, Location, error, warning
from etl.labels import fold_label, says_continued
from etl.recognise.columns import Reading, read_columns
from etl.recognise.header import Header, find_header, vocabulary
from etl.recognise.titles import Title, forms_of
from etl.recognise.unit import find_unit
from etl.spec.model import Form, Spec
from etl.table import Band, Match, Sheet, cell_name


def header_of(sheet: Sheet, start: int, stop: int, form: Form, spec: Spec) -> Header | None:
    """The header that a form may have at or below a row."""
    words = vocabulary(form, spec.recognition.header_words)
    return find_header(sheet, start, stop, words, frozenset(spec.recognition.totals))


def reading_of(form: Form, header: Header, spec: Spec) -> Reading:
    """A header read as a form."""
    loose = _loose(spec)
    return read_columns(form, header, loose, vocabulary(form, spec.recognition.header_words) | loose)


@lru_cache(maxsize=8)
def _loose(spec: Spec) -> frozenset[str]:
    """Labels that may stand below a match."""
    return frozenset(fold_label(label) for label in spec.recognition.neutral_labels)


def read_block(sheet: Sheet, title: Title, stop: int, spec: Spec) -> tuple[Match | None, list[Finding], Finding | None]:
    """Read a titled block as the best of the forms that carry the title; else say which label is missing."""
    best: tuple[tuple[int, int, int], Form, tuple[str, ...], Header, Reading] | None = None
    for form, documents in title.forms:
        header = header_of(sheet, title.row + 1, stop, form, spec)
        if header is None:
            continue
        reading = reading_of(form, header, spec)
        rank = (-len(reading.missing), -len(reading.unknown), reading.found)
        if best is None or rank > best[0]:
            best = (rank, form, documents, header, reading)
    if best is None:
        return None, [], None
    _, form, documents, header, reading = best
    if reading.missing:
        at = Location(sheet.name, cell_name(max(title.row, 0), title.column), max(title.row, 0) + 1, title.column + 1)
        label = label_of(form, reading.missing[0])
        values = {"table": title.text, "label": label, "form": form.form}
        return None, [], error("header-missing", at, table_id=form.table_id, expected=label, values=values)
    document = documents[0] if len(documents) == 1 else ""
    match = _match(sheet, form, document, title.text, max(title.row, 0), header, stop, reading, spec)
    return match, _about_columns(sheet, title.text, form, header, reading, stop), None


def read_untitled(sheet: Sheet, hints: Sequence[str], spec: Spec) -> Match | None:
    """A sheet without a title whose header fits exactly one table.

    A name (of the sheet, or of a file with one sheet only) is no title; but where it reads like one, and the header is
    the very header of such a form, the two together are enough.
    """
    hinted = [(form, documents) for hint in hints for form, documents in forms_of(hint, spec)]
    every = hinted or [(form, tuple(form.titles)) for form in spec.forms if not form.title_required]
    fits: list[tuple[int, Form, tuple[str, ...], Header, Reading]] = []
    for form, documents in every:
        header = header_of(sheet, 0, len(sheet.rows), form, spec)
        if header is not None:
            reading = reading_of(form, header, spec)
            if not reading.missing and not reading.unknown:
                fits.append((reading.found, form, documents, header, reading))
    if len({form.table_id for _, form, _, _, _ in fits}) != 1:
        return None
    _, form, documents, header, reading = max(fits, key=lambda fit: fit[0])
    document = documents[0] if hinted and len(documents) == 1 else ""
    return _match(sheet, form, document, "", header.first, header, len(sheet.rows), reading, spec)


def read_continued(sheet: Sheet, previous: Match, spec: Spec) -> Match | None:
    """A sheet without a title that repeats the header of the table on the sheet before it."""
    form = next(form for form in spec.tables[previous.table_id].forms if form.form == previous.form)
    header = header_of(sheet, 0, len(sheet.rows), form, spec)
    if header is None:
        return None
    reading = reading_of(form, header, spec)
    if reading.missing or _keys(reading.bands) != _keys(previous.bands):
        return None
    return _match(sheet, form, previous.document, "", header.first, header, len(sheet.rows), reading, spec)


def with_unit_of(previous: Match | None, match: Match) -> Match:
    """A page that goes on with the table before it and prints no unit has the unit of that table."""
    if match.unit or previous is None or (match.table_id, match.form) != (previous.table_id, previous.form):
        return match
    return match if match.title and not says_continued(match.title) else replace(match, unit=previous.unit)


def _keys(bands: Sequence[Band]) -> list[tuple[int, str, str, str]]:
    return [(column.index, column.role, column.key, column.line) for band in bands for column in band.columns]


def _match(
    sheet: Sheet,
    form: Form,
    document: str,
    title: str,
    title_row: int,
    header: Header,
    stop: int,
    reading: Reading,
    spec: Spec,
) -> Match:
    unit = find_unit(sheet, title_row, header.end, stop, spec.recognition.unit_patterns)
    settled = not reading.collisions
    return Match(
        sheet,
        form.table_id,
        form.form,
        document,
        title,
        title_row,
        header.end,
        stop,
        reading.bands,
        unit,
        settled=settled,
        header_row=header.first,
    )


def _about_columns(sheet: Sheet, title: str, form: Form, header: Header, reading: Reading, stop: int) -> list[Finding]:
    findings: list[Finding] = []
    row = header.end - 1
    for key, first, second in reading.collisions:
        at = Location(sheet.name, f"{cell_name(row, first)},{cell_name(row, second)}", row + 1, second + 1)
        values = {"table": title, "label": header.printed[second], "column": header.printed[first]}
        findings.append(error("columns-collide", at, table_id=form.table_id, field=key, values=values))
    for index in reading.unknown:
        if any(_states_amount(sheet.value(below, index)) for below in range(header.end, stop)):
            at = Location(sheet.name, cell_name(row, index), row + 1, index + 1)
            values = {"table": title, "label": header.printed[index]}
            findings.append(warning("column-unrecognised", at, table_id=form.table_id, values=values))
    return findings


def _states_amount(value: Value) -> bool:
    amount = parse_amount(value)
    return amount is not None and not amount.nil


def label_of(form: Form, key: str) -> str:
    """The label, as a form prints it, of a required key."""
    columns = (*form.line_columns, *(column for band in form.bands for column in band.columns))
    for column in columns:
        if key in (column.key, column.role):
            return "/".join(column.labels[0])
    return next((band.heads[0] for band in form.bands if band.side == key and band.heads), key)
