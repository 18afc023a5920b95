"""One finding put into the sheet where it belongs: a colour, and a comment with the sentence.

Takes a sheet of openpyxl and changes it: this room is the one door to openpyxl, whose values are not frozen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from etl.finding import Finding, Severity
from etl.spec.model import Spec
from etl.wording import SEVERITIES, breadth, say

COLOURS: Mapping[Severity, str] = MappingProxyType({"error": "EF8A80", "warning": "FFCF56", "note": "E4EEFA"})
"""Fills that differ in hue and, printed in grey, in lightness: 65, 82 and 92 %. Black is readable on each."""

AUTHOR = "明账"
_WIDTH, _LINE, _PLACES = 340, 19, 44
"""Pixels a comment is wide, pixels of a line in it, and places on that line."""


def mark(sheet: Worksheet, finding: Finding, spec: Spec) -> None:
    """Colour the cells of a finding and write its sentence into the first of them."""
    cells = tuple(cells_of(sheet, finding.location.cell))
    for cell in cells:
        cell.fill = fill(finding.severity)
    for cell in cells[:1]:
        _comment(cell, remark(finding, spec))


def fill(severity: Severity) -> PatternFill:
    """The colour of a severity."""
    return PatternFill("solid", fgColor=COLOURS[severity])


def remark(finding: Finding, spec: Spec) -> str:
    """What a comment says."""
    message, mend = say(finding, spec, "zh")
    return f"【{SEVERITIES[finding.severity].zh}】{message}\n→ {mend}"


def cells_of(sheet: Worksheet, address: str) -> Iterator[Cell]:
    """The cells of an A1, a range or several of them; of merged cells the one that holds the value."""
    seen: set[str] = set()
    for part in address.split(","):
        for row, column in _inside(sheet, part.strip()):
            cell = _anchor(sheet, row, column)
            if cell.coordinate not in seen:
                seen.add(cell.coordinate)
                yield cell


def _inside(sheet: Worksheet, part: str) -> Iterator[tuple[int, int]]:
    """Rows and columns of a range; whole rows and columns reach as far as the sheet is used."""
    left, top, right, bottom = range_boundaries(part)
    for row in range(top or 1, (bottom or sheet.max_row) + 1):
        for column in range(left or 1, (right or sheet.max_column) + 1):
            yield row, column


def _anchor(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(one for one in sheet.merged_cells.sorted() if cell.coordinate in one)
        cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)
    return cell


def _comment(cell: Cell, text: str) -> None:
    """Put a remark before what the comment already says."""
    earlier = f"\n\n{cell.comment.text}" if cell.comment else ""
    whole = ILLEGAL_CHARACTERS_RE.sub("", text + earlier)
    lines = sum(max(1, math.ceil(breadth(line) / _PLACES)) for line in whole.splitlines())
    cell.comment = Comment(whole, AUTHOR, height=_LINE * (lines + 1), width=_WIDTH)
