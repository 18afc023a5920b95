from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.finding import Finding, Location, error
from etl.suggest import explain as explain_with
from etl.table import Figure, Line, Table, cell_name
from tests import factories

UNIT = Decimal(10000)


def explain(findings: list[Finding], tables: Sequence[Table]) -> list[Finding]:
    """Explained without a judge that could tell a good change from a bad one: the arithmetic alone."""
    return explain_with(findings, tables, lambda _: findings)


def table(*amounts: str, unit: Decimal = UNIT) -> Table:
    """Figures of one column, C2 downwards; the first is the total."""
    lines = tuple(
        Line("", f"第{row}行", "", row, {"total": Figure("total", Decimal(text), 2, text, row, 2)})
        for row, text in enumerate(amounts, start=1)
    )
    return Table("expenditure", "f", "budget", "支出", "t", "A1", "万元", unit, 2, (), lines)


def mismatch(computed: str, made: Table, row: int = 1, **more: str) -> Finding:
    stated = made.lines[row - 1].figures["total"].number
    location = Location("支出", f"{cell_name(row, 2)},A9", row + 1, 3)
    difference = (stated - Decimal(computed)) * made.unit_yuan
    parts = "、".join(line.name for line in made.lines if line.row != row)
    values = {"parts": parts, **more}
    return error("sum-mismatch", location, table_id="expenditure", difference=difference, rule="T-10", values=values)


def cause(amounts: tuple[str, ...], computed: str, **more: str) -> tuple[str, str, str]:
    made = table(*amounts)
    values = explain([mismatch(computed, made, **more)], [made])[0].values
    return values.get("cause", ""), values.get("cause_cell", ""), values.get("suggestion", "")


@pytest.mark.parametrize(
    ("amounts", "computed", "expected"),
    [
        (("29400500.00", "2000.05", "940.00"), "2940.05", ("unit-slip", "C2", "2,940.05")),
        (("0.294", "2000.05", "940.00"), "2940.05", ("unit-slip", "C2", "2,940.05")),
        (("294005000000.00", "2000.05", "940.00"), "2940.05", ("unit-slip", "C2", "2,940.05")),
        (("300.00", "100.00", "2000000.00"), "2000100.00", ("unit-slip", "C4", "200.00")),
        (("-120.00", "70.00", "50.00"), "120.00", ("sign", "C2", "120.00")),
        (("95.00", "100.00", "5.00"), "105.00", ("sign", "C4", "-5.00")),
        (("1254.30", "1000.00", "245.30"), "1245.30", ("digits-swapped", "C2", "1,245.30")),
        (("136.00", "63.00", "100.00"), "163.00", ("digits-swapped", "C2", "163.00")),
        (("245.00", "163.00", "55.00"), "218.00", ("", "", "")),
        (("170.00", "100.00", "20.00", "50.00"), "120.00", ("row-twice", "C2", "120.00")),
        (("120.00", "100.00", "20.00", "50.00"), "170.00", ("row-missing", "C2", "170.00")),
        (("123.45", "100.00", "20.00"), "120.00", ("", "", "")),
        (("0.00", "100.00"), "100.00", ("", "", "")),
    ],
)
def test_probable_causes(amounts: tuple[str, ...], computed: str, expected: tuple[str, str, str]) -> None:
    assert cause(amounts, computed) == expected


def test_swapped_digits_in_the_only_part_that_fits() -> None:
    assert cause(("245.00", "163.00", "109.00"), "272.00") == ("digits-swapped", "C3", "136.00")


def test_across_looks_along_the_row() -> None:
    amounts = {"total": "-90.00", "basic": "50.00", "project": "40.00"}
    made = factories.table("expenditure", [("205", "教育", amounts), ("total", "合计", {"total": "90.00"})])
    location = Location("表", "C6", 6, 3)
    said = error("sum-mismatch", location, table_id="expenditure", difference=Decimal(-1_800_000), rule="T-07")
    across = replace(said, values={"situation": "measures", "parts": "basic＋project"})
    values = explain([across], [made])[0].values
    assert (values["cause"], values["cause_cell"], values["suggestion"]) == ("sign", "C6", "90.00")


def test_others_are_left_as_they_are() -> None:
    made = table("120.00", "50.00")
    others = [
        error("year-unknown"),
        error("sum-mismatch", Location("支出", "C2", 2, 3)),
        error("sum-mismatch", Location("支出", "Z9", 9, 26), difference=Decimal(1)),
        error("sum-mismatch", Location("别的", "C2", 2, 3), difference=Decimal(1)),
    ]
    assert explain(others, [made]) == others


def test_explaining_changes_neither_fingerprint_nor_order() -> None:
    made = table("170.00", "100.00", "20.00", "50.00")
    said = [mismatch("120.00", made, line="合计"), error("year-unknown")]
    explained = explain(said, [made])
    assert [f.fingerprint("x") for f in explained] == [f.fingerprint("x") for f in said]
    assert explained[0].values["line"] == "合计"
    assert (explained[0].values["cause_line"], explained[0].values["cause_other"]) == ("第1行", "第4行")
    assert explain(said, [made]) == explained


@pytest.mark.parametrize("child", ["205", "206", "20"])
def test_a_part_that_is_no_kin_of_its_total_is_no_reason_to_give_up(child: str) -> None:
    """A line that has lost digits of its code stands below one it does not belong to."""
    lines = [("205", "教育支出", {"total": "100"}), (child, "初中教育", {"total": "60"})]
    made = factories.table("expenditure", lines)
    said = error(
        "sum-mismatch",
        Location("表", "C6", 6, 3),
        table_id="expenditure",
        difference=Decimal(400_000),
        rule="T-10",
        values={"parts": "初中教育"},
    )
    assert [finding.code for finding in explain([said], [made])] == ["sum-mismatch"]
