"""Mistakes in the lists of fees and of government funds."""

from __future__ import annotations

from random import Random

from etl.demo.grid import Cell
from tests.mistakes.county import Paper, Spot, remove_row
from tests.mistakes.planting import Plant

_HEADS = {
    "item_no": ("项目序号", "序号"),
    "item": ("项目名称",),
    "basis": ("政策依据", "征收依据"),
    "standard": ("收费标准",),
    "fund_management": ("资金管理方式",),
    "set_by": ("立项级次",),
}


def _column(spot: Spot, field: str) -> int | None:
    heads = {cell.value: at[1] for at, cell in spot.grid.cells.items() if cell.style == "head"}
    return next((heads[label] for label in _HEADS[field] if label in heads), None)


def _rows(spot: Spot) -> list[int]:
    top = max(at[0] for at, cell in spot.grid.cells.items() if cell.style == "head")
    return list(range(top + 1, spot.grid.height))


def field(name: str, *choices: str, document: str = "") -> Plant:
    """A field of a row that says something else; nothing where the choice is empty."""

    def plant(paper: Paper, rng: Random) -> bool:
        if paper.of != "list" or document not in ("", paper.account.document):
            return False
        file = paper.files[0]
        spot = Spot(file, file.grids[0], (0, 0))
        column = _column(spot, name)
        if column is None:
            return False
        row, said = rng.choice(_rows(spot)), rng.choice(choices)
        paper.expect(spot.at((row, column)))
        item = _column(spot, "item")
        if item is not None:
            paper.expect(spot.at((row, item)))
        if said:
            spot.grid.put(row, column, Cell(said))
        else:
            spot.grid.cells.pop((row, column), None)
        return True

    return plant


def number_skipped(paper: Paper, rng: Random) -> bool:
    """A row was deleted, and the rest not numbered again."""
    if paper.of != "list":
        return False
    file = paper.files[0]
    spot = Spot(file, file.grids[0], (0, 0))
    column = _column(spot, "item_no")
    if column is None:
        return False
    row = rng.choice(_rows(spot)[1:-1])
    remove_row(spot.grid, row)
    paper.expect(spot.at((row, column)))
    paper.expect(spot.at((row - 1, column)))
    return True
