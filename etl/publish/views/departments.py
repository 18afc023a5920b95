"""What the pages of departments show. In: Public and a department. Out: a DepartmentView."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.publish.public import Public, Standing
from etl.publish.views.duties import Duty, Span, duties, spans
from etl.publish.views.grids import Cell, Grid, cell_of, chronological, make_grid
from etl.spec.declarations import Approval, Department
from etl.table import Line, Mended

SUMMARY_MEASURES = ("amount", "budget", "adjusted", "final", "total")
SPENDING_MEASURES = ("total", "basic", "project")
THREE_PUBLIC_MEASURES = (
    *("previous", "budget", "adjusted", "final", "change"),
    *("general-budget-budget", "general-budget-adjusted", "general-budget-final"),
)
_KEY_FIGURES = (
    ("revenue-expenditure-summary", "total-expenditure", ("final", "amount", "budget", "total")),
    ("three-public-expenses", "total", ("final", "budget")),
)
"""The figures a page begins with: table, line, and the measures of which the first that is there counts."""
_CLASS_DIGITS = 3


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the first paragraph."""

    standing: Standing
    line: str
    measure: str
    cell: Cell


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
    key_figures: tuple[KeyFigure, ...]
    three_public: Grid
    summary: Grid
    spending: Grid
    """By functional class, of the latest document that has them."""
    spans: tuple[Span, ...]
    approvals: tuple[Approval, ...]
    corrections: tuple[Mended, ...]

    def pages(self, duty: Duty) -> dict[str, Standing]:
        """The tables of a duty that can be looked at, by id."""
        of_duty = [
            one
            for one in self.standing
            if one.place.fiscal_year == duty.fiscal_year and one.place.document == duty.document
        ]
        widest_last = sorted(of_duty, key=lambda one: one.place.scope, reverse=True)
        return {one.place.table_id: one for one in widest_last}


def view_department(public: Public, department: Department) -> DepartmentView:
    """Everything there is to say about one body."""
    standing = public.of(department.code)
    own = [one for one in standing if one.place.scope in (department.scope, "department")]
    return DepartmentView(
        department=department,
        former=tuple(body for body in public.bodies if body.code in department.successor_of),
        later=tuple(body for body in public.bodies if department.code in body.successor_of),
        parent=public.department(department.parent_code) if department.parent_code else None,
        units=tuple(body for body in public.bodies if body.parent_code == department.code),
        standing=standing,
        key_figures=_key_figures(own),
        three_public=make_grid(_tables(own, "three-public-expenses"), THREE_PUBLIC_MEASURES),
        summary=make_grid(_tables(own, "revenue-expenditure-summary"), SUMMARY_MEASURES),
        spending=_spending(own),
        spans=spans(duties(public.duties(department.code))),
        approvals=tuple(approval for approval in public.approvals if approval.department_code == department.code),
        corrections=tuple(dict.fromkeys(one for each in standing for one in each.submission.mended_in(each.table))),
    )


def _tables(standing: Sequence[Standing], table_id: str) -> list[Standing]:
    return [one for one in standing if one.place.table_id == table_id]


def _key_figures(standing: Sequence[Standing]) -> tuple[KeyFigure, ...]:
    """The totals of the latest year that has any, a document each."""
    found: list[KeyFigure] = []
    for table_id, code, measures in _KEY_FIGURES:
        for one in chronological(_tables(standing, table_id)):
            line = next((line for line in one.table.lines if line.code == code), None)
            measure = next((measure for measure in measures if line and measure in line.figures), "")
            if line and measure:
                found.append(KeyFigure(one, code, measure, cell_of(one, line, measure)))
    latest = max((figure.standing.place.fiscal_year for figure in found), default=0)
    return tuple(figure for figure in found if figure.standing.place.fiscal_year == latest)


def _spending(standing: Sequence[Standing]) -> Grid:
    """Spending by functional class: of the general budget, or of everything where that table is not there."""
    for table_id in ("general-budget-expenditure", "expenditure"):
        tables = chronological(_tables(standing, table_id))
        if tables:
            return make_grid(tables[-1:], SPENDING_MEASURES, _is_class)
    return Grid((), ())


def _is_class(line: Line) -> bool:
    return line.code == "total" or (line.code.isdigit() and len(line.code) == _CLASS_DIGITS)
