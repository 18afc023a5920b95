"""What the page of a published table shows: where its figures come from. In: Public and a Place. Out: a SourceView.

The table is drawn as a sheet: letters across, numbers down, every figure in the cell it was read from. It is drawn from
what was read, never from the file: hidden sheets, comments and properties stay where they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from etl.finding import Outcome
from etl.publish.drawn_sheet import SheetCell, SheetRow, draw_sheet
from etl.publish.places import Place
from etl.publish.public import Public, Standing
from etl.publish.views.grids import attribute_text
from etl.spec.declarations import Department
from etl.table import Line, Mended, Table, cell_name

_WIDEST = 60
"""Columns drawn; real forms have fewer than thirty."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One table as a sheet, with what was checked on it."""

    standing: Standing
    drawn: Markup
    """The sheet, drawn once for both languages."""
    outcomes: tuple[tuple[str, tuple[Outcome, ...]], ...]
    """By kind: passed, failed, could-not-run. What does not apply to a table says nothing about its figures."""
    corrections: tuple[Mended, ...]

    @property
    def table(self) -> Table:
        return self.standing.table


@dataclass(frozen=True, slots=True)
class SourceView:
    place: Place
    department: Department
    sheets: tuple[SheetView, ...]


def view_sources(public: Public, department: Department) -> Iterator[SourceView]:
    """One view for every place at which a table of a body stands."""
    ordered = sorted(public.of(department.code), key=lambda one: (one.place, one.number))
    for place, group in groupby(ordered, key=lambda one: one.place):
        yield SourceView(place, department, tuple(_sheet(public, standing) for standing in group))


def _sheet(public: Public, standing: Standing) -> SheetView:
    table = standing.table
    columns = [column.index for column in table.columns]
    columns += [figure.column for line in table.lines for figure in line.figures.values()]
    width = min(max(columns, default=0) + 1, _WIDEST)
    cells = _cells(standing)
    rows = [
        SheetRow(number + 1, tuple(cells.get((number, at), SheetCell("", "empty")) for at in range(width)))
        for number in sorted({row for row, _ in cells})
    ]
    rows += [SheetRow(row + 1, (SheetCell(cell_name(row, 0), "note", text, span=width),)) for row, text in table.notes]
    rows.sort(key=lambda row: row.number)
    letters = tuple(cell_name(0, column)[:-1] for column in range(width))
    return SheetView(
        standing=standing,
        drawn=draw_sheet(letters, (_title(table, width), _labels(table, width), *rows), standing.prefix),
        outcomes=_outcomes(standing),
        corrections=standing.submission.mended_in(table),
    )


def _title(table: Table, width: int) -> SheetRow:
    digits = "".join(letter for letter in table.title_cell if letter.isdigit())
    return SheetRow(int(digits or 1), (SheetCell(table.title_cell, "title", table.title, span=width),))


def _labels(table: Table, width: int) -> SheetRow:
    labels = {column.index: column.label for column in table.columns}
    return SheetRow(0, tuple(SheetCell("", "label", labels.get(at, "")) for at in range(width)))


def _cells(standing: Standing) -> dict[tuple[int, int], SheetCell]:
    found: dict[tuple[int, int], SheetCell] = {}
    for line in standing.table.lines:
        for at, cell in _cells_of(standing, line):
            if at not in found or cell.amount is not None:
                found[at] = cell
    return found


def _cells_of(standing: Standing, line: Line) -> Iterator[tuple[tuple[int, int], SheetCell]]:
    for figure in line.figures.values():
        kind = "nil" if figure.nil else "figure"
        yield (
            (figure.row, figure.column),
            SheetCell(figure.cell, kind, figure.text, standing.amount(figure)),
        )
    for column in standing.table.columns:
        if text := attribute_text(line, column.key):
            yield (line.row, column.index), SheetCell(cell_name(line.row, column.index), "text", text)
    code = line.code if line.code[:1].isdigit() else ""
    for index, text in ((line.name_column, line.name), (line.code_column, code)):  # where they share a cell, the name
        if text:
            yield (line.row, index), SheetCell(cell_name(line.row, index), "text", text)


def _outcomes(standing: Standing) -> tuple[tuple[str, tuple[Outcome, ...]], ...]:
    own = [
        outcome
        for outcome in standing.submission.outcomes
        if outcome.table_id == standing.table.table_id and outcome.sheet in ("", standing.table.sheet)
    ]
    kinds = Counter(outcome.kind for outcome in own)
    order = ("passed", "failed", "could-not-run")
    return tuple((kind, tuple(one for one in own if one.kind == kind)) for kind in order if kinds[kind])  # type: ignore[index]
