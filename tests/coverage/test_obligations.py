"""The duties as they are declared, year by year, against what the law and the year's forms say."""

from __future__ import annotations

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.warehouse import QUERIES

SPEC = load(Layout(PROGRAM))
NINE = (
    *("revenue-expenditure-summary", "revenue", "expenditure", "appropriation-summary", "general-budget-expenditure"),
    *("basic-expenditure", "three-public-expenses", "government-fund", "state-capital"),
)


def levels(document: str, year: int, who: str = "department", division: str = "530325") -> dict[str, str]:
    """By table; the same table twice would be lost here, so it is counted."""
    found = [
        (duty.table_id, duty.level)
        for duty in SPEC.obligations
        if (duty.document, duty.who) == (document, who)
        and duty.since <= year <= duty.until
        and division.startswith(duty.division)
    ]
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("who", ["department", "township", "unit"])
@pytest.mark.parametrize(
    ("document", "year", "required"),
    [
        ("budget", 2016, 0),
        ("budget", 2021, 8),
        ("budget", 2022, 9),
        ("final-account", 2016, 0),
        ("final-account", 2019, 8),
        ("final-account", 2020, 9),
        ("final-account", 2024, 9),
    ],
)
def test_every_body_has_nine_tables_every_year(who: str, document: str, year: int, required: int) -> None:
    owed = {table: level for table, level in levels(document, year, who).items() if level != "expected"}
    assert tuple(owed) == NINE
    is_before_its_time = who == "unit" and year <= 2020
    assert list(owed.values()).count("required") == (0 if is_before_its_time else required)


@pytest.mark.parametrize(("document", "year"), [("budget", 2021), ("final-account", 2021)])
def test_units_owe_since_2021(document: str, year: int) -> None:
    assert set(levels(document, year - 1, "unit").values()) == {"conditional"}
    assert "required" in levels(document, year, "unit").values()


@pytest.mark.parametrize("document", ["budget", "final-account"])
def test_the_government_owes_fourteen_tables(document: str) -> None:
    owed = levels(document, 2024, "county")
    assert len(owed) == 16
    assert [table_id for table_id, level in owed.items() if level == "conditional"] == [
        "gov-fund-expenditure-own-level",
        "gov-state-capital-expenditure-own-level",
    ]


YUNNAN = [
    # 财政专户; the ninth of the nine, 国资, is not in the form yet
    (2018, {"special-account"}, 9),
    (2019, set(), 8),
    (2021, set(), 9),
    # ten numbered tables, one for assets, and of the three on performance the two that are tables
    (2022, {"project-expenditure", "assets", "department-performance", "project-performance"}, 13),
    # eleven: the three public expenses are printed twice, and are one table here
    (2023, {"project-expenditure", "assets", "department-performance", "project-performance"}, 13),
]


@pytest.mark.parametrize(("year", "further", "printed"), YUNNAN)
def test_final_accounts_of_yunnan_by_year(year: int, further: set[str], printed: int) -> None:
    owed = levels("final-account", year)
    assert {table for table, level in owed.items() if level == "expected"} == further
    assert sum(level != "conditional" for level in owed.values()) == printed


def test_what_only_yunnan_prints_is_expected_nowhere_else() -> None:
    assert "expected" not in levels("final-account", 2023, division="610000").values()


def test_lists_are_due_by_working_days_and_accounts_by_calendar_days() -> None:
    kinds = {(duty.document, SPEC.clocks[duty.clock].kind, SPEC.clocks[duty.clock].days) for duty in SPEC.obligations}
    assert kinds == {
        ("budget", "calendar-days", 20),
        ("final-account", "calendar-days", 20),
        ("fee-list", "working-days", 20),
        ("fund-list", "working-days", 20),
    }


def test_the_yearly_report_has_its_two_days() -> None:
    days = {
        duty.key: (SPEC.clocks[duty.clock].month, SPEC.clocks[duty.clock].day)
        for duty in SPEC.further_duties
        if duty.clock
    }
    assert days == {"report-of-departments": (1, 31), "report-of-government": (3, 31)}


def test_what_measures_a_further_duty_is_a_query() -> None:
    named = {duty.checked_by for duty in SPEC.further_duties if duty.checked_by}
    assert named <= {path.stem for path in QUERIES.glob("*.sql")}
    assert {"functional-depth", "economic-depth"} <= {duty.key for duty in SPEC.further_duties}


def test_townships_are_told_by_their_kind() -> None:
    kinds = {SPEC.who(body) for body in SPEC.departments}
    assert kinds == {"county", "department", "township", "unit"}
    assert sum(SPEC.who(body) == "township" for body in SPEC.departments) == 12
