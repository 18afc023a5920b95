"""Every sheet of a workbook: recognised as tables, deliberately ignored, or reported with the nearest form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from pathlib import PurePosixPath

from etl.amounts import is_blank, parse_amount
from etl.finding import Finding, Location, warning
from etl.labels import fold
from etl.recognise.beside import apart
from etl.recognise.blocks import read_block, read_continued, read_untitled, with_unit_of
from etl.recognise.contents import listed
from etl.recognise.nearest import nearest
from etl.recognise.nil import stated_nil
from etl.recognise.titles import Title, find_titles
from etl.sheet_report import SheetReport
from etl.spec.model import Spec
from etl.table import Match, Sheet, Workbook

_NOTE_COLUMNS = 2
"""A sheet of running text uses no more columns than this and holds no figure."""


def recognise(workbook: Workbook, spec: Spec, file: str = "") -> tuple[list[Match], list[SheetReport], list[Finding]]:
    """Find the tables of every sheet. `file` is the name of the file, for one that holds a single sheet."""
    matches: list[Match] = []
    reports: list[SheetReport] = []
    findings: list[Finding] = []
    stem = PurePosixPath(file).stem if len(workbook.sheets) == 1 else ""
    for sheet in workbook.sheets:
        hints = tuple(name for name in (sheet.name, stem) if name)
        for part in [sheet] if _ignored(sheet, ("contents", "marked"), spec) else apart(sheet, spec):
            found, report, about = _read_sheet(part, hints, matches[-1] if matches else None, spec)
            for match in found:
                matches.append(with_unit_of(matches[-1] if matches else None, match))
            reports += report
            findings += about
    return *_without_leftovers(matches, reports), findings


_Found = tuple[list[Match], list[SheetReport], list[Finding]]


def _read_sheet(sheet: Sheet, hints: Sequence[str], previous: Match | None, spec: Spec) -> _Found:
    if not any(not is_blank(value) for row in sheet.rows for value in row):
        return [], [SheetReport(sheet.name, "empty")], []
    if reason := _ignored(sheet, ("contents", "marked"), spec):
        named = listed(sheet, spec) if reason == "contents" else ()
        return [], [SheetReport(sheet.name, "ignored", reason=reason, listed=named)], []
    titles = find_titles(sheet, spec)
    matches, findings, broken = _read_titled(sheet, titles, spec)
    if not matches and _ignored(sheet, ("nil-statement",), spec):
        return [], [SheetReport(sheet.name, "ignored", reason="nil-statement", nil=stated_nil(sheet, spec))], []
    if not matches and (reason := _ignored(sheet, ("cover", "notes", "set-aside"), spec)):
        return [], [SheetReport(sheet.name, "ignored", reason=reason)], []
    if not titles:
        match = read_continued(sheet, previous, spec) if previous is not None else None
        match = match or read_untitled(sheet, hints, spec)
        matches = [match] if match is not None else []
    if matches:
        reports = [SheetReport(sheet.name, "recognised", match.table_id, match.form) for match in matches]
        return matches, reports, [*findings, *broken, *_hidden(sheet)]
    if not broken and _is_running_text(sheet):
        return [], [SheetReport(sheet.name, "ignored", reason="notes")], []
    report = SheetReport(sheet.name, "unrecognised", broken[0].table_id if broken else "")
    return [], [report], [*(broken or [nearest(sheet, spec)]), *_hidden(sheet)]


def _read_titled(sheet: Sheet, titles: Sequence[Title], spec: Spec) -> tuple[list[Match], list[Finding], list[Finding]]:
    """The blocks between the titles: matches, findings about them, and what is missing in those that fit no form."""
    matches: list[Match] = []
    findings: list[Finding] = []
    broken: list[Finding] = []
    for number, title in enumerate(titles):
        stop = titles[number + 1].row if number + 1 < len(titles) else len(sheet.rows)
        match, about, missing = read_block(sheet, title, stop, spec)
        if match is not None:
            matches.append(match)
            findings += about
        elif missing is not None:
            broken.append(missing)
    return matches, findings, broken


def _without_leftovers(
    matches: Sequence[Match], reports: Sequence[SheetReport]
) -> tuple[list[Match], list[SheetReport]]:
    """Without tables on hidden sheets that stand on a visible one too: what was hidden was not meant to be sent."""
    visible = {match.table_id for match in matches if match.sheet.visibility == "visible"}
    left = {match.sheet.name for match in matches if match.sheet.visibility != "visible" and match.table_id in visible}
    if not left:
        return list(matches), list(reports)
    kept = [match for match in matches if match.sheet.name not in left]
    told = [
        SheetReport(report.sheet, "ignored", reason="hidden") if report.sheet in left else report for report in reports
    ]
    return kept, told


def _ignored(sheet: Sheet, reasons: Sequence[str], spec: Spec) -> str:
    """Why a sheet holds no table, by its name and its first written cells; empty where nothing says so."""
    written = (value for row in sheet.rows for value in row if isinstance(value, str) and value.strip())
    first = [fold(value) for value in islice(written, 2)]
    for reason in reasons:
        texts = (fold(sheet.name), *(first[:1] if reason == "contents" else first))
        for pattern in spec.recognition.ignored.get(reason, ()):
            if any(re.search(pattern, text) for text in texts):
                return reason
    return ""


def _is_running_text(sheet: Sheet) -> bool:
    used = {column for row in sheet.rows for column, value in enumerate(row) if not is_blank(value)}
    figures = any(parse_amount(value) is not None for row in sheet.rows for value in row if not is_blank(value))
    return len(used) <= _NOTE_COLUMNS and not figures


def _hidden(sheet: Sheet) -> list[Finding]:
    if sheet.visibility == "visible":
        return []
    return [warning("hidden-content", Location(sheet.name), values={"situation": "sheet"})]
