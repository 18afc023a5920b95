"""A duty as the query found it, with the clock set against it -> a row of coverage.csv."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from etl.answer import CoverageRow
from etl.calendar import Calendar, days_late, latest_day
from etl.spec.model import Spec

HELD = frozenset({"published", "nil-declared", "nil-undeclared"})
"""Statuses of what is there."""


def row_of(duty: Mapping[str, Any], spec: Spec, calendar: Calendar, today: date) -> CoverageRow:
    """One row. Without a date, or without the calendar of a year, there is no due date and no lateness."""
    status = str(duty["status"])
    due: date | None = None
    if duty["approved_on"] and status != "exempt":
        due = calendar.due_on(duty["approved_on"], spec.clocks[duty["clock"]])
    if status == "missing" and today <= (due or _latest(duty, spec)):
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


def _latest(duty: Mapping[str, Any], spec: Spec) -> date:
    """The last day on which a document is not missing yet whose approval date is not known.

    The end of the chain that is declared for it; without one, the last day before its fiscal year.
    """
    year: int = duty["fiscal_year"]
    chain = spec.latest.get(duty["document"])
    return latest_day(year, duty["who"], chain) if chain else date(year, 1, 1) - timedelta(days=1)
