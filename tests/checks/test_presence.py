"""Tables that should be there: those that are owed (D-09 to D-12), and those that the contents list (X-17)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from etl.checks import check_presence
from etl.finding import Finding, Outcome
from etl.sheet_report import Listed, SheetReport
from etl.table import Identity, Table
from tests.checks.tables import table, who
from tests.sheets import fuyuan

NINE = (
    "revenue-expenditure-summary",
    "revenue",
    "expenditure",
    "appropriation-summary",
    "general-budget-expenditure",
    "basic-expenditure",
    "three-public-expenses",
    "government-fund",
    "state-capital",
)


def those(ids: Sequence[str]) -> list[Table]:
    return [table(table_id, []) for table_id in ids]


def asked(
    tables: Sequence[Table], identity: Identity | None = None, sheets: Sequence[SheetReport] = ()
) -> tuple[list[Finding], dict[str, Outcome]]:
    findings, outcomes = check_presence(tables, sheets, identity or who(), fuyuan())
    return findings, {outcome.rule: outcome for outcome in outcomes}


def test_nine_tables_are_owed() -> None:
    findings, outcomes = asked(those(NINE))
    assert (findings, outcomes["D-09"].kind, outcomes["D-09"].checked) == ([], "passed", 9)
    assert {rule: outcome.reason for rule, outcome in outcomes.items() if rule != "D-09"} == {
        "X-17": "no-contents",
        "D-11": "not-this-document",
        "D-12": "other-body",
    }


@pytest.mark.parametrize("left_out", NINE)
def test_eight_of_nine(left_out: str) -> None:
    findings, outcomes = asked(those([each for each in NINE if each != left_out]))
    assert [(one.severity, one.code, one.table_id) for one in findings] == [("warning", "table-missing", left_out)]
    assert outcomes["D-09"].kind == "failed"


def test_the_ninth_is_owed_since_its_year() -> None:
    eight = those(NINE[:-1])
    assert asked(eight, who(year=2021))[0] == []
    assert asked(eight, who("final-account", 2019))[0] == []
    assert [one.table_id for one in asked(eight, who("final-account", 2020))[0]] == ["state-capital"]


def test_a_unit_owes_its_tables_since_2021() -> None:
    unit = dataclasses.replace(who(year=2020), scope="unit")
    assert asked(those(NINE[:7]), unit)[1]["D-09"].reason == "year-out-of-range"
    later = dataclasses.replace(unit, fiscal_year=2021)
    assert [one.table_id for one in asked(those(NINE[:7]), later)[0]] == ["government-fund"]


def test_half_of_a_document_may_be_one_of_several_files() -> None:
    findings, outcomes = asked(those(NINE[:4]))
    assert (findings, outcomes["D-09"].kind, outcomes["D-09"].reason) == ([], "not-applicable", "part-of-document")
    assert len(asked(those(NINE[:5]))[0]) == 4


@pytest.mark.parametrize("identity", [who(year=0), who(year=1990), who(document="")])
def test_without_a_year_or_a_document_nothing_is_owed(identity: Identity) -> None:
    assert asked(those(NINE[:8]), identity)[0] == []


def test_the_county_owes_tables_of_its_own() -> None:
    owed = [
        duty.table_id
        for duty in fuyuan().obligations
        if duty.government and duty.level == "required" and duty.document == "budget" and duty.since <= 2024
    ]
    county = Identity("000", "某县", 2024, "budget")
    findings, outcomes = asked(those(owed[1:]), county)
    assert [one.table_id for one in findings] == owed[:1]
    assert (outcomes["D-12"].kind, outcomes["D-09"].reason) == ("failed", "other-body")
    nameless = dataclasses.replace(county, department_code="")
    assert [one.table_id for one in asked(those(owed[1:]), nameless)[0]] == owed[:1]


def test_a_sheet_that_could_not_be_read_is_not_missing() -> None:
    unread = SheetReport("国资", "unrecognised", "state-capital")
    assert asked(those(NINE[:8]), sheets=[unread])[0] == []


def contents(*tables: tuple[str, str]) -> SheetReport:
    entries = tuple(
        Listed(f"《{table_id}》", f"A{row}", row, ((table_id, part),)) for row, (table_id, part) in enumerate(tables, 2)
    )
    return SheetReport("目录", "ignored", reason="contents", listed=entries)


def test_what_the_contents_list_is_there() -> None:
    findings, outcomes = asked(those(["revenue"]), sheets=[contents(("revenue", ""), ("procurement", ""))])
    assert [(one.code, one.table_id, one.location.sheet, one.location.cell) for one in findings] == [
        ("table-missing", "procurement", "目录", "A3")
    ]
    assert (outcomes["X-17"].kind, outcomes["X-17"].checked) == ("failed", 2)
    assert asked(those(["revenue"]), sheets=[contents(("revenue", ""))])[1]["X-17"].kind == "passed"


def test_one_missing_table_is_told_once_where_it_is_listed() -> None:
    listed = contents(*((table_id, "") for table_id in NINE))
    findings, outcomes = asked(those(NINE[:8]), sheets=[listed])
    assert [(one.table_id, one.location.cell) for one in findings] == [("state-capital", "A10")]
    assert (outcomes["X-17"].kind, outcomes["D-09"].kind) == ("failed", "failed")


def test_parts_of_one_table_are_told_apart() -> None:
    both = contents(("three-public-expenses", ""), ("three-public-expenses", "general-budget"))
    findings, _ = asked(those(["three-public-expenses"]), who("final-account"), [both])
    assert [one.location.cell for one in findings] == ["A3"]
