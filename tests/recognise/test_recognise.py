"""Tables are known by what is printed on them."""

from __future__ import annotations

from etl.recognise import recognise
from etl.table import Sheet, Workbook
from tests.sheets import cells, codes, fuyuan, read, sheet

EXPENDITURE = """
富源县财政局2024年度支出决算表
部门：富源县财政局 | | | | 单位：万元
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
201 | 一般公共服务支出 | 12.5 | 10 | 2.5
20106 | 财政事务 | 12.5 | 10 | 2.5
合计 | | 12.5 | 10 | 2.5
"""


def fates(*sheets: Sheet) -> list[tuple[str, str, str]]:
    _, reports, _ = recognise(Workbook("xlsx", sheets), fuyuan())
    return [(report.fate, report.table_id, report.reason) for report in reports]


def test_sheet_name_and_file_name_say_nothing() -> None:
    (table,), identity, findings = read(sheet(EXPENDITURE, name="GK08"), file="新建表格.xlsx")
    assert (table.table_id, table.unit) == ("expenditure", "万元")
    assert (identity.department_name, identity.fiscal_year, identity.document) == (
        "富源县财政局",
        2024,
        "final-account",
    )
    assert findings == []
    assert cells(table)[:3] == [
        ("201", "total", "12.5", "C4"),
        ("201", "basic", "10", "D4"),
        ("201", "project", "2.5", "E4"),
    ]


def test_columns_in_another_order() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年支出决算表
            部门：富源县财政局 | 单位：元
            科目名称 | 科目编码 | 项目支出 | 基本支出 | 本年支出合计
            教育支出 | 205 | 1 | 2 | 3
            """
        )
    )
    assert cells(table) == [("205", "project", "1", "C4"), ("205", "basic", "2", "D4"), ("205", "total", "3", "E4")]


def test_the_first_character_of_a_title_may_be_lost() -> None:
    assert fates(sheet(EXPENDITURE.replace("富源县财政局2024年度支出决算表", "三、出决算表"))) == [
        ("recognised", "expenditure", "")
    ]


def test_two_tables_on_one_sheet() -> None:
    tables, _, _ = read(sheet(EXPENDITURE + EXPENDITURE.replace("支出决算表", "一般公共预算财政拨款支出决算表")))
    assert [(table.table_id, table.title_cell) for table in tables] == [
        ("expenditure", "A1"),
        ("general-budget-expenditure", "A8"),
    ]
    assert [line.row for line in tables[1].lines] == [10, 11, 12]


def test_covers_contents_and_notes_are_ignored_and_empty_sheets_said() -> None:
    cover = sheet("富源县财政局2024年度部门决算", name="封面")
    contents = sheet("目  录\n一、收入支出决算总表\n二、收入决算表", name="x")
    notes = sheet("名词解释\n财政拨款收入：指……", name="y")
    assert fates(cover, contents, notes, Sheet("z", ())) == [
        ("ignored", "", "cover"),
        ("ignored", "", "contents"),
        ("ignored", "", "notes"),
        ("empty", "", ""),
    ]


def test_an_unknown_sheet_is_reported_with_the_nearest_form() -> None:
    unknown = sheet(
        """
        2024年车辆台账
        科目编码 | 科目名称 | 基本支出 | 购车日期
        201 | 一般公共服务支出 | 3 | 20240101
        """
    )
    _, reports, findings = recognise(Workbook("xlsx", (unknown,)), fuyuan())
    assert [report.fate for report in reports] == ["unrecognised"]
    assert codes(findings) == [("warning", "sheet-unrecognised", "A1")]
    assert findings[0].values["label"]


def test_a_missing_column_is_one_finding_and_no_cascade() -> None:
    broken = EXPENDITURE.replace(" | 项目支出", "").replace(" | 2.5", "")
    _, _, findings = recognise(Workbook("xlsx", (sheet(broken),)), fuyuan())
    assert codes(findings) == [("error", "header-missing", "A1")]
    assert findings[0].expected == "项目支出"


def test_two_columns_with_one_name_collide() -> None:
    twice = EXPENDITURE.replace("| 基本支出 | 项目支出", "| 基本支出 | 基本支出 | 项目支出")
    _, _, findings = recognise(Workbook("xlsx", (sheet(twice),)), fuyuan())
    assert codes(findings) == [("error", "columns-collide", "D3,E3")]
    (table,), _, _ = read(sheet(twice))
    assert not table.settled


def test_figures_in_an_unknown_column_are_not_passed_over_in_silence() -> None:
    wider = EXPENDITURE.replace("项目支出\n", "项目支出 | 其他栏目\n").replace("12.5 | 10 | 2.5", "12.5 | 10 | 2.5 | 7")
    _, _, findings = recognise(Workbook("xlsx", (sheet(wider),)), fuyuan())
    assert codes(findings) == [("warning", "column-unrecognised", "F3")]


def test_a_table_on_a_hidden_sheet_is_said() -> None:
    hidden = sheet(EXPENDITURE)
    hidden = Sheet("x", hidden.rows, (), "hidden")
    _, _, findings = recognise(Workbook("xlsx", (hidden,)), fuyuan())
    assert codes(findings) == [("warning", "hidden-content", "")]


def test_a_total_below_a_heading_that_the_form_does_not_know_is_not_its_total() -> None:
    """年初结转和结余/合计 beside 本年支出 is another figure; taken for the total it would be a wrong one."""
    strange = sheet(
        """
        2024年支出决算表
        部门：富源县财政局 | | | | 单位：万元
        科目编码 | 科目名称 | 上级专款安排 | 本年支出 |
         | | 合计 | 基本支出 | 项目支出
        201 | 一般公共服务支出 | 7 | 10 | 2.5
        """,
        merges=((2, 3, 2, 4),),
    )
    _, _, findings = recognise(Workbook("xlsx", (strange,)), fuyuan())
    assert codes(findings) == [("error", "header-missing", "A1")]


def test_amounts_stored_as_text_in_an_unknown_column_are_said_too() -> None:
    wider = EXPENDITURE.replace("项目支出\n", "项目支出 | 其他栏目\n").replace(
        "12.5 | 10 | 2.5", "12.5 | 10 | 2.5 | '7.00"
    )
    _, _, findings = recognise(Workbook("csv", (sheet(wider),)), fuyuan())
    assert codes(findings) == [("warning", "column-unrecognised", "F3")]


def test_a_header_of_two_rows_and_column_numbers_in_a_file_that_cannot_merge() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年“三公”经费支出决算表
            部门：富源县审计局 | 单位：万元
            预算数 | | | | | | 决算数 | | | | |
            合计 | 因公出国(境)费 | 公务用车购置及运行费 | | | 公务接待费 | 合计 | 因公出国(境)费 | 公务用车购置及运行费 | | | 公务接待费
             | | 小计 | 购置费 | 运行费 | | | | 小计 | 购置费 | 运行费 |
            1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
            3 | | 2 | | 2 | 1 | 2 | | 1.5 | | 1.5 | 0.5
            """
        )
    )
    assert [figure for figure in cells(table) if figure[0] in ("vehicles", "reception")] == [
        ("vehicles", "budget", "2", "C7"),
        ("vehicles", "final", "1.5", "I7"),
        ("reception", "budget", "1", "F7"),
        ("reception", "final", "0.5", "L7"),
    ]


def test_the_label_of_the_table_below_belongs_to_no_line_of_the_one_above() -> None:
    tables, _, findings = read(
        sheet(EXPENDITURE + "附表3\n" + EXPENDITURE.replace("支出决算表", "一般公共预算财政拨款支出决算表"))
    )
    assert [len(table.lines) for table in tables] == [3, 3]
    assert codes(findings) == []
