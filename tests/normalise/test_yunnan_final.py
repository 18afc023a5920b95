"""The forms of Yunnan's department final accounts (GK01 … GK15 and those retired): known by title and header, never by number.

Titles are those the domain notes verified; columns follow them, and the figures are made up.
"""

from __future__ import annotations

import pytest

from etl.recognise import recognise
from etl.table import Merge, Table, Workbook
from tests.sheets import cells, codes, fuyuan, read, sheet

WHO = "部门：富源县审计局"


def only(text: str, *merges: Merge) -> Table:
    """The one table of a sheet that is read without any finding."""
    tables, identity, findings = read(sheet(text, merges=merges))
    assert codes(findings) == []
    assert (len(tables), identity.document) == (1, "final-account")
    return tables[0]


WIDE_HEADER = """
项目 | | | | 年初结转和结余 | | | 本年收入 | | | 本年支出 | | | | | 年末结转和结余 | | | |
支出功能分类科目编码 | | | 科目名称 | 合计 | 基本支出结转 | 项目支出结转和结余 | 合计 | 基本支出 | 项目支出 | 合计 | 基本支出 | | | 项目支出 | 合计 | 基本支出结转 | 项目支出结转和结余 | |
 | | | | | | | | | | | 小计 | 人员经费 | 公用经费 | | | | 小计 | 项目支出结转 | 项目支出结余
类 | 款 | 项 | | | | | | | | | | | | | | | | |
"""
WIDE_MERGES: tuple[Merge, ...] = (
    (2, 0, 2, 3),
    (2, 4, 2, 6),
    (2, 7, 2, 9),
    (2, 10, 2, 14),
    (2, 15, 2, 19),
    (3, 0, 4, 2),
    *((3, column, 5, column) for column in (3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16)),
    (3, 11, 3, 13),
    (3, 17, 3, 19),
    *((4, column, 5, column) for column in (11, 12, 13, 17, 18, 19)),
)
WIDE_MEASURES = [
    *("opening", "opening-basic", "opening-project", "income", "income-basic", "income-project", "total", "basic"),
    *("personnel", "public", "project", "closing", "closing-basic", "closing-project"),
    *("closing-project-carry-over", "closing-project-surplus"),
]


@pytest.mark.parametrize(
    ("title", "table_id"),
    [
        ("一般公共预算财政拨款收入支出决算表", "general-budget-expenditure"),
        ("政府性基金预算财政拨款收入支出决算表", "government-fund"),
    ],
)
def test_gk05_and_gk08_run_from_the_opening_to_the_closing_balance(title: str, table_id: str) -> None:
    table = only(
        f"""
        富源县审计局2023年度{title}
        {WHO} | | | | | | | | | | | | | | | | | | | 单位：万元
        {WIDE_HEADER.strip()}
        201 | 08 | 01 | 行政运行 | 10 | 4 | 6 | 100 | 70 | 30 | 95 | 68 | 60 | 8 | 27 | 15 | 6.5 | 8.5 | 7 | 1.5
        """,
        *WIDE_MERGES,
    )
    assert table.table_id == table_id
    amounts = ["10", "4", "6", "100", "70", "30", "95", "68", "60", "8", "27", "15", "6.5", "8.5", "7", "1.5"]
    columns = "EFGHIJKLMNOPQRST"
    assert cells(table) == [
        ("2010801", measure, amount, f"{column}7")
        for measure, amount, column in zip(WIDE_MEASURES, amounts, columns, strict=True)
    ]


def test_gk06_has_three_blocks() -> None:
    table = only(
        f"""
        富源县审计局2023年度一般公共预算财政拨款基本支出决算表
        {WHO} | | | | | | | | 单位：万元
        人员经费 | | | 公用经费 | | | | |
        科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
        301 | 工资福利支出 | 60 | 302 | 商品和服务支出 | 8 | 310 | 资本性支出 | 1
        30101 | 基本工资 | 59 | 30201 | 办公费 | 7 | 31002 | 办公设备购置 | 2
        人员经费合计 | | 61 | | | | 公用经费合计 | | 9
        """,
        (2, 0, 2, 2),
        (2, 3, 2, 8),
        (6, 0, 6, 1),
        (6, 6, 6, 7),
    )
    assert table.table_id == "basic-expenditure"
    assert cells(table) == [
        ("301", "total", "60", "C5"),
        ("30101", "total", "59", "C6"),
        ("personnel-total", "total", "61", "C7"),
        ("302", "total", "8", "F5"),
        ("30201", "total", "7", "F6"),
        ("310", "total", "1", "I5"),
        ("31002", "total", "2", "I6"),
        ("public-total", "total", "9", "I7"),
    ]


def test_gk07_carries_the_economic_code() -> None:
    table = only(
        f"""
        富源县审计局2023年度一般公共预算财政拨款项目支出决算表
        {WHO} | | | | | 单位：万元
        科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额
        302 | 商品和服务支出 | 20 | 310 | 资本性支出 | 7
        30201 | 办公费 | 19 | 31002 | 办公设备购置 | 6
         | | | 合计 | | 27
        """
    )
    assert table.table_id == "project-expenditure"
    assert cells(table) == [
        ("302", "total", "20", "C4"),
        ("30201", "total", "19", "C5"),
        ("310", "total", "7", "F4"),
        ("31002", "total", "6", "F5"),
        ("total", "total", "27", "F6"),
    ]


def test_gk09_is_the_national_form() -> None:
    table = only(
        f"""
        富源县审计局2023年度国有资本经营预算财政拨款收入支出决算表
        {WHO} | | | | | | | 单位：万元
        科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | | | 年末结转和结余
         | | | | 合计 | 基本支出 | 项目支出 |
        223 | 国有资本经营预算支出 | 1 | 7 | 6 | 2 | 4 | 3
        """,
        *((2, column, 3, column) for column in (0, 1, 2, 3, 7)),
        (2, 4, 2, 6),
    )
    assert table.table_id == "state-capital"
    assert cells(table) == [
        ("223", "opening", "1", "C5"),
        ("223", "income", "7", "D5"),
        ("223", "total", "6", "E5"),
        ("223", "basic", "2", "F5"),
        ("223", "project", "4", "G5"),
        ("223", "closing", "3", "H5"),
    ]


THREE_PUBLIC = f"""
富源县审计局2023年度{{title}}
{WHO} | | | | 单位：万元
项目 | 行次 | {{budget}} | 全年预算数 | 决算统计数
栏次 | | 1 | 2 | 3
一、“三公”经费支出 | 1 | 5 | 4 | 3
1．因公出国（境）费 | 2 | 0 | 0 | 0
2．公务用车购置及运行维护费 | 3 | 3.5 | 2.5 | 2
（1）公务用车购置费 | 4 | 0.5 | 0 | 0
（2）公务用车运行维护费 | 5 | 3 | 2.5 | 2
3．公务接待费 | 6 | 1.5 | 1.5 | 1
"""


def test_gk10_has_three_figures_a_line() -> None:
    table = only(
        THREE_PUBLIC.format(title="财政拨款“三公”经费、行政参公单位机关运行经费情况表", budget="预算数")
        + "二、机关运行经费 | 22 | | | 8\n（一）行政单位 | 23 | | | 7\n（二）参照公务员法管理事业单位 | 24 | | | 1\n"
    )
    assert table.table_id == "three-public-expenses"
    assert cells(table) == [
        ("total", "budget", "5", "C5"),
        ("total", "adjusted", "4", "D5"),
        ("total", "final", "3", "E5"),
        ("overseas-travel", "budget", "0", "C6"),
        ("overseas-travel", "adjusted", "0", "D6"),
        ("overseas-travel", "final", "0", "E6"),
        ("vehicles", "budget", "3.5", "C7"),
        ("vehicles", "adjusted", "2.5", "D7"),
        ("vehicles", "final", "2", "E7"),
        ("vehicle-purchase", "budget", "0.5", "C8"),
        ("vehicle-purchase", "adjusted", "0", "D8"),
        ("vehicle-purchase", "final", "0", "E8"),
        ("vehicle-running", "budget", "3", "C9"),
        ("vehicle-running", "adjusted", "2.5", "D9"),
        ("vehicle-running", "final", "2", "E9"),
        ("reception", "budget", "1.5", "C10"),
        ("reception", "adjusted", "1.5", "D10"),
        ("reception", "final", "1", "E10"),
        ("agency-operation", "final", "8", "E11"),
        ("agency-operation-administrative", "final", "7", "E12"),
        ("agency-operation-civil-service", "final", "1", "E13"),
    ]


def test_gk11_counts_the_general_budget_alone() -> None:
    table = only(THREE_PUBLIC.format(title="一般公共预算财政拨款“三公”经费情况表", budget="年初预算数"))
    assert (table.table_id, table.form) == ("three-public-expenses", "three-public-general-budget")
    assert cells(table)[:3] == [
        ("total", "general-budget-budget", "5", "C5"),
        ("total", "general-budget-adjusted", "4", "D5"),
        ("total", "general-budget-final", "3", "E5"),
    ]


def test_the_name_of_gk10_before_2023() -> None:
    table = only(THREE_PUBLIC.format(title="“三公”经费、行政参公单位机关运行经费情况表", budget="预算数"))
    assert (table.form, table.lines[0].code) == ("three-public-lines-final", "total")


def test_gk12_has_assets_across() -> None:
    table = only(
        f"""
        富源县审计局2023年度国有资产使用情况表
        {WHO} | | | | | | | | | | | | 单位：万元
        项目 | 行次 | 资产总额 | 流动资产 | 固定资产 | | | | | 对外投资 | 在建工程 | 无形资产 | 其他资产
         | | | | 小计 | 房屋构筑物 | 汽车 | 单价200万以上大型设备 | 其他固定资产 | | | |
        栏次 | | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11
        合计 | 1 | 102 | 20 | 70 | 50 | 9 | 0 | 11 | 1 | 5 | 4 | 2
        """,
        *((2, column, 3, column) for column in (0, 1, 2, 3, 9, 10, 11, 12)),
        (2, 4, 2, 8),
    )
    assert table.table_id == "assets"
    assert cells(table) == [
        ("total", "total", "102", "C6"),
        ("total", "current-assets", "20", "D6"),
        ("total", "fixed-assets", "70", "E6"),
        ("total", "buildings", "50", "F6"),
        ("total", "vehicles", "9", "G6"),
        ("total", "large-equipment", "0", "H6"),
        ("total", "other-fixed-assets", "11", "I6"),
        ("total", "investments", "1", "J6"),
        ("total", "construction", "5", "K6"),
        ("total", "intangible-assets", "4", "L6"),
        ("total", "other-assets", "2", "M6"),
    ]


def test_gk13_is_text_under_a_header_and_running_text_without() -> None:
    table = only(
        f"""
        富源县审计局2023年度部门整体支出绩效自评情况
        {WHO}
        指标 | 说明
        一、部门基本情况 | 负责全县审计工作
        """
    )
    assert (table.table_id, table.lines[0].attributes) == ("department-performance", {"content": "负责全县审计工作"})
    prose = sheet(
        """
        2023年度部门整体支出绩效自评情况
        一、部门基本情况 | （一）部门概况 | 负责全县审计工作
        """
    )
    _, reports, findings = recognise(Workbook("xlsx", (prose,)), fuyuan())
    assert ([(each.fate, each.reason) for each in reports], findings) == ([("ignored", "notes")], [])


@pytest.mark.parametrize(
    ("title", "table_id"),
    [("部门整体支出绩效自评表", "department-performance"), ("项目支出绩效自评表", "project-performance")],
)
def test_gk14_and_gk15_are_indicators(title: str, table_id: str) -> None:
    table = only(
        f"""
        富源县审计局2023年度{title}
        项目名称 | 审计专项经费 | | | | | |
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 年度指标值 | 度量单位 | 实际完成值 | 分值 | 得分
        产出指标 | 数量指标 | 审计项目数 | ≥ | 12 | 个 | 11 | 10 | 9
        """
    )
    assert (table.table_id, cells(table)) == (table_id, [])
    assert dict(table.lines[0].attributes) == {
        "indicator_level_1": "产出指标",
        "indicator_level_2": "数量指标",
        "indicator_level_3": "审计项目数",
        "indicator_nature": "≥",
        "target": "12",
        "target_unit": "个",
        "actual": "11",
        "weight": "10",
        "score": "9",
    }


def test_the_table_of_special_accounts_that_ended_with_2018() -> None:
    table = only(
        """
        富源县教育局2018年度财政专户管理资金收入支出决算表
        部门：富源县教育局 | | | | | 单位：万元
        科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余
        205 | 教育支出 | 1 | 10 | 9 | 2
        """
    )
    assert table.table_id == "special-account"
    assert cells(table) == [
        ("205", "opening", "1", "C4"),
        ("205", "income", "10", "D4"),
        ("205", "total", "9", "E4"),
        ("205", "closing", "2", "F4"),
    ]


@pytest.mark.parametrize("label", ["GK08", "公开08表", "财决公开08表"])
def test_the_number_of_a_table_says_nothing(label: str) -> None:
    text = f"""
    {label}
    富源县审计局2019年度“三公”经费、行政参公单位机关运行经费情况表
    {WHO} | | 单位：万元
    项目 | 行次 | 预算数 | 决算统计数
    一、“三公”经费支出 | 1 | 5 | 3
    """
    (table,), _, _ = read(sheet(text, name=label))
    assert (table.table_id, cells(table)) == (
        "three-public-expenses",
        [("total", "budget", "5", "C5"), ("total", "final", "3", "D5")],
    )
