"""Identities of one table: each kind agreeing, disagreeing, at the edge of rounding on both sides, and with a part missing."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from etl.finding import Finding, Outcome
from tests.checks.tables import YUAN, Rows, inside, kind_of, rule, said, table, who

PASSED, FAILED = ("passed", ""), ("failed", "")
NOTE = "rounding-difference"


def expenditure(total: str, school: str = "118.00", college: str = "2.00", other: str = "3.00") -> Rows:
    return [
        ("total", "合计", {"total": "123.00"}),
        ("205", "教育支出", {"total": total}),
        ("20502", "普通教育", {"total": school}),
        ("20503", "职业教育", {"total": college}),
        ("208", "社会保障和就业支出", {"total": other}),
    ]


class TestHierarchy:
    def test_agrees(self) -> None:
        outcome = Outcome("T-10", "expenditure", "expenditure", "passed", "", 2)
        assert inside(table("expenditure", expenditure("120.00")), "T-10") == ([], outcome)

    def test_disagrees_at_the_parent(self) -> None:
        findings, outcome = inside(table("expenditure", expenditure("120.00", school="116.50")), "T-10")
        assert said(findings) == [("error", "sum-mismatch", "C7", "15000.00")]
        assert (findings[0].expected, findings[0].actual, findings[0].field) == ("1185000.00", "1200000.00", "total")
        values = findings[0].values
        assert (values["line"], values["stated"], values["computed"], values["diff"], values["situation"]) == (
            "205 教育支出",
            "120.00",
            "118.50",
            "1.50",
            "hierarchy",
        )
        assert values["parts"] == "20502 普通教育、20503 职业教育"
        assert (outcome.kind, outcome.checked) == ("failed", 2)

    def test_just_inside_rounding(self) -> None:
        findings, outcome = inside(table("expenditure", expenditure("120.00", school="118.01")), "T-10")
        assert (said(findings), outcome.kind) == ([("note", NOTE, "C7", "-100.00")], "passed")

    def test_just_outside_rounding(self) -> None:
        findings, _ = inside(table("expenditure", expenditure("120.00", school="118.02")), "T-10")
        assert said(findings) == [("error", "sum-mismatch", "C7", "-200.00")]

    def test_fen_are_exact(self) -> None:
        made = table("expenditure", expenditure("120.00", school="118.01"), unit=YUAN)
        assert said(inside(made, "T-10")[0]) == [("error", "sum-mismatch", "C7", "-0.01")]

    def test_a_blank_child_counts_as_nothing(self) -> None:
        findings, _ = inside(table("expenditure", expenditure("120.00", college="")), "T-10")
        assert said(findings) == [("error", "sum-mismatch", "C7", "20000.00")]

    def test_where_all_children_are_blank_nothing_is_compared(self) -> None:
        findings, outcome = inside(table("expenditure", expenditure("120.00", school="", college="")), "T-10")
        assert (findings, outcome.checked) == ([], 1)

    def test_no_children(self) -> None:
        made = table("expenditure", [("205", "教育支出", {"total": "1.00"})])
        assert kind_of(inside(made, "T-10")[1]) == ("not-applicable", "no-children")

    def test_a_level_that_is_not_printed_is_passed_over(self) -> None:
        rows: Rows = [("205", "教育支出", {"total": "5.00"}), ("2050201", "学前教育", {"total": "4.00"})]
        assert said(inside(table("expenditure", rows), "T-10")[0]) == [("error", "sum-mismatch", "C6", "10000.00")]

    def test_a_child_that_stands_twice_counts_twice(self) -> None:
        rows: Rows = [
            ("205", "教育支出", {"total": "5.00"}),
            ("20502", "普通教育", {"total": "2.00"}),
            ("20502", "普通教育", {"total": "3.00"}),
        ]
        assert inside(table("expenditure", rows), "T-10")[0] == []

    def test_the_total_is_the_sum_of_the_classes(self) -> None:
        findings, _ = inside(table("expenditure", expenditure("120.00", other="5.00")), "T-10")
        assert said(findings) == [("error", "sum-mismatch", "C6", "-20000.00")]
        assert findings[0].values["situation"] == "rows-total"

    def test_economic_codes(self) -> None:
        rows: Rows = [
            ("301", "工资福利支出", {"total": "5.00"}),
            ("30101", "基本工资", {"total": "2.00"}),
            ("personnel-total", "人员经费合计", {"total": "5.00"}),
        ]
        findings, _ = inside(table("basic-expenditure", rows), "T-14")
        assert said(findings) == [("error", "sum-mismatch", "C6", "30000.00")]


def one_row(**amounts: str) -> Rows:
    return [("205", "教育支出", {key.replace("_", "-"): text for key, text in amounts.items()})]


class TestMeasuresSum:
    @pytest.mark.parametrize(
        ("amounts", "expected"),
        [
            ({"total": "3.00", "basic": "1.00", "project": "2.00"}, []),
            ({"total": "3.00", "basic": "1.00", "project": "2.50"}, [("error", "sum-mismatch", "C6", "-5000.00")]),
            ({"total": "3.00", "basic": "1.00", "project": "2.01"}, [("note", NOTE, "C6", "-100.00")]),
            ({"total": "3.00", "basic": "1.00", "project": "2.02"}, [("error", "sum-mismatch", "C6", "-200.00")]),
            ({"total": "3.00", "basic": "1.00", "project": ""}, [("error", "sum-mismatch", "C6", "20000.00")]),
        ],
    )
    def test_row(self, amounts: dict[str, str], expected: list[object]) -> None:
        findings, outcome = inside(table("expenditure", one_row(**amounts)), "T-07")
        assert said(findings) == expected
        assert outcome.checked == 1
        assert all(each.values["parts"] == "basic＋project" for each in findings if amounts["project"])

    def test_only_the_total_is_printed(self) -> None:
        findings, outcome = inside(table("expenditure", one_row(total="3.00")), "T-07")
        assert (findings, kind_of(outcome)) == ([], ("not-applicable", "column-absent"))

    def test_the_measure_is_not_printed(self) -> None:
        outcome = inside(table("expenditure", one_row(basic="3.00")), "T-07")[1]
        assert kind_of(outcome) == ("not-applicable", "column-absent")

    def test_the_first_alternative_the_form_has(self) -> None:
        amounts = one_row(total="5.00", appropriation="4.00", general_budget="4.00", other="1.00")
        assert inside(table("revenue", amounts), "T-06")[0] == []

    def test_sources_where_the_form_has_no_appropriation(self) -> None:
        amounts = one_row(total="5.00", general_budget="3.00", government_fund="1.00", carry_over="2.00")
        assert said(inside(table("revenue", amounts), "T-06")[0]) == [("error", "sum-mismatch", "C6", "-10000.00")]

    def test_roll_forward(self) -> None:
        amounts = one_row(opening="1.00", income="5.00", total="4.00", closing="1.50")
        findings, _ = inside(table("government-fund", amounts), "T-11", who("final-account"))
        assert said(findings) == [("error", "roll-forward-mismatch", "F6", "-5000.00")]

    def test_only_the_spending_side(self) -> None:
        rows: Rows = [
            ("income-other", "income/其他收入", {"amount": "9.00"}),
            (
                "205",
                "expenditure/教育支出",
                {"amount": "3.00", "personnel": "1.00", "public": "1.00", "project": "1.00"},
            ),
            ("carry-over-closing", "expenditure/结转下年", {"amount": "6.00"}),
        ]
        findings, outcome = inside(table("revenue-expenditure-summary", rows), "T-08")
        assert (findings, outcome.checked) == ([], 1)


def final(**amounts: str) -> Rows:
    given = {
        "income-general-budget": "8.00", "income-other": "2.00", "income-current-year": "10.00",
        "carry-over-opening": "3.00", "total-income": "13.00", "205": "9.00", "208": "1.00",
        "expenditure-current-year": "10.00", "carry-over-closing": "3.00", "total-expenditure": "13.00",
    }  # fmt: skip
    given |= {key.replace("_", "-"): text for key, text in amounts.items()}
    return [(code, f"行{code}", {"amount": text}) for code, text in given.items() if text != "absent"]


class TestLinesSum:
    @pytest.mark.parametrize(
        ("number", "amounts", "expected"),
        [
            ("T-02", {}, []),
            ("T-02", {"total_income": "14.00"}, [("error", "sum-mismatch", "C10", "10000.00")]),
            ("T-02", {"total_income": "13.01"}, [("note", NOTE, "C10", "100.00")]),
            ("T-02", {"total_income": "13.02"}, [("error", "sum-mismatch", "C10", "200.00")]),
            ("T-02", {"income_current_year": "absent", "carry_over_opening": "absent", "total_income": "10.00"}, []),
            ("T-03", {"expenditure_current_year": "absent"}, []),
            ("T-03", {"carry_over_closing": ""}, [("error", "sum-mismatch", "C15", "30000.00")]),
            ("T-04", {"income_other": "absent"}, [("error", "sum-mismatch", "C7", "20000.00")]),
            ("T-04a", {"208": "3.00"}, [("error", "sum-mismatch", "C13", "-20000.00")]),
        ],
    )
    def test_summary(self, number: str, amounts: dict[str, str], expected: list[object]) -> None:
        made = table("revenue-expenditure-summary", final(**amounts))
        findings, outcome = inside(made, number)
        assert said(findings) == expected
        assert outcome.kind == ("failed" if any(each[0] == "error" for each in expected) else "passed")  # type: ignore[index]

    def test_the_sentence_says_what_was_added(self) -> None:
        made = table("revenue-expenditure-summary", final(total_income="14.00"))
        values = inside(made, "T-02")[0][0].values
        assert values["parts"] == "行income-current-year＋行carry-over-opening"
        assert (values["situation"], values["stated"], values["computed"]) == ("lines", "14.00", "13.00")

    def test_the_line_is_not_printed(self) -> None:
        made = table("revenue-expenditure-summary", final(income_current_year="absent"))
        assert kind_of(inside(made, "T-04")[1]) == ("not-applicable", "line-absent")

    def test_no_part_is_printed(self) -> None:
        made = table("three-public-expenses", [("vehicles", "公务用车", {"budget": "3.00"})])
        assert kind_of(inside(made, "T-12a")[1]) == ("not-applicable", "line-absent")

    def test_every_part_is_printed_and_blank(self) -> None:
        parts: Rows = [("vehicle-purchase", "公务用车购置费", {}), ("vehicle-running", "公务用车运行费", {})]
        for amount, outcome in (
            ("3.00", ("could-not-run", "part-missing")),
            ("0.00", ("not-applicable", "no-figures")),
        ):
            made = table("three-public-expenses", [("vehicles", "公务用车", {"budget": amount}), *parts])
            assert kind_of(inside(made, "T-12a")[1]) == outcome

    def test_a_line_that_could_not_be_placed_may_be_the_missing_part(self) -> None:
        rows = [*final(expenditure_current_year="12.00"), ("", "其它事项", {"amount": "2.00"})]
        assert inside(table("revenue-expenditure-summary", rows), "T-04a")[0] == []

    def test_three_public_expenses(self) -> None:
        rows: Rows = [
            ("total", "合计", {"budget": "16.4", "previous": "18.8"}),
            ("reception", "公务接待费", {"budget": "2.4", "previous": "4.8"}),
            ("vehicles", "公务用车购置及运行", {"budget": "14", "previous": "12"}),
        ]
        findings, _ = inside(table("three-public-expenses", rows, decimals=1), "T-12")
        assert said(findings) == [("error", "sum-mismatch", "D6", "20000.0")]
        assert (findings[0].field, findings[0].values["situation"]) == ("previous", "three-public")

    def test_when_and_unless(self) -> None:
        made = table("revenue-expenditure-summary", final())
        parameters = {"line": "total-income", "parts": ["income-current-year"]}
        assert inside(made, rule("lines-sum", when=["unit-funds"], **parameters))[1].reason == "line-absent"
        assert inside(made, rule("lines-sum", unless=["income-other"], **parameters))[1].reason == "line-absent"
        assert said(inside(made, rule("lines-sum", minus=["income-other"], **parameters))[0])[0][3] == "50000.00"


class TestLinesEqual:
    @pytest.mark.parametrize(
        ("spending", "expected", "outcome"),
        [
            ("13.00", [], PASSED),
            ("13.50", [("error", "total-unbalanced", "C15", "5000.00")], FAILED),
            ("13.01", [("note", NOTE, "C15", "100.00")], PASSED),
            ("13.02", [("error", "total-unbalanced", "C15", "200.00")], FAILED),
            ("", [], ("could-not-run", "part-missing")),
            ("absent", [], ("not-applicable", "line-absent")),
        ],
    )
    def test_balance(self, spending: str, expected: list[object], outcome: tuple[str, str]) -> None:
        made = table("revenue-expenditure-summary", final(total_expenditure=spending))
        findings, found = inside(made, "T-01")
        assert (said(findings), kind_of(found)) == (expected, outcome)

    def test_measures_may_differ(self) -> None:
        rows: Rows = [
            ("total-income", "总计", {"amount": "5.00"}),
            ("total-expenditure", "总计", {"total": "6.00", "general-budget": "6.00"}),
        ]
        findings, _ = inside(table("appropriation-summary", rows), "T-01")
        assert said(findings) == [("error", "total-unbalanced", "D7", "10000.00")]


def three_public(**amounts: str) -> Rows:
    named = {key.replace("percent", "change_percent%"): text for key, text in amounts.items()}
    return [("reception", "公务接待费", named)]


class TestChange:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ("-2.40", []),
            ("2.40", [("error", "change-mismatch", "E6", "48000.00")]),
            ("-2.39", [("note", NOTE, "E6", "100.00")]),
            ("-2.38", [("error", "change-mismatch", "E6", "200.00")]),
        ],
    )
    def test_amount(self, change: str, expected: list[object]) -> None:
        made = table("three-public-expenses", three_public(budget="2.40", previous="4.80", change=change))
        assert said(inside(made, "T-15")[0]) == expected

    def test_a_blank_year_counts_as_nothing(self) -> None:
        rows = [*three_public(budget="2.40", previous="4.80", change="-2.40")]
        rows.append(("vehicles", "公务用车", {"previous": "1.00", "change": "-1.00"}))
        assert inside(table("three-public-expenses", rows), "T-15")[0] == []

    def test_no_such_column(self) -> None:
        made = table("three-public-expenses", three_public(budget="2.40"))
        assert kind_of(inside(made, "T-15")[1]) == ("not-applicable", "column-absent")

    @pytest.mark.parametrize(
        ("budget", "previous", "percent", "situation"),
        [
            ("16.40", "18.80", "-13", ""),  # -12.77, printed without decimals
            ("16.40", "18.80", "-12.77", ""),
            ("16.40", "18.80", "-14", "rate"),
            ("16.40", "18.80", "12.77", "rate"),
            ("2.40", "0.00", "100", "base-zero"),
            ("2.40", "", "100", "base-zero"),
            ("2.40", "0.00", "", ""),
        ],
    )
    def test_rate(self, budget: str, previous: str, percent: str, situation: str) -> None:
        made = table("three-public-expenses", three_public(budget=budget, previous=previous, percent=percent))
        findings, _ = inside(made, "T-15a")
        assert [each.values["situation"] for each in findings] == ([situation] if situation else [])
        assert all(each.location.cell == "E6" and each.severity == "warning" for each in findings)

    def test_another_document(self) -> None:
        made = table("three-public-expenses", three_public(budget="1.00", previous="1.00", change="1.00"))
        assert inside(made, "T-15", who("final-account"))[1].reason == "not-this-document"


class TestNilStatement:
    EMPTY: Rows = [("total", "合计", {"total": "0.00"})]

    def test_empty_with_statement(self) -> None:
        made = table("government-fund", self.EMPTY, nil_note=9)
        assert kind_of(inside(made, "D-13")[1]) == PASSED
        assert kind_of(inside(made, "D-14")[1]) == PASSED

    def test_empty_without_statement(self) -> None:
        findings, _ = inside(table("government-fund", []), "D-13")
        assert said(findings) == [("warning", "nil-statement-missing", "A1", "")]
        assert findings[0].values["year"] == "2024"

    def test_filled_with_statement(self) -> None:
        made = table("government-fund", one_row(total="3.00"), nil_note=9)
        findings, _ = inside(made, "D-14")
        assert said(findings) == [("warning", "nil-statement-contradicted", "C6", "")]
        assert findings[0].location.row == 10
        assert kind_of(inside(made, "D-13")[1]) == ("not-applicable", "not-empty")

    def test_filled_without_statement(self) -> None:
        assert inside(table("government-fund", one_row(total="3.00")), "D-14")[1].reason == "no-statement"


def coded(code: str, name: str, year: int = 2024, number: str = "T-16") -> list[Finding]:
    rows: Rows = [("21011", "行政事业单位医疗", {"total": "1.00"}), (code, name, {"total": "1.00"})]
    return inside(table("expenditure", rows), number, who(year=year))[0]


class TestClassification:
    def test_known(self) -> None:
        assert coded("2101102", "事业单位医疗") == []

    def test_a_class_that_never_was(self) -> None:
        finding = coded("71102", "事业单位医疗")[0]
        assert (finding.severity, finding.code, finding.location.cell) == ("error", "code-unknown", "A7")
        values = finding.values
        assert (values["situation"], values["label"], values["right_name"]) == ("orphan", "711", "2101102 事业单位医疗")

    def test_unknown_below_the_complete_level(self) -> None:
        finding = coded("2101177", "某项支出")[0]
        assert (finding.severity, finding.code, finding.values["situation"]) == ("warning", "code-unknown", "default")

    def test_a_code_of_other_years(self) -> None:
        finding = coded("20110", "人力资源事务")[0]
        assert (finding.severity, finding.values["situation"], finding.values["year"]) == (
            "warning",
            "other-year",
            "2024",
        )
        assert coded("20110", "人力资源事务", 2020) == []

    @pytest.mark.parametrize("name", ["卫生健康支出", "卫生健康", "卫生 健康\n支出", "二、卫生健康支出"])
    def test_names_that_fit(self, name: str) -> None:
        assert coded("210", name, number="T-16a") == []

    def test_an_old_name(self) -> None:
        finding = coded("210", "医疗卫生与计划生育支出", number="T-16a")[0]
        assert (finding.severity, finding.location.cell, finding.expected) == ("warning", "A7", "卫生健康支出")
        assert coded("210", "医疗卫生与计划生育支出", 2018, "T-16a") == []

    def test_a_code_that_stands_twice(self) -> None:
        finding = coded("21011", "行政事业单位医疗", number="T-18")[0]
        assert (finding.severity, finding.code, finding.location.cell, finding.values["parts"]) == (
            "warning",
            "code-repeated",
            "A7",
            "A6、A7",
        )

    def test_a_year_without_classification(self) -> None:
        made = table("expenditure", one_row(total="1.00"))
        assert kind_of(inside(made, "T-16", who(year=0))[1]) == ("could-not-run", "codes-unknown")


class TestNegativeAndZero:
    def test_negative(self) -> None:
        findings, _ = inside(table("revenue", one_row(total="-3.00", carry_over="-1.00")), "T-17")
        assert said(findings) == [("warning", "negative-amount", "C6", "")]
        assert findings[0].actual == "-30000.00"

    def test_a_balance_may_be_negative(self) -> None:
        made = table("revenue-expenditure-summary", final(carry_over_opening="-1.00"))
        assert inside(made, "T-17")[0] == []

    @pytest.mark.parametrize("line", ["0.00", ""])
    def test_all_zero(self, line: str) -> None:
        rows: Rows = [("total", "合计", {"total": "5.00"}), ("205", "教育支出", {"total": line})]
        findings, _ = inside(table("expenditure", rows), "T-19")
        assert said(findings) == [("error", "sum-mismatch", "C6", "50000.00")]
        assert findings[0].values["situation"] == "all-zero"
        assert inside(table("expenditure", rows), "T-10")[0] == []  # said once

    def test_a_table_of_totals_only(self) -> None:
        made = table("expenditure", [("total", "合计", {"total": "5.00"})])
        assert kind_of(inside(made, "T-19")[1]) == ("not-applicable", "line-absent")


@pytest.mark.parametrize(("unit", "reason"), [("万元", "header-unsettled"), ("", "unit-unsettled")])
def test_no_row_rule_runs_while_a_table_is_in_doubt(unit: str, reason: str) -> None:
    made = table("expenditure", one_row(total="3.00", basic="9.00"), settled=False)
    findings, outcome = inside(dataclasses.replace(made, unit=unit), "T-07")
    assert (findings, kind_of(outcome)) == ([], ("could-not-run", reason))


def test_a_step_finer_than_fen_allows_for_itself() -> None:
    rows = one_row(total="1.00001", basic="0.50000", project="0.50000")
    made = table("expenditure", rows, unit=Decimal(10), decimals=5)
    assert [each.code for each in inside(made, "T-07")[0]] == [NOTE]


class TestOneCodeForSeveralItems:
    """Form 04 has a line for each unit, project, function and economic code (T-18)."""

    def line(self, code: str, **attributes: str) -> tuple[str, str, dict[str, str]]:
        return code, code, {"total": "1.00", **{f"{key}%": text for key, text in attributes.items()}}

    def test_items_are_told_apart(self) -> None:
        rows = [
            self.line("30101", unit_name="甲", project_name="工资", functional_code="2010101"),
            self.line("30101", unit_name="甲", project_name="工资", functional_code="2080501"),
            self.line("30101", unit_name="甲", project_name="津贴", functional_code="2010101"),
            self.line("30101", unit_name="乙", project_name="工资", functional_code="2010101"),
        ]
        assert inside(table("basic-expenditure", rows), "T-18")[0] == []
        findings, _ = inside(table("basic-expenditure", [*rows, rows[0]]), "T-18")
        assert [(one.code, one.location.cell, one.values["parts"]) for one in findings] == [
            ("code-repeated", "A10", "A6、A10")
        ]

    def test_cells_left_blank_below_a_merged_one_cannot_be_told_apart(self) -> None:
        rows = [
            self.line("30101", unit_name="甲", project_name="工资"),
            self.line("30102", unit_name="甲"),
            self.line("30101", unit_name="甲"),
            self.line("30101", unit_name="甲"),
        ]
        assert inside(table("basic-expenditure", rows), "T-18")[0] == []

    def test_a_form_without_such_columns(self) -> None:
        rows = [self.line("30101"), self.line("30101")]
        assert [one.code for one in inside(table("basic-expenditure", rows), "T-18")[0]] == ["code-repeated"]


def test_a_column_of_blanks_below_a_total_in_a_list_of_items() -> None:
    rows = [("total", "合计", {"total": "5.00", "general-budget": "5.00"}), ("", "电脑", {"item%": "电脑"})]
    findings, _ = inside(table("procurement", rows), "T-19")
    assert said(findings) == [
        ("error", "sum-mismatch", "C6", "50000.00"),
        ("error", "sum-mismatch", "D6", "50000.00"),
    ]
    zeros = [rows[0], ("", "电脑", {"total": "0.00", "general-budget": "0.00", "item%": "电脑"})]
    made = table("procurement", zeros)
    assert [len(inside(made, number)[0]) for number in ("T-19", "T-10")] == [2, 0]
