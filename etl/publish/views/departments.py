"""What the pages of departments show. In: Public, a Shelf and a department. Out: a DepartmentView."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.fact import records
from etl.publish.places import Place, projects_page, segment
from etl.publish.public import Public, Standing
from etl.publish.views.duties import Duty, Span, duties, spans
from etl.publish.views.grids import ABSENT, Board, Cell, Column, Pair, Row, amount_of
from etl.publish.views.projects import lists_projects
from etl.publish.views.shelf import (
    BUDGET,
    FINAL,
    PROJECTS,
    SPENDING,
    SUMMARY,
    THREE_PUBLIC,
    Shelf,
    codes_in,
    lay_out,
    name_of,
)
from etl.spec.declarations import Approval, Department
from etl.table import Mended

MOST_YEARS = 5
"""Years beside each other: what a page of paper and a budget of 40 KB hold. The years before are in the dataset."""
GENERAL = "general-budget-expenditure"
ECONOMIC = "basic-expenditure"
THREE_PUBLIC_LINES = ("overseas-travel", "vehicles", "vehicle-purchase", "vehicle-running", "reception")
_OF_GENERAL = ("general-budget", "total")
"""Of a budget that goes by source, the general budget: final accounts tell basic spending of it alone."""
_CLASS, _SECTION, _ITEM = 3, 5, 7
"""Digits of 类, 款 and 项."""


@dataclass(frozen=True, slots=True)
class YearPair:
    """Budget and final account of one year."""

    year: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure of the first lines, and whether its document was in time."""

    about: str
    """spending or three-public."""
    year: int
    document: str
    cell: Cell
    duty: Duty | None


@dataclass(frozen=True, slots=True)
class DepartmentView:
    department: Department
    former: tuple[Department, ...]
    """Bodies it took over from, where they may be named."""
    later: tuple[Department, ...]
    """Bodies that took over from it."""
    parent: Department | None
    units: tuple[Department, ...]
    standing: tuple[Standing, ...]
    headlines: tuple[Headline, ...]
    by_year: tuple[YearPair, ...]
    """Latest year first."""
    functions: Board
    """By functional class, a year a column."""
    manner: Board
    """Basic spending, its two parts, and projects, of the general budget; of the latest year."""
    economic: Board
    """By economic class, of basic spending; of the latest year."""
    three_public: Board
    project_lists: tuple[tuple[int, str], ...]
    """Years in which it has a list of projects, and where: on the page of the year; of a unit, in its own table."""
    spans: tuple[Span, ...]
    approvals: tuple[Approval, ...]
    corrections: tuple[Mended, ...]

    @property
    def has_rows(self) -> bool:
        """Whether there is anything of it to take away: files are written where one of its tables has a row."""
        return any(True for one in self.standing for _ in records(one.submission.identity, one.table))

    def pages(self, duty: Duty) -> dict[str, Standing]:
        """The tables of a duty that can be looked at, by id."""
        widest_last = sorted(self._of(duty), key=lambda one: one.place.scope, reverse=True)
        return {one.place.table_id: one for one in widest_last}

    def documents(self, duty: Duty) -> tuple[Place, ...]:
        """A place in each document that meets a duty: a department may have filed as a unit, too. The widest first."""
        found = {one.place.page: one.place for one in self._of(duty)}
        return tuple(sorted(found.values(), key=lambda place: place.scope))

    @property
    def further(self) -> tuple[Place, ...]:
        """A place in each document that no duty asks for, the latest first."""
        asked = {place.page for span in self.spans for duty in span.duties for place in self.documents(duty)}
        others = {one.place.page: one.place for one in self.standing if one.place.page not in asked}
        return tuple(sorted(others.values(), key=lambda place: (-place.fiscal_year, place.document, place.scope)))

    def _of(self, duty: Duty) -> list[Standing]:
        return [
            one
            for one in self.standing
            if one.place.fiscal_year == duty.fiscal_year and one.place.document == duty.document
        ]


@dataclass(frozen=True, slots=True)
class SpendingView:
    """Everything a body spends, down to the last item."""

    department: Department
    classes: tuple[tuple[Row, Board], ...]
    """A functional class, and what lies beneath it."""
    columns: tuple[Column, ...]
    manner: Board
    economic: Board


def view_department(public: Public, shelf: Shelf, department: Department) -> DepartmentView:
    """Everything there is to say about one body."""
    code = department.code
    standing = public.of(code)
    spending = shelf.columns(code, SPENDING, MOST_YEARS)
    owed = duties(public.duties(code))
    economic = shelf.latest(code, ECONOMIC)
    return DepartmentView(
        department=department,
        former=tuple(body for body in public.bodies if body.code in department.successor_of),
        later=tuple(body for body in public.bodies if code in body.successor_of),
        parent=public.department(department.parent_code) if department.parent_code else None,
        units=tuple(body for body in public.bodies if body.parent_code == code),
        standing=standing,
        headlines=_headlines(shelf, code, owed),
        by_year=_by_year(shelf, code),
        functions=lay_out(shelf, SPENDING, spending, codes_in(spending, (_CLASS,)), ("total",)),
        manner=_manner(shelf.latest(code, GENERAL)),
        economic=lay_out(shelf, ECONOMIC, economic, codes_in(economic, (_CLASS,)), _OF_GENERAL),
        three_public=three_public_board(shelf, code),
        project_lists=_project_lists(shelf, department),
        spans=spans(owed),
        approvals=tuple(approval for approval in public.approvals if approval.department_code == code),
        corrections=tuple(dict.fromkeys(one for each in standing for one in each.submission.mended_in(each.table))),
    )


def view_spending(shelf: Shelf, department: Department) -> SpendingView:
    """By function and by economic class, down to the last item."""
    code = department.code
    columns = shelf.columns(code, SPENDING, MOST_YEARS)
    economic = shelf.columns(code, ECONOMIC, MOST_YEARS)[-2:]
    tops = lay_out(shelf, SPENDING, columns, codes_in(columns, (_CLASS,)), ("total",)).rows
    beneath = codes_in(columns, (_SECTION, _ITEM))
    parts = [[top.code, *(one for one in beneath if one.startswith(top.code))] for top in tops]
    return SpendingView(
        department,
        tuple(
            (top, lay_out(shelf, SPENDING, columns, codes, ("total",))) for top, codes in zip(tops, parts, strict=True)
        ),
        columns,
        _manner(shelf.columns(code, GENERAL, MOST_YEARS)),
        lay_out(shelf, ECONOMIC, economic, codes_in(economic, (_CLASS, _SECTION)), _OF_GENERAL),
    )


def _project_lists(shelf: Shelf, body: Department) -> tuple[tuple[int, str], ...]:
    found = []
    for year in sorted(shelf.years(PROJECTS, body.code)):
        if lists_projects(shelf, body, year):
            found.append((year, f"{projects_page(year)}#d{segment(body.code)}"))
        else:
            found.extend((year, one.address) for one in shelf.of(body.code, year, BUDGET, PROJECTS)[:1])
    return tuple(found)


def _by_year(shelf: Shelf, code: str) -> tuple[YearPair, ...]:
    years = sorted({*shelf.years(SPENDING, code), *shelf.years(SUMMARY, code)}, reverse=True)
    pairs = (YearPair(year, shelf.pair(code, year)) for year in years)
    return tuple(one for one in pairs if one.pair.is_drawn)


def _headlines(shelf: Shelf, code: str, owed: tuple[Duty, ...]) -> tuple[Headline, ...]:
    """The latest budget, the latest final account, and the latest three public expenses."""
    duty = {(one.fiscal_year, one.document): one for one in owed}
    found = []
    spent = {year: shelf.pair(code, year) for year in (one.year for one in _by_year(shelf, code))}
    for document in (BUDGET, FINAL):
        cells = [(year, pair.budget if document == BUDGET else pair.final) for year, pair in spent.items()]
        year, cell = next(((year, cell) for year, cell in cells if cell.is_drawn), (0, ABSENT))
        if cell.is_drawn:
            found.append(Headline("spending", year, document, cell, duty.get((year, document))))
    for year in shelf.years(THREE_PUBLIC, code):
        pair = shelf.three_public(code, year)
        if pair.is_drawn:
            document = FINAL if pair.final.is_drawn else BUDGET
            cell = pair.final if document == FINAL else pair.budget
            return (*found, Headline("three-public", year, document, cell, duty.get((year, document))))
    return tuple(found)


def _manner(columns: tuple[Column, ...]) -> Board:
    """Rows are measures of the one line `total`, not lines."""
    rows = []
    for measure in ("basic", "personnel", "public", "project"):
        cells = tuple(amount_of(column.standing, "total", (measure,)) for column in columns)
        if any(cell.is_drawn for cell in cells):
            rows.append(Row(measure, measure, 0, cells))
    return Board(GENERAL, columns, tuple(rows)) if rows else Board(GENERAL)


def three_public_board(shelf: Shelf, code: str) -> Board:
    """Each expense, a year a column: the final account, the budget as long as there is none; beneath, the budget."""
    years = sorted(shelf.years(THREE_PUBLIC, code)[:MOST_YEARS])
    pairs = {
        year: {line: shelf.three_public(code, year, line) for line in ("total", *THREE_PUBLIC_LINES)} for year in years
    }
    pairs = {year: told for year, told in pairs.items() if any(pair.is_drawn for pair in told.values())}
    columns = [_three_public_column(shelf, code, year, told) for year, told in pairs.items()]
    before = _last_year(shelf, code, columns[0]) if columns else None
    columns = [*([before] if before else []), *columns]
    rows = []
    for line in ("total", *THREE_PUBLIC_LINES):
        cells = tuple(_three_public_cell(column, line, pairs) for column in columns)
        if any(cell is not ABSENT for cell in cells):
            rows.append(Row(line, *name_of(shelf.spec, THREE_PUBLIC, columns, line), cells))
    budgets = tuple(
        pairs[column.year]["total"].budget if column.document == FINAL and not column.of_last_year else ABSENT
        for column in columns
    )
    if any(cell.is_drawn for cell in budgets):
        rows.append(Row("budget", "", 0, budgets))
    return Board(THREE_PUBLIC, tuple(columns), tuple(rows)) if rows else Board(THREE_PUBLIC)


def _three_public_column(shelf: Shelf, code: str, year: int, told: Mapping[str, Pair]) -> Column:
    document = FINAL if any(pair.final.is_drawn for pair in told.values()) else BUDGET
    return Column(year, document, shelf.of(code, year, document, THREE_PUBLIC))


def _last_year(shelf: Shelf, code: str, first: Column) -> Column | None:
    """What the first document prints as the year before, where nothing of that year came."""
    told = amount_of(first.standing, "total", ("previous",))
    return Column(first.year - 1, first.document, first.standing, of_last_year=True) if told.is_drawn else None


def _three_public_cell(column: Column, line: str, pairs: Mapping[int, Mapping[str, Pair]]) -> Cell:
    if column.of_last_year:
        return amount_of(column.standing, line, ("previous",))
    pair = pairs[column.year][line]
    return pair.final if column.document == FINAL else pair.budget
