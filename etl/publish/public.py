"""What of a Publication may be drawn on a public page. In: Publication. Out: Public, a value the views read.

Whatever a view shows, it takes from here: bodies that may not be named, submissions that were not accepted and tables
that do not stand are not in it. What cannot be reached cannot be shown by mistake.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from etl.amounts import to_fen
from etl.answer import Answers, CoverageRow, RateResult
from etl.history import FigureChange, History
from etl.publish.places import Place
from etl.publish.publication import Publication
from etl.spec.declarations import Approval, Department, Jurisdiction
from etl.spec.model import Spec
from etl.spec.unnamed import public_approvals, public_departments
from etl.table import Figure, Submission, Table, cell_name


@dataclass(frozen=True, slots=True)
class Standing:
    """A table that stands, the submission that brought it, and where its figures can be looked at."""

    submission: Submission
    table: Table
    place: Place
    number: int
    """1 for the first table of its place, 2 for the next: one document may hold two tables of one kind."""

    @property
    def anchor(self) -> str:
        return self.place.anchor(self.number)

    @property
    def address(self) -> str:
        """Where this table is shown."""
        return f"{self.place.page}#{self.anchor}"

    def href(self, cell: str) -> str:
        """Where a cell of this table is shown."""
        return f"{self.address}-{cell}"

    def href_at(self, row: int, column: int) -> str:
        return self.href(cell_name(row, column))

    def amount(self, figure: Figure) -> Decimal:
        """A figure of this table as its fact has it."""
        return to_fen(self.table.yuan(figure))


@dataclass(frozen=True, slots=True)
class Public:
    """The public part of a Publication, arranged for drawing."""

    spec: Spec
    built_on: date
    departments: tuple[Department, ...]
    """Bodies that may be named, `000` included, in the order of the register."""
    unnamed: int
    """How many bodies may not be named: a count, nothing else."""
    standing: tuple[Standing, ...]
    coverage: tuple[CoverageRow, ...]
    rates: tuple[RateResult, ...]
    answers: Answers
    """Of bodies that may be named; shares and trends count the others too, and name none."""
    approvals: tuple[Approval, ...]
    accepted: Mapping[str, int]
    """By table: submissions that brought it and were accepted."""
    rejected: Mapping[str, int]
    """By table: submissions that brought it and were rejected. A count, nothing else."""
    releases: History = field(default_factory=History)
    """What changed, release by release."""

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.spec.jurisdiction

    @property
    def bodies(self) -> tuple[Department, ...]:
        """Bodies that may be named, without the county government itself."""
        return tuple(department for department in self.departments if department.code != "000")

    @property
    def years(self) -> tuple[int, ...]:
        """Years the coverage speaks of, latest first."""
        return tuple(sorted({row.fiscal_year for row in self.coverage}, reverse=True))

    def department(self, code: str) -> Department | None:
        return next((department for department in self.departments if department.code == code), None)

    def tables(self, table_id: str) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standing if standing.place.table_id == table_id)

    def of(self, department_code: str) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.standing if standing.place.department_code == department_code)

    def cell_of(self, change: FigureChange) -> str:
        """Where the cell of a changed figure is shown; empty where its table does not stand any more."""
        sought = (change.submission_id, change.table_id, change.sheet)
        for one in self.of(change.whose.department_code):
            if (one.submission.submission_id, one.place.table_id, one.table.sheet) == sought:
                return one.href(change.cell)
        return ""

    def duties(self, department_code: str) -> tuple[CoverageRow, ...]:
        return tuple(row for row in self.coverage if row.department_code == department_code)


def make_public(publication: Publication) -> Public:
    """Keep what may be seen by everybody."""
    spec = publication.spec
    named = public_departments(spec.departments)
    codes = {department.code for department in named}
    seen = [submission for submission in publication.submissions if submission.identity.department_code in codes]
    return Public(
        spec=spec,
        built_on=publication.built_on,
        departments=named,
        unnamed=len(spec.departments) - len(named),
        standing=standing_of(seen),
        coverage=tuple(_without_rejected(row) for row in publication.coverage if row.department_code in codes),
        rates=publication.rates,
        answers=_answers(publication.answers, codes),
        approvals=public_approvals(spec.approvals, spec.departments),
        accepted=_count(seen, {"accepted", "superseded"}),
        rejected=_count(seen, {"rejected"}),
        releases=publication.releases,
    )


def _without_rejected(row: CoverageRow) -> CoverageRow:
    """A duty as the public sees it: what a rejected submission was called stays with the reviewers."""
    return replace(row, submission_id="") if row.status == "rejected" else row


def _answers(answers: Answers, codes: Collection[str]) -> Answers:
    return replace(
        answers,
        dates=tuple(one for one in answers.dates if one.department_code in codes),
        successions=tuple(
            one for one in answers.successions if {one.department_code, one.predecessor_code} <= set(codes)
        ),
        expected=tuple(one for one in answers.expected if one.department_code in codes),
    )


def standing_of(submissions: Iterable[Submission]) -> tuple[Standing, ...]:
    """Every table that stands, in the order of the submissions; all of a body must be there, or none."""
    return tuple(_standing(submissions))


def _standing(submissions: Iterable[Submission]) -> Iterable[Standing]:
    numbers: dict[Place, int] = defaultdict(int)
    for submission in submissions:
        if submission.status != "accepted":
            continue
        identity = submission.identity
        for table in submission.tables:
            if table.table_id not in submission.standing:
                continue
            place = Place(
                identity.department_code, identity.fiscal_year, identity.document, identity.scope, table.table_id
            )
            numbers[place] += 1
            yield Standing(submission, table, place, numbers[place])


def _count(submissions: Iterable[Submission], statuses: set[str]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for submission in submissions:
        if submission.status in statuses:
            counts.update({table.table_id for table in submission.tables})
    return counts
