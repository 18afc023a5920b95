"""What one body sends for one document: its sheets, packed into files in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.demo.containers import WRITERS, sheet_name
from etl.demo.county import GOVERNMENT
from etl.demo.grid import Cell, Grid
from etl.demo.habits import Habit

_WORDS = {"budget": "预算", "final-account": "决算"}


@dataclass(slots=True)
class File:
    """One file of the inbox, before it is written."""

    path: str
    """Relative to the inbox."""
    container: str
    grids: list[Grid]
    department_code: str
    fiscal_year: int
    document: str
    layout: str
    """Family, container and other ways, in one word each."""
    expected: str = "accepted"
    """The status it should come to."""
    planted: list[Planted] = field(default_factory=list)
    data: bytes = b""
    """Written instead of the grids where not empty."""
    received_on: str = ""
    """Stated in a `submission.yml` beside the file where not empty."""

    def sheet(self, place: int) -> str:
        """How the contract names a sheet of the file, by its place from one."""
        if self.container.startswith("csv"):
            return ""
        return str(place) if self.container == "html" else sheet_name(self.grids[place - 1].name)

    def content(self) -> bytes:
        return self.data or WRITERS[self.container][1](self.grids)


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake made on purpose, and the finding that should say so."""

    sheet: str
    cell: str
    code: str
    what: str


def pack(grids: Sequence[Grid], code: str, name: str, year: int, document: str, habit: Habit) -> list[File]:
    """The files of one document."""
    words = ("政府" if code == GOVERNMENT else "部门") + _WORDS[document]
    extension = WRITERS[habit.container][0]
    container = "stacked" if habit.packing == "sheet" else habit.container
    layout = "-".join((habit.family, container, f"codes:{habit.codes}", habit.unit(document)))
    common = (code, year, document, layout)
    if habit.packing == "table":
        folder = f"{year}/{words}/{code}{name}"
        return [
            File(
                f"{folder}/{place:02d}{_file_name(grid.name)}{extension}",
                habit.container,
                [_named(grid, place, habit)],
                *common,
            )
            for place, grid in enumerate(grids, start=1)
        ]
    named = [_named(grid, place, habit) for place, grid in enumerate(grids, start=1)]
    around = [_cover(name, year, words)] if habit.cover else []
    around += [_contents(named)] if habit.contents else []
    return [File(f"{year}/{name}{year}年{words}公开表{extension}", habit.container, [*around, *named], *common)]


def _file_name(title: str) -> str:
    return title.translate({ord(mark): None for mark in "“”/\\"})


def _named(grid: Grid, place: int, habit: Habit) -> Grid:
    grid.name = {"title": grid.name[:28], "number": f"{place:02d}", "plain": f"Sheet{place}"}[habit.sheets]
    return grid


def _cover(name: str, year: int, words: str) -> Grid:
    grid = Grid("封面")
    grid.put(3, 0, Cell(f"{name}", style="title"))
    grid.put(5, 0, Cell(f"{year}年{words}公开", style="title"))
    return grid


def _contents(grids: Sequence[Grid]) -> Grid:
    grid = Grid("目录")
    grid.put(0, 0, Cell("目录", style="title"))
    for row, each in enumerate(grids, start=1):
        grid.put(row, 0, Cell(f"{row}. {each.name}"))
    return grid
