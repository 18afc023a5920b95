"""Clocks of the law: takes days, gives days and numbers of days. The one place that knows which days are worked.

Calendar days run over holidays, and a last day on a holiday stays the last day: the Budget Law, art. 14, says 二十日
and moves nothing. Working days leave out weekends and holidays, and count the weekends that are worked instead (调休).
Where a day is not known, or the calendar of a year is not, nothing is said: None, which is neither in time nor late.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from etl.spec.declarations import Clock, Latest
from etl.spec.model import Spec

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: what is declared first, then the library of holidays."""

    declared: Mapping[date, bool]
    """Days that are worked or off, whatever the library or the week says."""
    years: frozenset[int]
    """Years of which all days off and make-up days are declared."""

    def is_worked(self, day: date) -> bool | None:
        """None where nothing is known of the year."""
        if day in self.declared:
            return self.declared[day]
        if day.year in self.years:
            return day.weekday() < _SATURDAY
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:  # how the library says that it does not have the year
            return None

    def working_day_after(self, start: date, days: int) -> date | None:
        """The day by which so many working days have passed since the start, which is not counted itself."""
        day = start
        while days:
            day += _DAY
            worked = self.is_worked(day)
            if worked is None:
                return None
            days -= worked
        return day

    def due_on(self, start: date, clock: Clock) -> date | None:
        """The last day in time, by a clock that a day sets going."""
        if clock.kind == "working-days":
            return self.working_day_after(start, clock.days)
        return start + timedelta(days=clock.days)


def calendar_of(spec: Spec) -> Calendar:
    """The calendar as it is declared, over the library's."""
    return Calendar(spec.working_days, spec.calendar_years)


def report_due_on(fiscal_year: int, clock: Clock) -> date:
    """The last day in time of what is reported on a year, by a yearly clock."""
    return _day_of(fiscal_year + 1, clock.month, clock.day)


def latest_day(fiscal_year: int, who: str, chain: Latest) -> date:
    """The last day of the chain from approval to publication, for a kind of body."""
    return _day_of(fiscal_year + chain.years, chain.month, chain.day) + timedelta(days=chain.days[who])


def _day_of(year: int, month: int, day: int) -> date:
    """A day of a year; 29 February is the 28th in other years."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month + 1, 1) - _DAY


def days_late(due: date, published_on: date) -> int:
    """Calendar days between the last day in time and publication, whatever the clock; 0 when in time.

    >>> days_late(date(2024, 2, 29), date(2024, 3, 2))
    2
    """
    return max((published_on - due).days, 0)
