"""Formulas without a result -> their results, from the cells of the same workbook.

Takes every sheet with its formulas that were never calculated; gives what they come to. Adding is exact, on what is
stored at fifteen significant digits, as Excel keeps it. In SUM a text counts nothing; beside + and - it counts where it
is a number; alone it is passed on. A formula may wait for others; one that waits for itself, for an error, for a text
that is no number or for a formula that nobody understands has no result: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Context, Decimal

from etl.amounts import Value, parse_amount
from etl.table import Sheet
from etl.workbook.formulas import Area, Formula, Term, rounded

Cell = tuple[int, int, int]
"""Place of the sheet in the workbook, row, column."""

Result = Decimal | str

MAX_STEPS = 2_000_000
"""Cells looked at for one workbook. The formulas of a real one name some ten thousand; a few thousand formulas over
whole sheets would take hours."""

_EXACT = Context(prec=60)
_NUMBER = re.compile(r"\s*[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?\s*")


def calculate(
    sheets: Sequence[Sheet],
    formulas: Mapping[Cell, Formula],
    blocked: frozenset[Cell],
    texts: frozenset[Cell] = frozenset(),
) -> dict[Cell, Result]:
    """The results that can be had; `blocked` are cells whose value nobody knows: errors and formulas not understood,
    and `texts` those that look blank but hold an empty text.
    """
    desk = _Desk(sheets, formulas, blocked, texts)
    for cell in formulas:
        desk.work_out(cell)
    return {cell: result for cell, result in desk.results.items() if result is not None}


class _Desk:
    """What is known while the formulas of one workbook are worked out."""

    def __init__(
        self,
        sheets: Sequence[Sheet],
        formulas: Mapping[Cell, Formula],
        blocked: frozenset[Cell],
        texts: frozenset[Cell],
    ) -> None:
        self.results: dict[Cell, Result | None] = {}
        self._sheets, self._formulas, self._blocked, self._texts = sheets, formulas, blocked, texts
        self._steps = 0
        self._places = {sheet.name.casefold(): place for place, sheet in reversed(list(enumerate(sheets)))}
        self._ends = [(len(sheet.rows) - 1, max(map(len, sheet.rows), default=0) - 1) for sheet in sheets]
        for place, row, column in [*formulas, *blocked]:
            self._ends[place] = max(self._ends[place][0], row), max(self._ends[place][1], column)

    def work_out(self, cell: Cell) -> None:
        """One formula, after those it waits for: on a stack of our own, for a running total waits through every row."""
        stack, begun = [cell], set[Cell]()
        while stack:
            top = stack[-1]
            if top in self.results:
                stack.pop()
                continue
            waiting = self._waits_for(top)
            if waiting and top not in begun:
                begun.add(top)
                stack.extend(waiting)
            else:
                self.results[top] = None if waiting else self._result(top)  # what still waits then, waits for itself

    def _waits_for(self, cell: Cell) -> list[Cell]:
        return [
            each
            for term in self._formulas[cell].terms
            if isinstance(term.item, Area)
            for each in self._cells(term.item, cell[0])
            if each in self._formulas and each not in self.results
        ]

    def _result(self, cell: Cell) -> Result | None:
        text = self._text(cell)
        if text:
            return text
        total = Decimal(0)
        for term in self._formulas[cell].terms:
            number = self._term(term, cell[0])
            if number is None or self._steps > MAX_STEPS:
                return None
            total = _EXACT.add(total, _EXACT.multiply(number, Decimal(term.sign)))
        return rounded(total)

    def _text(self, cell: Cell) -> str:
        """The text that a formula only points to; empty for any other."""
        first, *more = self._formulas[cell].terms
        if more or first.sign < 0 or first.in_sum or isinstance(first.item, Decimal):
            return ""
        for named in self._cells(first.item, cell[0]):
            value = self.results[named] if named in self._formulas else self._value(named)
            if isinstance(value, str) and named not in self._blocked:
                return value
        return ""

    def _term(self, term: Term, home: int) -> Decimal | None:
        if isinstance(term.item, Decimal):
            return term.item
        if self._place(term.item, home) is None:
            return None
        total = Decimal(0)
        for cell in self._cells(term.item, home):
            number = self._number(cell, in_sum=term.in_sum)
            if number is None:
                return None
            total = _EXACT.add(total, number)
        return total

    def _number(self, cell: Cell, *, in_sum: bool) -> Decimal | None:
        """What a cell adds; None where that cannot be said."""
        if cell in self._blocked or (cell in self._texts and not in_sum):
            return None
        value = self.results[cell] if cell in self._formulas else self._value(cell)
        if value == "" or (in_sum and isinstance(value, str)):
            return Decimal(0)
        return value if value is None or isinstance(value, Decimal) else _stated(value)

    def _value(self, cell: Cell) -> Value:
        """What stands in a cell; an empty text for a blank."""
        place, row, column = cell
        value = self._sheets[place].value(row, column)
        return "" if value is None else value

    def _place(self, area: Area, home: int) -> int | None:
        return self._places.get(area.sheet.casefold()) if area.sheet else home

    def _cells(self, area: Area, home: int) -> Iterator[Cell]:
        """Cells of an area, as far down and right as its sheet has any."""
        place = self._place(area, home)
        if place is None:
            return
        top, left, bottom, right = area.bounds
        last_row, last_column = self._ends[place]
        for row in range(top, min(bottom, last_row) + 1):
            columns = range(left, min(right, last_column) + 1)
            self._steps += 1 + len(columns)
            if self._steps > MAX_STEPS:
                return
            for column in columns:
                yield place, row, column


def _stated(value: Value) -> Decimal | None:
    """The number a cell states beside a plus or minus: a stored one, or a text that is one."""
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        return None
    amount = parse_amount(value)
    return None if amount is None else amount.number
