"""Years and days as the registers write them."""

from __future__ import annotations

import re
from datetime import date

from etl.spec.files import Row, Sheet

OPEN_YEAR = 9999
"""Last year of what still holds."""
_YEAR = re.compile(r"[12][0-9]{3}")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


def is_day(text: str) -> bool:
    """True for a day of the calendar in ISO form.

    >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("2024/2/1")
    (True, False, False)
    """
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def year_of(text: str) -> int | None:
    """The year of a year or of a day; None where the text is neither."""
    return int(text[:4]) if _YEAR.fullmatch(text) or is_day(text) else None


def span(sheet: Sheet, row: Row) -> tuple[int, int]:
    """First and last fiscal year of a row, by its `valid_from` and `valid_to`; empty is open."""
    first, last = _year(sheet, row, "valid_from", 0), _year(sheet, row, "valid_to", OPEN_YEAR)
    if last < first:
        sheet.wrong(row.line, "valid_to", "止年早于起年", "ends before it begins")
    return first, last


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """True where two spans of years have a year in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def _year(sheet: Sheet, row: Row, column: str, empty: int) -> int:
    text = row[column]
    if not text:
        return empty
    year = year_of(text)
    if year is None:
        sheet.wrong(
            row.line, column, "要写年份（2024）或日期（2024-01-31）", "write a year (2024) or a day (2024-01-31)"
        )
        return empty
    return year
