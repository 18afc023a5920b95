"""Where a table of a body is found, and what it says of a line. In: Public. Out: a Shelf, asked by every page of money.

A body's own tables and no others: those of its units are theirs, and what a department files for itself alone (本级) is
not what it files with its units. Nothing is therefore counted twice where bodies are added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.publish.public import Public, Standing
from etl.publish.views.grids import ABSENT, Board, Cell, Column, Pair, Row, amount_of
from etl.spec.declarations import Department
from etl.spec.model import COUNTY, Spec

BUDGET, FINAL = "budget", "final-account"
SPENDING = "expenditure"
"""The table of all a body spends: by functional class, whatever the money comes from."""
THREE_PUBLIC = "three-public-expenses"
PROJECTS = "project-expenditure"
SUMMARY = "revenue-expenditure-summary"

Key = tuple[str, int, str, str]
"""Body, fiscal year, document, table."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every standing table that a body speaks with for itself."""

    spec: Spec
    tables: Mapping[Key, tuple[Standing, ...]]
    departments: tuple[Department, ...]
    """Bodies that may be added up: departments that may be named, without the county government and without units."""

    def of(self, code: str, year: int, document: str, table_id: str) -> tuple[Standing, ...]:
        return self.tables.get((code, year, document, table_id), ())

    def years(self, table_id: str, code: str = "") -> tuple[int, ...]:
        """Years in which the table stands: for one body, or for any that may be added up; latest first."""
        codes = {code} if code else {body.code for body in self.departments}
        found = {key[1] for key in self.tables if key[0] in codes and key[3] == table_id and key[2] in (BUDGET, FINAL)}
        return tuple(sorted(found, reverse=True))

    def spent(self, code: str, year: int, document: str) -> Cell:
        """All a body spends; the summary says it where the table of spending is not there."""
        found = amount_of(self.of(code, year, document, SPENDING), "total", ("total",))
        if found is ABSENT:
            measures = ("final", "amount", "total") if document == FINAL else ("amount", "budget", "total")
            return amount_of(self.of(code, year, document, SUMMARY), "expenditure-current-year", measures)
        return found

    def three_public(self, code: str, year: int, line: str = "total") -> Pair:
        """The three public expenses, or one of them; a final account repeats the budget where that did not come."""
        budget = amount_of(self.of(code, year, BUDGET, THREE_PUBLIC), line, ("budget", "general-budget-budget"))
        settled = self.of(code, year, FINAL, THREE_PUBLIC)
        if budget is ABSENT:
            budget = amount_of(settled, line, ("budget", "general-budget-budget"))
        return Pair(budget, amount_of(settled, line, ("final", "general-budget-final")))

    def pair(self, code: str, year: int) -> Pair:
        """All a body spends in a year, budget and final account."""
        return Pair(self.spent(code, year, BUDGET), self.spent(code, year, FINAL))

    def pair_on(self, code: str, year: int, line: str) -> Pair:
        """The same for one functional code."""
        budget, final = (self.of(code, year, document, SPENDING) for document in (BUDGET, FINAL))
        return Pair(amount_of(budget, line, ("total",)), amount_of(final, line, ("total",)))

    def every_column(self, year: int, table_id: str) -> tuple[Column, ...]:
        """What all departments published of one table in a year, a document each."""
        return tuple(
            Column(year, document, standing)
            for body in self.departments
            for document in (BUDGET, FINAL)
            for standing in [self.of(body.code, year, document, table_id)]
            if standing
        )

    def column(self, code: str, year: int, table_id: str) -> Column | None:
        """The final account of a year, its budget as long as there is none."""
        for document in (FINAL, BUDGET):
            standing = self.of(code, year, document, table_id)
            if standing:
                return Column(year, document, standing)
        return None

    def latest(self, code: str, table_id: str) -> tuple[Column, ...]:
        """Budget and final account of the latest year that has either."""
        return tuple(
            Column(year, document, standing)
            for year in self.years(table_id, code)[:1]
            for document in (BUDGET, FINAL)
            for standing in [self.of(code, year, document, table_id)]
            if standing
        )

    def columns(self, code: str, table_id: str, most: int) -> tuple[Column, ...]:
        """The latest years, a column each, the earliest first."""
        found = (self.column(code, year, table_id) for year in self.years(table_id, code)[:most])
        return tuple(column for column in found if column)[::-1]


def make_shelf(public: Public) -> Shelf:
    """Every table of a body that is of its own scope and whose unit and header are beyond doubt."""
    found: dict[Key, list[Standing]] = defaultdict(list)
    scopes = {body.code: body.scope for body in public.departments}
    for one in public.standing:
        place = one.place
        if one.table.settled and place.scope in (scopes[place.department_code], "department"):
            found[place.department_code, place.fiscal_year, place.document, place.table_id].append(one)
    departments = tuple(body for body in public.departments if body.scope == "department" and body.code != COUNTY)
    return Shelf(public.spec, {key: _narrowest(tables) for key, tables in found.items()}, departments)


def _narrowest(tables: Sequence[Standing]) -> tuple[Standing, ...]:
    """Of a unit that filed under both scopes, what it filed as a unit."""
    scope = max(one.place.scope for one in tables)
    return tuple(one for one in tables if one.place.scope == scope)


def lay_out(
    shelf: Shelf, table_id: str, columns: Sequence[Column], codes: Sequence[str], measures: Sequence[str]
) -> Board:
    """Lines down, columns across; a line of which no column has anything is left out."""
    rows = []
    for code in codes:
        cells = tuple(amount_of(column.standing, code, measures) for column in columns)
        if any(cell is not ABSENT for cell in cells):
            rows.append(Row(code, *name_of(shelf.spec, table_id, columns, code), cells))
    return Board(table_id, tuple(columns), tuple(rows)) if rows else Board(table_id)


def name_of(spec: Spec, table_id: str, columns: Sequence[Column], code: str) -> tuple[str, int]:
    """How the latest document calls a line, and its year; else how the classification does."""
    for column in reversed(columns):
        for one in column.standing:
            printed = next((line.name for line in one.table.lines if line.code == code and line.name), "")
            if printed:
                return printed, column.year
    year = max((column.year for column in columns), default=0)
    declared = spec.line_name(table_id, code, year)
    return declared.zh if declared else code, year


def codes_in(columns: Sequence[Column], digits: Sequence[int]) -> tuple[str, ...]:
    """Classification codes of these lengths that any of the tables has or has something beneath, in their order."""
    found = {
        line.code[:length]
        for column in columns
        for one in column.standing
        for line in one.table.lines
        for length in digits
        if line.code.isdigit() and not line.own_code and len(line.code) >= length
    }
    return tuple(sorted(found))
