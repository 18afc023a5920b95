"""The figures of one row, each with its cell, and findings about those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.amounts import Value, is_blank, parse_amount, parse_percentage
from etl.finding import Finding, Location, error, warning
from etl.table import Column, Figure, Match, cell_name

_LONG_DIGITS = re.compile(r"\d{7,}")
_SHOWN = 20
"""Characters of an unreadable cell that a finding may quote: enough to find it, too few for a personal record."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a match, for findings."""

    match: Match
    row: int
    column: Column

    @property
    def location(self) -> Location:
        return Location(
            self.match.sheet.name, cell_name(self.row, self.column.index), self.row + 1, self.column.index + 1
        )


def read_figure(match: Match, row: int, column: int, measure: str, value: Value) -> Figure | None:
    """The amount in a cell that is not blank; None for what is no amount."""
    amount = parse_amount(value)
    if amount is None:
        return None
    if isinstance(value, str):
        if _names_another_unit(value, match.unit):
            return None
        return Figure(measure, amount.number, amount.decimals, value, row, column, amount.nil)
    at, sheet = (row, column), match.sheet
    decimals = sheet.decimals.get(at, amount.decimals)
    number = amount.number.scaleb(-sheet.scales[at]) if at in sheet.scales else amount.number
    return Figure(measure, number, decimals, shown(value), row, column)


def _names_another_unit(value: str, unit: str) -> bool:
    """True for 12.5元 in a table in 万元: the cell and the table say different things."""
    return unit != "元" and value.rstrip().endswith("元")


def read_ratio(place: Place, line: str) -> tuple[str, list[Finding]]:
    """A percentage as plain text without its sign; empty for blanks and nil marks."""
    value = place.match.sheet.value(place.row, place.column.index)
    amount = parse_amount(value) if isinstance(value, str) else None
    if is_blank(value) or (amount is not None and amount.nil):
        return "", []
    percentage = parse_percentage(value)
    if percentage is None:
        return "", [warning("amount-unreadable", place.location, **_about(place, line, value))]
    return f"{percentage.number:.{percentage.decimals}f}", []


def unreadable(place: Place, line: str, value: Value) -> Finding:
    """The finding for a cell that should hold an amount and does not."""
    return error("amount-unreadable", place.location, **_about(place, line, value))


def _about(place: Place, line: str, value: Value) -> dict[str, object]:
    text = quotable(value)
    values = {"table": place.match.title, "line": line, "column": place.column.label.rsplit("/", 1)[-1], "text": text}
    return {"table_id": place.match.table_id, "field": place.column.key, "actual": text, "values": values}


def quotable(value: Value) -> str:
    """What a finding may show of a cell: never a long number, which may be somebody's."""
    text = shown(value)
    return "…" if _LONG_DIGITS.search(text) else text[:_SHOWN]


def shown(value: Value) -> str:
    """A cell as text, as it stands."""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)


def has_amount(cells: Sequence[Value]) -> bool:
    """True where any cell of a row states an amount."""
    return any((amount := parse_amount(value)) is not None and not amount.nil for value in cells)
