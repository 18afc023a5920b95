"""Cells, merges and visibility of every sheet, by calamine: the one door of that library.

Takes bytes that `safety` has let through; gives sheets whose rows and columns count from A1, or the finding that says
why not.
"""

from __future__ import annotations

import io

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from etl.amounts import Value
from etl.finding import Finding, error
from etl.table import Merge, Sheet, Visibility
from etl.workbook import safety


def read(data: bytes) -> tuple[Sheet, ...] | Finding:
    """Every worksheet in workbook order; charts hold no cells and are left out."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = []
            for place, about in enumerate(workbook.sheets_metadata):
                if about.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_index(place)
                if sheet.end is not None and safety.is_far(*sheet.end):
                    return safety.far_cell(about.name, *sheet.end)
                sheets.append(Sheet(about.name, _rows(sheet), _merges(sheet), _visibility(about.visible)))
    except PasswordError:
        return error("file-encrypted")
    except (CalamineError, OSError):  # the latter where a part ends before a record of it does
        return error("file-unreadable", values={"situation": "damaged"})
    return tuple(sheets)


def _rows(sheet: CalamineSheet) -> tuple[tuple[Value, ...], ...]:
    """Rows from A1 on, without the blanks after the last cell of a row and after the last row."""
    if sheet.end is None:
        return ()
    rows: list[tuple[Value, ...]] = []
    filled = 0
    for row in sheet.to_python(skip_empty_area=False):
        end = len(row)
        while end and row[end - 1] == "":
            end -= 1
        rows.append(tuple(row[:end]))
        if end:
            filled = len(rows)
    return tuple(rows[:filled])


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple((first[0], first[1], last[0], last[1]) for first, last in ranges)


def _visibility(state: SheetVisibleEnum) -> Visibility:
    if state == SheetVisibleEnum.VeryHidden:
        return "very-hidden"
    return "hidden" if state == SheetVisibleEnum.Hidden else "visible"
