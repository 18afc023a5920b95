"""Clocks of the law, on days alone: takes dates, gives dates and numbers of days.

Knows one clock so far: the calendar days of the Budget Law, art. 14, which run from the reply (批复) to publication.
Where a day is not known it is not asked: whoever has no approval date has no due date either.
"""

from __future__ import annotations

from datetime import date, timedelta


def due_on(approved_on: date, clock_days: int) -> date:
    """The last day on which publishing is in time. Calendar days, not working days; holidays do not move it.

    >>> due_on(date(2024, 2, 9), 20)
    datetime.date(2024, 2, 29)
    """
    return approved_on + timedelta(days=clock_days)


def days_late(due: date, published_on: date) -> int:
    """Days between the last day in time and publication; 0 when in time.

    >>> days_late(date(2024, 2, 29), date(2024, 3, 2))
    2
    """
    return max((published_on - due).days, 0)
