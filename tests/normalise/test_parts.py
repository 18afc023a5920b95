"""Forms that a body prints beside each other are parts of one table, numbered far apart."""

from __future__ import annotations

import pytest

from etl.normalise.normalise import PART_LINES
from etl.spec.model import Form
from tests.sheets import fuyuan, read, sheet

PARTS = {
    "three-public-general-budget": ("general-budget", 1),
    "project-performance-budget-later": ("later", 1),
    "project-performance-transfers": ("transfers", 2),
}


def _forms() -> dict[str, Form]:
    return {form.form: form for form in fuyuan().forms}


@pytest.mark.parametrize("form", sorted(PARTS))
def test_the_parts_are_declared(form: str) -> None:
    assert _forms()[form].part == PARTS[form][0]


def test_gk10_and_gk11_stand_beside_each_other() -> None:
    rows = "项目|行次|年初预算数|全年预算数|决算统计数\n一、“三公”经费支出|1|3|3|2\n1．因公出国（境）费|2|0|0|0\n3．公务接待费|5|3|3|2"
    titles = ("财政拨款“三公”经费、行政参公单位机关运行经费情况表", "一般公共预算财政拨款“三公”经费情况表")
    sheets = [sheet(f"2023年度{title}\n单位：万元\n{rows}", title[:6]) for title in titles]
    tables, _, findings = read(*sheets)
    assert [(table.form, table.part, table.first_line) for table in tables] == [
        ("three-public-lines-final", "", 1),
        ("three-public-general-budget", "general-budget", 1 + PART_LINES),
    ]
    assert [finding for finding in findings if finding.code == "table-repeated"] == []
