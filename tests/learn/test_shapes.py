"""Shapes of sheets: where a header is when its words are not known, and what is made of each part."""

from __future__ import annotations

from pathlib import Path

import yaml

from etl.labels import fold_label
from etl.learn.trial import is_whole
from etl.learn.write import write
from etl.spec.meta import faults
from etl.table import Sheet
from tests.learn.test_learn import keys, learn, learn_one, read_with, with_proposals
from tests.sheets import cells, fuyuan, sheet

STRANGE = """
2024年部门支出情况一览表
单位：万元
类款项编码 | 摘要 | 总额 | 基本开支 | 事项开支
201 | 一般公共服务支出 | 12.5 | 10 | 2.5
20106 | 财政事务 | 12.5 | 10 | 2.5
"""
NEW = """
2024年部门支出总体情况表
部门：富源县财政局 | | | | | 单位：万元
支出科目编码 | 支出科目 | 支出合计 | 基本支出 | 项目支出 | 援外安排
201 | 一般公共服务支出 | 12.5 | 10 | 2 | 0.5
20106 | 财政事务 | 12.5 | 10 | 2 | 0.5
"""


def test_a_header_of_unknown_words_is_found_by_what_stands_below_it() -> None:
    proposal = learn_one(STRANGE)
    assert (proposal.block.header.first, proposal.block.header.end) == (2, 3)
    assert keys(proposal)["类款项编码"] == "code"
    assert keys(proposal)["摘要"] == "name"
    assert proposal.tried.figures == 6


def test_figures_say_which_column_is_the_total_of_the_others() -> None:
    proposal = learn_one(STRANGE.replace("总额", "全部").replace("事项开支", "专门安排"), table="expenditure")
    placed = {guess.key: guess.how for guess in proposal.columns}
    assert placed["total"] == "sum"
    assert [guess.key for guess in proposal.columns if guess.role == "measure"][:2] == ["total", "basic"]


def test_figures_that_do_not_add_up_leave_the_column_open() -> None:
    other = STRANGE.replace("总额", "甲栏").replace("事项开支", "乙栏").replace("| 12.5 |", "| 77.5 |")
    placed = keys(learn_one(other, table="expenditure"))
    assert (placed["甲栏"], placed["乙栏"]) == ("?", "?")


def test_a_column_nobody_knows_waits_for_a_name_and_is_not_put_among_the_ignored() -> None:
    proposal = learn_one(NEW)
    assert keys(proposal)["援外安排"] == "?"
    text = write(proposal, fuyuan())
    assert [line.strip() for line in text.splitlines() if "援外安排" in line and "new-measure-1" in line] == [
        "# measures: {new-measure-1: [援外安排]}"
    ]
    said = yaml.safe_load(text)
    assert "ignored" not in said["bands"][0]["columns"]
    assert "援外安排" not in str(said)
    assert proposal.tried.unread == ("F3",)


def test_the_open_entry_is_good_once_it_is_named() -> None:
    text = write(learn_one(NEW), fuyuan())
    named = text.replace("      # measures: {new-measure-1: [援外安排]}", "        operating: [援外安排]")
    said = yaml.safe_load(named)
    assert faults("template", said) == []
    assert said["bands"][0]["columns"]["measures"]["operating"] == ["援外安排"]


def test_income_beside_spending_becomes_two_bands(tmp_path: Path) -> None:
    text = """
        2024年部门收支总览表
        单位：万元
        收入 | | 支出 |
        来源 | 本年预算 | 用途 | 本年预算
        一、一般公共预算拨款收入 | 100 | 一、一般公共服务支出 | 60
        二、政府性基金预算拨款收入 | 20 | 二、教育支出 | 60
        收入总计 | 120 | 支出总计 | 120
        """
    proposal = learn_one(text)
    assert proposal.table_id == "revenue-expenditure-summary"
    assert [band.side for band in proposal.bands] == ["income", "expenditure"]
    (table,), findings = read_with(with_proposals(tmp_path, proposal), sheet(text))
    assert findings == []
    assert [(code, cell) for code, _, _, cell in cells(table)] == [
        ("income-general-budget", "B5"),
        ("income-government-fund", "B6"),
        ("total-income", "B7"),
        ("201", "D5"),
        ("205", "D6"),
        ("total-expenditure", "D7"),
    ]


def test_items_across_the_header_are_lines(tmp_path: Path) -> None:
    text = """
        2024年“三公”经费预算开支表
        单位：万元
        单位 | 三公经费合计数 | 出国（境）费 | 公务用车购置 | 公务用车运行 | 公务接待
        富源县财政局 | 10 | 0 | 2 | 4 | 4
        """
    proposal = learn_one(text)
    assert (proposal.table_id, proposal.layout) == ("three-public-expenses", "columns")
    (table,), _ = read_with(with_proposals(tmp_path, proposal), sheet(text))
    assert {(line, number) for line, _, number, _ in cells(table)} == {
        ("total", "10"),
        ("overseas-travel", "0"),
        ("vehicle-purchase", "2"),
        ("vehicle-running", "4"),
        ("reception", "4"),
    }


def test_two_tables_on_a_sheet_are_two_proposals_that_are_tried_together() -> None:
    first, second = learn(sheet(STRANGE + STRANGE.replace("部门支出情况一览表", "一般公共预算支出一览表")))
    assert first.form != second.form
    assert (first.block.title_row, second.block.title_row) == (0, 6)
    assert (first.tried.figures, second.tried.figures) == (6, 6)


def test_a_merged_header_gives_the_path_of_each_label() -> None:
    rows = (
        ("2024年部门支出安排表",),
        ("单位：万元",),
        ("支出科目", "", "本年安排", "", ""),
        ("编码", "名称", "合计数", "基本支出", "项目经费"),
        ("栏次", "", 1.0, 2.0, 3.0),
        ("20106", "财政事务", 12.5, 10.0, 2.5),
        ("20107", "税收事务", 7.5, 5.0, 2.5),
    )
    (proposal,) = learn(Sheet("Sheet1", rows, ((2, 0, 2, 1), (2, 2, 2, 4))), table="expenditure")
    assert keys(proposal) == {
        "支出科目/编码": "code",
        "支出科目/名称": "name",
        "本年安排/合计数": "total",
        "本年安排/基本支出": "basic",
        "本年安排/项目经费": "project",
    }
    assert proposal.tried.figures == 6


def test_a_blank_form_is_learnt_by_its_words() -> None:
    blank = """
        2024年部门支出总体情况表
        单位：万元
        支出科目编码 | 支出科目名称 | 支出合计 | 基本支出 | 项目支出
        | | | |
        """
    assert list(keys(learn_one(blank)).values()) == ["code", "name", "total", "basic", "project"]


def test_what_is_like_no_table_is_not_proposed() -> None:
    proposals = learn(sheet("2024年职工通讯录\n姓名 | 科室 | 电话\n甲 | 办公室 | 无\n乙 | 财务科 | 无"))
    assert [is_whole(proposal) for proposal in proposals] == [False]


def test_a_stroke_inside_a_cell_is_a_step_of_a_path_as_it_is_in_a_header(tmp_path: Path) -> None:
    text = STRANGE.replace("摘要", "科目/摘要")
    proposal = learn_one(text)
    said = yaml.safe_load(write(proposal, fuyuan()))
    (name,) = said["bands"][0]["columns"]["name"]
    assert [fold_label(part) for part in name.split("/")] == ["科目", "摘要"]
    (table,), _ = read_with(with_proposals(tmp_path, proposal), sheet(text))
    assert len(table.lines) == 2


def test_nothing_in_a_sheet_can_break_out_of_the_file() -> None:
    rows = (
        ("2024年支出: # 表]\x85\u2028form: evil\n表",),
        ("单位：万元",),
        ("科目编码", "名称: {x", "合\n计", "基本支出\x1b[2J", "'项目', \"支出\""),
        ("20106", "财政事务", 12.5, 10.0, 2.5),
        ("20107", "税收事务", 7.5, 5.0, 2.5),
    )
    (proposal,) = learn(Sheet("表\n# form: evil", rows), table="expenditure")
    text = write(proposal, fuyuan())
    assert faults("template", yaml.safe_load(text)) == []
    assert yaml.safe_load(text)["form"] == proposal.form
    assert "\x1b" not in text
    assert [line for line in text.splitlines() if line.lstrip().startswith("form: evil")] == []
