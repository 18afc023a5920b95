"""A wide sheet of a marked copy on paper: lying, and one page wide, where the department did not settle that itself.

Takes a sheet of openpyxl and changes how it is printed, and nothing that stands in it.
"""

from __future__ import annotations

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_A4 = "9"
_STANDING = 660
"""Pixels between the usual margins of an A4 page that stands."""
_DEFAULT_WIDTH = 8.43
_DIGIT, _PADDING = 7, 5
"""Pixels of a column of the usual font: seven a digit, and five around them."""


def fit_on_paper(sheet: Worksheet) -> None:
    """Lay a sheet that a standing page does not hold, and make it one page wide and as many long as it needs.

    A file says otherwise by a scale, by a number of pages or by breaks between columns. That a page stands says
    nothing: programs write it unasked.
    """
    if _is_settled(sheet) or _pixels(sheet) <= _STANDING:
        return
    setup = sheet.page_setup
    setup.orientation = "landscape"
    setup.paperSize = setup.paperSize or _A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    properties = sheet.sheet_properties.pageSetUpPr or PageSetupProperties()
    properties.fitToPage = True
    sheet.sheet_properties.pageSetUpPr = properties


def _is_settled(sheet: Worksheet) -> bool:
    setup, properties = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    is_scaled = (setup.scale or 100) != 100
    return bool(is_scaled or (properties and properties.fitToPage) or sheet.col_breaks.brk)


def _pixels(sheet: Worksheet) -> float:
    """How wide the columns are from the first to the last that holds anything."""
    rows = sheet.iter_rows(values_only=True)
    last = max((index for row in rows for index, value in enumerate(row) if value not in (None, "")), default=-1)
    usual = sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH
    widths = {
        number: 0.0 if one.hidden else one.width if one.customWidth else usual
        for one in sheet.column_dimensions.values()
        for number in range(one.min or 0, min(one.max or 0, last + 1) + 1)
    }
    return sum(_DIGIT * width + _PADDING for number in range(1, last + 2) if (width := widths.get(number, usual)))
