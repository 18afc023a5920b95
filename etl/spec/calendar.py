"""`schemas/calendar.yml` -> days off and make-up days, and the years of which they are all there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from etl.spec.files import Source
from etl.spec.years import is_day

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """What `calendar.yml` says."""

    working: dict[date, bool]
    """Days that differ from the week: True where they are worked."""
    years: frozenset[int]


def calendar(source: Source) -> Days:
    """Days off and make-up days, year by year; a day that cannot be what it is said to be is a mistake."""
    years: dict[str, dict[str, list[str]]] = source.data["years"]
    working = {day: worked for year in sorted(years) for day, worked in _days(source, year, years[year])}
    return Days(working, frozenset(map(int, years)))


def _days(source: Source, year: str, said: dict[str, list[str]]) -> Iterator[tuple[date, bool]]:
    for key, worked in (("days_off", False), ("days_worked", True)):
        for index, text in enumerate(said[key]):
            path = ("years", year, key, index)
            if not is_day(text):
                source.wrong(path, "不是日期（年-月-日）", "not a date (year-month-day)")
                continue
            day = date.fromisoformat(text)
            # The holiday of New Year may begin in December.
            if day.year != int(year) and (day.year, day.month) != (int(year) - 1, 12):
                source.wrong(path, f"不是 {year} 年的日期", f"not a day of {year}")
            if worked and day.weekday() < _SATURDAY:
                source.wrong(path, "不是星期六或星期日，本来就要上班", "neither Saturday nor Sunday: worked anyway")
            if worked and text in said["days_off"]:
                source.wrong(path, "同一天既放假又上班", "the same day is off and worked")
            yield day, worked
