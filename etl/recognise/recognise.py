"""Every sheet of a workbook: recognised as tables, deliberately ignored, or reported with the nearest form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.amounts import is_blank
from etl.finding import Finding, Location, error, warning
from etl.labels import fold, fold_label
from etl.recognise.columns import Reading, read_columns
from etl.recognise.header import Header, find_header, vocabulary
from etl.recognise.titles import Index, Title, find_titles, index_titles
from etl.recognise.unit import find_unit
from etl.spec.model import Form, Spec
from etl.table import Match, Sheet, SheetReport, Workbook, cell_name

_NOTE_COLUMNS = 2
"""A sheet of running text uses no more columns than this and holds no figure."""


def recognise(workbook: Workbook, spec: Spec) -> tuple[list[Match], list[SheetReport], list[Finding]]:
    """Find the tables of every sheet."""
    index = index_titles(spec.forms)
    matches: list[Match] = []
    reports: list[SheetReport] = []
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        found, report, about = _read_sheet(sheet, index, spec)
        matches += found
        reports += report
        findings += about
    return matches, reports, findings


_Found = tuple[list[Match], list[SheetReport], list[Finding]]


def _read_sheet(sheet: Sheet, index: Index, spec: Spec) -> _Found:
    if not any(not is_blank(value) for row in sheet.rows for value in row):
        return [], [SheetReport(sheet.name, "empty")], []
    if reason := _ignored(sheet, ("contents",), spec):
        return [], [SheetReport(sheet.name, "ignored", reason=reason)], []
    titles = find_titles(sheet, index, spec)
    matches, findings, broken = _read_titled(sheet, titles, spec)
    if not matches and (reason := _ignored(sheet, ("cover", "notes"), spec)):
        return [], [SheetReport(sheet.name, "ignored", reason=reason)], []
    if not titles and (match := _read_untitled(sheet, spec)) is not None:
        matches = [match]
    if matches:
        reports = [SheetReport(sheet.name, "recognised", match.table_id, match.form) for match in matches]
        return matches, reports, [*findings, *broken, *_hidden(sheet)]
    if not broken and _is_running_text(sheet):
        return [], [SheetReport(sheet.name, "ignored", reason="notes")], []
    return [], [SheetReport(sheet.name, "unrecognised")], [*(broken or [_nearest(sheet, spec)]), *_hidden(sheet)]


def _read_titled(sheet: Sheet, titles: Sequence[Title], spec: Spec) -> tuple[list[Match], list[Finding], list[Finding]]:
    """The blocks between the titles: matches, findings about them, and what is missing in those that fit no form."""
    matches: list[Match] = []
    findings: list[Finding] = []
    broken: list[Finding] = []
    for number, title in enumerate(titles):
        stop = titles[number + 1].row if number + 1 < len(titles) else len(sheet.rows)
        match, about, missing = _read_block(sheet, title, stop, spec)
        if match is not None:
            matches.append(match)
            findings += about
        elif missing is not None:
            broken.append(missing)
    return matches, findings, broken


def _read_block(
    sheet: Sheet, title: Title, stop: int, spec: Spec
) -> tuple[Match | None, list[Finding], Finding | None]:
    """Read a titled block as the best of the forms that carry the title; else say which label is missing."""
    best: tuple[tuple[int, int, int], Form, tuple[str, ...], Header, Reading] | None = None
    for form, documents in title.forms:
        header = _header(sheet, title.row + 1, stop, form, spec)
        if header is None:
            continue
        reading = read_columns(form, header, _loose(spec))
        rank = (-len(reading.missing), -len(reading.unknown), reading.found)
        if best is None or rank > best[0]:
            best = (rank, form, documents, header, reading)
    if best is None:
        return None, [], None
    _, form, documents, header, reading = best
    at = Location(sheet.name, cell_name(title.row, title.column), title.row + 1, title.column + 1)
    if reading.missing:
        label = _label_of(form, reading.missing[0])
        values = {"table": title.text, "label": label, "form": form.form}
        return None, [], error("header-missing", at, table_id=form.table_id, expected=label, values=values)
    match = Match(
        sheet,
        form.table_id,
        form.form,
        documents[0] if len(documents) == 1 else "",
        title.text,
        title.row,
        header.end,
        stop,
        reading.bands,
        find_unit(sheet, title.row, header.end, spec.recognition.unit_patterns),
        settled=not reading.collisions,
    )
    return match, _about_columns(sheet, title.text, form, header, reading, stop), None


def _header(sheet: Sheet, start: int, stop: int, form: Form, spec: Spec) -> Header | None:
    words = vocabulary(form, spec.recognition.header_words)
    return find_header(sheet, start, stop, words, frozenset(spec.recognition.totals))


def _loose(spec: Spec) -> frozenset[str]:
    return frozenset(fold_label(label) for label in spec.recognition.neutral_labels)


def _read_untitled(sheet: Sheet, spec: Spec) -> Match | None:
    """A sheet without a title whose header fits exactly one table."""
    fits: list[tuple[int, Form, Header, Reading]] = []
    for form in spec.forms:
        header = None if form.title_required else _header(sheet, 0, len(sheet.rows), form, spec)
        if header is not None:
            reading = read_columns(form, header, _loose(spec))
            if not reading.missing and not reading.unknown:
                fits.append((reading.found, form, header, reading))
    if len({form.table_id for _, form, _, _ in fits}) != 1:
        return None
    _, form, header, reading = max(fits, key=lambda fit: fit[0])
    unit = find_unit(sheet, 0, header.end, spec.recognition.unit_patterns)
    return Match(
        sheet, form.table_id, form.form, "", "", header.first, header.end, len(sheet.rows), reading.bands, unit
    )


def _about_columns(sheet: Sheet, title: str, form: Form, header: Header, reading: Reading, stop: int) -> list[Finding]:
    findings: list[Finding] = []
    row = header.end - 1
    for key, first, second in reading.collisions:
        at = Location(sheet.name, f"{cell_name(row, first)},{cell_name(row, second)}", row + 1, second + 1)
        values = {"table": title, "label": header.printed[second], "column": header.printed[first]}
        findings.append(error("columns-collide", at, table_id=form.table_id, field=key, values=values))
    for index in reading.unknown:
        if any(isinstance(sheet.value(below, index), int | float) for below in range(header.end, stop)):
            at = Location(sheet.name, cell_name(row, index), row + 1, index + 1)
            values = {"table": title, "label": header.printed[index]}
            findings.append(warning("column-unrecognised", at, table_id=form.table_id, values=values))
    return findings


def _ignored(sheet: Sheet, reasons: Sequence[str], spec: Spec) -> str:
    """Why a sheet holds no table, by its name and its first written cells; empty where nothing says so."""
    first = [fold(value) for row in sheet.rows for value in row if isinstance(value, str) and value.strip()][:2]
    for reason in reasons:
        texts = (fold(sheet.name), *(first[:1] if reason == "contents" else first))
        for pattern in spec.recognition.ignored.get(reason, ()):
            if any(re.search(pattern, text) for text in texts):
                return reason
    return ""


def _is_running_text(sheet: Sheet) -> bool:
    used = {column for row in sheet.rows for column, value in enumerate(row) if not is_blank(value)}
    figures = any(isinstance(value, int | float) for row in sheet.rows for value in row)
    return len(used) <= _NOTE_COLUMNS and not figures


def _hidden(sheet: Sheet) -> list[Finding]:
    if sheet.visibility == "visible":
        return []
    return [warning("hidden-content", Location(sheet.name), values={"situation": "sheet"})]


def _nearest(sheet: Sheet, spec: Spec) -> Finding:
    """Say which form the sheet comes nearest to, and the label it lacks."""
    best: tuple[int, Form, str] | None = None
    for form in spec.forms:
        header = _header(sheet, 0, len(sheet.rows), form, spec)
        if header is None:
            continue
        reading = read_columns(form, header, _loose(spec))
        score = reading.found * 2 - len(reading.unknown) - len(reading.missing)
        if best is None or score > best[0]:
            best = (score, form, _label_of(form, reading.missing[0]) if reading.missing else "")
    row, column = next(
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if not is_blank(value)
    )
    at = Location(sheet.name, cell_name(row, column), row + 1, column + 1)
    if best is None:
        return warning("sheet-unrecognised", at, values={"situation": "no-title"})
    form = best[1]
    title = next((titles[0] for titles in form.titles.values() if titles), form.form)
    values = {"form": spec.tables[form.table_id].name.zh, "label": best[2] or title}
    if not best[2]:
        values["situation"] = "no-title"
    return warning("sheet-unrecognised", at, expected=best[2] or title, actual="", field=form.form, values=values)


def _label_of(form: Form, key: str) -> str:
    """The label, as a form prints it, of a required key."""
    columns = (*form.line_columns, *(column for band in form.bands for column in band.columns))
    for column in columns:
        if key in (column.key, column.role):
            return "/".join(column.labels[0])
    return next((band.heads[0] for band in form.bands if band.side == key and band.heads), key)
