"""A workbook made anew from what was read, for formats that openpyxl cannot open.

Takes a Workbook; gives an openpyxl workbook with the same sheets, values, merges and hidden rows. What the reader does
not give (fonts, borders, formulas) is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import openpyxl
import openpyxl.workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.amounts import Value, is_blank
from etl.table import Sheet, Visibility, Workbook
from etl.wording import breadth

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the bytes do not change from day to day)
_NARROW, _WIDE = 9, 40
_STATES: Mapping[Visibility, Literal["visible", "hidden", "veryHidden"]] = {
    "visible": "visible",
    "hidden": "hidden",
    "very-hidden": "veryHidden",
}
_SIDE = Side("hair", color="9AA5A9")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
"""The lines of the form itself are not known here."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def rebuild(workbook: Workbook) -> openpyxl.workbook.Workbook:
    """Make the workbook."""
    made = openpyxl.Workbook()
    made.properties.created = CREATED
    for blank in tuple(made.worksheets):
        made.remove(blank)
    for number, sheet in enumerate(workbook.sheets, start=1):
        title = sheet.name.translate(_FORBIDDEN)[:31].strip("'") or f"表{number}"
        _fill_sheet(made.create_sheet(title), sheet)
    return made


def _fill_sheet(made: Worksheet, sheet: Sheet) -> None:
    for row, values in enumerate(sheet.rows, start=1):
        for column, value in enumerate(values, start=1):
            if not is_blank(value):
                _write(made.cell(row, column), value)
    _rule(made, sheet)
    for column, places in _widths(sheet).items():
        made.column_dimensions[get_column_letter(column + 1)].width = max(places + 2, _NARROW)
    for first_row, first_column, last_row, last_column in sheet.merges:
        made.merge_cells(None, first_row + 1, first_column + 1, last_row + 1, last_column + 1)
        made.cell(first_row + 1, first_column + 1).alignment = Alignment(horizontal="center", vertical="center")
    _hide(made, sheet)
    _set_up_page(made)


def _rule(made: Worksheet, sheet: Sheet) -> None:
    """Draw lines from the first row to the last that hold more than a title or a note."""
    wide = max(map(len, sheet.rows), default=0)
    filled = [sum(not is_blank(value) for value in values) for values in sheet.rows]
    ruled = [row for row, count in enumerate(filled, start=1) if count > 1]
    for row in range(ruled[0], ruled[-1] + 1) if ruled else ():
        for column in range(1, wide + 1):
            made.cell(row, column).border = _BORDER


def _widths(sheet: Sheet) -> dict[int, int]:
    """Places each column needs, by its zero-based number; what stands in a merged cell has room elsewhere."""
    merged = {(top, left) for top, left, _, _ in sheet.merges}
    widths: dict[int, int] = {}
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if not is_blank(value) and (row, column) not in merged:
                widths[column] = max(widths.get(column, 0), min(breadth(str(value)), _WIDE))
    return widths


def _hide(made: Worksheet, sheet: Sheet) -> None:
    for row in sorted(sheet.hidden_rows):
        made.row_dimensions[row + 1].hidden = True
    for column in sorted(sheet.hidden_columns):
        made.column_dimensions[get_column_letter(column + 1)].hidden = True
    made.sheet_state = _STATES[sheet.visibility]


def _set_up_page(made: Worksheet) -> None:
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(cell: object, value: Value) -> None:
    assert isinstance(cell, Cell)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    else:
        cell.value = value
