"""Clocks against days reckoned by hand: `coverage/clocks.md`."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from etl.calendar import Calendar, calendar_of, days_late, report_due_on
from etl.layout import PROGRAM, Layout
from etl.spec import load
from tests.factories import CLOCKS

CASES = (Path(__file__).parent / "coverage" / "clocks.md").read_text("utf-8")
LIBRARY = Calendar({}, frozenset())
NEW_YEAR = {date(2027, 1, 1): False}


def rows(heading: str) -> list[list[str]]:
    """The cells of every row of the table below a heading."""
    table = CASES.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


@pytest.mark.parametrize("case", rows("Twenty calendar days"), ids=lambda case: case[0])
def test_calendar_days(case: list[str]) -> None:
    assert LIBRARY.due_on(date.fromisoformat(case[0]), CLOCKS["budget-law"]) == day(case[1])


@pytest.mark.parametrize("case", rows("Twenty working days"), ids=lambda case: case[0])
def test_working_days(case: list[str]) -> None:
    assert LIBRARY.due_on(date.fromisoformat(case[0]), CLOCKS["information"]) == day(case[1])


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("1 January off", NEW_YEAR),
        ("1 January off, Saturday 9 January worked", {**NEW_YEAR, date(2027, 1, 9): True}),
    ],
)
def test_a_person_extends_the_calendar(heading: str, days: dict[date, bool]) -> None:
    ((made, last, _),) = rows(f"Twenty working days, with a calendar of 2027 that says: {heading}")
    extended = Calendar(days, frozenset({2027}))
    assert extended.due_on(date.fromisoformat(made), CLOCKS["information"]) == day(last)


def test_single_days_do_not_make_a_year_known() -> None:
    """Days of the county differ from a calendar; where there is none, they differ from nothing."""
    made = date(2026, 12, 15)
    assert Calendar(NEW_YEAR, frozenset()).due_on(made, CLOCKS["information"]) is None


@pytest.mark.parametrize(
    ("heading", "month", "last"), [("31 January", 1, 31), ("31 March", 3, 31), ("29 February", 2, 29)]
)
def test_yearly(heading: str, month: int, last: int) -> None:
    clock = dataclasses.replace(CLOCKS["budget-law"], kind="yearly", days=0, month=month, day=last)
    for year, due, _ in rows(f"Yearly, {heading}"):
        assert report_due_on(int(year), clock) == day(due)


@pytest.mark.parametrize("case", rows("Days late"), ids=lambda case: "-".join(case[:2]))
def test_days_late(case: list[str]) -> None:
    assert days_late(date.fromisoformat(case[0]), date.fromisoformat(case[1])) == int(case[2])


def test_what_is_written_out_agrees_with_the_library() -> None:
    declared = calendar_of(load(Layout(PROGRAM)))
    for year in declared.years:
        for number in range(366):
            each = date(year, 1, 1) + timedelta(days=number)
            if each.year == year and year <= 2026:
                assert declared.is_worked(each) == chinese_calendar.is_workday(each), each
