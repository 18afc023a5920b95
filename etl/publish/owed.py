"""What is still owed, document by document: the one reckoning behind the worklist, the notices and the circular.

Takes the coverage and the day; gives one Owed for every document of a body that is not wholly there. Conditional tables
are no failing and are not counted; bodies that the law exempts owe nothing and are never among them. Where no due date
is known nothing is called late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from etl.answer import CoverageRow
from etl.publish.publication import Publication
from etl.spec.declarations import Department, Obligation
from etl.spec.model import Spec

State = Literal["late", "soon", "later", "undated"]

OWED = frozenset({"missing", "rejected", "nil-undeclared"})
"""What a duty is when it is not fulfilled and its day may have come."""
DONE = frozenset({"published", "nil-declared"})
SOON = timedelta(days=30)
"""How far ahead a due date is announced."""


@dataclass(frozen=True, slots=True)
class OwedTable:
    """One table that is not there as it should be."""

    table_id: str
    status: str
    """missing, rejected, nil-undeclared or not-due."""
    authority: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A document of one body of which something is owed."""

    department: Department
    fiscal_year: int
    document: str
    clock: str
    state: State
    due_on: date | None
    days: int
    """Since it was due; negative while that day is to come; 0 where it is not known."""
    tables: tuple[OwedTable, ...]
    """What is owed, in the order of the duties."""
    required: int
    """Tables the document has to hold."""

    @property
    def is_whole(self) -> bool:
        """True where every table of the document is owed, and all in the same way."""
        return len(self.tables) == self.required and len({one.status for one in self.tables}) == 1

    @property
    def authorities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.authority for one in self.tables if one.authority))


@dataclass(frozen=True, slots=True)
class Undated:
    """A document that is due or there, and of which nobody can say by when."""

    department: Department
    fiscal_year: int
    document: str
    is_there: bool
    """True where at least one table of it is published."""


def owed(publication: Publication) -> tuple[Owed, ...]:
    """Everything owed, the worst first: what is longest overdue, then what cannot be judged, then what is to come."""
    laws = laws_of(publication.spec)
    found = (
        _owed(department, rows, publication.built_on, publication.spec, laws)
        for department, rows in documents(publication)
    )
    order: Sequence[State] = ("late", "undated", "soon", "later")
    return tuple(
        sorted(
            filter(None, found),
            key=lambda one: (order.index(one.state), -one.days, -len(one.tables), *_place(one)),
        )
    )


def undated(publication: Publication) -> tuple[Undated, ...]:
    """Documents whose day of approval the register does not have, latest year first."""
    found = [
        Undated(department, rows[0].fiscal_year, rows[0].document, any(row.published_on for row in rows))
        for department, rows in documents(publication)
        if not any(row.due_on for row in rows) and any(row.status != "not-due" for row in rows)
    ]
    return tuple(sorted(found, key=lambda one: (-one.fiscal_year, one.document, one.department.code)))


def documents(publication: Publication) -> Iterator[tuple[Department, tuple[CoverageRow, ...]]]:
    """The required tables of every document of every body that is not exempt."""
    bodies = _bodies(publication.spec)
    required = [row for row in publication.coverage if row.obligation == "required"]
    ordered = sorted(required, key=lambda row: (row.department_code, row.fiscal_year, row.document))
    for (code, year, _), rows in groupby(ordered, key=lambda row: (row.department_code, row.fiscal_year, row.document)):
        department = next((one for one in bodies.get(code, ()) if one.existed(year)), None)
        if department is not None and department.exempt != "yes":
            yield department, tuple(rows)


def _owed(
    department: Department, rows: tuple[CoverageRow, ...], today: date, spec: Spec, laws: Mapping[str, list[Obligation]]
) -> Owed | None:
    due_on = min((date.fromisoformat(row.due_on) for row in rows if row.due_on), default=None)
    open_rows = [row for row in rows if row.status in OWED or (due_on and row.status == "not-due")]
    if not open_rows:
        return None
    duties = [law_of(row, department, spec, laws) for row in open_rows]
    return Owed(
        department,
        rows[0].fiscal_year,
        rows[0].document,
        next((duty.clock for duty in duties if duty), ""),
        _state(due_on, today),
        due_on,
        (today - due_on).days if due_on else 0,
        tuple(
            OwedTable(row.table_id, row.status, duty.authority if duty else "")
            for row, duty in zip(open_rows, duties, strict=True)
        ),
        len(rows),
    )


def _state(due_on: date | None, today: date) -> State:
    if due_on is None:
        return "undated"
    if due_on < today:
        return "late"
    return "soon" if due_on <= today + SOON else "later"


def _place(one: Owed) -> tuple[str, int, str]:
    return one.department.code, one.fiscal_year, one.document


def _bodies(spec: Spec) -> dict[str, list[Department]]:
    bodies: dict[str, list[Department]] = {}
    for department in spec.departments:
        bodies.setdefault(department.code, []).append(department)
    return bodies


def laws_of(spec: Spec) -> dict[str, list[Obligation]]:
    """By table, the duties that hold in this county."""
    laws: dict[str, list[Obligation]] = {}
    for duty in spec.obligations:
        if spec.jurisdiction.code.startswith(duty.division):
            laws.setdefault(duty.table_id, []).append(duty)
    return laws


def law_of(
    row: CoverageRow, department: Department, spec: Spec, laws: Mapping[str, list[Obligation]]
) -> Obligation | None:
    """The duty that a row of coverage is about: that of its kind of body in its year."""
    who = spec.who(department)
    return next(
        (
            duty
            for duty in laws.get(row.table_id, ())
            if (duty.who, duty.document) == (who, row.document) and duty.since <= row.fiscal_year <= duty.until
        ),
        None,
    )
