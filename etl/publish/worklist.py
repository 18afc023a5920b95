"""The first page of the review site, as a value: what came in, what to do next, and what is owed.

Takes a Publication; gives a Worklist. How it looks is in `docs/review/index.html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.answer import CoverageRow
from etl.publish.attempts import Attempts
from etl.publish.letters import title_of
from etl.publish.owed import DONE, Owed, Undated, owed, undated
from etl.publish.papers.notice import ASKED
from etl.publish.publication import Publication
from etl.spec.declarations import Department
from etl.table import Submission

ORDER = ("rejected", "withheld", "unreadable", "unrecognised", "accepted", "withdrawn", "superseded", "duplicate")
"""Statuses as they are shown, those somebody has to act on first."""
SETTLED = frozenset({"withdrawn", "superseded", "duplicate"})
"""Statuses that ask nothing of anybody."""


@dataclass(frozen=True, slots=True)
class Item:
    """One submission on the list."""

    submission: Submission
    title: str
    is_answered: bool
    """True where it was refused, and later ones that were accepted hold all of it."""

    @property
    def is_settled(self) -> bool:
        """True where nobody has anything to do."""
        status = self.submission.shown_status
        is_clean = status == "accepted" and not self.submission.count("warning")
        return self.is_answered or is_clean or status in SETTLED


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
class Unknown:
    """One kind of document of one year of which nobody can say by when it was due."""

    fiscal_year: int
    document: str
    there: tuple[Department, ...]
    """Bodies that published it: in time or late, that cannot be told."""
    lacking: tuple[Department, ...]
    """Bodies that did not: overdue or not, that cannot be told either."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything the first page shows."""

    items: tuple[Item, ...]
    counts: Mapping[str, int]
    """Submissions by status."""
    years: tuple[YearLine, ...]
    late: tuple[Owed, ...]
    """Documents whose day has passed and that are not wholly there, the worst first. None is left out."""
    soon: tuple[Owed, ...]
    """Documents due within thirty days, the nearest first."""
    unknown: tuple[Unknown, ...]
    """What cannot be judged until its day of approval is registered, the latest year first."""
    notices: frozenset[str]
    """Codes of the bodies that have a notice."""

    @property
    def asking(self) -> tuple[Item, ...]:
        """Submissions that somebody has to do something about."""
        return tuple(item for item in self.items if not item.is_settled)

    @property
    def settled(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_settled)

    @property
    def undated(self) -> int:
        """Documents that cannot be judged."""
        return sum(len(one.there) + len(one.lacking) for one in self.unknown)


def make_worklist(publication: Publication) -> Worklist:
    """Gather what the first page shows."""
    found = owed(publication)
    counts = Counter(submission.shown_status for submission in publication.submissions)
    return Worklist(
        items=tuple(_items(publication)),
        counts={status: counts[status] for status in ORDER if counts[status]},
        years=tuple(_years(publication.coverage)),
        late=tuple(one for one in found if one.state == "late"),
        soon=tuple(one for one in found if one.state == "soon"),
        unknown=tuple(_unknown(undated(publication))),
        notices=frozenset(one.department.code for one in found if one.state in ASKED),
    )


def _items(publication: Publication) -> list[Item]:
    """Submissions, those to act on first; then the latest first."""
    latest = sorted(publication.submissions, key=lambda one: one.receipt.received_on, reverse=True)
    ordered = sorted(latest, key=lambda one: (ORDER.index(one.shown_status), not one.count("warning")))
    attempts = Attempts(publication.submissions)
    return [Item(one, title_of(one, publication.spec), attempts.is_answered(one)) for one in ordered]


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


def _unknown(found: Iterable[Undated]) -> Iterator[Unknown]:
    """By year and document, in the order in which they come."""
    for (year, document), same in groupby(found, key=lambda one: (one.fiscal_year, one.document)):
        bodies = tuple(same)
        yield Unknown(
            year,
            document,
            tuple(one.department for one in bodies if one.is_there),
            tuple(one.department for one in bodies if not one.is_there),
        )


def _by(
    rows: Iterable[CoverageRow], key: Callable[[CoverageRow], tuple[int | str, ...]]
) -> Iterable[tuple[tuple[int | str, ...], Iterable[CoverageRow]]]:
    """Rows in groups, the groups in order of their key, the rows of a group in their own."""
    return groupby(sorted(rows, key=key), key=key)
