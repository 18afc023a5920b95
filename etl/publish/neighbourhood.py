"""The piece of a sheet around a cell, to be drawn as a small table with row and column letters.

Takes the tables of a submission and a place in one of their sheets; gives the cells around it as far as the tables know
them: codes, names, figures and texts of lines. What stands outside of the lines (titles, notes) is not in it.

    finding at C7                     |   |   A   |    B     |    C    |
                               ->     | 6 |       | 合计     | 120.00  |
                                      | 7 | 205   | 教育支出 | 120.00  |   <- marked
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.finding import Location
from etl.table import Line, Table, cell_name

ROWS, COLUMNS = 2, 2
"""How far a neighbourhood reaches, in rows above and below and in columns to either side."""
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
Cells = Mapping[tuple[int, int], str]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; zero-based, inclusive."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a neighbourhood."""

    text: str
    is_number: bool
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A piece of a sheet."""

    letters: tuple[str, ...]
    labels: tuple[str, ...]
    """Header of each column, as printed."""
    rows: tuple[tuple[int, tuple[Spot, ...]], ...]
    """One-based row number, and its cells."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a table knows of its sheet, laid out once for all the places that will be asked for."""

    table: Table
    cells: Cells
    figures: frozenset[tuple[int, int]]
    rows: tuple[int, ...]
    """Zero-based rows that hold a cell, in order."""


def chart(table: Table) -> Chart:
    """Lay the cells of a table out."""
    cells = dict(_cells(table))
    figures = frozenset((figure.row, figure.column) for line in table.lines for figure in line.figures.values())
    return Chart(table, cells, figures, tuple(sorted({row for row, _ in cells})))


def neighbourhood(charts: Iterable[Chart], location: Location) -> Neighbourhood | None:
    """The cells around a place; None where no table knows any cell there."""
    areas = tuple(areas_of(location.cell))
    if not areas:
        return None
    row, column = areas[0][:2]
    for known in charts:
        if known.table.sheet == location.sheet and row in known.rows:
            return _cut(known, row, column, areas)
    return None


def areas_of(address: str) -> Iterator[Area]:
    """The areas of an A1, a range or several of them.

    >>> list(areas_of("C7,A1:B2"))
    [(6, 2, 6, 2), (0, 0, 1, 1)]
    """
    for part in address.split(","):
        if match := _RANGE.fullmatch(part.strip()):
            left, top, right, bottom = match.groups()
            yield int(top) - 1, _column(left), int(bottom or top) - 1, _column(right or left)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cells(table: Table) -> Iterator[tuple[tuple[int, int], str]]:
    columns = {column.key: column.index for column in table.columns if column.key}
    for line in table.lines:
        yield from _heads(line)
        for figure in line.figures.values():
            yield (figure.row, figure.column), figure.text
        for key, text in line.attributes.items():
            if key in columns:
                yield (line.row, columns[key]), text


def _heads(line: Line) -> Iterator[tuple[tuple[int, int], str]]:
    if line.code_column != line.name_column and line.code.isdigit():
        yield (line.row, line.code_column), line.code
    if line.name:
        yield (line.row, line.name_column), line.name


def _cut(known: Chart, row: int, column: int, areas: tuple[Area, ...]) -> Neighbourhood:
    at = known.rows.index(row)
    rows = known.rows[max(at - ROWS, 0) : at + ROWS + 1]
    columns = sorted({*_heads_of(known.table, row, column), *_beside(known.cells, rows, column)})
    labels = {printed.index: printed.label.rpartition("/")[2] for printed in known.table.columns}

    def spot(place: tuple[int, int]) -> Spot:
        marked = any(_holds(area, place) for area in areas)
        return Spot(known.cells.get(place, ""), place in known.figures, marked)

    return Neighbourhood(
        letters=tuple(cell_name(0, index)[:-1] for index in columns),
        labels=tuple(labels.get(index, "") for index in columns),
        rows=tuple((number + 1, tuple(spot((number, index)) for index in columns)) for number in rows),
    )


def _heads_of(table: Table, row: int, column: int) -> set[int]:
    """The columns of code and name that belong to a cell: of lines side by side, the nearest to its left."""
    lines = [line for line in table.lines if line.row == row]
    beside = [line for line in lines if line.name_column <= column] or lines
    nearest = max(beside, key=lambda line: line.name_column)
    return {nearest.code_column, nearest.name_column}


def _beside(cells: Cells, rows: Sequence[int], column: int) -> set[int]:
    near = range(max(column - COLUMNS, 0), column + COLUMNS + 1)
    return {column, *(index for index in near if any((row, index) in cells for row in rows))}


def _holds(area: Area, place: tuple[int, int]) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]
