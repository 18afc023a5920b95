"""A sheet in the making, for readers that meet its cells one by one; it cannot grow beyond what a file may cost.

Takes cells, merges and hidden rows by zero-based address, in any order; gives a Sheet. Many sheets share one allowance,
so that a small file cannot ask for much memory by placing one far cell on each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.amounts import Value
from etl.finding import Finding, Location, error
from etl.table import Merge, Sheet, Visibility, cell_name
from etl.workbook import safety

_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|N/A|NUM!|NULL!|SPILL!|CALC!|FIELD!)|#{3,}")


def error_text(text: str) -> bool:
    """Whether a text is what Excel shows instead of a value: an error, or `####` in a column that is too narrow."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


class FarCellError(Exception):
    """The sheets of a file reach too far; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Allowance:
    """Cells that the sheets of one file may reach over, together."""

    def __init__(self) -> None:
        self.left = safety.MAX_AREA


class Grid:
    """The cells of one sheet."""

    def __init__(self, name: str, allowance: Allowance) -> None:
        self.name = name
        self.findings: list[Finding] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        """First and last."""
        self.decimals: dict[tuple[int, int], int] = {}
        self.scales: dict[tuple[int, int], int] = {}
        self.merges: list[Merge] = []
        self._allowance = allowance
        self._rows: dict[int, list[Value]] = {}
        self._height = self._width = 0

    def reach(self, row: int, column: int) -> None:
        """Make room up to a cell; raises FarCellError where that is beyond the allowance."""
        if row < self._height and column < self._width:
            return
        height, width = max(self._height, row + 1), max(self._width, column + 1)
        self._allowance.left -= height * width - self._height * self._width
        if self._allowance.left < 0 or safety.is_far(row, column):
            raise FarCellError(safety.far_cell(self.name, row, column))
        self._height, self._width = height, width

    def put(self, row: int, column: int, value: Value) -> None:
        """Set one cell."""
        self.reach(row, column)
        cells = self._rows.setdefault(row, [])
        gap = column - len(cells)
        if gap < 0:
            cells[column] = value
        else:
            cells.extend([""] * gap)
            cells.append(value)

    def fail(self, code: str, row: int, column: int, text: str = "") -> None:
        """Say that a cell has no value, and why."""
        values = {"text": text} if text else {}
        self.findings.append(error(code, self.at(row, column), values=values))

    def at(self, row: int, column: int) -> Location:
        """The place of a cell."""
        return Location(self.name, cell_name(row, column), row + 1, column + 1)

    def sheet(
        self, visibility: Visibility = "visible", heading: Iterable[str] = (), footing: Iterable[str] = ()
    ) -> Sheet:
        """The sheet without the blanks after the last cell of a row and after the last row."""
        height = max((row for row, cells in self._rows.items() if any(_is_filled(cell) for cell in cells)), default=-1)
        rows = tuple(_trimmed(self._rows.get(row, ())) for row in range(height + 1))
        width = max(map(len, rows), default=0)
        return Sheet(
            self.name,
            rows,
            tuple(_clipped(self.merges, height + 1, width)),
            visibility,
            frozenset(row for row in self.hidden_rows if row <= height),
            frozenset(_columns(self.hidden_columns, width)),
            tuple(heading),
            tuple(footing),
            self.decimals,
            self.scales,
        )


def _is_filled(value: Value) -> bool:
    return value is not None and value != ""


def _trimmed(cells: Iterable[Value]) -> tuple[Value, ...]:
    row = list(cells)
    while row and not _is_filled(row[-1]):
        row.pop()
    return tuple(row)


def _columns(spans: Iterable[tuple[int, int]], width: int) -> Iterable[int]:
    """The columns of spans, which may overlap and run to the end of the sheet, as far as it is filled."""
    following = 0
    for first, last in sorted(spans):
        yield from range(max(first, following), min(last + 1, width))
        following = max(following, last + 1)


def _clipped(merges: Iterable[Merge], height: int, width: int) -> Iterable[Merge]:
    """Merges as far as the sheet is filled: a title may be merged to the end of the sheet."""
    for top, left, bottom, right in merges:
        bottom, right = min(bottom, height - 1), min(right, width - 1)
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            yield top, left, bottom, right
