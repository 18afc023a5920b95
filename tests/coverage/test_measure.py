from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from etl.answer import CoverageRow, RateResult
from etl.coverage import measure
from etl.fact import facts
from etl.finding import Finding
from etl.spec.model import Spec
from etl.table import Submission
from etl.warehouse import Warehouse
from tests.factories import approval, department, identity, obligation, spec, submission, table

TODAY = date(2025, 10, 1)

REVENUE = table("revenue")
THREE = table("three-public-expenses", [("total", "合计", {"budget": "16.4"})])
NIL = dataclasses.replace(table("revenue", [("total", "合计", {"total": "0.00"})]), nil_note=9)
NIL_WITHOUT_WORDS = dataclasses.replace(NIL, nil_note=-1)


def take(
    declared: Spec, submissions: Sequence[Submission], today: date = TODAY
) -> tuple[tuple[CoverageRow, ...], tuple[RateResult, ...], list[Finding]]:
    standing = [fact for each in submissions for fact in facts("530325", each, each.tables)]
    with Warehouse(declared, submissions, standing) as loaded:
        return measure(loaded, declared, today)


def test_a_final_account_is_not_missing_before_it_can_have_been_approved() -> None:
    declared = spec(obligations=[obligation("final-account", "revenue")])
    budget = [submission(tables=[REVENUE])]
    assert [row.status for row in take(declared, budget, date(2025, 11, 9))[0]] == ["not-due"]
    assert [row.status for row in take(declared, budget, date(2025, 11, 10))[0]] == ["missing"]


LISTS = obligation("fee-list", "fees", "conditional", who="county", clock="information")


def test_lists_are_on_the_clock_of_working_days() -> None:
    """Made on Friday 9 February 2024. The Spring Festival ends on the 17th, Sunday the 18th is worked, and from then
    there are 6, 5, 5 and 4 working days to Thursday 14 March."""
    declared = spec(
        departments=[department("000")],
        obligations=[LISTS],
        approvals=[approval("000", 2024, "fee-list", "2024-02-09", "2024-03-15")],
    )
    fees = submission("a", identity("000", document="fee-list"), [table("fees")], received_on="2024-03-20")
    rows, _, findings = take(declared, [fees])
    assert [(row.due_on, row.published_on, row.days_late) for row in rows] == [("2024-03-14", "2024-03-15", 1)]
    assert [(one.code, one.values["situation"]) for one in findings] == [("disclosure-late", "list")]


def test_a_list_is_not_judged_by_a_calendar_nobody_has() -> None:
    declared = spec(
        departments=[department("000")],
        obligations=[LISTS],
        approvals=[approval("000", 2024, "fee-list", "2099-02-09")],
    )
    assert [(row.due_on, row.days_late) for row in take(declared, ())[0]] == [("", None)]


# --- who owes what ----------------------------------------------------------------------------------------------


def duties(declared: Spec, submissions: Sequence[Submission]) -> list[tuple[str, int, str, str, str]]:
    rows, _, _ = take(declared, submissions)
    return [(row.department_code, row.fiscal_year, row.table_id, row.obligation, row.status) for row in rows]


def test_years_run_from_the_first_to_the_latest_that_is_named() -> None:
    def years(declared: Spec, *submissions: Submission) -> list[int]:
        return [row.fiscal_year for row in take(declared, submissions)[0]]

    declared = spec(obligations=[obligation("budget", "revenue")], first_year=2022)
    assert years(declared) == []
    assert years(declared, submission(who=identity(year=2023), tables=[REVENUE])) == [2022, 2023]
    assert years(declared, submission(who=identity(year=2021), tables=[REVENUE])) == []
    assert years(declared, submission(who=identity("", year=2024), status="rejected")) == [2022, 2023, 2024]
    approved = dataclasses.replace(declared, approvals=(approval("201", 2024, "final-account"),))
    assert years(approved) == [2022, 2023, 2024]


def test_a_year_that_nobody_can_mean_makes_no_duties() -> None:
    """The build is of 2025: 2026 is next year's budget, 2027 is a slip of the pen, and so is 2077."""
    declared = spec(obligations=[obligation("budget", "revenue")], first_year=2025)
    for beyond in (2027, 2077):
        slip = submission("b", identity(year=beyond), [REVENUE])
        rows, _, findings = take(declared, [submission("a", identity(year=2026), [REVENUE]), slip])
        assert [(row.fiscal_year, row.status) for row in rows] == [(2025, "missing"), (2026, "published")]
        odd = [one for one in findings if one.code == "year-implausible"]
        assert [(one.severity, one.fiscal_year, one.values["file"]) for one in odd] == [("warning", beyond, "b.xlsx")]
    entered = dataclasses.replace(declared, approvals=(approval("201", 2077, "budget"),))
    rows, _, findings = take(entered, ())
    assert rows == ()
    assert [(one.code, one.values["situation"]) for one in findings] == [("year-implausible", "approvals")]


def test_what_a_set_of_forms_has_makes_a_row_once_it_came() -> None:
    forms = dataclasses.replace(obligation("budget", "assets", "expected"), division="53")
    declared = spec(tables=("revenue", "assets"), obligations=[obligation("budget", "revenue"), forms])
    without = submission("a", tables=[REVENUE])
    came = submission("a", tables=[REVENUE, table("assets")])
    assert [row.table_id for row in take(declared, [without])[0]] == ["revenue"]
    assert duties(declared, [came])[1:] == [("201", 2024, "assets", "conditional", "published")]
    elsewhere = dataclasses.replace(declared, jurisdiction=dataclasses.replace(declared.jurisdiction, code="610000"))
    assert [row.table_id for row in take(elsewhere, [came])[0]] == ["revenue"]


def test_duties_follow_the_year() -> None:
    declared = spec(
        obligations=[
            obligation("budget", "state-capital", "conditional", since=2000, until=2021),
            obligation("budget", "state-capital", since=2022),
        ],
        approvals=[approval("201", 2022, "budget")],
        first_year=2021,
    )
    assert duties(declared, ()) == [
        ("201", 2021, "state-capital", "conditional", "missing"),
        ("201", 2022, "state-capital", "required", "missing"),
    ]


def test_the_government_owes_its_own_tables() -> None:
    declared = spec(
        departments=[department("000"), department("201")],
        obligations=[obligation("budget", "revenue"), obligation("budget", "gov-general-revenue", who="county")],
        approvals=[approval("201", 2024, "budget")],
    )
    assert duties(declared, ()) == [
        ("000", 2024, "gov-general-revenue", "required", "missing"),
        ("201", 2024, "revenue", "required", "missing"),
    ]


def test_the_exempt_have_rows_and_nothing_else() -> None:
    declared = spec(
        departments=[department("201", exempt="yes", public_name=False), department("202", exempt="partly")],
        obligations=[obligation("budget", "revenue")],
        approvals=[approval("201", 2024, "budget", "2024-02-09"), approval("202", 2024, "budget", "2024-02-09")],
    )
    rows, _, findings = take(declared, [submission(tables=[REVENUE])])
    assert [(row.department_code, row.obligation, row.status, row.due_on, row.submission_id) for row in rows] == [
        ("201", "exempt", "exempt", "", ""),
        ("202", "required", "missing", "2024-02-29", ""),
    ]
    assert [finding.department_code for finding in findings] == ["202"]


UNIT = department("201-01", scope="unit", parent_code="201")
OF_UNITS = obligation("budget", "revenue", who="unit")


def test_a_unit_counts_for_itself_and_not_for_its_department() -> None:
    declared = spec(departments=[department("201"), UNIT], obligations=[obligation("budget", "revenue"), OF_UNITS])
    own_office = submission("a", identity("201", scope="unit"), [REVENUE])
    assert duties(declared, [own_office]) == [
        ("201", 2024, "revenue", "required", "missing"),
        ("201-01", 2024, "revenue", "required", "missing"),
    ]
    unit = submission("b", identity("201-01", scope="unit"), [REVENUE])
    assert duties(declared, [own_office, unit]) == [
        ("201", 2024, "revenue", "required", "missing"),
        ("201-01", 2024, "revenue", "required", "published"),
    ]


# --- rates ------------------------------------------------------------------------------------------------------

DUTIES = [
    obligation("budget", "revenue"),
    obligation("budget", "three-public-expenses"),
    obligation("budget", "state-capital", "conditional"),
    obligation("final-account", "three-public-expenses"),
]


def rates(declared: Spec, submissions: Sequence[Submission]) -> dict[str, tuple[int, int, int, int, Decimal | None]]:
    _, results, _ = take(declared, submissions)
    return {
        result.key: (result.numerator, result.denominator, result.exempt, result.unknown, result.rate)
        for result in results
        if result.fiscal_year == 2024
    }


def test_rates_say_what_they_are_made_of() -> None:
    declared = spec(
        departments=[
            department("000"),
            department("201"),
            department("202"),
            department("203"),
            department("204", exempt="yes"),
            department("205", valid_to=2023),
            UNIT,
        ],
        obligations=DUTIES,
        approvals=[approval("201", 2024, "budget", "2024-02-09"), approval("202", 2024, "budget", "2024-02-09")],
    )
    submissions = [
        submission("a", identity("201"), [NIL, THREE]),
        submission("b", identity("201", document="final-account"), [THREE]),
        submission("c", identity("202"), [NIL_WITHOUT_WORDS, THREE]),
        submission("d", identity("203"), [REVENUE], received_on="2024-12-01"),
        submission("e", identity("201-01"), [REVENUE, THREE]),
    ]
    assert rates(declared, submissions) == {
        "budget": (1, 3, 1, 1, Decimal("0.3333")),
        "final-account": (1, 3, 1, 3, Decimal("0.3333")),
        "three-public-expenses": (1, 3, 1, 3, Decimal("0.3333")),
    }


def test_who_owes_nothing_has_not_published() -> None:
    declared = spec(obligations=[obligation("budget", "revenue", "conditional")])
    assert rates(declared, [submission(tables=[REVENUE])]) == {
        "budget": (0, 1, 0, 1, Decimal(0)),
        "final-account": (0, 1, 0, 0, Decimal(0)),
        "three-public-expenses": (0, 1, 0, 0, Decimal(0)),
    }


def test_no_denominator_no_rate() -> None:
    declared = spec(departments=[department("201", exempt="yes")], obligations=DUTIES)
    assert rates(declared, [submission(tables=[REVENUE])])["budget"] == (0, 0, 1, 0, None)


# --- findings ---------------------------------------------------------------------------------------------------


def told(findings: list[Finding]) -> list[tuple[str, str, str, int, str, str, dict[str, str]]]:
    return [
        (
            finding.severity,
            finding.code,
            finding.department_code,
            finding.fiscal_year,
            finding.document,
            finding.table_id,
            dict(finding.values),
        )
        for finding in findings
    ]


def test_findings_are_one_for_a_document() -> None:
    declared = spec(
        departments=[department("201"), department("202"), department("203"), department("204")],
        obligations=[*DUTIES[:3], obligation("budget", "expenditure")],
        approvals=[approval("201", 2024, "budget", "2024-02-09"), approval("203", 2024, "budget", "2024-02-09")],
    )
    submissions = [
        submission("a", identity("201"), [REVENUE, THREE], received_on="2024-03-05"),
        submission("b", identity("202"), [THREE]),
        submission("c", identity("204"), [REVENUE, THREE, table("expenditure")]),
    ]
    revenue, expenditure = "部门收入表", "expenditure"
    year = {"year": "2024"}
    late = {"due_on": "2024-02-29", "published_on": "2024-03-05"}
    assert told(take(declared, submissions)[2]) == [
        ("warning", "disclosure-missing", "201", 2024, "budget", "expenditure", {**year, **late, "table": expenditure}),
        ("warning", "disclosure-late", "201", 2024, "budget", "", {**year, **late, "days": "5"}),
        (
            "warning",
            "disclosure-missing",
            "202",
            2024,
            "budget",
            "",
            {
                **year,
                "published_on": "2024-03-01",
                "situation": "tables",
                "table": f"{revenue}》《{expenditure}",
                "parts": f"《{revenue}》、《{expenditure}》",
            },
        ),
        ("note", "approval-date-missing", "202", 2024, "budget", "", {**year, "published_on": "2024-03-01"}),
        (
            "warning",
            "disclosure-missing",
            "203",
            2024,
            "budget",
            "",
            {**year, "due_on": "2024-02-29", "situation": "document"},
        ),
        ("note", "approval-date-missing", "204", 2024, "budget", "", {**year, "published_on": "2024-03-01"}),
    ]


def test_nothing_is_said_of_what_is_not_due_or_only_conditional() -> None:
    declared = spec(
        obligations=[DUTIES[2], obligation("final-account", "revenue")],
        approvals=[approval("201", 2024, "final-account", "2025-09-30")],
    )
    assert told(take(declared, ())[2]) == []
