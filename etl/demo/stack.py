"""All tables of a document below each other in one sheet, as some offices keep them."""

from __future__ import annotations

import re
from dataclasses import replace

from etl.demo.filing import File, Planted
from etl.demo.grid import Grid

_BETWEEN = 2
"""Empty rows between two tables."""
_NAME = "公开表"


def stack(file: File) -> None:
    """Put the forms of a file into one sheet; covers and hidden sheets stay. What was planted moves along."""
    one = Grid(_NAME)
    kept: list[Grid] = []
    planted = list(file.planted)
    top = 0
    for place, grid in enumerate(file.grids, start=1):
        if not grid.form:
            kept.append(grid)
            continue
        one.cells |= {(row + top, column): cell for (row, column), cell in grid.cells.items()}
        one.tags |= {(row + top, column): tag for (row, column), tag in grid.tags.items()}
        one.merges += [(first + top, left, last + top, right) for first, left, last, right in grid.merges]
        planted = [_moved(each, top) if each.sheet == file.sheet(place) else each for each in planted]
        top += grid.height + _BETWEEN
    file.grids, file.planted = [*kept, one], planted


def _moved(planted: Planted, down: int) -> Planted:
    cell = re.sub(r"\d+", lambda row: str(int(row[0]) + down), planted.cell)
    return replace(planted, sheet=_NAME, cell=cell)
