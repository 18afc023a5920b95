"""Text with separators (csv, tsv) -> its one sheet; every value is text exactly as it stands.

Takes bytes; gives a Workbook of one nameless sheet whose rows are the records of the file, blank ones included, so that
A1 counts what a person would see in Excel. The separator is found in the file itself: whichever cuts the records into
the same number of fields most often.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from etl.finding import Finding, Location, error, note
from etl.table import Sheet, Workbook, cell_name
from etl.workbook import safety
from etl.workbook.encoding import decode, is_text
from etl.workbook.grid import error_text

SEPARATORS = "\t;|,"
"""In order of trust: a comma also stands in amounts and in sentences, a tab nowhere else."""

_SAMPLE = 400
"""Records by which the separator is decided."""
_HINT = "sep="
"""First line by which a file tells Excel its separator."""
_DOS_END = b"\x1a"
"""How old programs end a text."""
_END = "\x1e"
"""A record put after the last one: it comes out alone unless a quotation mark is still open."""


_LONGEST_FIELD = 131_072
"""Characters. The limit is one for the whole process, and others raise it: it is set while we read, and put back."""


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the bytes of a text file; None where an error says why not."""
    others = csv.field_size_limit(_LONGEST_FIELD)
    try:
        return _read(data)
    finally:
        csv.field_size_limit(others)


def _read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    decoded = decode(data.removesuffix(_DOS_END) if b"\x00" not in data else data)
    if decoded is None:
        situation = {} if _is_binary(data) else {"situation": "encoding"}
        return None, [error("file-unreadable", values=situation)]
    text = decoded.text
    separator = _separator(text)
    if text.count(separator) + text.count("\n") > safety.MAX_AREA:
        return None, [safety.too_large("default")]
    records = _records(text, separator)
    if isinstance(records, Finding):
        return None, [records]
    rows, findings = _rows(records)
    if safety.is_far(len(rows) - 1, max(map(len, rows), default=1) - 1):
        return None, [safety.far_cell("", len(rows) - 1, max(map(len, rows)) - 1)]
    notes = [note("repaired", values={"situation": "encoding", "text": decoded.encoding})] if decoded.is_guess else []
    return Workbook("csv", (Sheet("", rows),)), [*notes, *_stray_quotes(text, separator, records), *findings]


def _is_binary(data: bytes) -> bool:
    return not is_text(data.decode("latin-1"))


def _separator(text: str) -> str:
    """The separator that a file states or shows; a comma where nothing is separated."""
    first = text[:16].splitlines()[0] if text else ""
    if first.lower().startswith(_HINT) and first[len(_HINT) :] in SEPARATORS and len(first) == len(_HINT) + 1:
        return first[-1]
    shares = {separator: _share(text, separator) for separator in SEPARATORS if separator in text}
    best = max(shares.values(), default=0)
    return next((separator for separator in SEPARATORS if best and shares.get(separator) == best), ",")


def _share(text: str, separator: str) -> int:
    """How many of the first records have as many fields as most of them, where that is more than one."""
    counts: Counter[int] = Counter()
    try:
        for record in islice(_parsed(text, separator), _SAMPLE):
            counts[len(record)] += 1
    except csv.Error:  # a field beyond the limit: with this separator, quotation marks do not close
        return 0
    return max((times for width, times in counts.items() if width > 1), default=0)


def _parsed(text: str, separator: str, *, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)


def _records(text: str, separator: str) -> list[list[str]] | Finding:
    """All records; a finding where a quotation mark is never closed and swallows the rest."""
    ended = text if text.endswith(("\n", "\r")) else f"{text}\r\n"
    records: list[list[str]] = []
    try:
        records.extend(_parsed(f"{ended}{_END}", separator))
    except csv.Error:  # a field beyond the limit
        return _open_quote(len(records)) if '"' in text else safety.too_large("default")
    if records[-1] != [_END]:
        return _open_quote(len(records) - 1)
    return records[:-1]


def _open_quote(row: int) -> Finding:
    return error("file-unreadable", Location("", cell_name(row, 0), row + 1, 1), values={"situation": "quotes"})


def _stray_quotes(text: str, separator: str, records: list[list[str]]) -> list[Finding]:
    """The first record in which something follows a closing quotation mark: `"甲"乙` was read as `甲乙`."""
    if '"' not in text:
        return []
    row = 0
    try:
        for _ in _parsed(text, separator, strict=True):
            row += 1
    except csv.Error:
        width = max(len(records[row]), 1)
        cells = cell_name(row, 0) if width == 1 else f"{cell_name(row, 0)}:{cell_name(row, width - 1)}"
        return [note("repaired", Location("", cells, row + 1, 1), values={"situation": "quotes"})]
    return []


def _rows(records: list[list[str]]) -> tuple[tuple[tuple[str, ...], ...], list[Finding]]:
    """Rows without the blanks after their last value, and the cells that only show an error."""
    rows: list[tuple[str, ...]] = []
    findings: list[Finding] = []
    filled = 0
    for row, record in enumerate(records):
        for column, text in enumerate(record):
            if error_text(text):
                at = Location("", cell_name(row, column), row + 1, column + 1)
                findings.append(error("cell-error", at, values={"text": text}))
                record[column] = ""
        end = len(record)
        while end and record[end - 1] == "":
            end -= 1
        rows.append(tuple(record[:end]))
        if end:
            filled = row + 1
    return tuple(rows[:filled]), findings
