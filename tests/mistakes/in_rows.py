"""Slips in rows: one left out, one printed twice, two in each other's place."""

from __future__ import annotations

from random import Random

from etl.demo.grid import Grid
from tests.mistakes.county import Paper, Spot, remove_row, repeat_row
from tests.mistakes.in_figures import CODED, shows_at


def _leaves(grid: Grid, table_id: str) -> list[tuple[str, int]]:
    """Codes with nothing below them, whose line has a sister, and their rows."""
    found = []
    for code, (row, _) in grid.codes.items():
        below = [other for other in grid.codes if other != code and other.startswith(code)]
        parent = max((other for other in grid.codes if code != other and code.startswith(other)), key=len, default="")
        sisters = [other for other in grid.codes if other not in (code, parent) and other.startswith(parent) and parent]
        amounts = [tag for place, tag in grid.tags.items() if place[0] == row and tag.fen and tag.table_id == table_id]
        if not below and sisters and amounts:
            found.append((code, row))
    return found


def _leaf(paper: Paper, rng: Random) -> tuple[Spot, str] | None:
    """The largest figure of such a line, and its code."""
    choices = []
    for file, grid in paper.sheets():
        table_id = next(iter(grid.tags.values())).table_id
        if table_id in CODED and _one_band(grid):
            choices += [(file, grid, code, row) for code, row in _leaves(grid, table_id)]
    if not choices:
        return None
    file, grid, code, row = rng.choice(choices)
    places = [place for place, tag in grid.tags.items() if place[0] == row and tag.fen]
    return Spot(file, grid, min(places)), code


def _one_band(grid: Grid) -> bool:
    """Whether the codes of the sheet stand below each other: a row holds nothing else."""
    return len({place[1] for place in grid.codes.values()}) <= 3 and not any(
        grid.codes[one][0] == grid.codes[other][0] for one in grid.codes for other in grid.codes if one != other
    )


def row_left_out(paper: Paper, rng: Random) -> bool:
    found = _leaf(paper, rng)
    if found is None:
        return False
    spot, _ = found
    row = spot.place[0]
    for place in [at for at, tag in spot.grid.tags.items() if at[0] == row and tag.fen]:
        for shown in shows_at(spot.at(place)):
            if shown[0] != row:
                paper.expect(spot.at((shown[0] - (shown[0] > row), shown[1])))
    remove_row(spot.grid, row)
    return True


def row_twice(paper: Paper, rng: Random) -> bool:
    """The line printed once more, right below itself."""
    found = _leaf(paper, rng)
    if found is None:
        return False
    spot, code = found
    row = spot.place[0]
    for place in [at for at, tag in spot.grid.tags.items() if at[0] == row and tag.fen]:
        for shown in shows_at(spot.at(place)):
            paper.expect(spot.at((shown[0] + (shown[0] > row), shown[1])))
            if shown[0] == row:
                paper.expect(spot.at((row + 1, shown[1])))
    at = spot.grid.codes[code]
    paper.expect(spot.at(at))
    paper.expect(spot.at((at[0] + 1, at[1])))
    repeat_row(spot.grid, row)
    return True


def rows_exchanged(paper: Paper, rng: Random) -> bool:
    """The figures of two lines that follow each other and are of different families, in each other's place."""
    found = _leaf(paper, rng)
    if found is None:
        return False
    spot, code = found
    grid, row = spot.grid, spot.place[0]
    others = [
        other
        for other, at in grid.codes.items()
        if len(other) == len(code) and other[:3] != code[:3] and abs(at[0] - row) <= 8
    ]
    if not others:
        return False
    there = grid.codes[rng.choice(others)][0]
    columns = [
        at[1]
        for at, tag in grid.tags.items()
        if at[0] == row and (there, at[1]) in grid.tags and tag.fen != grid.tags[there, at[1]].fen
    ]
    if not any(abs(grid.tags[row, c].fen - grid.tags[there, c].fen) >= grid.unit_fen for c in columns):
        return False
    for column in columns:
        here, other = spot.at((row, column)), spot.at((there, column))
        one, two = here.tag.fen, other.tag.fen
        for place in (*shows_at(here), *shows_at(other)):
            paper.expect(spot.at(place))
        paper.restate(here, two)
        paper.restate(other, one)
    return True
