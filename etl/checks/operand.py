"""One side of a comparison between tables: which table, which line, which measure, as the rule's data say it.

    {table: revenue, line: total, measure: [appropriation, general-budget]}
    {tables: [{table: basic-expenditure, ...}, {table: project-expenditure, ..., optional: true}]}   these together

`line` and `measure` are terms (see `etl.checks.select`); a table that stands more than once is searched in order. With
`having`, only a form that prints those measures is meant. Of several tables together an empty one adds nothing; one
that is `optional` and not there leaves the side incomplete: it may agree, and cannot be found wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.amounts import FEN
from etl.checks.select import Part, lines_term, measures_of, measures_term, parts_of, total_of
from etl.finding import Location
from etl.spec.model import Spec
from etl.table import Table

Operand = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Side:
    """Figures of one table that are compared as one amount."""

    table: Table
    parts: tuple[Part, ...]
    beside: tuple[Side, ...] = ()
    """Figures of other tables that are added."""
    complete: bool = True
    """False where a table that may be missing is."""

    @property
    def yuan(self) -> Decimal:
        own = total_of(self.table, self.parts)
        return sum((side.yuan for side in self.beside), own) if self.beside else own

    @property
    def step(self) -> Decimal:
        """The table's; the finest where it prints only zeros, whose decimals say nothing. Of several, the coarsest."""
        own = FEN if self.table.is_empty else self.table.step
        return max([own, *(side.step for side in self.beside)])

    @property
    def addends(self) -> int:
        return len(self.parts) + sum(side.addends for side in self.beside)

    @property
    def rounding(self) -> Decimal:
        """What rounding can do to the amount: half the step of each table, for each figure of it."""
        own = FEN if self.table.is_empty else self.table.step
        return len(self.parts) * own / 2 + sum((side.rounding for side in self.beside), Decimal(0))

    @property
    def location(self) -> Location:
        """The cell of the figure; all of them where several are added."""
        first = self.parts[0].figure
        cells = dict.fromkeys(part.figure.cell for part in self.parts)
        return Location(first.sheet or self.table.sheet, ",".join(cells), first.row + 1, first.column + 1)


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a side could not be found, as a key of `outcome_reasons`."""

    reason: str
    table: Table | None = None


def tables_of(tables: Sequence[Table], table_id: str) -> tuple[Table, ...]:
    return tuple([table for table in tables if table.table_id == table_id])


def side_of(tables: Sequence[Table], operand: Operand, spec: Spec) -> Side | Lack:
    """The figures an operand names, or what is missing."""
    if "tables" in operand:
        return _together(tables, operand["tables"], spec)
    lack = Lack("table-absent")
    for table in tables_of(tables, str(operand["table"])):
        if not table.settled:
            lack = Lack(unsettled(table), table)
            continue
        if "having" in operand and not set(operand["having"]) <= set(measures_of(table)):
            lack = Lack("no-figures" if table.is_empty else "column-absent", table)
            continue
        parts = figures_of(table, operand["line"], operand["measure"], spec)
        if parts:
            return Side(table, parts)
        lack = Lack("line-absent", table)
    return lack


def _together(tables: Sequence[Table], operands: Sequence[Operand], spec: Spec) -> Side | Lack:
    sides: list[Side] = []
    lack = Lack("table-absent")
    complete = True
    for operand in operands:
        side = side_of(tables, operand, spec)
        if isinstance(side, Side):
            sides.append(side)
        elif side.table is None and operand.get("optional"):
            complete = False
        elif side.table is not None and side.table.settled and side.table.is_empty:
            lack = side
        else:
            return side
    if not sides:
        return lack
    return Side(sides[0].table, sides[0].parts, tuple(sides[1:]), complete)


def figures_of(table: Table, line: Any, measure: Any, spec: Spec) -> tuple[Part, ...]:
    """The figures of a line term and a measure term in one table: lines first, then the measures of each."""
    printed = measures_of(table)
    for leaf in _leaves(measure):
        lines = lines_term(table, line, leaf, spec).parts if leaf in printed else ()
        if lines:
            measures = measures_term(measure, printed)
            return tuple([part for each in lines for part in parts_of(each.line, measures)])
    return ()


def unsettled(table: Table) -> str:
    """Why nothing can be said about the rows of a table that is not settled."""
    return "header-unsettled" if table.unit else "unit-unsettled"


def _leaves(term: Any) -> list[str]:
    if isinstance(term, dict):
        term = term["sum"]
    return [leaf for each in term for leaf in _leaves(each)] if isinstance(term, (list, tuple)) else [str(term)]
