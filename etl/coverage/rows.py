"""A duty as the query found it, with the clock set against it -> a row of coverage.csv."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from etl.answer import CoverageRow
from etl.calendar import Calendar, days_late
from etl.spec.declarations import Clock

HELD = frozenset({"published", "nil-declared", "nil-undeclared"})
"""Statuses of what is there."""


def row_of(duty: Mapping[str, Any], clock: Clock, calendar: Calendar, today: date) -> CoverageRow:
    """One row. Without a date, or without the calendar of a year, there is no due date and no lateness."""
    status = str(duty["status"])
    due: date | None = None
    if duty["approved_on"] and status != "exempt":
        due = calendar.due_on(duty["approved_on"], clock)
    if status == "missing" and not _has_come(duty, due, today):
        status = "not-due"
    published_on: date | None = duty["published_on"] if status in HELD else None
    return CoverageRow(
        duty["department_code"],
        duty["department_name"],
        duty["fiscal_year"],
        duty["document"],
        duty["table_id"],
        duty["obligation"],
        status,
        due.isoformat() if due else "",
        published_on.isoformat() if published_on else "",
        days_late(due, published_on) if due and published_on else None,
        "" if status == "exempt" else duty["submission_id"],
    )


def _has_come(duty: Mapping[str, Any], due: date | None, today: date) -> bool:
    """Whether the day is over on which a document was due.

    Where the approval date is not known, one thing still is: there is no final account of a year that has not ended,
    and no budget before its year begins.
    """
    if due:
        return today > due
    earliest = duty["fiscal_year"] + (1 if duty["document"] == "final-account" else 0)
    return bool(today >= date(earliest, 1, 1))
