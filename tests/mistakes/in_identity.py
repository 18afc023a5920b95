"""Mistakes in who and what a document is: bodies and years that do not go together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.mistakes.county import Paper
from tests.mistakes.in_figures import CODED
from tests.mistakes.in_sheets import sheets_of
from tests.mistakes.planting import Plant


def in_title(change: Callable[[str, Paper], str]) -> Plant:
    """A title that says something else."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = [
            spot
            for spot in sheets_of(paper, *CODED)
            if len(spot.file.grids) > 2 and not paper.stacked and paper.ways.title != "below"
        ]
        if not found:
            return False
        spot = rng.choice(found)
        cell = spot.grid.cells[spot.place]
        said = change(str(cell.value), paper)
        if said == cell.value:
            return False
        spot.grid.put(*spot.place, replace(cell, value=said))
        paper.expect(spot)
        return True

    return plant


def year_before(title: str, paper: Paper) -> str:
    return title.replace(f"{paper.account.year}年", f"{paper.account.year - 1}年")


def another_body(paper: Paper, rng: Random) -> bool:
    """One sheet of several says that it is of another department."""
    found = [
        (spot, place)
        for spot in sheets_of(paper, *CODED)
        for place, cell in spot.grid.cells.items()
        if str(cell.value).startswith("部门：") and len(spot.file.grids) > 2 and not paper.stacked
    ]
    if not found or paper.office.body.zh == _OTHER or paper.office.body.parent:
        return False
    spot, place = rng.choice(found)
    cell = spot.grid.cells[place]
    spot.grid.put(*place, replace(cell, value=str(cell.value).replace(paper.office.body.zh, _OTHER)))
    paper.expect(spot.at(place))
    return True


_OTHER = "虚构示例县财政局"


def everywhere(change: Callable[[str, Paper], str]) -> Plant:
    """Every title, cover and name of a file that says something says something else."""

    def plant(paper: Paper, _: Random) -> bool:
        if paper.of in {"government", "list"}:
            return False
        for file in paper.files:
            file.path = change(file.path, paper)
            for grid in file.grids:
                grid.name = change(grid.name, paper)
                for place, cell in list(grid.cells.items()):
                    if isinstance(cell.value, str):
                        grid.put(*place, replace(cell, value=change(cell.value, paper)))
        return True

    return plant


def unknown_body(text: str, paper: Paper) -> str:
    body = paper.office.body
    for name in (body.zh, *body.aliases):
        text = text.replace(name, "虚构示例县月球开发局")
    return (
        text.replace(f"/{body.code}", "/")
        if "/" in text
        else text.replace(body.code, "999")
        if text == body.code
        else text
    )


def no_year(text: str, paper: Paper) -> str:
    return (
        text.replace(f"{paper.account.year}年度", "")
        .replace(f"{paper.account.year}年", "")
        .replace(f"{paper.account.year}", "")
    )


def path_year(paper: Paper, _: Random) -> bool:
    """The name of the file says another year than everything in it."""
    year = paper.account.year
    file = paper.files[0]
    name = file.path.rpartition("/")[2]
    if str(year) not in name or paper.of in {"government", "list"}:
        return False
    file.path = file.path.replace(f"{year}", f"{year - 1}")
    return True
