"""What the figures themselves say: a column that is the sum of others is their total, in every row.

| 总额 | 基本支出 | 事项开支 |
| 12.5 | 10       | 2.5      |     12.5 = 10 + 2.5 in every row: total, basic and, what is left of the parts, project
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from etl.amounts import is_blank, parse_amount
from etl.learn.values import Block
from etl.spec.model import TableSpec

_ROUNDING = Decimal("0.02")
_ROWS = 2
"""Rows with figures in which a sum must hold before it says anything."""

Column = Mapping[int, Decimal]


def amounts_of(block: Block, index: int) -> Column:
    """By row, the figures of a column; a blank is no figure."""
    found = {}
    for row in range(block.header.end, block.stop):
        value = block.sheet.value(row, index)
        amount = None if is_blank(value) else parse_amount(value)
        if amount is not None:
            found[row] = amount.number
    return found


def sums_of(table: TableSpec) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Measures of a table that are sums of others, with their parts, as its rules say."""
    for rule in table.rules:
        if rule.kind == "measures-sum" and not rule.parameters.get("minus"):
            parts = tuple(map(_first, rule.parameters.get("parts", ())))
            if all(parts):
                yield str(rule.parameters["measure"]), parts


def place_by_sums(
    given: Mapping[str, Column], waiting: Mapping[int, Column], sums: Sequence[tuple[str, Sequence[str]]]
) -> dict[int, Sequence[str]]:
    """By column that waits: the measures it can be, where a sum holds with it and not without it."""
    placed: dict[int, Sequence[str]] = {}
    for total, parts in sums:
        known = [given[part] for part in parts if part in given]
        free = [part for part in parts if part not in given]
        wholes = {-1: given[total]} if total in given else waiting
        for at, whole in wholes.items():
            others = {index: column for index, column in waiting.items() if index != at}
            if at >= 0 and len(known) > 1 and _holds(whole, known):
                placed.setdefault(at, (total,))
            fits = [index for index, column in others.items() if known and free and _holds(whole, [*known, column])]
            if len(fits) == 1 and not _holds(whole, known):
                placed.setdefault(fits[0], free)
                if at >= 0:
                    placed.setdefault(at, (total,))
    return placed


def _first(part: object) -> str:
    """A part, or the first of its alternatives; empty where that is no single measure."""
    while isinstance(part, Sequence) and not isinstance(part, str) and part:
        part = part[0]
    return part if isinstance(part, str) else ""


def _holds(whole: Column, parts: Sequence[Column]) -> bool:
    rows = [row for row in whole if whole[row]]
    if len(rows) < _ROWS or not parts:
        return False
    return all(
        abs(whole[row] - sum((part.get(row, Decimal(0)) for part in parts), Decimal(0))) <= _ROUNDING for row in rows
    )
