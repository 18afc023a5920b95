"""Sheets become tables: every figure in its cell, nothing lost and nothing made up."""

from __future__ import annotations

from tests.sheets import cells, codes, read, sheet

SUMMARY = """
2024年度收入支出决算总表
部门：富源县审计局 | | | 单位：万元
收入 | | 支出 |
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 10 | 一、一般公共服务支出 | 8
八、其他收入 | | 二十六、抗疫特别国债安排的支出 | 0
本年收入合计 | 10 | 本年支出合计 | 8
年初结转和结余 | 1 | 年末结转和结余 | 3
总计 | 11 | 总计 | 11
注：本表反映部门本年度的总收支和年末结转结余情况。
"""


def test_two_sides_become_two_runs_of_lines() -> None:
    (table,), _, findings = read(sheet(SUMMARY, merges=((2, 0, 2, 1), (2, 2, 2, 3))))
    assert findings == []
    assert cells(table) == [
        ("income-general-budget", "amount", "10", "B5"),
        ("income-current-year", "amount", "10", "B7"),
        ("carry-over-opening", "amount", "1", "B8"),
        ("total-income", "amount", "11", "B9"),
        ("201", "amount", "8", "D5"),
        ("234", "amount", "0", "D6"),
        ("expenditure-current-year", "amount", "8", "D7"),
        ("carry-over-closing", "amount", "3", "D8"),
        ("total-expenditure", "amount", "11", "D9"),
    ]
    assert [line.name for line in table.lines if line.code == "income-other"] == ["其他收入"]
    assert (table.notes[0][0], table.nil_note) == (9, -1)


def test_the_same_words_mean_the_line_they_stand_under() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年度财政拨款收入支出决算总表
            部门：富源县审计局 | | | | | | 单位：万元
            收入 | | 支出 | | | |
            项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 国有资本经营预算财政拨款
            一、一般公共预算财政拨款 | 5 | 一、一般公共服务支出 | 5 | 5 | |
            年初财政拨款结转和结余 | 2 | 年末财政拨款结转和结余 | 2 | 2 | |
            一、一般公共预算财政拨款 | 2 | | | | |
            总计 | 7 | 总计 | 7 | 7 | |
            """,
            merges=((2, 0, 2, 1), (2, 2, 2, 6)),
        )
    )
    assert [(line.code, line.row) for line in table.lines if line.side == "income"] == [
        ("income-general-budget", 4),
        ("carry-over-opening", 5),
        ("carry-over-opening-general-budget", 6),
        ("total-income", 7),
    ]


def test_nil_marks_are_zeros_and_blanks_are_nothing() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年支出决算表
            部门：富源县审计局 | | | | 单位：万元
            科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
            205 | 教育支出 | 1.20 | — |
            """
        )
    )
    figures = table.lines[0].figures
    assert {measure: (str(f.number), f.nil) for measure, f in figures.items()} == {
        "total": ("1.2", False),
        "basic": ("0", True),
    }


def test_words_in_a_figure_cell_are_an_error_at_the_cell() -> None:
    _, _, findings = read(
        sheet(
            """
            2024年支出决算表
            部门：富源县审计局 | | | | 单位：万元
            科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
            205 | 教育支出 | 约3万 | '1,2,3 | 53012345678901234X
            """
        )
    )
    assert codes(findings) == [("error", "amount-unreadable", cell) for cell in ("C4", "D4", "E4")]
    assert findings[2].actual == "…"


def test_an_empty_table_with_its_statement() -> None:
    (table,), _, findings = read(
        sheet(
            """
            2024年政府性基金预算财政拨款收入支出决算表
            部门：富源县审计局 | | | | | | 单位：万元
            科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余
             | | | | 小计 | 基本支出 | 项目支出 |
            合计 | | | | | | |
            无政府性基金预算财政拨款的，仍保留该表格式，并在本表下方作下述说明：
            注：富源县审计局无政府性基金预算财政拨款支出，故本表无数据。
            """,
            merges=((2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 2, 6), (2, 7, 3, 7)),
        )
    )
    assert (table.is_empty, table.nil_note) == (True, 6)
    assert codes(findings) == [("warning", "template-text-left", "A6")]


def test_a_header_that_repeats_at_a_page_break_gives_no_line() -> None:
    (table,), _, findings = read(
        sheet(
            """
            2024年支出决算表
            部门：富源县审计局 | | | | 单位：万元
            科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
            栏次 | | 1 | 2 | 3
            205 | 教育支出 | 3 | 2 | 1
            科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
            206 | 科学技术支出 | 3 | 2 | 1
            """
        )
    )
    assert [line.code for line in table.lines] == ["205", "206"]
    assert codes(findings) == [("note", "repaired", "A6")]


def test_a_table_without_a_unit() -> None:
    text = """
        2024年支出决算表
        部门：富源县审计局
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        205 | 教育支出 | {0} | {0} | 0
        """
    (large,), _, findings = read(sheet(text.format("2500000")))
    assert (large.unit, large.settled, codes(findings)) == ("元", True, [("warning", "unit-missing", "A1")])
    (small,), _, findings = read(sheet(text.format("12.35")))
    assert (small.unit, small.settled, codes(findings)) == ("万元", True, [("warning", "unit-missing", "A1")])
    (open_,), _, findings = read(sheet(text.format("25000")))
    assert (open_.settled, codes(findings)) == (False, [("error", "unit-missing", "A1")])


def test_children_that_leave_class_and_group_blank() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年支出预算总表
            部门：富源县审计局 | | | | | | 单位：元
            功能分类科目编码 | | | 功能分类科目名称 | 合计 | 基本支出 | 项目支出
            类 | 款 | 项 | | | |
            205 | | | 教育支出 | 3 | 2 | 1
             | 02 | | 普通教育 | 3 | 2 | 1
             | | 05 | 高等教育 | 3 | 2 | 1
            """,
            merges=((2, 0, 2, 2), (2, 3, 3, 3), (2, 4, 3, 4), (2, 5, 3, 5), (2, 6, 3, 6)),
        )
    )
    assert [line.code for line in table.lines] == ["205", "20502", "2050205"]


def test_rows_and_columns_that_only_number_are_no_figures() -> None:
    (table,), _, findings = read(
        sheet(
            """
            2022年度收入支出决算表
            部门：富源县审计局 | | | | | 单位：万元
            收入 | | | 支出 | |
            项目 | 行次 | 决算数 | 项目（按功能分类） | 行次 | 决算数
            栏次 | | 1 | 栏次 | | 2
            一、一般公共预算财政拨款收入 | 1 | 10 | 一、一般公共服务支出 | 31 | 10
            总计 | 30 | 10 | 总计 | 60 | 10
            """,
            merges=((2, 0, 2, 2), (2, 3, 2, 5)),
        )
    )
    assert findings == []
    assert cells(table) == [
        ("income-general-budget", "amount", "10", "C6"),
        ("total-income", "amount", "10", "C7"),
        ("201", "amount", "10", "F6"),
        ("total-expenditure", "amount", "10", "F7"),
    ]


def test_three_public_with_budget_and_final_side_by_side() -> None:
    (table,), _, findings = read(
        sheet(
            """
            2021年度财政拨款“三公”经费支出决算表
            部门：富源县审计局 | | | | | | | 单位：万元
            预算数 | | | | 决算数 | | |
            合计 | 公务用车购置及运行费 | | 公务接待费 | 合计 | 公务用车购置及运行费 | | 公务接待费
             | 小计 | 公务用车运行费 | | | 小计 | 公务用车运行费 |
            3 | 2 | 2 | 1 | 2.5 | 2 | 2 | 0.5
            """,
            merges=(
                (2, 0, 2, 3),
                (2, 4, 2, 7),
                (3, 1, 3, 2),
                (3, 5, 3, 6),
                (3, 0, 4, 0),
                (3, 3, 4, 3),
                (3, 4, 4, 4),
                (3, 7, 4, 7),
            ),
        )
    )
    assert findings == []
    assert sorted(cells(table)) == sorted(
        [
            ("total", "budget", "3", "A6"),
            ("vehicles", "budget", "2", "B6"),
            ("vehicle-running", "budget", "2", "C6"),
            ("reception", "budget", "1", "D6"),
            ("total", "final", "2.5", "E6"),
            ("vehicles", "final", "2", "F6"),
            ("vehicle-running", "final", "2", "G6"),
            ("reception", "final", "0.5", "H6"),
        ]
    )


def test_a_line_that_nobody_knows_keeps_its_figures_and_is_said() -> None:
    (table,), _, findings = read(
        sheet(
            """
            2024年度收入支出决算总表
            部门：富源县审计局 | | | 单位：万元
            收入 | | 支出 |
            项目 | 决算数 | 项目 | 决算数
            一、神秘收入 | 10 | 一、一般公共服务支出 | 10
            """,
            merges=((2, 0, 2, 1), (2, 2, 2, 3)),
        )
    )
    assert codes(findings) == [("warning", "line-unrecognised", "A5")]
    assert cells(table)[0] == ("", "amount", "10", "B5")
