"""What the warehouse answers: duties and what became of them, rates, expectations. Bottom room."""

from __future__ import annotations

from dataclasses import dataclass
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
