"""How far down a table must go (D-06, D-07), and which items it must show (D-15)."""

from __future__ import annotations

import pytest

from etl.table import Table
from tests.checks.tables import inside, kind_of, said, table


def spending(*codes: str, table_id: str = "expenditure", amount: str = "1.00") -> Table:
    return table(table_id, [(code, f"科目{code}", {"total": amount}) for code in ("total", *codes)])


@pytest.mark.parametrize(
    ("codes", "cells"),
    [
        (["205", "20502", "2050202"], ""),
        (["205", "20502"], "A8"),
        (["205", "208"], "A7,A8"),
        (["205", "20502", "2050202", "208", "20805"], "A11"),
        (["227"], ""),  # 预备费: the classification has nothing below it
        (["210", "21011", "71102"], ""),  # the code of the item is mistyped, which is another rule's
    ],
)
def test_spending_goes_down_to_the_item(codes: list[str], cells: str) -> None:
    findings, outcome = inside(spending(*codes), "D-06")
    assert said(findings) == ([("warning", "detail-missing", cells, "")] if cells else [])
    assert outcome.kind == ("failed" if cells else "passed")


def test_basic_expenditure_goes_down_to_the_section() -> None:
    assert inside(spending("302", "30201", table_id="basic-expenditure"), "D-06")[0] == []
    findings, _ = inside(spending("301", "302", "30201", table_id="basic-expenditure"), "D-06")
    assert [(finding.location.cell, finding.values["situation"]) for finding in findings] == [("A7", "section")]


def test_lines_without_money_need_no_detail() -> None:
    assert kind_of(inside(spending("205", amount="0.00"), "D-06")[1]) == ("not-applicable", "no-figures")
    assert kind_of(inside(table("expenditure", []), "D-06")[1]) == ("not-applicable", "no-figures")


ITEMS = ["overseas-travel", "vehicles", "vehicle-purchase", "vehicle-running", "reception"]


@pytest.mark.parametrize("left_out", ITEMS)
def test_the_three_public_expenses_are_split(left_out: str) -> None:
    rows = [(code, code, {"budget": "1.00"}) for code in ("total", *ITEMS) if code != left_out]
    findings, outcome = inside(table("three-public-expenses", rows), "D-15")
    expected = [] if left_out == "vehicles" else [("warning", "detail-missing", "A1", "")]
    assert (said(findings), outcome.checked) == (expected, 4)


def test_an_item_without_an_amount_is_still_an_item() -> None:
    rows = [(code, code, {"budget": "1.00"} if code == "total" else {}) for code in ("total", *ITEMS)]
    assert inside(table("three-public-expenses", rows), "D-15")[0] == []
