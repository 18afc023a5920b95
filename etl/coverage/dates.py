"""Dates of `approvals.csv` that contradict each other or the year. In: the declarations. Out: warnings, with the row.

A document is signed and approved before it is published; a final account is of a year that has ended, and a budget is
approved in its year or the one before. Where the register says otherwise somebody mistyped a day, or entered the day a
website was moved. Which of two days is wrong is not known, so that no verdict changes: the row is to be looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from etl.finding import Finding, Location, warning
from etl.spec.declarations import Approval
from etl.spec.model import Spec

FILE = "approvals.csv"
_LATEST = {"budget": 0, "final-account": 2}
"""By document, how many years after its own it may still be approved; others may be approved whenever they are made."""


def contradictions(spec: Spec) -> Iterator[Finding]:
    """One warning for each pair of days, or day and year, that cannot both be right."""
    for row in spec.approvals:
        if _after(row.approved_on, row.published_on):
            yield _about(row, "approved_on", row.approved_on, row.published_on, "default")
        if _after(row.signed_on, row.published_on):
            yield _about(row, "signed_on", row.signed_on, row.published_on, "signed")
        for field in ("approved_on", "published_on", "signed_on"):
            day = str(getattr(row, field))
            if day and not _fits_year(row, field, date.fromisoformat(day)):
                yield _about(row, field, day, str(row.fiscal_year), "year")


def _after(earlier: str, later: str) -> bool:
    """True where both are known and the one that has to come first comes second. ISO days sort as text."""
    return bool(earlier and later and earlier > later)


def _fits_year(row: Approval, field: str, day: date) -> bool:
    if row.document not in _LATEST:
        return True
    earliest = row.fiscal_year + (1 if row.document == "final-account" else -1)
    is_early = day.year < earliest
    is_late = field == "approved_on" and day.year > row.fiscal_year + _LATEST[row.document]
    return not (is_early or is_late)


def _about(row: Approval, field: str, actual: str, expected: str, situation: str) -> Finding:
    return warning(
        "dates-contradict",
        Location(row=row.line),
        field=field,
        actual=actual,
        expected=expected,
        department_code=row.department_code,
        fiscal_year=row.fiscal_year,
        document=row.document,
        values={"file": FILE, "situation": situation},
    )
