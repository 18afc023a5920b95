"""The first page of the review site, as a value: what came in, what to do next, and what is owed.

Takes a Publication; gives a Worklist. How it looks is in `docs/review/index.html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from etl.answer import CoverageRow
from etl.publish.letters import title_of
from etl.publish.publication import Publication
from etl.table import Submission

ORDER = ("rejected", "withheld", "unreadable", "unrecognised", "accepted", "superseded", "duplicate")
"""Statuses, those somebody has to act on first."""
OWED = frozenset({"missing", "rejected", "nil-undeclared"})
"""What a duty is when it is not fulfilled."""
DONE = frozenset({"published", "nil-declared"})
LONGEST = 50
"""Overdue documents listed; the page says how many more there are."""


@dataclass(frozen=True, slots=True)
class Item:
    """One submission on the list."""

    submission: Submission
    title: str


@dataclass(frozen=True, slots=True)
class YearLine:
    """How one kind of document of one year stands: bodies, not tables."""

    fiscal_year: int
    document: str
    owing: int
    complete: int
    partly: int
    nothing: int
    late: int
    """Of those complete or partly there: bodies with at least one table after its day."""
    unknown: int
    """Bodies whose day is not known, so that nothing can be said of lateness."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A document whose day has come and that is not wholly there."""

    department_code: str
    department_name: str
    fiscal_year: int
    document: str
    due_on: str
    days: int
    tables: tuple[str, ...]
    """What is owed."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything the first page shows."""

    items: tuple[Item, ...]
    counts: Mapping[str, int]
    """Submissions by status."""
    years: tuple[YearLine, ...]
    overdue: tuple[Overdue, ...]
    more_overdue: int
    """Overdue documents that are not listed."""


def make_worklist(publication: Publication) -> Worklist:
    """Gather what the first page shows."""
    overdue = _overdue(publication.coverage, publication.built_on)
    counts = Counter(submission.status for submission in publication.submissions)
    return Worklist(
        items=tuple(_items(publication)),
        counts={status: counts[status] for status in ORDER if counts[status]},
        years=tuple(_years(publication.coverage)),
        overdue=tuple(overdue[:LONGEST]),
        more_overdue=max(len(overdue) - LONGEST, 0),
    )


def _items(publication: Publication) -> list[Item]:
    """Submissions, those to act on first; then the latest first."""
    latest = sorted(publication.submissions, key=lambda one: one.receipt.received_on, reverse=True)
    ordered = sorted(latest, key=lambda one: (ORDER.index(one.status), not one.count("warning")))
    return [Item(submission, title_of(submission, publication.spec)) for submission in ordered]


def _years(coverage: Sequence[CoverageRow]) -> list[YearLine]:
    required = [row for row in coverage if row.obligation == "required" and row.status != "not-due"]
    documents = _by(required, lambda row: (-row.fiscal_year, row.document))
    return [_year(tuple(rows)) for _, rows in documents]


def _year(rows: tuple[CoverageRow, ...]) -> YearLine:
    bodies = [tuple(owed) for _, owed in _by(rows, lambda row: (row.department_code,))]
    states = Counter(_state(owed) for owed in bodies)
    return YearLine(
        fiscal_year=rows[0].fiscal_year,
        document=rows[0].document,
        owing=len(bodies),
        complete=states["complete"],
        partly=states["partly"],
        nothing=states["nothing"],
        late=sum(any((row.days_late or 0) > 0 for row in owed) for owed in bodies),
        unknown=sum(not any(row.due_on for row in owed) for owed in bodies),
    )


def _state(owed: tuple[CoverageRow, ...]) -> str:
    done = sum(row.status in DONE for row in owed)
    return "complete" if done == len(owed) else "partly" if done else "nothing"


def _overdue(coverage: Sequence[CoverageRow], today: date) -> list[Overdue]:
    """What should be there by now and is not, longest overdue first."""
    late = [row for row in coverage if row.status in OWED and row.due_on and date.fromisoformat(row.due_on) < today]
    documents = _by(late, lambda row: (row.department_code, row.fiscal_year, row.document))
    return sorted(
        (_overdue_document(tuple(rows), today) for _, rows in documents),
        key=lambda one: (-one.days, one.department_code, one.fiscal_year, one.document),
    )


def _overdue_document(rows: tuple[CoverageRow, ...], today: date) -> Overdue:
    first = min(rows, key=lambda row: row.due_on)
    return Overdue(
        first.department_code,
        first.department_name,
        first.fiscal_year,
        first.document,
        first.due_on,
        (today - date.fromisoformat(first.due_on)).days,
        tuple(row.table_id for row in rows),
    )


def _by(
    rows: Iterable[CoverageRow], key: Callable[[CoverageRow], tuple[int | str, ...]]
) -> Iterable[tuple[tuple[int | str, ...], Iterable[CoverageRow]]]:
    """Rows in groups, the groups in order of their key, the rows of a group in their own."""
    return groupby(sorted(rows, key=key), key=key)
