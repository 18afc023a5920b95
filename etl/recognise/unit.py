"""The unit of money that a table prints, in its own lines and not in those of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl.labels import fold
from etl.recognise.texts import with_value
from etl.table import Sheet


def find_unit(sheet: Sheet, title_row: int, end: int, stop: int, patterns: Sequence[str]) -> str:
    """The unit printed between the title and the end of the header; else above the title, else below the lines.

    Empty where none is. A remark in brackets counts only above the lines: further down it belongs to one line.
    """
    above = [*sheet.heading[::-1]]
    rows = [*range(title_row, end), *range(max(title_row - 2, 0), title_row)]
    for pattern in patterns:
        if unit := _first([*_texts(sheet, rows), *above], pattern):
            return unit
    return _first(_texts(sheet, range(end, min(stop, len(sheet.rows)))), patterns[0])


def _texts(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [
        with_value(sheet, row, column, value)
        for row in rows
        if row < len(sheet.rows)
        for column, value in enumerate(sheet.rows[row])
        if isinstance(value, str)
    ]


def _first(texts: Iterable[str], pattern: str) -> str:
    for text in texts:
        if match := re.search(pattern, fold(text)):
            return match.group(1)
    return ""
