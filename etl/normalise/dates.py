"""Days, months and years as lists print them -> ISO."""

from __future__ import annotations

import re
import unicodedata

from etl.amounts import is_blank
from etl.table import Sheet

_DAY = re.compile(r"((?:19|20)\d{2})[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)")
_MONTH = re.compile(r"((?:19|20)\d{2})年(\d{1,2})月")
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_FOOT = 3
"""Rows at the end of a sheet in which its day may stand."""


def iso_date(text: str) -> str:
    """The day, the month or the year that a text names; empty where it names none.

    >>> iso_date("2024年7月16日起"), iso_date("2024.7.16"), iso_date("2024年7月"), iso_date("2024年"), iso_date("长期")
    ('2024-07-16', '2024-07-16', '2024-07', '2024', '')
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.search(plain):
            year, *rest = match.groups()
            if all(0 < int(part) <= most for part, most in zip(rest, (12, 31), strict=False)):
                return "-".join((year, *(f"{int(part):02d}" for part in rest)))
    return plain if re.fullmatch(r"(?:19|20)\d{2}", plain) else ""


def list_date(sheet: Sheet, title_row: int, end: int) -> str:
    """The day that stands with the title, above the table or under it; the month or the year where there is no day."""
    top = [*sheet.heading, *_texts(sheet, max(title_row, 0), end)]
    foot = _texts(sheet, max(len(sheet.rows) - _FOOT, end), len(sheet.rows))
    dates = [date for text in top if (date := iso_date(text))]
    dates += [date for text in foot if len(date := iso_date(text)) == len("2024-07-16")]
    return max(dates, key=len, default="")


def _texts(sheet: Sheet, first: int, end: int) -> list[str]:
    """What stands alone in its row or in the heading; a row of several cells in the foot is a line of the list."""
    rows = [[value for value in row if not is_blank(value)] for row in sheet.rows[first:end]]
    return [str(value) for row in rows for value in row if len(row) <= 2]
