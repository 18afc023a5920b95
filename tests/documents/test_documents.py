"""What one document says against another, with figures worked out by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from etl.documents import KINDS, compare
from etl.fact import facts
from etl.finding import Outcome
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Submission
from etl.warehouse import Warehouse
from tests.factories import department, identity, submission, table
from tests.factories import spec as plain
from tests.sheets import fuyuan

RULES = {rule.rule: rule for rule in fuyuan().between_documents}
SUMMARY = "revenue-expenditure-summary"
SPENDING = "general-budget-expenditure"
OWN_LEVEL = "gov-general-expenditure-own-level"
THREE = "three-public-expenses"
BODIES = (department("201"), department("202"))


def ask(
    rule: str, sent: Sequence[Submission], bodies: Sequence[Department] = BODIES
) -> tuple[list[tuple[str, str, str, str, str]], list[tuple[str, str, int]]]:
    """Findings (department, code, cell, expected, actual) and outcomes (department, kind, checked) of one rule."""
    declared: Spec = dataclasses.replace(
        plain(tables=[SUMMARY, SPENDING, OWN_LEVEL, THREE], departments=bodies), between_documents=(RULES[rule],)
    )
    standing = [fact for one in sent for fact in facts("530325", one, one.tables)]
    with Warehouse(declared, sent, standing, datasets=False) as warehouse:
        said = compare(warehouse, sent, declared)
    found = [
        (key[1], one.code, one.location.cell, one.expected, one.actual)
        for key, each in said.items()
        for one in each.findings
    ]
    outcomes = [(key[1], *_seen(outcome)) for key, each in said.items() for outcome in each.outcomes]
    return sorted(found), sorted(outcomes)


def _seen(outcome: Outcome) -> tuple[str, int]:
    return outcome.kind, outcome.checked


def final(
    year: int, opening: str, closing: str, *, digits: str, code: str = "201", spent: str = "100.00"
) -> Submission:
    lines = [
        ("carry-over-opening", "年初结转和结余", {"amount": opening}),
        ("expenditure-current-year", "本年支出合计", {"amount": spent}),
        ("carry-over-closing", "年末结转和结余", {"amount": closing}),
    ]
    return submission(digits, identity(code, year, "final-account"), [table(SUMMARY, lines)])


def three(year: int, document: str, lines: dict[str, dict[str, str]], *, digits: str, code: str = "201") -> Submission:
    made = [(line, line, amounts) for line, amounts in lines.items()]
    return submission(digits, identity(code, year, document), [table(THREE, made)])


def test_every_kind_is_used_and_every_rule_has_its_words() -> None:
    assert {rule.kind for rule in RULES.values()} == set(KINDS)
    for rule in RULES.values():
        assert rule.parameters.get("situation", "default") in fuyuan().findings[rule.finding].wordings


def test_what_was_left_is_what_the_next_year_begins_with() -> None:
    sent = [final(2023, "1.00", "49.14", digits="a"), final(2024, "21.63", "0.00", digits="b")]
    found, outcomes = ask("Y-01", sent)
    assert found == [("201", "carry-over-mismatch", "C6", "491400.00", "216300.00")]
    assert outcomes == [("201", "could-not-run", 0), ("201", "failed", 1)]


def test_a_difference_of_one_printed_step_is_rounding() -> None:
    sent = [final(2023, "1.00", "49.14", digits="a"), final(2024, "49.15", "0.00", digits="b")]
    assert ask("Y-01", sent)[0] == []
    sent[1] = final(2024, "49.16", "0.00", digits="b")
    assert [each[2] for each in ask("Y-01", sent)[0]] == ["C6"]


def test_a_new_body_is_not_held_to_what_another_left() -> None:
    bodies = (department("201", valid_from=2024), department("202"))
    sent = [final(2023, "1.00", "49.14", digits="a"), final(2024, "0.00", "0.00", digits="b")]
    assert ask("Y-01", sent, bodies)[0] == []


def test_the_budget_in_a_final_account_is_the_published_one() -> None:
    sent = [
        three(2024, "budget", {"total": {"budget": "2.85"}, "reception": {"budget": "2.85"}}, digits="a"),
        three(
            2024,
            "final-account",
            {"total": {"budget": "3.85", "final": "0.39"}, "reception": {"budget": "2.85", "final": "0.39"}},
            digits="b",
        ),
    ]
    found, outcomes = ask("Y-02", sent)
    assert found == [("201", "budget-differs", "C6", "28500.00", "38500.00")]
    assert outcomes == [("201", "failed", 2)]
    assert RULES["Y-02"].severity == "error"
    assert ask("Y-05", sent)[0] == []


def test_spending_over_the_budget_is_asked_about() -> None:
    sent = [
        three(2024, "budget", {"reception": {"budget": "0.30"}}, digits="a"),
        three(2024, "final-account", {"reception": {"final": "8.31"}}, digits="b"),
    ]
    assert ask("Y-05", sent)[0] == [("201", "over-budget", "C6", "3000.00", "83100.00")]


def test_the_previous_year_column_repeats_what_was_published() -> None:
    sent = [
        three(2017, "budget", {"total": {"budget": "18.00"}}, digits="a"),
        three(2018, "budget", {"total": {"budget": "16.40", "previous": "18.80"}}, digits="b"),
    ]
    assert ask("Y-04", sent)[0] == [("201", "budget-differs", "D6", "180000.00", "188000.00")]


@pytest.mark.parametrize(("spent", "told"), [("149.00", False), ("151.00", False), ("350.00", True), ("40.00", False)])
def test_a_jump_needs_half_and_a_million(spent: str, told: bool) -> None:
    sent = [final(2023, "0.00", "0.00", digits="a"), final(2024, "0.00", "0.00", digits="b", spent=spent)]
    assert [each[1] for each in ask("Y-11", sent)[0]] == (["year-on-year-jump"] if told else [])


@pytest.mark.parametrize(("spent", "told"), [("49.00", True), ("51.00", False), ("100.00", False), ("101.00", True)])
def test_spending_far_from_the_budget_is_told(spent: str, told: bool) -> None:
    planned = table(SUMMARY, [("expenditure-current-year", "本年支出合计", {"amount": "100.00"})])
    sent = [submission("a", identity("201", 2024), [planned]), final(2024, "0.00", "0.00", digits="b", spent=spent)]
    assert [each[1] for each in ask("Y-03", sent)[0]] == (["execution-unusual"] if told else [])


def many(total: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(f"20{n}", f"类{n}", {"total": f"{n}.5{n}", "basic": f"{n}.1{n}"}) for n in range(1, 6)] + [
        ("total", "合计", {"total": total})
    ]


def test_two_bodies_with_all_figures_alike() -> None:
    first = submission("a", identity("201"), [table(SPENDING, many("18.00"))], received_on="2024-03-01")
    copy = submission("b", identity("202"), [table(SPENDING, many("18.00"))], received_on="2024-03-02")
    found, outcomes = ask("Y-10", [first, copy])
    assert [each[:3] for each in found] == [("202", "copied-template", "A1")]
    assert outcomes == [("201", "passed", 1), ("202", "failed", 1)]


def test_of_two_copies_of_one_day_both_are_told() -> None:
    sent = [
        submission(digits, identity(code), [table(SPENDING, many("18.00"))])
        for digits, code in (("a", "201"), ("b", "202"))
    ]
    assert [each[0] for each in ask("Y-10", sent)[0]] == ["201", "202"]


def test_one_figure_apart_is_no_copy_and_few_figures_prove_nothing() -> None:
    first = submission("a", identity("201"), [table(SPENDING, many("18.00"))])
    other = submission("b", identity("202"), [table(SPENDING, many("18.01"))])
    assert ask("Y-10", [first, other])[0] == []
    few = [submission(digits, identity(code), [table(SPENDING)]) for digits, code in (("a", "201"), ("b", "202"))]
    assert ask("Y-10", few)[0] == []


def test_a_department_and_its_only_unit_rightly_print_the_same() -> None:
    bodies = (department("201"), department("201001", parent_code="201", scope="unit"))
    sent = [
        submission("a", identity("201"), [table(SPENDING, many("18.00"))]),
        submission("b", identity("201001", scope="unit"), [table(SPENDING, many("18.00"))]),
    ]
    assert ask("Y-10", sent, bodies)[0] == []


def test_a_department_is_the_sum_of_its_office_and_its_units() -> None:
    bodies = (department("201"), department("201001", parent_code="201", scope="unit"))

    def of(code: str, scope: str, spent: str, digits: str) -> Submission:
        lines = [("expenditure-current-year", "本年支出合计", {"amount": spent})]
        return submission(digits, identity(code, 2024, "final-account", scope), [table(SUMMARY, lines)])

    whole, office, unit = (
        of("201", "department", "30.00", "a"),
        of("201", "unit", "20.00", "b"),
        of("201001", "unit", "9.00", "c"),
    )
    found, _ = ask("Y-06", [whole, office, unit], bodies)
    assert found == [("201", "units-differ", "C6", "290000.00", "300000.00")]
    assert ask("Y-06", [whole, office], bodies) == ([], [])


def test_the_county_is_told_what_its_departments_cover() -> None:
    bodies = (department("000", kind="government"), *BODIES)
    sent = [
        submission("a", identity("000"), [table(OWN_LEVEL, [("total", "合计", {"budget": "400.00"})])]),
        submission("b", identity("201"), [table(SPENDING, [("total", "合计", {"total": "100.00"})])]),
        submission("c", identity("202"), [table(SPENDING, [("total", "合计", {"total": "50.00"})])]),
    ]
    found, outcomes = ask("Y-08", sent, bodies)
    assert found == [("000", "county-share", "C6", "1500000.00", "4000000.00")]
    assert outcomes == [("000", "passed", 1)]
