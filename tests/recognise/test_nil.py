"""One text for all empty tables of a document, which it names."""

from __future__ import annotations

import pytest

from etl.recognise import recognise
from etl.recognise.nil import stated_nil
from etl.table import Workbook
from tests.sheets import fuyuan, sheet

INCOME, SPENDING = "gov-state-capital-revenue", "gov-state-capital-expenditure"
TEXTS = [
    ("富源县国有资本经营预算收入表", {INCOME}),
    ("3-1 国有资本经营预算收入表\n3-2 国有资本经营预算支出表", {INCOME, SPENDING, "state-capital"}),
    ("本县2024年没有国有资本经营预算收支，故《国有资本经营预算收入表》为空表。", {INCOME}),
    (
        "本县没有此项收支，故国有资本经营预算收入表、社会保险基金收入预算表均为空表。",
        {INCOME, "gov-social-insurance-revenue"},
    ),
    ("一、国有资本经营预算收入表：本县无此项收入，此表为空。", {INCOME}),
    ("国有资本经营预算收入表和社会保险基金收入预算表是空表", {INCOME, "gov-social-insurance-revenue"}),
    ("本县2024年各项收支均按规定公开，没有空表。", set()),
    ("故本表无数据", set()),
]


@pytest.mark.parametrize(("text", "tables"), TEXTS)
def test_tables_are_named(text: str, tables: set[str]) -> None:
    assert set(stated_nil(sheet(f"关于2024年预算公开空表说明\n{text}"), fuyuan())) == tables


@pytest.mark.parametrize(
    ("name", "head"),
    [("空表说明", ""), ("Sheet9", "关于富源县2024年预算公开空表的说明"), ("Sheet9", "关于2024年预算公开空表说明")],
)
def test_the_sheet_is_known_and_reports_them(name: str, head: str) -> None:
    book = Workbook("xlsx", (sheet(f"{head}\n国有资本经营预算收入表\n本县没有此项收入。", name),))
    matches, reports, findings = recognise(book, fuyuan())
    assert (matches, findings) == ([], [])
    assert [(one.fate, one.reason, one.nil) for one in reports] == [("ignored", "nil-statement", (INCOME,))]


def test_other_texts_state_nothing() -> None:
    book = Workbook("xlsx", (sheet("编制说明\n国有资本经营预算收入表按规定编制。", "编制说明"),))
    _, reports, _ = recognise(book, fuyuan())
    assert [(one.reason, one.nil) for one in reports] == [("notes", ())]
