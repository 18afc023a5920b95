"""The unit of money that a table prints, in its own lines and not in those of its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.labels import fold
from etl.table import Sheet


def find_unit(sheet: Sheet, title_row: int, end: int, patterns: Sequence[str]) -> str:
    """The unit printed between the title and the end of the header, else in the two rows above; empty where none is."""
    rows = [*range(title_row, end), *range(max(title_row - 2, 0), title_row)]
    for pattern in patterns:
        for row in rows:
            for value in sheet.rows[row] if row < len(sheet.rows) else ():
                if isinstance(value, str) and (match := re.search(pattern, fold(value))):
                    return match.group(1)
    return ""
