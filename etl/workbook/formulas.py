"""Formulas of sums -> what they come to, for workbooks that were written by a program and never calculated.

    =SUM(B2:B5,C3)-'收入表'!$B$5+2.5   a formula that is understood
    =B5*2, =ROUND(B5,2), =[1]收入!B5   anything else is not

A formula becomes a sum of terms, each with its sign; `etl.workbook.calculate` adds them up. Decides nothing about
cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from etl.table import cell_name

MAX_LENGTH = 8192
"""Signs of a formula; Excel takes no more."""
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383

_TOKEN = re.compile(
    r"\s*(?:(?P<sum>SUM\()"
    r"|(?P<area>(?:(?:'(?P<quoted>(?:[^'\[\]]|'')+)'|(?P<bare>[\w.]+))!)?"
    r"(?P<first>\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]{1,7}))?)(?![\w.(!:])"
    r"|(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?![\w.%])"
    r"|(?P<sign>[-+(),]))\s*",
    re.IGNORECASE,
)
_CORNER = re.compile(r"(\$?)([A-Z]+)(\$?)([0-9]+)", re.IGNORECASE)
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Corner:
    """A cell as a formula names it, zero-based; what is not fixed moves with the formula."""

    row: int
    column: int
    fixed_row: bool = False
    fixed_column: bool = False

    def moved(self, rows: int, columns: int) -> Corner:
        """The same corner in a copy of the formula so many rows and columns away; a sheet has no end in moving."""
        row = self.row if self.fixed_row else (self.row + rows) % (LAST_ROW + 1)
        column = self.column if self.fixed_column else (self.column + columns) % (LAST_COLUMN + 1)
        return replace(self, row=row, column=column)

    def __str__(self) -> str:
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Area:
    """One cell or a rectangle of them."""

    sheet: str
    first: Corner
    last: Corner

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column: corners may be named in any order."""
        rows, columns = sorted((self.first.row, self.last.row)), sorted((self.first.column, self.last.column))
        return rows[0], columns[0], rows[1], columns[1]

    def moved(self, rows: int, columns: int) -> Area:
        """The area that a copy of the formula names, so many rows and columns away."""
        return Area(self.sheet, self.first.moved(rows, columns), self.last.moved(rows, columns))


@dataclass(frozen=True, slots=True)
class Term:
    """One addend: a number, a cell, or with `in_sum` what SUM makes of an area."""

    sign: int
    item: Decimal | Area
    in_sum: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as the sum it stands for."""

    terms: tuple[Term, ...]
    text: str
    """As written, with its equals sign."""

    def moved(self, rows: int, columns: int) -> Formula:
        """The formula as it reads in a cell so many rows and columns away."""
        terms = tuple(
            replace(term, item=term.item.moved(rows, columns)) if isinstance(term.item, Area) else term
            for term in self.terms
        )
        return Formula(terms, written(terms))


def written(terms: tuple[Term, ...]) -> str:
    """Terms as a formula.

    >>> written(parse("=SUM(B2:B3,C1)-4", "").terms)
    '=SUM(B2:B3)+SUM(C1)-4'
    """
    text = "".join(("-" if term.sign < 0 else "+") + _term(term) for term in terms)
    return f"={text.removeprefix('+')}"


def _term(term: Term) -> str:
    if isinstance(term.item, Decimal):
        return f"{term.item:f}"
    area = term.item
    name = f"'{area.sheet}'!" if area.sheet else ""
    cells = str(area.first) if area.first == area.last else f"{area.first}:{area.last}"
    return f"SUM({name}{cells})" if term.in_sum else f"{name}{cells}"


def parse(text: str) -> Formula | None:
    """A formula that adds; None for any other. An area without a sheet stands in the sheet of the formula."""
    body = text.removeprefix("=")
    tokens = _tokens(body) if len(body) <= MAX_LENGTH else None
    terms = None if tokens is None else _terms(tokens)
    return None if terms is None else Formula(terms, f"={body}")


def _tokens(body: str) -> list[re.Match[str]] | None:
    tokens, place = [], 0
    while place < len(body):
        token = _TOKEN.match(body, place)
        if token is None:
            return None
        tokens.append(token)
        place = token.end()
    return tokens or None


def _terms(tokens: list[re.Match[str]]) -> tuple[Term, ...] | None:
    """The sum in some tokens: brackets only pass on the sign before them."""
    terms: list[Term] = []
    open_brackets: list[tuple[int, bool]] = []  # the sign before each, and whether it is that of a SUM
    sign, wants_operand = 1, True
    for place, token in enumerate(tokens):
        mark = token["sign"]
        outer, in_sum = open_brackets[-1] if open_brackets else (1, False)
        if wants_operand:
            if mark in {"+", "-"}:
                sign = -sign if mark == "-" else sign
            elif mark == "(" or token["sum"]:
                open_brackets.append((outer * sign, mark is None))
                sign = 1
            else:
                item = _operand(token)
                alone = in_sum and _is_argument(tokens, place)
                if item is None or not (alone or isinstance(item, Decimal) or item.first == item.last):
                    return None
                terms.append(Term(outer * sign, item, alone and isinstance(item, Area)))
                wants_operand = False
        elif mark == ")" and open_brackets:
            open_brackets.pop()
        elif mark in {"+", "-"} or (mark == "," and in_sum):
            sign, wants_operand = (-1 if mark == "-" else 1), True
        else:
            return None
    return None if wants_operand or open_brackets else tuple(terms)


def _is_argument(tokens: list[re.Match[str]], place: int) -> bool:
    """Whether an operand stands alone between the commas and brackets of a SUM."""
    before, after = tokens[place - 1], tokens[place + 1] if place + 1 < len(tokens) else None
    return (before["sum"] is not None or before["sign"] == ",") and after is not None and after["sign"] in {",", ")"}


def _operand(token: re.Match[str]) -> Decimal | Area | None:
    if token["number"]:
        return Decimal(token["number"])
    if not token["area"]:
        return None
    first, last = _corner(token["first"]), _corner(token["last"] or token["first"])
    if first is None or last is None:
        return None
    return Area((token["quoted"] or "").replace("''", "'") or token["bare"] or "", first, last)


def _corner(text: str) -> Corner | None:
    match = _CORNER.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[2].upper():
        column = column * 26 + ord(letter) - 64
    corner = Corner(int(match[4]) - 1, column - 1, bool(match[3]), bool(match[1]))
    return corner if 0 <= corner.row <= LAST_ROW and corner.column <= LAST_COLUMN else None


def rounded(number: Decimal) -> Decimal:
    """At fifteen significant digits, as Excel keeps numbers."""
    return _FIFTEEN.plus(number)
