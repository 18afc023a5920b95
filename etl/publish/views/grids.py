"""Tables of figures, several documents side by side. In: standing tables. Out: a Grid of cells that know their source.

2018 budget: reception 2.4          |            | 2018 budget | 2019 budget |
2019 budget: reception 2.0    ->    | reception  |         2.4 |         2.0 |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.publish.public import Standing
from etl.table import Line, cell_name

DOCUMENTS = ("budget", "final-account")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a page. A blank, a zero and a declared nil are three different things."""

    kind: str
    """figure, nil, blank, text or absent (the document has no such line)."""
    amount: Decimal | None = None
    text: str = ""
    href: str = ""
    cell: str = ""
    sheet: str = ""


ABSENT = Cell("absent")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One measure (or one text column) of one document."""

    standing: Standing
    key: str
    text: bool
    label: str
    """As printed, for text columns."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line."""

    code: str
    printed: str
    side: str
    year: int
    cells: tuple[Cell, ...]

    @property
    def depth(self) -> int:
        """How deep a classification code lies: 0 for 201, 1 for 20101, 2 for 2010101."""
        return max((len(self.code) - 3) // 2, 0) if self.code.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def sources(self) -> tuple[Standing, ...]:
        """The tables it was made from, each once."""
        found: dict[tuple[object, ...], Standing] = {}
        for column in self.columns:
            found.setdefault((column.standing.place, column.standing.number), column.standing)
        return tuple(found.values())

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(cell.kind for row in self.rows for cell in row.cells)

    def cell(self, code: str, column: int) -> Cell:
        return next((row.cells[column] for row in self.rows if row.code == code), ABSENT)


def chronological(standing: Iterable[Standing]) -> list[Standing]:
    """By year, and in a year the budget before the final account."""
    return sorted(standing, key=lambda one: (one.place.fiscal_year, one.place.document != "budget", one.number))


Key = tuple[str, str, int]
"""A line by its side, its code (or its name, where it has none) and how often that came before in its table."""


def make_grid(
    standing: Iterable[Standing], measures: Sequence[str], keep: Callable[[Line], bool] = lambda line: True
) -> Grid:
    """Lines down, documents and measures across; lines that fail `keep` are left out."""
    tables = chronological(standing)
    keyed = [_keys(one) for one in tables]
    columns = [(column, keys) for one, keys in zip(tables, keyed, strict=True) for column in _columns(one, measures)]
    rows = []
    for key in _order(keyed):
        known = zip(tables, keyed, strict=True)
        year, line = [(one.place.fiscal_year, keys[key]) for one, keys in known if key in keys][-1]
        if keep(line):
            cells = tuple(
                cell_of(column.standing, keys[key], column.key, column.text) if key in keys else ABSENT
                for column, keys in columns
            )
            rows.append(GridRow(line.code, line.name, line.side, year, cells))
    return Grid(tuple(column for column, _ in columns), tuple(rows))


def _columns(standing: Standing, measures: Sequence[str]) -> list[GridColumn]:
    present = {measure for line in standing.table.lines for measure in line.figures}
    texts = {key for line in standing.table.lines for key in line.attributes}
    return [GridColumn(standing, measure, False, "") for measure in measures if measure in present] + [
        GridColumn(standing, column.key, True, column.label)
        for column in standing.table.columns
        if column.role == "ratio" and column.key in texts
    ]


def _keys(standing: Standing) -> dict[Key, Line]:
    found: dict[Key, Line] = {}
    for line in standing.table.lines:
        number = 0
        while (line.side, line.code or line.name, number) in found:
            number += 1
        found[line.side, line.code or line.name, number] = line
    return found


def _order(keyed: Sequence[dict[Key, Line]]) -> list[Key]:
    """Every line once: in the order of the latest table; what only earlier ones have, after its neighbour there."""
    order: list[Key] = []
    for keys in reversed(keyed):
        before = -1
        for key in keys:
            if key not in order:
                order.insert(before + 1, key)
            before = order.index(key)
    return order


def attribute_text(line: Line, key: str) -> str:
    """A field that is not money, as it reads: percentages are kept without their sign."""
    value = line.attributes.get(key, "")
    return f"{value}%" if value and key.endswith("_percent") and not value.endswith("%") else value


def cell_of(standing: Standing, line: Line, key: str, text: bool = False) -> Cell:
    """What a line has in one column."""
    if text:
        printed = attribute_text(line, key)
        return Cell("text" if printed else "blank", text=printed)
    figure = line.figures.get(key)
    if figure is None:
        return Cell("blank")
    return Cell(
        kind="nil" if figure.nil else "figure",
        amount=standing.amount(figure),
        text=figure.text,
        href=standing.href_at(figure.row, figure.column),
        cell=cell_name(figure.row, figure.column),
        sheet=standing.table.sheet,
    )
