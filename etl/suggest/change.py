"""A change somebody might make to a table, made: one figure, a line struck out, a line put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.table import Figure, Line, Table


@dataclass(frozen=True, slots=True)
class Put:
    """Another amount in a cell, in the unit of its table."""

    line: int
    measure: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class Strike:
    """A line less."""

    line: int


@dataclass(frozen=True, slots=True)
class Insert:
    """A line more."""

    line: Line


Edit = Put | Strike | Insert


def changed(table: Table, edits: Sequence[Edit]) -> Table:
    """The table with the edits made; lines keep their rows, so findings keep their cells."""
    lines = list(table.lines)
    struck: set[int] = set()
    for edit in edits:
        if isinstance(edit, Put):
            lines[edit.line] = _put(lines[edit.line], edit, table)
        elif isinstance(edit, Strike):
            struck.add(edit.line)
        else:
            lines.append(edit.line)
    return replace(table, lines=tuple(line for at, line in enumerate(lines) if at not in struck))


def _put(line: Line, edit: Put, table: Table) -> Line:
    figure = line.figures.get(edit.measure) or _blank(line, edit.measure, table)
    return replace(line, figures={**line.figures, edit.measure: replace(figure, number=edit.number, nil=False)})


def _blank(line: Line, measure: str, table: Table) -> Figure:
    """A figure where none stands: in the column in which other lines have theirs."""
    column = next((other.figures[measure].column for other in table.lines if measure in other.figures), 0)
    return Figure(measure, Decimal(0), table.decimals, "", line.row, column)
