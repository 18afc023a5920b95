"""Tables of figures as pages print them. In: lines of standing tables. Out: cells that know their source, in a Board.

2018 budget: reception 2.4          |            | 2018 budget | 2019 budget |
2019 budget: reception 2.0    ->    | reception  |         2.4 |         2.0 |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.publish.figures import ratio
from etl.publish.public import Standing
from etl.table import Line, cell_name

DRAWN = frozenset({"figure", "nil", "sum"})
"""Kinds of cells that stand for an amount."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a page. A blank, a zero and a declared nil are three different things."""

    kind: str
    """figure, nil, sum (of several figures), blank or absent (no such table, or no such line in it)."""
    amount: Decimal | None = None
    text: str = ""
    href: str = ""
    """Where it stands: its cell; of a sum, the page of its table, and nothing where it is of several tables."""
    cell: str = ""
    parts: int = 0
    """Of a sum: how many figures it is of."""

    @property
    def is_drawn(self) -> bool:
        return self.kind in DRAWN


ABSENT = Cell("absent")
BLANK = Cell("blank")


@dataclass(frozen=True, slots=True)
class Column:
    """One document of one year, and the tables that its cells were read from."""

    year: int
    document: str
    standing: tuple[Standing, ...] = ()
    of_last_year: bool = False
    """True where the cells are what the document of the following year prints as last year's."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    code: str
    printed: str
    """As printed, or as the classification names it where no form printed it."""
    year: int
    """Of the latest document that has it."""
    cells: tuple[Cell, ...]

    @property
    def depth(self) -> int:
        """How deep a classification code lies: 0 for 201, 1 for 20101, 2 for 2010101."""
        return max((len(self.code) - 3) // 2, 0) if self.code.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Board:
    """Lines down, documents across."""

    table_id: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(cell.kind for row in self.rows for cell in row.cells)

    def row(self, code: str) -> Row | None:
        return next((row for row in self.rows if row.code == code), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A budget beside its final account."""

    budget: Cell
    final: Cell

    @property
    def change(self) -> Decimal | None:
        """Final account less budget; None where one of them is not there."""
        if self.budget.amount is None or self.final.amount is None:
            return None
        return self.final.amount - self.budget.amount

    @property
    def share(self) -> Decimal | None:
        """Final account over budget; None where one is not there or the budget is zero."""
        if self.budget.amount is None or self.final.amount is None:
            return None
        return ratio(self.final.amount, self.budget.amount)

    @property
    def size(self) -> Decimal:
        """What it is ranked by: the final account, the budget where there is none."""
        return self.final.amount if self.final.amount is not None else self.budget.amount or Decimal(0)

    @property
    def is_drawn(self) -> bool:
        return self.budget.is_drawn or self.final.is_drawn


def add(cells: Iterable[Cell], href: str = "") -> Cell:
    """Cells added up. One alone stays what it is; blanks alone are a blank; of nothing there is nothing."""
    told = tuple(cells)
    given = [cell for cell in told if cell.amount is not None]
    if len(given) == 1:
        return given[0]
    if given:
        total = sum((cell.amount for cell in given if cell.amount is not None), Decimal(0))
        return Cell("sum", total, href=href, parts=sum(cell.parts or 1 for cell in given))
    return BLANK if BLANK in told else ABSENT


def attribute_text(line: Line, key: str) -> str:
    """A field that is not money, as it reads: percentages are kept without their sign."""
    value = line.attributes.get(key, "")
    return f"{value}%" if value and key.endswith("_percent") and not value.endswith("%") else value


def cell_of(standing: Standing, line: Line, measure: str) -> Cell:
    """What a line has under a measure."""
    figure = line.figures.get(measure)
    if figure is None:
        return BLANK
    return Cell(
        kind="nil" if figure.nil else "figure",
        amount=standing.amount(figure),
        text=figure.text,
        href=standing.href_at(figure.row, figure.column),
        cell=cell_name(figure.row, figure.column),
    )


def lines_of(standing: Standing, code: str) -> Sequence[Line]:
    """The lines that make up a code: those that bear it; where none does, the topmost of those beneath it.

    A form that goes by unit prints a code once a unit: then all of them, unless one stands for the whole.
    """
    lines = standing.table.lines
    own = [line for line in lines if line.code == code]
    if own:
        whole = [line for line in own if not _is_of_unit(line)]
        return whole if len(whole) == 1 else own
    if code.isdigit() or code == "total":
        prefix = "" if code == "total" else code
        coded = {line.code for line in lines if line.code.isdigit() and line.code.startswith(prefix)}
        return [line for line in lines if line.code in coded and not _is_beneath(line.code, coded)]
    return ()


def _is_of_unit(line: Line) -> bool:
    return bool(line.attributes.get("unit_code") or line.attributes.get("unit_name"))


def _is_beneath(code: str, others: set[str]) -> bool:
    return any(code[:length] in others for length in range(3, len(code), 2))


def amount_of(tables: Sequence[Standing], code: str, measures: Sequence[str]) -> Cell:
    """What tables of one place say of a code, under the first of the measures that one of them has as a column."""
    for measure in measures:
        for one in tables:
            if any(measure in line.figures for line in one.table.lines):
                cells = (cell_of(one, line, measure) for line in lines_of(one, code))
                return add(cells, href=one.address)
    return ABSENT
