"""One side of a comparison between tables: which table, which line, which measure, as the rule's data say it.

    {table: revenue, line: total, measure: [appropriation, general-budget]}

`line` and `measure` are terms (see `etl.checks.select`); a table that stands more than once is searched in order.
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

    @property
    def yuan(self) -> Decimal:
        return total_of(self.table, self.parts)

    @property
    def step(self) -> Decimal:
        """The table's; the finest where it prints nothing but zeros, whose decimals say nothing."""
        return FEN if self.table.is_empty else self.table.step

    @property
    def addends(self) -> int:
        return len(self.parts)

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
    return tuple(table for table in tables if table.table_id == table_id)


def side_of(tables: Sequence[Table], operand: Operand, spec: Spec) -> Side | Lack:
    """The figures an operand names, or what is missing."""
    lack = Lack("table-absent")
    for table in tables_of(tables, str(operand["table"])):
        if not table.settled:
            lack = Lack(unsettled(table), table)
            continue
        parts = figures_of(table, operand["line"], operand["measure"], spec)
        if parts:
            return Side(table, parts)
        lack = Lack("line-absent", table)
    return lack


def figures_of(table: Table, line: Any, measure: Any, spec: Spec) -> tuple[Part, ...]:
    """The figures of a line term and a measure term in one table: lines first, then the measures of each."""
    for leaf in _leaves(measure):
        lines = lines_term(table, line, leaf, spec).parts
        if lines:
            measures = measures_term(measure, measures_of(table))
            return tuple(part for each in lines for part in parts_of(each.line, measures))
    return ()


def unsettled(table: Table) -> str:
    """Why nothing can be said about the rows of a table that is not settled."""
    return "header-unsettled" if table.unit else "unit-unsettled"


def _leaves(term: Any) -> list[str]:
    if isinstance(term, dict):
        term = term["sum"]
    return [leaf for each in term for leaf in _leaves(each)] if isinstance(term, list | tuple) else [str(term)]
