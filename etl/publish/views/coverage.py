"""What the coverage pages show. In: Public and a year. Out: a CoverageView."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.answer import RateResult
from etl.publish.public import Public
from etl.publish.views.duties import CLOCKED, DONE, STATE_ORDER, Duty, duties
from etl.spec.declarations import Department


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One body in one year."""

    department: Department
    duties: tuple[Duty | None, ...]
    """By document, in the order of the columns; None where it owes no such document."""

    @property
    def owed(self) -> int:
        return sum(len(duty.wanting) for duty in self.duties if duty and duty.state != "exempt")


@dataclass(frozen=True, slots=True)
class CoverageView:
    """One year of the board."""

    year: int
    rates: tuple[RateResult, ...]
    documents: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    government: BoardRow | None
    three_public: dict[tuple[str, str], str]
    """By body and document: the status of its three public expenses table."""
    states: tuple[tuple[str, int], ...]
    """How many documents of the board are in each state."""
    partly: dict[str, int]
    """By rate: departments of its denominator that published some of what it counts, not all."""

    @property
    def empty(self) -> bool:
        """True where nothing at all was published for this year."""
        return not any(duty.done for row in self.rows for duty in row.duties if duty)


def view_coverage(public: Public, year: int) -> CoverageView:
    """The board of one year: departments down, documents across, what is owed most first."""
    of_year = [row for row in public.coverage if row.fiscal_year == year]
    made = duties(of_year)
    documents = tuple(sorted({duty.document for duty in made if duty.department_code != "000"}))
    rows = [row for body in public.departments if (row := _row(body, made, documents)) is not None]
    board = sorted((row for row in rows if row.department.code != "000"), key=lambda row: (_rank(row), -row.owed))
    return CoverageView(
        year=year,
        rates=rates_of(public.rates, year),
        documents=documents,
        rows=tuple(board),
        government=next((row for row in rows if row.department.code == "000"), None),
        three_public={
            (row.department_code, row.document): row.status
            for row in of_year
            if row.table_id == "three-public-expenses"
        },
        states=_states(board),
        partly=partly_of(public, year),
    )


def _row(body: Department, made: Iterable[Duty], documents: tuple[str, ...]) -> BoardRow | None:
    own = {duty.document: duty for duty in made if duty.department_code == body.code}
    if not own:
        return None
    shown = documents if body.code != "000" else tuple(sorted(own))
    return BoardRow(body, tuple(own.get(document) for document in shown))


def _rank(row: BoardRow) -> int:
    """The worst state of any of its documents: what is owed is seen first, the exempt last."""
    return min((STATE_ORDER.index(duty.state) for duty in row.duties if duty), default=len(STATE_ORDER))


def _states(rows: Iterable[BoardRow]) -> tuple[tuple[str, int], ...]:
    found = [duty.state for row in rows for duty in row.duties if duty]
    return tuple((state, found.count(state)) for state in STATE_ORDER if state in found)


def rates_of(rates: Iterable[RateResult], year: int) -> tuple[RateResult, ...]:
    """The headline rates of one year."""
    return tuple(rate for rate in rates if rate.fiscal_year == year)


def partly_of(public: Public, year: int) -> dict[str, int]:
    """For each headline rate: how many of its departments published a part of what it counts."""
    counted = {body.code for body in public.bodies if body.scope == "department" and body.exempt != "yes"}
    found: dict[str, int] = {}
    for rate in public.spec.rates:
        present: dict[str, set[bool]] = {}
        for row in public.coverage:
            fits = row.document == rate.document or (not rate.document and row.document in CLOCKED)
            listed = not rate.tables or row.table_id in rate.tables
            if row.fiscal_year == year and fits and listed and row.obligation == "required":
                present.setdefault(row.department_code, set()).add(row.status in DONE)
        found[rate.key] = sum(1 for code, states in present.items() if code in counted and len(states) > 1)
    return found


def headline_year(public: Public) -> int:
    """The latest year of which a department published anything; the latest year where none ever did."""
    told = [row.fiscal_year for row in public.coverage if row.status in DONE and row.department_code != "000"]
    return max(told, default=max((rate.fiscal_year for rate in public.rates), default=public.built_on.year))
