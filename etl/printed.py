"""A table as its reader knows it: the places, amounts and names that a finding tells. Bottom room.

Takes a table and what stands in it; gives locations and texts. Sentences are made of them at the edge.
"""

from __future__ import annotations

from decimal import Decimal

from etl.amounts import format_amount
from etl.finding import Location
from etl.table import Figure, Line, Table, cell_name

_MOST_DECIMALS = 6


def location_of(table: Table, figure: Figure) -> Location:
    return Location(figure.sheet or table.sheet, figure.cell, figure.row + 1, figure.column + 1)


def at(table: Table, line: Line, column: int) -> Location:
    """The cell of a line in a zero-based column."""
    sheet = next((figure.sheet for figure in line.figures.values()), "") or table.sheet
    return Location(sheet, cell_name(line.row, column), line.row + 1, column + 1)


def at_title(table: Table) -> Location:
    """The title of a table, for what concerns all of it."""
    digits = table.title_cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return Location(table.sheet, table.title_cell, int(digits) if digits.isdigit() else 0)


def in_unit(table: Table, amount: Decimal) -> str:
    """An amount in yuan as the table would print it; with more decimals where it has them."""
    number = (amount / table.unit_yuan).normalize()
    exponent = number.as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return format_amount(number, min(max(needed, table.decimals), max(_MOST_DECIMALS, table.decimals)))


def name_of(line: Line) -> str:
    """A line as its reader knows it: `205 教育支出`, or its name alone."""
    return f"{line.code} {line.name}".strip() if line.code.isascii() and line.code.isdigit() else line.name


def column_title(table: Table, figure: Figure) -> str:
    """The last part of a column's header; empty where the columns are the lines."""
    for column in table.columns:
        if column.index == figure.column and not column.line:
            return column.label.rsplit("/", 1)[-1]
    return ""
