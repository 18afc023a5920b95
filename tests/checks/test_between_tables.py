"""Identities between tables: agreeing, disagreeing, at the edge of rounding on both sides, and with a side missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from etl.table import Table
from tests.checks.tables import YUAN, Rows, among, kind_of, said, table, who

PASSED = ("passed", "")
NOTE = "rounding-difference"
FINAL = who("final-account")


def summary(amount: str = "10.00", **classes: str) -> Table:
    rows: Rows = [
        ("income-general-budget", "一般公共预算", {"amount": "6.00"}),
        ("income-government-fund", "政府性基金", {"amount": "3.00"}),
        ("income-current-year", "本年收入合计", {"amount": amount}),
        *((code.strip("c"), f"类{code}", {"amount": text}) for code, text in classes.items()),
    ]
    return table("revenue-expenditure-summary", rows)


def income(total: str, **amounts: str) -> Table:
    return table("revenue", [("total", "合计", {"total": total, **amounts})])


class TestFiguresEqual:
    @pytest.mark.parametrize(
        ("total", "expected"),
        [
            ("10.00", []),
            ("12.00", [("error", "amounts-differ", "C8", "-20000.00")]),
            ("10.01", [("note", NOTE, "C8", "-100.00")]),
            ("10.02", [("error", "amounts-differ", "C8", "-200.00")]),
        ],
    )
    def test_same_step(self, total: str, expected: list[object]) -> None:
        findings, outcome = among([summary(), income(total)], "X-01", FINAL)
        assert said(findings) == expected
        assert (outcome.table_id, outcome.checked) == ("revenue-expenditure-summary", 1)

    @pytest.mark.parametrize(
        ("yuan", "expected"),
        [
            ("100049.99", []),  # rounds to 10.00
            ("100050.00", [("note", NOTE, "C8", "-50.00")]),  # rounds to 10.01, yet half a step away
            ("100050.01", [("error", "amounts-differ", "C8", "-50.01")]),
        ],
    )
    def test_yuan_beside_ten_thousand(self, yuan: str, expected: list[object]) -> None:
        other = table("revenue", [("total", "合计", {"total": yuan})], unit=YUAN)
        assert said(among([summary(), other], "X-01", FINAL)[0]) == expected

    def test_what_the_finding_says(self) -> None:
        finding = among([summary(), income("12.00")], "X-01", FINAL)[0][0]
        assert (finding.expected, finding.actual, finding.field) == ("120000.00", "100000.00", "amount")
        assert {key: finding.values[key] for key in ("stated", "computed", "diff", "other_table", "other_line")} == {
            "stated": "10.00",
            "computed": "12.00",
            "diff": "2.00",
            "other_table": "《revenue》",
            "other_line": "合计",
        }

    def test_sums_name_all_their_cells(self) -> None:
        finding = among([summary(), income("9.00", appropriation="5.00")], "X-03")[0][0]
        assert (finding.location.cell, finding.actual, finding.expected) == ("C6,C7", "90000.00", "50000.00")
        assert finding.values["stated"] == "9.00"
        assert finding.values["line"] == "一般公共预算＋政府性基金"

    @pytest.mark.parametrize(
        ("tables", "reason"),
        [
            ([], ("not-applicable", "table-absent")),
            ([income("1.00")], ("not-applicable", "table-absent")),
            ([summary()], ("could-not-run", "other-table-absent")),
            ([summary(amount=""), income("1.00")], ("not-applicable", "line-absent")),
            ([summary(), income("")], ("not-applicable", "line-absent")),
        ],
    )
    def test_a_side_is_missing(self, tables: list[Table], reason: tuple[str, str]) -> None:
        findings, outcome = among(tables, "X-01", FINAL)
        assert (findings, kind_of(outcome)) == ([], reason)

    def test_a_table_in_doubt(self) -> None:
        doubtful = dataclasses.replace(income("12.00"), settled=False)
        assert kind_of(among([summary(), doubtful], "X-01", FINAL)[1]) == ("could-not-run", "header-unsettled")

    def test_another_document(self) -> None:
        assert among([summary(), income("12.00")], "X-01")[1].reason == "not-this-document"

    def test_a_form_may_leave_out_what_was_carried_over(self) -> None:
        rows: Rows = [
            ("income-current-year", "本年收入", {"amount": "8.00"}),
            ("total-income", "收入总计", {"amount": "10.00"}),
        ]
        tables = table("revenue-expenditure-summary", rows)
        assert among([tables, income("10.00")], "X-13")[0] == []
        assert among([tables, income("8.00")], "X-13")[0] == []
        assert said(among([tables, income("9.00")], "X-13")[0]) == [("error", "amounts-differ", "C7", "10000.00")]

    def test_basic_expenditure_without_a_total(self) -> None:
        general = table("general-budget-expenditure", [("total", "合计", {"total": "105.58", "basic": "105.58"})])
        rows: Rows = [
            ("personnel-total", "人员经费合计", {"total": "95.36"}),
            ("public-total", "公用经费合计", {"total": "10.23"}),
        ]
        findings, _ = among([general, table("basic-expenditure", rows)], "X-06")
        assert said(findings) == [("note", NOTE, "D6", "-100.00")]

    def test_a_table_of_zeros_is_not_taken_to_be_coarse(self) -> None:
        left = table("appropriation-summary", [("expenditure-current-year", "本年", {"government-fund": "0.40"})])
        right = table("government-fund", [("total", "合计", {"total": "0"})], decimals=0)
        assert said(among([left, right], "X-05")[0]) == [("error", "amounts-differ", "C6", "4000.00")]


def spending(**amounts: str) -> Table:
    return table("expenditure", [(code.strip("c"), f"科目{code}", {"total": text}) for code, text in amounts.items()])


class TestClassesEqual:
    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            ("326.71", []),
            ("326.72", [("note", NOTE, "C9", "-100.00")]),
            ("326.73", [("error", "amounts-differ", "C9", "-200.00")]),
            ("226.71", [("error", "amounts-differ", "C9", "1000000.00")]),
        ],
    )
    def test_class_by_class(self, amount: str, expected: list[object]) -> None:
        findings, outcome = among([summary(c208="326.71", c210="60.99"), spending(c208=amount, c210="60.99")], "X-02")
        assert (said(findings), outcome.checked) == (expected, 2)

    def test_a_class_only_one_prints(self) -> None:
        findings, outcome = among([summary(c208="326.71", c210="60.99"), spending(c208="326.71")], "X-02")
        assert (findings, outcome.checked) == ([], 1)

    def test_a_table_is_missing(self) -> None:
        assert kind_of(among([summary(c208="1.00")], "X-02")[1]) == ("could-not-run", "other-table-absent")
        assert kind_of(among([spending(c208="1.00")], "X-02")[1]) == ("not-applicable", "table-absent")
        assert kind_of(among([summary(), spending(c208="1.00")], "X-02")[1]) == ("not-applicable", "line-absent")


def three_public(**amounts: str) -> Table:
    rows = [(code.replace("_", "-"), code, {"budget": text}) for code, text in amounts.items()]
    return table("three-public-expenses", rows)


NAMES = {"30212": "因公出国（境）费用", "30217": "公务接待费", "30231": "公务用车运行维护费", "31013": "公务用车购置"}


def economic(amounts: Mapping[str, str], names: Mapping[str, str] = NAMES) -> Table:
    rows = [(code, names[code], {"total": text}) for code, text in amounts.items()]
    return table("basic-expenditure", rows, unit=YUAN)


class TestPartOfWhole:
    @pytest.mark.parametrize(
        ("yuan", "expected"),
        [
            ("2000.00", []),  # the rest came from projects
            ("8349.99", []),  # rounds to 0.83
            ("8350.00", [("note", NOTE, "C6", "-50.00")]),
            ("8350.01", [("error", "part-exceeds-whole", "C6", "-50.01")]),
            ("83100.00", [("error", "part-exceeds-whole", "C6", "-74800.00")]),
        ],
    )
    def test_three_public(self, yuan: str, expected: list[object]) -> None:
        findings, _ = among([economic({"30217": yuan}), three_public(reception="0.83")], "X-09")
        assert said(findings) == expected
        assert all(each.table_id == "three-public-expenses" for each in findings)

    def test_what_the_finding_says(self) -> None:
        finding = among([economic({"30217": "83100.00"}), three_public(reception="0.83")], "X-09")[0][0]
        values = finding.values
        assert (values["situation"], values["line"], values["other_line"]) == (
            "three-public",
            "reception",
            "30217 公务接待费",
        )
        assert (values["stated"], values["computed"]) == ("0.83", "8.31")

    def test_a_code_that_is_used_for_something_else(self) -> None:
        part = economic({"30212": "7020.00"}, {"30212": "机关事业单位退休人员活动费"})
        assert among([part, three_public(overseas_travel="0.00")], "X-09")[0] == []

    @pytest.mark.parametrize(
        ("total", "expected"),
        [
            ("10.80", []),  # 108015.00 rounded once
            ("10.81", [("note", NOTE, "C6", "85.00")]),  # as printed: 0.83 and 9.98
            ("11.81", []),  # beyond rounding: the table's own sum says it
        ],
    )
    def test_items_rounded_one_by_one(self, total: str, expected: list[object]) -> None:
        public = three_public(total=total, reception="0.83", vehicle_running="9.98")
        findings, _ = among([economic({"30217": "8265.00", "30231": "99750.00"}), public], "X-09")
        assert said(findings) == expected

    def test_each_code_of_both(self) -> None:
        general = table("general-budget-expenditure", [("205", "教育支出", {"total": "5.00"})])
        assert among([general, spending(c205="5.00", c208="1.00")], "X-08")[0] == []
        findings, _ = among([general, spending(c205="4.00")], "X-08")
        assert said(findings) == [("error", "part-exceeds-whole", "C6", "10000.00")]
        assert findings[0].table_id == "general-budget-expenditure"

    def test_within_one_table(self) -> None:
        rows: Rows = [("total", "合计", {"general-budget-final": "3.00", "final": "2.00"})]
        findings, _ = among([table("three-public-expenses", rows)], "X-10", FINAL)
        assert said(findings) == [("error", "part-exceeds-whole", "C6", "10000.00")]

    def test_a_table_or_line_is_missing(self) -> None:
        part = economic({"30217": "1.00"})
        assert kind_of(among([part], "X-09")[1]) == ("could-not-run", "other-table-absent")
        assert kind_of(among([three_public(reception="1.00")], "X-09")[1]) == ("not-applicable", "table-absent")
        outcome = among([part, three_public(vehicles="1.00")], "X-09")[1]
        assert kind_of(outcome) == ("not-applicable", "line-absent")


class TestMagnitude:
    def test_one_figure(self) -> None:
        findings, _ = among([summary(), income("100010.00")], "X-01", FINAL)
        assert said(findings) == [("error", "unit-suspect", "C8", "-1000000000.00")]

    @pytest.mark.parametrize(("total", "code"), [("100490.00", "unit-suspect"), ("100600.00", "amounts-differ")])
    def test_half_a_percent(self, total: str, code: str) -> None:
        assert [each.code for each in among([summary(), income(total)], "X-01", FINAL)[0]] == [code]

    def test_a_whole_table(self) -> None:
        wrong = table("expenditure", [(c, c, {"total": f"{n}0000.00"}) for c, n in (("208", 5), ("210", 7))])
        findings, _ = among([summary(c208="5.00", c210="7.00"), wrong], "X-02")
        assert [(each.code, each.location.cell, each.values["situation"]) for each in findings] == [
            ("unit-suspect", "A1", "table")
        ]

    def test_a_small_part_is_no_slip(self) -> None:
        general = table("general-budget-expenditure", [("205", "教育支出", {"total": "0.01"})])
        assert among([general, spending(c205="100.00")], "X-08")[0] == []


class TestNilElsewhere:
    def summary(self, amount: str) -> Table:
        return table("appropriation-summary", [("expenditure-current-year", "本年支出", {"government-fund": amount})])

    def test_nothing_anywhere(self) -> None:
        assert kind_of(among([self.summary("0.00"), table("government-fund", [])], "X-18")[1]) == PASSED

    def test_an_amount_elsewhere(self) -> None:
        findings, _ = among([self.summary("3.00"), table("government-fund", [])], "X-18")
        assert said(findings) == [("error", "nil-statement-contradicted", "A1", "")]
        assert (findings[0].values["situation"], findings[0].values["computed"]) == ("elsewhere", "3.00")

    def test_not_empty(self) -> None:
        filled = table("government-fund", [("total", "合计", {"total": "3.00"})])
        assert kind_of(among([self.summary("3.00"), filled], "X-18")[1]) == ("not-applicable", "not-empty")

    def test_missing(self) -> None:
        assert among([self.summary("3.00")], "X-18")[1].reason == "table-absent"
        assert among([table("government-fund", [])], "X-18")[1].reason == "other-table-absent"
