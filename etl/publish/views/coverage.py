"""What the coverage pages show. In: Public and a year. Out: a CoverageView, a NumbersView."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.answer import AbroadVerdict, Dates, RateResult, Share, YearOfDocument
from etl.publish.public import Public
from etl.publish.views.duties import CLOCKED, DONE, MARK_ORDER, Duty, duties
from etl.spec.declarations import Department
from etl.spec.numbers import Number


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One body in one year."""

    department: Department
    duties: tuple[Duty | None, ...]
    """By document, in the order of the columns; None where it owes no such document."""

    @property
    def owed(self) -> int:
        return sum(len(duty.owed) for duty in self.duties if duty)

    @property
    def states(self) -> tuple[str, ...]:
        """What the row says anywhere, each once, the worst first."""
        said = {mark.state for duty in self.duties if duty for mark in duty.marks}
        return tuple(state for state in MARK_ORDER if state in said)

    @property
    def days_late(self) -> int:
        return max((duty.days_late or 0 for duty in self.duties if duty), default=0)


@dataclass(frozen=True, slots=True)
class CoverageView:
    """One year of the board."""

    year: int
    rates: tuple[RateResult, ...]
    documents: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    government: BoardRow | None
    three_public: dict[str, dict[str, str]]
    """By body, and then by document: the status of its three public expenses table."""
    states: tuple[tuple[str, int], ...]
    """Of how many documents of the board each state is said."""
    kinds: tuple[str, ...]
    """Kinds of bodies on the board, in the order of the register."""
    partly: dict[str, int]
    """By rate: departments of its denominator that published some of what it counts, not all."""
    elsewhere: dict[tuple[str, str], str]
    """By body and document of which nothing is here: the address at which the register says that it was published."""
    differing: int
    """How many documents were accepted here on another day than their original page shows."""

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
    board = sorted((row for row in rows if row.department.code != "000"), key=_rank)
    return CoverageView(
        year=year,
        rates=rates_of(public.rates, year),
        documents=documents,
        rows=tuple(board),
        government=next((row for row in rows if row.department.code == "000"), None),
        three_public={row.department.code: _three_public(row) for row in board},
        states=_states(board),
        kinds=tuple(dict.fromkeys(row.department.kind for row in rows if row.department.code != "000")),
        partly=partly_of(public, year),
        elsewhere=_elsewhere(public, made),
        differing=len(differing_dates(public, year)),
    )


def _row(body: Department, made: Iterable[Duty], documents: tuple[str, ...]) -> BoardRow | None:
    own = {duty.document: duty for duty in made if duty.department_code == body.code}
    if not own:
        return None
    shown = documents if body.code != "000" else tuple(sorted(own))
    return BoardRow(body, tuple(own.get(document) for document in shown))


def _three_public(row: BoardRow) -> dict[str, str]:
    asked = [one for duty in row.duties if duty for one in duty.rows if one.table_id == "three-public-expenses"]
    return {one.document: one.status for one in asked}


def _rank(row: BoardRow) -> tuple[int, int, int]:
    """Who owes most tables first, then who was latest, then by the worst state; the exempt stand last."""
    worst = min((MARK_ORDER.index(state) for state in row.states), default=len(MARK_ORDER))
    return -row.owed, -row.days_late, worst


def _states(rows: Iterable[BoardRow]) -> tuple[tuple[str, int], ...]:
    found = [mark.state for row in rows for duty in row.duties if duty for mark in duty.marks]
    return tuple((state, found.count(state)) for state in MARK_ORDER if state in found)


def _elsewhere(public: Public, made: Iterable[Duty]) -> dict[tuple[str, str], str]:
    """Documents that the register says were published, of which no table is here to be read by machines."""
    absent = {
        (duty.department_code, duty.fiscal_year, duty.document)
        for duty in made
        if duty.state in ("missing", "not-due", "open")
    }
    return {
        (one.department_code, one.document): one.published_url
        for one in public.approvals
        if one.published_url and (one.department_code, one.fiscal_year, one.document) in absent
    }


def differing_dates(public: Public, year: int) -> tuple[Dates, ...]:
    """Documents of a year with two days of publication: accepted here, and shown on the original page."""
    return tuple(
        one
        for one in public.answers.dates
        if one.fiscal_year == year and one.accepted_on and one.shown_on and one.accepted_on != one.shown_on
    )


# --- the numbers of a year --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number, a document at a time."""

    key: str
    """The axis, or the table."""
    shares: Mapping[str, Share]
    """By document."""


@dataclass(frozen=True, slots=True)
class NumbersView:
    """What a year comes to."""

    year: int
    documents: tuple[str, ...]
    rates: tuple[RateResult, ...]
    partly: dict[str, int]
    axes: tuple[tuple[Number, NumberRow], ...]
    """The axes that are declared, in their order, those without an answer too."""
    tables: tuple[NumberRow, ...]
    international: Mapping[str, AbroadVerdict]
    """By clock."""


def view_numbers(public: Public, year: int) -> NumbersView:
    """Every number of one year with what it was made from."""
    tables = [one for one in public.answers.tables if one.fiscal_year == year]
    axes = [one for one in public.answers.axes if one.fiscal_year == year]
    return NumbersView(
        year=year,
        documents=tuple(sorted({one.document for one in (*tables, *axes)})),
        rates=rates_of(public.rates, year),
        partly=partly_of(public, year),
        axes=tuple((number, _number(number.key, axes)) for number in public.spec.numbers.all if number.is_axis),
        tables=tuple(_number(key, tables) for key in dict.fromkeys(one.key for one in tables)),
        international={one.key: one for one in public.answers.international if one.fiscal_year == year},
    )


def _number(key: str, shares: Iterable[Share]) -> NumberRow:
    return NumberRow(key, {one.document: one for one in shares if one.key == key})


def trend_of(public: Public) -> tuple[YearOfDocument, ...]:
    """What became of the documents that run on the clock of the law, the latest year first."""
    told = [one for one in public.answers.trend if one.document in CLOCKED]
    return tuple(sorted(told, key=lambda one: (-one.fiscal_year, one.document)))


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
