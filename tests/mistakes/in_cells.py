"""Mistakes in single cells: amounts, codes and names that are not what the column wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from etl.demo.grid import Cell, Grid, Place
from tests.mistakes.county import Paper, Spot, repeat_row
from tests.mistakes.in_figures import CODED
from tests.mistakes.planting import Plant

_REQUIRED = ("revenue", "expenditure", "general-budget-expenditure")


def instead(make: Callable[[str, Random], str], formula: str = "", containers: tuple[str, ...] = ()) -> Plant:
    """Something else where an amount is wanted."""

    def plant(paper: Paper, rng: Random) -> bool:
        places = [
            spot
            for spot in paper.spots(*CODED)
            if spot.tag.fen and (not containers or spot.file.container in containers)
        ]
        if not places:
            return False
        spot = rng.choice(places)
        shown = f"{Decimal(spot.tag.fen) / spot.grid.unit_fen:.2f}"
        paper.expect(spot)
        spot.grid.put(*spot.place, Cell(make(shown, rng), style="right", formula=formula))
        del spot.grid.tags[spot.place]
        return True

    return plant


def text(*choices: str) -> Callable[[str, Random], str]:
    """One of some texts; `{}` stands for what was there."""
    return lambda shown, rng: rng.choice(choices).replace("{}", shown)


def letter_for_digit(shown: str, rng: Random) -> str:
    places = [at for at, digit in enumerate(shown) if digit != "."]
    at = rng.choice(places)
    return shown[:at] + rng.choice("oOlIsB") + shown[at + 1 :]


def two_points(shown: str, rng: Random) -> str:
    at = rng.randint(1, len(shown) - 1)
    return f"{shown[:at]}.{shown[at:]}" if shown[at - 1] != "." and shown[at] != "." else f"{shown}.0"


# --- codes ----------------------------------------------------------------------------------------------------------

Coded = tuple[Spot, str]
"""The cell of a code, and the code."""


def _codes(paper: Paper, *tables: str, ways: tuple[str, ...] = ("one", "number")) -> list[Coded]:
    """Codes of items that stand whole in a cell of their own."""
    if paper.ways.codes not in ways:
        return []
    return [
        (Spot(file, grid, place), code)
        for table in tables
        for file, grid in paper.sheets(table)
        for code, place in sorted(grid.codes.items())
    ]


def recoded(make: Callable[[str, Random], str], *lengths: int, ways: tuple[str, ...] = ("one", "number")) -> Plant:
    """Another code in the place of one."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = [(spot, code) for spot, code in _codes(paper, *_REQUIRED, ways=ways) if len(code) in lengths]
        if not found:
            return False
        spot, code = rng.choice(found)
        paper.expect(spot)
        spot.grid.put(*spot.place, replace(spot.grid.cells[spot.place], value=make(code, rng)))
        return True

    return plant


def no_such_class(code: str, rng: Random) -> str:
    return rng.choice(("288", "299", "250", "198")) + code[3:]


def no_such_item(code: str, rng: Random) -> str:
    return f"{code[:5]}{rng.randint(81, 89)}"


def with_letter(code: str, rng: Random) -> str:
    at = rng.randrange(len(code))
    return code[:at] + rng.choice("OlIZ") + code[at + 1 :]


def digit_lost(code: str, rng: Random) -> str:
    at = rng.randrange(1, len(code))
    return code[:at] + code[at + 1 :]


def wrong_name(paper: Paper, rng: Random) -> bool:
    """The name of quite another item beside a code."""
    found = [
        (spot, code)
        for spot, code in _codes(paper, "expenditure", "general-budget-expenditure")
        if len(code) == 7 and isinstance(_beside(spot.grid, spot.place), Cell)
    ]
    if not found:
        return False
    spot, _ = rng.choice(found)
    names = ["森林草原防灾减灾", "殡葬", "优抚医院", "普通公路建设", "职业高中教育"]
    row, column = spot.place
    paper.expect(spot)
    paper.expect(spot.at((row, column + 1)))
    spot.grid.put(row, column + 1, replace(spot.grid.cells[row, column + 1], value=rng.choice(names)))
    return True


def _beside(grid: Grid, place: Place) -> Cell | None:
    cell = grid.cells.get((place[0], place[1] + 1))
    return cell if cell is not None and isinstance(cell.value, str) else None


def code_twice(paper: Paper, rng: Random) -> bool:
    """A line of nil figures with a code that stands there already: no sum tells."""
    found = [
        (spot, code) for spot, code in _codes(paper, "expenditure", "general-budget-expenditure") if len(code) == 7
    ]
    if not found:
        return False
    spot, _ = rng.choice(found)
    row, column = spot.place
    repeat_row(spot.grid, row)
    for at in [at for at, tag in spot.grid.tags.items() if at[0] == row]:
        spot.grid.put(at[0] + 1, at[1], Cell(Decimal(0) if paper.ways.amounts == "number" else "0.00", style="right"))
    paper.expect(spot)
    paper.expect(spot.at((row + 1, column)))
    return True


def code_blank(paper: Paper, rng: Random) -> bool:
    """A line with figures and a name that has lost its code."""
    found = [(spot, code) for spot, code in _codes(paper, *_REQUIRED) if len(code) == 7]
    if not found:
        return False
    spot, _ = rng.choice(found)
    row, column = spot.place
    del spot.grid.cells[spot.place]
    paper.expect(spot)
    paper.expect(spot.at((row, column + 1)))
    return True


def old_code(paper: Paper, rng: Random) -> bool:
    """An item that ended years ago, with its own name, in every table that has it."""
    old, name, now = "2080504", "未归口管理的行政单位离退休", "2080505"
    found = [(spot, code) for spot, code in _codes(paper, *_REQUIRED) if code == now]
    if not found or paper.account.year <= 2019:
        return False
    for spot, _ in found:
        row, column = spot.place
        cell = spot.grid.cells[spot.place]
        value: str | Decimal = Decimal(old) if isinstance(cell.value, Decimal) else old
        spot.grid.put(row, column, replace(cell, value=value))
        spot.grid.put(row, column + 1, replace(spot.grid.cells[row, column + 1], value=name))
        paper.expect(spot)
    return True
