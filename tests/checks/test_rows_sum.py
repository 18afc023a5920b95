"""Totals over lines that no classification orders, and the parameters that the forms of Yunnan need."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from etl.table import Line, Table
from tests.checks.tables import YUAN, inside, kind_of, said, table


def with_own_codes(made: Table) -> Table:
    return dataclasses.replace(
        made, lines=tuple(dataclasses.replace(line, own_code=line.code.isdigit()) for line in made.lines)
    )


def with_fields(made: Table, fields: Mapping[int, Mapping[str, str]]) -> Table:
    def told(at: int, line: Line) -> Line:
        return dataclasses.replace(line, attributes=dict(fields.get(at, {})))

    return dataclasses.replace(made, lines=tuple(told(at, line) for at, line in enumerate(made.lines)))


UNITS = [
    ("total", "合计", {"total": "110", "general-budget": "100"}),
    ("131", "某局", {"total": "110", "general-budget": "100"}),
    ("131001", "某局机关", {"total": "80", "general-budget": "75"}),
    ("131002", "某中心", {"total": "30", "general-budget": "25"}),
]


def test_a_body_whose_code_others_begin_with_is_a_subtotal() -> None:
    findings, outcome = inside(with_own_codes(table("revenue", UNITS, unit=YUAN)), "T-10a")
    assert (said(findings), kind_of(outcome)) == ([], ("passed", ""))
    wrong = [*UNITS[:3], ("131002", "某中心", {"total": "31", "general-budget": "25"})]
    findings, _ = inside(with_own_codes(table("revenue", wrong, unit=YUAN)), "T-10a")
    assert said(findings) == [("error", "sum-mismatch", "C6", "-1")]


def test_lines_without_codes_are_not_added_up() -> None:
    nameless = [UNITS[0], ("", "某局", {"total": "110"}), ("", "某局机关", {"total": "110"})]
    findings, outcome = inside(with_own_codes(table("revenue", nameless, unit=YUAN)), "T-10a")
    assert (findings, kind_of(outcome)) == ([], ("not-applicable", "no-children"))


def test_a_line_without_details_is_a_subtotal() -> None:
    rows = [
        ("", "审计专项", {"total": "50"}),
        ("5303251", "审计专项", {"total": "20"}),
        ("5303251", "审计专项", {"total": "30"}),
        ("total", "合计", {"total": "50"}),
    ]
    fields = {1: {"economic_code": "30201"}, 2: {"economic_code": "30211"}}
    findings, outcome = inside(with_fields(table("project-expenditure", rows, unit=YUAN), fields), "T-10")
    assert (said(findings), kind_of(outcome)) == ([], ("passed", ""))
    rows[3] = ("total", "合计", {"total": "100"})
    findings, _ = inside(with_fields(table("project-expenditure", rows, unit=YUAN), fields), "T-10")
    assert said(findings) == [("error", "sum-mismatch", "C9", "50")]


def test_a_code_may_stand_again_beside_another_project() -> None:
    rows = [("30201", "办公费", {"total": "1"}), ("30201", "办公费", {"total": "2"})]
    apart = {0: {"project_code": "1"}, 1: {"project_code": "2"}}
    assert said(inside(with_fields(table("basic-expenditure", rows), apart), "T-18")[0]) == []
    alike = {0: {"project_code": "1"}, 1: {"project_code": "1"}}
    findings, _ = inside(with_fields(table("basic-expenditure", rows), alike), "T-18")
    assert said(findings) == [("warning", "code-repeated", "A7", "")]


def test_one_source_beside_the_whole_is_no_sum() -> None:
    part = [("total", "合计", {"budget": "34.35", "general-budget-budget": "30"})]
    findings, outcome = inside(table("three-public-expenses", part), "T-12b")
    assert (findings, kind_of(outcome)) == ([], ("not-applicable", "column-absent"))
    sources = {"budget": "4.90", "general-budget-budget": "0.00", "government-fund-budget": "0.00"}
    findings, _ = inside(table("three-public-expenses", [("total", "合计", sources)]), "T-12b")
    assert said(findings) == [("error", "sum-mismatch", "C6", "49000.00")]
