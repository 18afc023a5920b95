"""A sheet while it is being drawn: cells by place, and which figure stands in which cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Place = tuple[int, int]
"""Row and column from zero."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how it looks."""

    value: str | Decimal
    look: str = ""
    """Number format of a stored number; empty for General."""
    style: str = "plain"
    """plain, title, head, note or right."""
    indent: int = 0
    formula: str = ""
    """Written instead of the value; without a cached result where `value` is empty."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Which figure a cell shows: its key in the account and what it amounts to as it stands there."""

    table_id: str
    line_code: str
    line_name: str
    measure: str
    fen: int


@dataclass(slots=True)
class Grid:
    """One sheet."""

    name: str
    form: str = ""
    cells: dict[Place, Cell] = field(default_factory=dict)
    tags: dict[Place, Tag] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden: bool = False
    unit_fen: int = 100
    """Fen in one of the printed unit."""
    codes: dict[str, Place] = field(default_factory=dict)
    """Where the code of each coded line stands: its last cell where it takes three."""

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.cells[row, column] = cell

    def merge(self, first_row: int, first: int, last_row: int, last: int) -> None:
        """Make one cell of a block; a block of one stays as it is."""
        if (first_row, first) != (last_row, last):
            self.merges.append((first_row, first, last_row, last))

    def place_of(self, line: str, measure: str) -> Place:
        """Where a figure stands."""
        return next(place for place, tag in self.tags.items() if (tag.line_code, tag.measure) == (line, measure))

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=-1) + 1


def address(place: Place) -> str:
    """The name of a cell: (0, 27) is AB1."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def header(grid: Grid, row: int, heads: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Draw paths of labels as merged header rows from `row` on; give the first row below.

    | 科目编码 | 本年支出               |
    |         | 小计 | 基本   | 项目   |
    """
    depth = max(len(path) for _, path in heads)
    for column, path in heads:
        for level, label in enumerate(path):
            grid.put(row + level, column, Cell(label, style="head"))
        grid.merge(row + len(path) - 1, column, row + depth - 1, column)
    for level in range(depth - 1):
        _merge_along(grid, row + level, level, heads)
    return row + depth


def _merge_along(grid: Grid, row: int, level: int, heads: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Neighbours that share a path down to this level become one cell."""
    start = 0
    for place in range(1, len(heads) + 1):
        first = heads[start][1]
        here = heads[place][1] if place < len(heads) else ()
        joined = place < len(heads) and heads[place][0] == heads[place - 1][0] + 1
        if joined and len(here) > level + 1 and len(first) > level + 1 and here[: level + 1] == first[: level + 1]:
            continue
        left, right = heads[start][0], heads[place - 1][0]
        if right > left:
            for column in range(left + 1, right + 1):
                grid.cells.pop((row, column), None)
            grid.merge(row, left, row, right)
        start = place
