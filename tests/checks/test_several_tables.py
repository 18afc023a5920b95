"""One amount of a table against several tables together (X-14), and rules for some bodies only (X-12)."""

from __future__ import annotations

import dataclasses

import pytest

from etl.checks import check_between
from etl.table import Table
from tests.checks.tables import YUAN, among, kind_of, said, table, who
from tests.sheets import fuyuan


def summary(spent: str, closing: str = "") -> Table:
    rows = [
        ("201", "一般公共服务支出", {"amount": spent}),
        ("expenditure-current-year", "本年支出合计", {"amount": spent}),
        ("total-expenditure", "支出总计", {"amount": closing or spent}),
    ]
    return table("appropriation-summary", rows)


def spending(table_id: str, total: str, **changes: object) -> Table:
    return table(table_id, [("total", "合计", {"total": total})], **changes)


GENERAL = spending("general-budget-expenditure", "450.00")
FUND = spending("government-fund", "50.00")
CAPITAL = spending("state-capital", "0.00")
NONE = table("state-capital", [])


class TestAppropriationsOfYunnan:
    @pytest.mark.parametrize(
        ("spent", "expected"),
        [
            ("510.00", []),
            ("510.02", [("note", "rounding-difference", "C7", "200.00")]),  # three figures of half a step, and its own
            ("510.03", [("error", "amounts-differ", "C7", "300.00")]),
            ("460.00", [("error", "amounts-differ", "C7", "-500000.00")]),
        ],
    )
    def test_three_tables_together(self, spent: str, expected: list[object]) -> None:
        findings, outcome = among([summary(spent), GENERAL, FUND, spending("state-capital", "10.00")], "X-14b")
        assert said(findings) == expected
        assert outcome.kind == ("failed" if expected and expected[0][0] == "error" else "passed")

    def test_what_the_finding_names(self) -> None:
        finding = among([summary("510.00"), GENERAL, FUND, CAPITAL], "X-14b")[0][0]
        assert finding.expected == "5000000.00"
        assert (
            finding.values["parts"]
            == "《《general-budget-expenditure》》＋《《government-fund》》＋《《state-capital》》"
        )

    def test_an_empty_table_adds_nothing(self) -> None:
        assert among([summary("500.00"), GENERAL, FUND, NONE], "X-14b")[0] == []
        assert said(among([summary("501.00"), GENERAL, FUND, NONE], "X-14b")[0])[0][1] == "amounts-differ"

    def test_a_table_that_may_come_in_another_file_leaves_the_question_open(self) -> None:
        findings, outcome = among([summary("500.00"), GENERAL], "X-14b")
        assert (findings, kind_of(outcome)) == ([], ("could-not-run", "other-table-absent"))
        assert kind_of(among([summary("450.00"), GENERAL], "X-14b")[1]) == ("passed", "")

    def test_a_table_that_must_be_there(self) -> None:
        assert kind_of(among([summary("500.00"), FUND], "X-14b")[1]) == ("could-not-run", "other-table-absent")
        assert kind_of(among([GENERAL, FUND], "X-14b")[1]) == ("not-applicable", "table-absent")

    def test_a_table_in_doubt(self) -> None:
        doubtful = dataclasses.replace(FUND, settled=False)
        assert kind_of(among([summary("500.00"), GENERAL, doubtful], "X-14b")[1])[0] == "could-not-run"

    def test_what_is_carried_over_may_be_counted_in(self) -> None:
        assert among([summary("480.00", closing="500.00"), GENERAL, FUND, CAPITAL], "X-14b")[0] == []


def by_source(table_id: str, total: str, **amounts: str) -> Table:
    return table(table_id, [("total", "合计", {"total": total, **amounts})], unit=YUAN)


class TestBasicAndProjects:
    ALL = by_source("expenditure", "500.00", **{"general-budget-basic": "380.00"})
    BASIC = by_source("basic-expenditure", "380.00", **{"general-budget": "380.00"})

    def test_together_they_are_all_spending(self) -> None:
        projects = by_source("project-expenditure", "120.00", **{"general-budget": "100.00"})
        assert among([self.ALL, self.BASIC, projects], "X-14c")[0] == []
        short = by_source("project-expenditure", "119.99", **{"general-budget": "100.00"})
        assert said(among([self.ALL, self.BASIC, short], "X-14c")[0]) == [("error", "amounts-differ", "C6", "0.01")]

    def test_the_national_form_has_the_general_budget_alone(self) -> None:
        national = by_source("basic-expenditure", "300.00", personnel="300.00")
        projects = by_source("project-expenditure", "120.00", **{"general-budget": "100.00"})
        outcome = among([self.ALL, national, projects], "X-14c")[1]
        assert kind_of(outcome) == ("not-applicable", "column-absent")


def running(costs: str, public: str) -> list[Table]:
    three = table("three-public-expenses", [("agency-operation", "机关运行经费", {"budget": costs})])
    rows = [("302", "商品和服务支出", {"total": public}), ("310", "资本性支出", {"total": "5.00"})]
    return [three, table("basic-expenditure", rows)]


class TestRunningCosts:
    @pytest.mark.parametrize(
        ("costs", "expected"),
        [("65.00", []), ("20.00", []), ("66.00", [("warning", "part-exceeds-whole", "C6", "10000.00")])],
    )
    def test_no_more_than_public_expenses(self, costs: str, expected: list[object]) -> None:
        assert said(among(running(costs, "60.00"), "X-12")[0]) == expected

    @pytest.mark.parametrize(
        ("registered", "scope", "kind", "expected"),
        [
            ("unit", "unit", "政府部门", [("warning", "amounts-differ", "C6", "-50000.00")]),
            ("unit", "unit", "事业单位", []),
            ("department", "unit", "政府部门", []),  # a unit that the register does not have, or the office itself
            ("department", "department", "政府部门", []),  # institutions have public expenses and no running costs
        ],
    )
    def test_a_unit_by_itself_is_the_same(self, registered: str, scope: str, kind: str, expected: list[object]) -> None:
        spec = fuyuan()
        body = dataclasses.replace(spec.departments[1], scope=registered, kind=kind)
        rules = tuple(rule for rule in spec.between_tables if rule.rule == "X-12b")
        asked = dataclasses.replace(spec, departments=(body,), between_tables=rules)
        unit = dataclasses.replace(who(), department_code=body.code, scope=scope)
        findings, (outcome,) = check_between(running("60.00", "60.00"), unit, asked)
        assert said(findings) == expected
        if not expected:
            assert kind_of(outcome) == ("not-applicable", "other-body")
