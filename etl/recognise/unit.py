"""The unit of money that a table prints, in its own lines and not in those of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from etl.labels import fold
from etl.recognise.texts import with_value
from etl.table import Sheet


def find_unit(sheet: Sheet, title_row: int, end: int, stop: int, patterns: Sequence[str]) -> str:
    """The unit printed between the title and the end of the header; else above the title, else below the lines.

    Empty where none is. A remark in brackets counts only above the lines: further down it belongs to one line.
    """
    rows = [*range(title_row, end), *range(max(title_row - 2, 0), title_row)]
    above = [*_texts(sheet, rows), *sheet.heading[::-1]]
    for pattern in patterns:
        if unit := _first(above, pattern):
            return unit
    return _first(_texts(sheet, range(end, min(stop, len(sheet.rows)))), patterns[0])


def _texts(sheet: Sheet, rows: Iterable[int]) -> list[str]:
    return [
        with_value(sheet, row, column, value)
        for row in rows
        if row < len(sheet.rows)
        for column, value in enumerate(sheet.rows[row])
        if value and isinstance(value, str)
    ]


def _first(texts: Iterable[str], pattern: str) -> str:
    return next((unit for text in texts if (unit := _printed(text, pattern))), "")


@lru_cache(maxsize=16384)
def _printed(text: str, pattern: str) -> str:
    match = re.search(pattern, fold(text))
    return match.group(1) if match else ""
