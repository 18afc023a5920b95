"""Bodies of which some items are secret: sums that fall short ask for nothing, and did not pass either."""

from __future__ import annotations

import dataclasses

import pytest

from etl.checks import check_between, check_table
from etl.finding import Finding, Outcome
from etl.spec.model import Spec
from etl.table import Table
from tests.checks.tables import table, who
from tests.sheets import fuyuan


def partly() -> Spec:
    spec = fuyuan()
    bodies = tuple(
        dataclasses.replace(body, exempt="partly" if body.code == "201" else "") for body in spec.departments
    )
    assert any(body.exempt for body in bodies)
    return dataclasses.replace(spec, departments=bodies)


def asked(made: Table, rule: str) -> tuple[list[Finding], Outcome]:
    findings, outcomes = check_table(made, who(), partly())
    return [one for one in findings if one.rule == rule], next(one for one in outcomes if one.rule == rule)


def spending(total: str) -> Table:
    rows = [("total", "合计", total), ("204", "公共安全支出", "60.00"), ("208", "社会保障和就业支出", "30.00")]
    return table("expenditure", [(code, name, {"total": amount}) for code, name, amount in rows])


def test_a_hidden_class() -> None:
    findings, outcome = asked(spending("100.00"), "T-10")
    assert [(one.severity, one.code) for one in findings] == [("note", "sum-mismatch")]
    assert (outcome.kind, outcome.reason) == ("could-not-run", "part-secret")


def test_lines_that_come_to_more_than_their_sum() -> None:
    findings, outcome = asked(spending("80.00"), "T-10")
    assert [(one.severity, one.code) for one in findings] == [("error", "sum-mismatch")]
    assert (outcome.kind, outcome.reason) == ("failed", "")


def test_sums_that_hold_have_passed() -> None:
    findings, outcome = asked(spending("90.00"), "T-10")
    assert (findings, outcome.kind) == ([], "passed")


def test_a_summary_whose_classes_fall_short() -> None:
    rows = [
        ("204", "公共安全支出", {"amount": "60.00"}),
        ("expenditure-current-year", "本年支出合计", {"amount": "100.00"}),
    ]
    findings, outcome = asked(table("revenue-expenditure-summary", rows), "T-04a")
    assert [one.severity for one in findings] == ["note"]
    assert outcome.reason == "part-secret"


@pytest.mark.parametrize("rule", ["T-07"])
def test_columns_of_a_line_are_no_hidden_items(rule: str) -> None:
    rows = [("total", "合计", {"total": "10.00", "basic": "3.00", "project": "4.00"})]
    findings, outcome = asked(table("expenditure", rows), rule)
    assert [one.severity for one in findings] == ["error"]
    assert outcome.kind == "failed"


def test_a_code_that_another_table_leaves_out() -> None:
    part = table("general-budget-expenditure", [("204", "公共安全支出", {"total": "1.00"})])
    findings, outcomes = check_between([part, spending("1.00"), _other()], who(), partly())
    assert [one for one in findings if one.rule == "X-11"] == []
    hidden = table("expenditure", [("208", "社会保障和就业支出", {"total": "1.00"})])
    findings, outcomes = check_between([part, hidden], who(), partly())
    assert [one.severity for one in findings if one.rule == "X-11"] == ["note"]
    assert next(one for one in outcomes if one.rule == "X-11").reason == "part-secret"


def _other() -> Table:
    return table("revenue", [("total", "合计", {"total": "1.00"})])
