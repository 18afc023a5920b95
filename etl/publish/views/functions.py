"""What the pages of functional classes show: who spends on education? In: a Shelf. Out: FunctionViews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.publish.views.grids import Column, Pair
from etl.publish.views.shelf import SPENDING, Shelf, codes_in, name_of
from etl.publish.views.years import Summed, summed
from etl.spec.declarations import Department

_CLASS, _SECTION = 3, 5


@dataclass(frozen=True, slots=True)
class Spender:
    """A department and what it spends on a class."""

    department: Department
    pair: Pair


@dataclass(frozen=True, slots=True)
class FunctionYear:
    """A class in one year."""

    year: int
    total: Summed
    sections: tuple[Summed, ...]
    """款 of the class, the largest first."""
    spenders: tuple[Spender, ...]
    """The largest first."""


@dataclass(frozen=True, slots=True)
class FunctionView:
    code: str
    printed: str
    """As the latest form prints it."""
    year: int
    """Of that form."""
    years: tuple[FunctionYear, ...]
    """Latest first."""

    @property
    def by_year(self) -> Mapping[int, Pair]:
        return {one.year: one.total.pair for one in self.years}


def view_functions(shelf: Shelf) -> tuple[FunctionView, ...]:
    """Every class on which a department spends, in the order of the classification."""
    years = shelf.years(SPENDING)
    columns = {year: shelf.every_column(year, SPENDING) for year in years}
    codes = {year: codes_in(found, (_CLASS, _SECTION)) for year, found in columns.items()}
    every = sorted({code for found in codes.values() for code in found if len(code) == _CLASS})
    views = []
    for code in every:
        having = [year for year in years if code in codes[year]]
        printed, year = name_of(shelf.spec, SPENDING, columns[having[0]], code)
        views.append(
            FunctionView(
                code,
                printed,
                year,
                tuple(_year(shelf, one, code, codes[one], columns[one]) for one in having),
            )
        )
    return tuple(views)


def _year(shelf: Shelf, year: int, code: str, codes: tuple[str, ...], columns: Sequence[Column]) -> FunctionYear:
    spenders = [Spender(body, shelf.pair_on(body.code, year, code)) for body in shelf.departments]
    spenders = [one for one in spenders if one.pair.is_drawn]
    sections = (
        summed(
            section,
            name_of(shelf.spec, SPENDING, columns, section)[0],
            (shelf.pair_on(one.department.code, year, section) for one in spenders),
        )
        for section in codes
        if len(section) == _SECTION and section.startswith(code)
    )
    return FunctionYear(
        year,
        summed(code, "", (one.pair for one in spenders)),
        tuple(sorted((one for one in sections if one.pair.is_drawn), key=lambda one: -one.size)),
        tuple(sorted(spenders, key=lambda one: -one.pair.size)),
    )
