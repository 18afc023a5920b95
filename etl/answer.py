"""What the warehouse answers: duties and what became of them, rates, expectations. Bottom room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One duty and what became of it: contract, section 7, in its order."""

    department_code: str
    department_name: str
    fiscal_year: int
    document: str
    table_id: str
    obligation: str
    """required, conditional or exempt."""
    status: str
    """published, nil-declared, nil-undeclared, missing, rejected, not-due or exempt."""
    due_on: str
    published_on: str
    days_late: int | None
    submission_id: str


@dataclass(frozen=True, slots=True)
class RateResult:
    """A headline rate of one year with everything it was made from: contract, section 7."""

    key: str
    fiscal_year: int
    numerator: int
    denominator: int
    exempt: int
    unknown: int
    """Bodies of the denominator that published late or on time cannot be said of, for want of an approval date."""

    @property
    def rate(self) -> Decimal | None:
        """Numerator over denominator, four decimals; None where there is nothing to divide by."""
        if not self.denominator:
            return None
        return (Decimal(self.numerator) / self.denominator).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Share:
    """How much of something, of how much: one number of the coverage pages with everything it was made from."""

    key: str
    """The table, or the axis of the Ministry's inspection: `timeliness`, `completeness`, `truthfulness`, `detail`,
    `form`."""
    fiscal_year: int
    document: str
    numerator: int
    denominator: int
    exempt: int
    """Bodies that left the denominator because the law exempts them."""
    unknown: int
    """Of the denominator, what cannot be told."""

    @property
    def rate(self) -> Decimal | None:
        """Numerator over denominator, four decimals; None where there is nothing to divide by."""
        if not self.denominator:
            return None
        return (Decimal(self.numerator) / self.denominator).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class YearOfDocument:
    """What became of one document of all bodies in one year: a point of the trend."""

    fiscal_year: int
    document: str
    bodies: int
    """That existed and owed it, without those the law exempts."""
    exempt: int
    complete: int
    partial: int
    nothing: int
    """Nothing came, or nothing that was accepted, and it was due."""
    not_due: int
    in_time: int
    late: int
    undated: int
    """Something came, and whether in time cannot be told."""
    days_late: int
    """The most days that any of them was late; 0 where none was."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of one document of one body: when it was approved, accepted here, and published elsewhere."""

    department_code: str
    fiscal_year: int
    document: str
    approved_on: date | None
    accepted_on: date | None
    """First day on which anything of it was accepted here."""
    shown_on: date | None
    """The day the original page shows, as the register gives it: it goes before the first acceptance."""
    published_url: str


@dataclass(frozen=True, slots=True)
class Succession:
    """A body that took over from another, and the first year in which it owes for itself."""

    department_code: str
    predecessor_code: str
    predecessor_name: str
    fiscal_year: int
    last_year: int
    """Of the predecessor; 9999 while it still exists, after a split."""


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table of a province's set of forms that a body's document should have."""

    department_code: str
    fiscal_year: int
    document: str
    table_id: str
    came: bool


@dataclass(frozen=True, slots=True)
class AbroadVerdict:
    """A document of the county government by a clock of the Open Budget Survey, beside its legal one."""

    key: str
    """The clock: `enacted-budget` or `year-end`."""
    fiscal_year: int
    document: str
    due_on: date | None
    """By the clock of the survey; None where the approval date is not known."""
    published_on: date | None
    """The day of the last of its required tables; None where one of them is not there."""
    verdict: str
    """`in-time`, `late`, `not-due`, `missing`, or `unknown` where a date is not known."""
    days_late: int | None
    legal_due_on: date | None
    legal_days_late: int | None
    """By the law; None where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked of the duties, beyond the headline rates."""

    tables: tuple[Share, ...] = ()
    """One for every table that departments owe, by year and document."""
    axes: tuple[Share, ...] = ()
    """By axis, year and document."""
    trend: tuple[YearOfDocument, ...] = ()
    international: tuple[AbroadVerdict, ...] = ()
    dates: tuple[Dates, ...] = ()
    successions: tuple[Succession, ...] = ()
    expected: tuple[ExpectedTable, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """What became of one expectation over the whole warehouse."""

    suite: str
    expectation: str
    column: str
    success: bool
    observed: str
    unexpected: int
    reason_zh: str
    reason_en: str
    """Why it is expected."""
