"""What the pages of years show: departments side by side, and added up. In: Public, a Shelf. Out: YearViews.

A sum says of how many departments it is. It is never the county's own total: departments that have not published are
not in it, nor is what the county spends by itself (its tables are those of body 000). Units are within departments.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.publish.public import Public, Standing
from etl.publish.views.departments import THREE_PUBLIC_LINES
from etl.publish.views.grids import Pair, add
from etl.publish.views.shelf import SPENDING, THREE_PUBLIC, Shelf, codes_in, name_of
from etl.spec.declarations import Department

_CLASS = 3
_OF_COUNTY = "gov-general-expenditure"


@dataclass(frozen=True, slots=True)
class Summed:
    """Something that several departments have, added up: a class, an expense, everything."""

    code: str
    printed: str
    pair: Pair
    budgets: int
    """Departments whose budget is in the sum."""
    finals: int

    @property
    def size(self) -> Decimal:
        return self.pair.size


@dataclass(frozen=True, slots=True)
class Ranked:
    """One department and what it spends."""

    department: Department
    pair: Pair
    three_public: Pair


@dataclass(frozen=True, slots=True)
class YearView:
    year: int
    existed: int
    """Departments of the register that may be named and existed that year, those exempt left out."""
    total: Summed
    classes: tuple[Summed, ...]
    """By functional class, the largest first."""
    three_public: tuple[Summed, ...]
    """The total first, then each of the expenses."""
    ranking: tuple[Ranked, ...]
    """The largest spender first."""
    county: tuple[Standing, ...]
    """The county's own tables of spending of the year: another total, of everything."""


def years_of(shelf: Shelf) -> tuple[int, ...]:
    """Years in which a department published what it spends, latest first."""
    return tuple(sorted({*shelf.years(SPENDING), *shelf.years(THREE_PUBLIC)}, reverse=True))


def view_year(public: Public, shelf: Shelf, year: int) -> YearView:
    """One year over all departments."""
    bodies = shelf.departments
    owing = [body for body in bodies if body.existed(year) and body.exempt != "yes"]
    ranking = [Ranked(body, shelf.pair(body.code, year), shelf.three_public(body.code, year)) for body in bodies]
    there = [one for one in ranking if one.pair.is_drawn or one.three_public.is_drawn]
    return YearView(
        year=year,
        existed=len(owing),
        total=summed("total", "", (one.pair for one in there)),
        classes=classes_of(shelf, year),
        three_public=tuple(
            one
            for line in ("total", *THREE_PUBLIC_LINES)
            for one in [
                summed(
                    line,
                    _name_of_expense(shelf, year, line),
                    (shelf.three_public(body.code, year, line) for body in bodies),
                )
            ]
            if one.pair.is_drawn
        ),
        ranking=tuple(sorted(there, key=lambda one: -one.pair.size)),
        county=tuple(one for one in public.tables(_OF_COUNTY) if one.place.fiscal_year == year),
    )


def classes_of(shelf: Shelf, year: int) -> tuple[Summed, ...]:
    """Spending of all departments by functional class, the largest first."""
    columns = shelf.every_column(year, SPENDING)
    found = (
        summed(
            code,
            name_of(shelf.spec, SPENDING, columns, code)[0],
            (shelf.pair_on(body.code, year, code) for body in shelf.departments),
        )
        for code in codes_in(columns, (_CLASS,))
    )
    return tuple(sorted(found, key=lambda one: -one.size))


def summed(code: str, printed: str, pairs: Iterable[Pair]) -> Summed:
    """Add budgets to budgets and final accounts to final accounts."""
    told = tuple(pairs)
    budgets = [pair.budget for pair in told if pair.budget.is_drawn]
    finals = [pair.final for pair in told if pair.final.is_drawn]
    return Summed(code, printed, Pair(add(budgets), add(finals)), len(budgets), len(finals))


def _name_of_expense(shelf: Shelf, year: int, line: str) -> str:
    declared = shelf.spec.line_name(THREE_PUBLIC, line, year)
    return declared.zh if declared else line
