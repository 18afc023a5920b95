"""One mistake planted into a clean real filing: found at its cell, and nothing else called wrong that is not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from etl.layout import Layout
from etl.pipeline import Work, check
from etl.spec import load
from tests.filings.putuo import filing

CLEAN = "caizhengju_2025_bumen_yusuan"

PLANTED = [
    # sheet, cell, value instead, then what must be among the errors: code, sheet, cells of which one must be named
    ("Sheet3", "E9", 100001, "sum-mismatch", "Sheet3", {"E9", "E7"}),  # 项: 合计 against 项目支出, and its 款
    ("Sheet3", "E25", 31214206.8, "sum-mismatch", "Sheet3", {"E25"}),  # 合计 against its classes
    ("Sheet3", "G8", 138515.8, "sum-mismatch", "Sheet3", {"E8", "G7"}),  # 项目支出 of one line
    ("Sheet1", "D18", 31214206.8, "total-unbalanced", "Sheet1", {"D18"}),  # 支出总计
    ("Sheet4", "D5", 22186441.8, "sum-mismatch", "Sheet4", {"D5"}),  # 合计 against its three budgets
    ("Sheet8", "D7", 2643448, "sum-mismatch", "Sheet8", {"D7", "D6"}),  # 经济分类 款
    ("Sheet9", "A6", 1.95, "sum-mismatch", "Sheet9", {"A6"}),  # “三公” 合计
    ("Sheet9", "C6", "约一万", "amount-unreadable", "Sheet9", {"C6"}),  # words for a figure
    ("Sheet5", "E25", 31214206.8, "amounts-differ", "Sheet4", {"E12"}),  # between two tables
    ("Sheet2", "A6", 299, "code-unknown", "Sheet2", {"A6"}),  # a class that does not exist
]


@pytest.mark.parametrize(("sheet", "cell", "value", "code", "where", "cells"), PLANTED)
def test_planted(
    putuo: Path,
    tmp_path: Path,
    sheet: str,
    cell: str,
    value: float | str,
    code: str,
    where: str,
    cells: set[str],
) -> None:
    workbook = openpyxl.load_workbook(filing(CLEAN))
    workbook[sheet][cell] = value
    path = tmp_path / "planted.xlsx"
    workbook.save(path)
    layout = Layout(putuo)
    (submission,) = check([path], load(layout), layout, Work(jobs=1)).submissions
    errors = [finding for finding in submission.findings if finding.severity == "error"]
    named = {name for f in errors if (f.code, f.location.sheet) == (code, where) for name in f.location.cell.split(",")}
    assert submission.status == "rejected"
    assert named & cells
