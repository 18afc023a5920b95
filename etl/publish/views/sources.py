"""What the page of a published document shows: where figures come from. In: what stands of a body. Out: SourceViews.

Every table is drawn as a sheet: letters across, numbers down, every figure in the cell it was read from. It is drawn
from what was read, never from the file: hidden sheets, comments and properties stay where they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from etl.finding import Outcome
from etl.publish.drawn_sheet import SheetCell, SheetRow, draw_sheet
from etl.publish.public import Standing
from etl.publish.views.grids import attribute_text
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Line, Mended, Receipt, Table, cell_name

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
    is_one_of_several: bool
    """Whether the document has another table of its kind."""

    @property
    def table(self) -> Table:
        return self.standing.table

    @property
    def has_figures(self) -> bool:
        """False for a list of words, such as that of fees."""
        return any(line.figures for line in self.table.lines)


@dataclass(frozen=True, slots=True)
class SourceView:
    """One document: everything of it that stands."""

    path: str
    department: Department
    fiscal_year: int
    document: str
    scope: str
    files: tuple[Receipt, ...]
    """Each once, in the order in which the tables need them."""
    sheets: tuple[SheetView, ...]


def view_sources(spec: Spec, department: Department, standing: Sequence[Standing]) -> Iterator[SourceView]:
    """One view for every document of which a table of a body stands; `standing` is all that stands of the body."""
    documents = sorted(standing, key=lambda one: one.place.page)
    for _, group in groupby(documents, key=lambda one: one.place.page):
        yield _document(spec, department, list(group))


def _document(spec: Spec, department: Department, standing: Sequence[Standing]) -> SourceView:
    place = standing[0].place
    order = _order(spec, place.document)
    ordered = sorted(standing, key=lambda one: (order.index(one.place.table_id), one.number))
    kinds = Counter(one.place.table_id for one in ordered)
    return SourceView(
        place.page,
        department,
        place.fiscal_year,
        place.document,
        place.scope,
        tuple(dict.fromkeys(one.submission.receipt for one in ordered)),
        tuple(_sheet(one, kinds[one.place.table_id] > 1) for one in ordered),
    )


@lru_cache(maxsize=8)
def _order(spec: Spec, document: str) -> tuple[str, ...]:
    """Every table: those a document owes, in the order in which the duties are declared, and then all others."""
    owed = (duty.table_id for duty in spec.obligations if duty.document == document)
    return tuple(dict.fromkeys((*owed, *spec.tables)))


def _sheet(standing: Standing, is_one_of_several: bool) -> SheetView:
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
        drawn=draw_sheet(letters, (_title(table, width), _labels(table, width), *rows), f"{standing.anchor}-"),
        outcomes=_outcomes(standing),
        corrections=standing.submission.mended_in(table),
        is_one_of_several=is_one_of_several,
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
