"""What a body owed in a year and what became of it, a document at a time. In: coverage rows. Out: Duty values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.answer import CoverageRow

DONE = frozenset({"published", "nil-declared"})
CLOCKED = frozenset({"budget", "final-account"})
"""Documents that are in time or late: they run on the clock of the Budget Law."""
MARK_ORDER = (
    *("missing", "rejected", "nil-undeclared", "late", "unknown", "not-due", "published", "nil-declared", "exempt"),
)
"""Everything the board says of a document, the worst first: statuses of coverage.csv, and `late` and `unknown`."""
_COUNTED = ("missing", "rejected", "nil-undeclared")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to be said of a document: a state of the board, and how many."""

    state: str
    number: int = 0
    """Tables, or days where it is late; 0 where the word says everything."""
    of: int = 0
    """Required tables, where `number` is some of them."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One document of one year: its required tables and their fate."""

    department_code: str
    fiscal_year: int
    document: str
    state: str
    """complete, partial, missing, rejected, not-due, open (nothing there, nothing required) or exempt."""
    required: int
    done: int
    rows: tuple[CoverageRow, ...]
    due_on: str
    published_on: str
    days_late: int | None

    @property
    def present(self) -> tuple[CoverageRow, ...]:
        """Tables that are there, required or not."""
        return tuple(row for row in self.rows if row.status in DONE or row.status == "nil-undeclared")

    @property
    def wanting(self) -> tuple[CoverageRow, ...]:
        """Required tables that are not there, or are empty without saying so."""
        return tuple(row for row in self.rows if row.obligation == "required" and row.status not in DONE)

    @property
    def clocked(self) -> bool:
        return self.document in CLOCKED

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What the board says of it: that it is there or what is wanting, then its days; nothing where nothing came and
        nothing is required.
        """
        if self.state in ("exempt", "not-due"):
            return (Mark(self.state),)
        counts = Counter(row.status for row in self.rows if row.obligation == "required")
        if not self.required:
            counts = Counter(row.status for row in self.present)
        made = [Mark("published")] if self.state == "complete" else []
        made += [Mark(state, counts[state], self.required) for state in _COUNTED if counts[state]]
        if self.days_late:
            made.append(Mark("late", self.days_late))
        if self.clocked and self.present and any(row.published_on and not row.due_on for row in self.rows):
            made.append(Mark("unknown"))
        if counts["not-due"]:
            made.append(Mark("not-due", counts["not-due"], self.required))
        if counts["nil-declared"]:
            made.append(Mark("nil-declared", counts["nil-declared"]))
        return tuple(made)

    @property
    def owed(self) -> tuple[CoverageRow, ...]:
        """Required tables that should be there by now and are not as they should be."""
        return tuple(row for row in self.wanting if row.status in _COUNTED)

    def overdue(self, day: date) -> int:
        """Days since it was due, of what is owed; 0 where that day is not known or has not passed."""
        return max((day - date.fromisoformat(self.due_on)).days, 0) if self.due_on and self.owed else 0


def duties(rows: Iterable[CoverageRow]) -> tuple[Duty, ...]:
    """Coverage rows gathered by body, year and document: latest year first, documents in their printed order."""
    groups: dict[tuple[str, int, str], list[CoverageRow]] = defaultdict(list)
    for row in rows:
        groups[row.department_code, row.fiscal_year, row.document].append(row)
    made = [_duty(key, tuple(group)) for key, group in groups.items()]
    return tuple(sorted(made, key=lambda duty: (duty.department_code, -duty.fiscal_year)))


def _duty(key: tuple[str, int, str], rows: tuple[CoverageRow, ...]) -> Duty:
    code, year, document = key
    required = [row for row in rows if row.obligation == "required"]
    done = [row for row in required if row.status in DONE]
    dated = [row for row in rows if row.published_on]
    late = [row.days_late for row in rows if row.days_late is not None]
    return Duty(
        department_code=code,
        fiscal_year=year,
        document=document,
        state=_state(rows, required, len(done)),
        required=len(required),
        done=len(done),
        rows=rows,
        due_on=next((row.due_on for row in rows if row.due_on), ""),
        published_on=max((row.published_on for row in dated), default=""),
        days_late=max(late, default=None),
    )


def _state(rows: tuple[CoverageRow, ...], required: list[CoverageRow], done: int) -> str:
    if rows and all(row.obligation == "exempt" or row.status == "exempt" for row in rows):
        return "exempt"
    present = any(row.status in DONE for row in rows)
    if required and done == len(required):
        return "complete"
    if not required:
        return "complete" if present else "open"
    if present or any(row.status == "nil-undeclared" for row in rows):
        return "partial"
    statuses = {row.status for row in required}
    if "rejected" in statuses:
        return "rejected"
    return "not-due" if statuses == {"not-due"} else "missing"


@dataclass(frozen=True, slots=True)
class Span:
    """Years in a row of which the same is to be said: nothing came."""

    first: int
    last: int
    duties: tuple[Duty, ...]
    """Of one year where something came or one year only; of the last year otherwise."""

    @property
    def quiet(self) -> bool:
        """True where nothing came in any of these years."""
        return all(duty.state in ("missing", "not-due", "open", "exempt") for duty in self.duties)


def spans(made: Iterable[Duty]) -> tuple[Span, ...]:
    """Years, latest first, with neighbouring years of the same silence told as one."""
    years: dict[int, list[Duty]] = defaultdict(list)
    for duty in made:
        years[duty.fiscal_year].append(duty)
    found: list[Span] = []
    for year in sorted(years, reverse=True):
        span = Span(year, year, tuple(years[year]))
        if found and found[-1].quiet and span.quiet and found[-1].first == year + 1 and _same(found[-1], span):
            found[-1] = Span(year, found[-1].last, found[-1].duties)
        else:
            found.append(span)
    return tuple(found)


def _same(one: Span, other: Span) -> bool:
    return [(duty.document, duty.state) for duty in one.duties] == [
        (duty.document, duty.state) for duty in other.duties
    ]
