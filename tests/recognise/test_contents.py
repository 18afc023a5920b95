from __future__ import annotations

import pytest

from etl.recognise import recognise
from etl.recognise.contents import listed
from etl.table import Workbook
from tests.sheets import fuyuan, sheet


@pytest.mark.parametrize(
    ("text", "table_id"),
    [
        ("一、部门收支总体情况表", "revenue-expenditure-summary"),
        ("表3 2024年部门支出总体情况表……………4", "expenditure"),
        ("附表1：收入支出决算总表 1", "revenue-expenditure-summary"),
        ("预算05-2表 项目支出绩效目标表（本次下达）", "project-performance"),
        ("（四）财政拨款收支总体情况表 ····· 第12页", "appropriation-summary"),
        ("、般公共预算支出情况表", ""),
    ],
)
def test_an_entry(text: str, table_id: str) -> None:
    entries = listed(sheet(f"目录\n{text}"), fuyuan())
    assert [entry.tables[0][0] for entry in entries] == ([table_id] if table_id else [])
    assert all((entry.cell, entry.row) == ("A2", 2) for entry in entries)


@pytest.mark.parametrize("text", ["第一部分 部门概况", "二、“三公”经费情况说明", "名词解释", "2024年部门预算", "附件"])
def test_sections_are_no_tables(text: str) -> None:
    assert listed(sheet(f"目录\n{text}"), fuyuan()) == ()


def test_titles_in_a_column_of_their_own() -> None:
    entries = listed(sheet("目录||\n1|部门收入总体情况表|3\n2|部门支出总体情况表|4"), fuyuan())
    assert [(entry.tables[0][0], entry.cell) for entry in entries] == [("revenue", "B2"), ("expenditure", "B3")]


def test_the_report_of_the_sheet_carries_them() -> None:
    book = Workbook("xlsx", (sheet("目录\n部门收入总体情况表", "目录"), sheet("部门预算", "封面")))
    _, reports, _ = recognise(book, fuyuan())
    assert [(report.reason, [entry.title for entry in report.listed]) for report in reports] == [
        ("contents", ["部门收入总体情况表"]),
        ("cover", []),
    ]
