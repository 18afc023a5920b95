"""The forms of Yunnan's department budgets since 2022 (预算01-1表 … 预算12表), one by one.

Layouts follow the domain notes on tables; the figures are made up so that no two cells of a table are alike.
"""

from __future__ import annotations

from etl.table import Merge, Table
from tests.sheets import cells, codes, read, sheet

WHO = "部门：富源县审计局"


def only(text: str, *merges: Merge) -> Table:
    """The one table of a sheet that is read without any finding."""
    tables, identity, findings = read(sheet(text, merges=merges))
    assert codes(findings) == []
    assert (len(tables), identity.document, identity.fiscal_year) == (1, "budget", 2024)
    return tables[0]


def down(column: int, first: int = 2, last: int = 3) -> Merge:
    return (first, column, last, column)


def test_01_1_income_and_spending_side_by_side() -> None:
    table = only(
        f"""
        富源县审计局2024年部门财务收支预算总表
        {WHO} | | | 单位：元
        收入 | | 支出 |
        项目 | 预算数 | 项目 | 预算数
        一、一般公共预算拨款收入 | 100 | 一、一般公共服务支出 | 125
        四、财政专户管理资金收入 | | 二、社会保障和就业支出 | 9
        五、单位资金 | 30 | |
        （一）事业收入 | 21 | |
        （二）事业单位经营收入 | 8 | |
        （三）其他收入 | 1 | |
        本年收入合计 | 130 | 本年支出合计 | 134
        上年结转结余 | 4 | 年终结转结余 | 0
        收入总计 | 134 | 支出总计 | 134
        """,
        (2, 0, 2, 1),
        (2, 2, 2, 3),
    )
    assert table.table_id == "revenue-expenditure-summary"
    assert cells(table) == [
        ("income-general-budget", "amount", "100", "B5"),
        ("unit-funds", "amount", "30", "B7"),
        ("income-undertaking", "amount", "21", "B8"),
        ("income-operating", "amount", "8", "B9"),
        ("income-other", "amount", "1", "B10"),
        ("income-current-year", "amount", "130", "B11"),
        ("carry-over-opening", "amount", "4", "B12"),
        ("total-income", "amount", "134", "B13"),
        ("201", "amount", "125", "D5"),
        ("208", "amount", "9", "D6"),
        ("expenditure-current-year", "amount", "134", "D11"),
        ("carry-over-closing", "amount", "0", "D12"),
        ("total-expenditure", "amount", "134", "D13"),
    ]


def test_01_2_runs_by_unit_under_a_header_of_three_rows() -> None:
    table = only(
        f"""
        富源县审计局2024年部门收入预算表
        {WHO} | | | | | | | | | | 单位：元
        部门（单位）代码 | 部门（单位）名称 | 合计 | 本年收入 | | | | | 上年结转结余 | |
         | | | 小计 | 一般公共预算 | 政府性基金预算 | 单位资金 | | 小计 | 一般公共预算 | 政府性基金预算
         | | | | | | 小计 | 事业收入 | | |
        合计 | | 118 | 106 | 90 | 5 | 11 | 11 | 12 | 10 | 2
        131001 | 富源县审计局 | 118 | 106 | 90 | 5 | 11 | 11 | 12 | 10 | 2
        """,
        *(down(column, 2, 4) for column in (0, 1, 2)),
        (2, 3, 2, 7),
        (2, 8, 2, 10),
        (3, 6, 3, 7),
        *(down(column, 3, 4) for column in (3, 4, 5, 8, 9, 10)),
    )
    assert (table.table_id, table.form) == ("revenue", "revenue-by-unit")
    assert cells(table)[:8] == [
        ("total", "total", "118", "C6"),
        ("total", "current-year", "106", "D6"),
        ("total", "general-budget", "90", "E6"),
        ("total", "government-fund", "5", "F6"),
        ("total", "unit-funds", "11", "G6"),
        ("total", "undertaking", "11", "H6"),
        ("total", "carry-over", "12", "I6"),
        ("total", "carry-over-general-budget", "10", "J6"),
    ]
    assert [(line.code, line.name, line.own_code) for line in table.lines] == [
        ("total", "合计", False),
        ("131001", "富源县审计局", True),
    ]


def test_01_3_runs_by_source_of_funds() -> None:
    table = only(
        f"""
        富源县审计局2024年部门支出预算表
        {WHO} | | | | | | | | 单位：元
        科目编码 | 科目名称 | 合计 | 一般公共预算 | | | 政府性基金预算 | 单位资金 |
         | | | 小计 | 基本支出 | 项目支出 | | 小计 | 事业支出
        201 | 一般公共服务支出 | 113 | 100 | 80 | 20 | 3 | 10 | 10
        合计 | | 113 | 100 | 80 | 20 | 3 | 10 | 10
        """,
        *(down(column) for column in (0, 1, 2, 6)),
        (2, 3, 2, 5),
        (2, 7, 2, 8),
    )
    assert (table.table_id, table.form) == ("expenditure", "expenditure-by-source")
    assert cells(table)[:7] == [
        ("201", "total", "113", "C5"),
        ("201", "general-budget", "100", "D5"),
        ("201", "general-budget-basic", "80", "E5"),
        ("201", "general-budget-project", "20", "F5"),
        ("201", "government-fund", "3", "G5"),
        ("201", "unit-funds", "10", "H5"),
        ("201", "unit-funds-undertaking", "10", "I5"),
    ]


def test_02_1_has_one_column_of_spending() -> None:
    table = only(
        f"""
        富源县审计局2024年部门财政拨款收支预算总表
        {WHO} | | | 单位：元
        收入 | | 支出 |
        项目 | 预算数 | 支出功能分类科目 | 预算数
        一、本年收入 | 100 | 一、本年支出 | 110
        （一）一般公共预算 | 97 | （一）一般公共服务支出 | 110
        （二）政府性基金预算 | 3 | |
        二、上年结转 | 10 | 二、年终结转结余 |
        （一）一般公共预算 | 10 | |
        收入总计 | 110 | 支出总计 | 110
        """,
        (2, 0, 2, 1),
        (2, 2, 2, 3),
    )
    assert (table.table_id, table.form) == ("appropriation-summary", "appropriation-summary-one-column")
    assert cells(table) == [
        ("income-current-year", "amount", "100", "B5"),
        ("income-general-budget", "amount", "97", "B6"),
        ("income-government-fund", "amount", "3", "B7"),
        ("carry-over-opening", "amount", "10", "B8"),
        ("carry-over-opening-general-budget", "amount", "10", "B9"),
        ("total-income", "amount", "110", "B10"),
        ("expenditure-current-year", "amount", "110", "D5"),
        ("201", "amount", "110", "D6"),
        ("total-expenditure", "amount", "110", "D10"),
    ]


def test_02_2_divides_basic_expenditure() -> None:
    table = only(
        f"""
        富源县审计局2024年一般公共预算支出预算表（按功能科目分类）
        {WHO} | | | | | | 单位：元
        科目编码 | 科目名称 | 合计 | 基本支出 | | | 项目支出
         | | | 小计 | 人员经费 | 公用经费 |
        2010801 | 行政运行 | 100 | 80 | 70 | 10 | 20
        合计 | | 100 | 80 | 70 | 10 | 20
        """,
        *(down(column) for column in (0, 1, 2, 6)),
        (2, 3, 2, 5),
    )
    assert table.table_id == "general-budget-expenditure"
    assert cells(table)[:5] == [
        ("2010801", "total", "100", "C5"),
        ("2010801", "basic", "80", "D5"),
        ("2010801", "personnel", "70", "E5"),
        ("2010801", "public", "10", "F5"),
        ("2010801", "project", "20", "G5"),
    ]


def test_03_has_the_items_across() -> None:
    table = only(
        f"""
        富源县审计局2024年一般公共预算“三公”经费支出预算表
        {WHO} | | | | | 单位：元
        “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费
         | | 小计 | 公务用车购置费 | 公务用车运行费 |
        30 | 0 | 20 | 1 | 19 | 10
        """,
        *(down(column) for column in (0, 1, 5)),
        (2, 2, 2, 4),
    )
    assert table.table_id == "three-public-expenses"
    assert cells(table) == [
        ("total", "budget", "30", "A5"),
        ("overseas-travel", "budget", "0", "B5"),
        ("vehicles", "budget", "20", "C5"),
        ("vehicle-purchase", "budget", "1", "D5"),
        ("vehicle-running", "budget", "19", "E5"),
        ("reception", "budget", "10", "F5"),
    ]


def test_04_carries_the_economic_code_and_keeps_the_others_as_fields() -> None:
    table = only(
        f"""
        富源县审计局2024年部门基本支出预算表（人员类、运转类公用经费项目）
        {WHO} | | | | | | | | | | 单位：元
        单位名称 | 项目代码 | 项目名称 | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 资金来源 | | |
         | | | | | | | 总计 | 一般公共预算资金 | | 单位资金
         | | | | | | | | 全年数 | 本次下达 |
        富源县审计局 | '530325210000000012345 | 行政人员工资支出 | 2010801 | 行政运行 | 30101 | 基本工资 | 61 | 60 | 58 | 1
         | '530325210000000012345 | 行政人员工资支出 | 2010801 | 行政运行 | 30102 | 津贴补贴 | 40 | 40 | 39 |
        """,
        *(down(column, 2, 4) for column in range(7)),
        (2, 7, 2, 10),
        down(7, 3, 4),
        (3, 8, 3, 9),
        down(10, 3, 4),
    )
    assert (table.table_id, table.form) == ("basic-expenditure", "basic-expenditure-by-project")
    assert cells(table) == [
        ("30101", "total", "61", "H6"),
        ("30101", "general-budget", "60", "I6"),
        ("30101", "general-budget-issued", "58", "J6"),
        ("30101", "unit-funds", "1", "K6"),
        ("30102", "total", "40", "H7"),
        ("30102", "general-budget", "40", "I7"),
        ("30102", "general-budget-issued", "39", "J7"),
    ]
    assert dict(table.lines[1].attributes) == {
        "unit_name": "富源县审计局",
        "project_code": "530325210000000012345",
        "project_name": "行政人员工资支出",
        "functional_code": "2010801",
        "functional_name": "行政运行",
    }


def test_05_1_carries_the_project_code() -> None:
    table = only(
        f"""
        富源县审计局2024年部门项目支出预算表（其他运转类、特定目标类项目）
        {WHO} | | | | | | | | | 单位：元
        项目分类 | 项目代码 | 项目名称 | 项目单位 | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 合计 | 一般公共预算
        专项业务类 | '530325231100001111111 | 审计专项经费 | 富源县审计局 | 2010804 | 审计业务 | 30201 | 办公费 | 20 | 20
        专项业务类 | | | 富源县审计局 | 2010804 | 审计业务 | 30211 | 差旅费 | 30 | 29
         | | 合计 | | | | | | 50 | 49
        """,
        down(1, 3, 4),
        down(2, 3, 4),
    )
    assert table.table_id == "project-expenditure"
    assert cells(table) == [
        ("530325231100001111111", "total", "20", "I4"),
        ("530325231100001111111", "general-budget", "20", "J4"),
        ("530325231100001111111", "total", "30", "I5"),
        ("530325231100001111111", "general-budget", "29", "J5"),
        ("total", "total", "50", "I6"),
        ("total", "general-budget", "49", "J6"),
    ]
    assert [(line.name, line.attributes.get("economic_code")) for line in table.lines] == [
        ("审计专项经费", "30201"),
        ("审计专项经费", "30211"),
        ("合计", None),
    ]


GOALS = f"""
富源县审计局2024年项目支出绩效目标表（本次下达）
{WHO}
项目名称 | 项目年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 指标属性 | 指标内容
审计专项经费 | 完成审计项目 | 产出指标 | 数量指标 | 审计项目数 | ≥ | 12 | 个 | 定量指标 | 全年完成数
 | | | 时效指标 | 完成时间 | = | 100 | % | 定量指标 | 按期完成
"""
MERGED = tuple((3, column, 4, column) for column in range(3))


def test_05_2_is_text_and_no_money() -> None:
    table = only(GOALS, *MERGED)
    assert (table.table_id, cells(table), table.is_empty) == ("project-performance", [], False)
    first, second = table.lines
    assert (first.name, first.attributes["target"], first.attributes["target_unit"]) == ("审计专项经费", "12", "个")
    assert (second.name, second.attributes["goal"]) == ("审计专项经费", "完成审计项目")
    assert (second.attributes["indicator_level_1"], second.attributes["indicator_level_2"]) == ("产出指标", "时效指标")


def test_05_3_and_09_2_are_forms_of_their_own() -> None:
    later = only(GOALS.replace("（本次下达）", "（另文下达）"), *MERGED)
    passed_on = only(GOALS.replace("项目支出绩效目标表（本次下达）", "对下转移支付绩效目标表"), *MERGED)
    assert [(each.table_id, each.form) for each in (later, passed_on)] == [
        ("project-performance", "project-performance-budget-later"),
        ("project-performance", "project-performance-transfers"),
    ]


def test_06_may_name_the_unit_first() -> None:
    table = only(
        f"""
        富源县审计局2024年部门政府性基金预算支出预算表
        {WHO} | | | | | 单位：元
        单位名称 | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        富源县审计局 | 212 | 城乡社区支出 | 7 | | 7
        """
    )
    assert (table.table_id, cells(table)) == (
        "government-fund",
        [("212", "total", "7", "D4"), ("212", "project", "7", "F4")],
    )
    assert table.lines[0].attributes == {"unit_name": "富源县审计局"}


def test_07_keeps_what_is_bought_beside_the_money() -> None:
    table = only(
        f"""
        富源县审计局2024年部门政府采购预算表
        {WHO} | | | | | | | 单位：元
        预算项目 | 采购项目 | 采购目录 | 计量单位 | 数量 | 面向中小企业预留资金 | 合计 | 资金来源
         | | | | | | | 一般公共预算
        审计专项经费 | 台式计算机 | A02010105 台式计算机 | 台 | 3 | 9000 | 15000 | 14000
        合计 | | | | | 9000 | 15000 | 14000
        """,
        *(down(column) for column in range(7)),
    )
    assert table.table_id == "procurement"
    assert cells(table)[:3] == [
        ("", "sme-reserved", "9000", "F5"),
        ("", "total", "15000", "G5"),
        ("", "general-budget", "14000", "H5"),
    ]
    assert table.lines[0].attributes["quantity"] == "3"
    assert [line.code for line in table.lines] == ["", "total"]


def test_08_keeps_the_service_beside_the_money() -> None:
    table = only(
        f"""
        富源县审计局2024年部门政府购买服务预算表
        {WHO} | | | | | | | 单位：元
        预算项目 | 政府购买服务项目 | 政府购买服务指导性目录代码 | 所属服务类别 | 所属服务领域 | 购买内容简述 | 合计 | 一般公共预算
        审计专项经费 | 审计服务 | B0301 | 政府履职辅助性服务 | 审计 | 聘请审计 | 8 | 7
        """
    )
    assert (table.table_id, cells(table)) == (
        "service-purchase",
        [("", "total", "8", "G4"), ("", "general-budget", "7", "H4")],
    )
    assert table.lines[0].attributes["catalogue"] == "B0301"


def test_09_1_says_which_columns_of_places_it_cannot_keep() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            富源县审计局2024年对下转移支付预算表
            {WHO} | | | | | 单位：元
            单位名称（项目） | 资金来源 | | | 地区 |
             | 合计 | 一般公共预算 | 政府性基金 | 甲地 | 乙地
            审计补助 | 30 | 29 | 1 | 10 | 20
            """,
            merges=((2, 0, 3, 0), (2, 1, 2, 3), (2, 4, 2, 5)),
        )
    )
    assert (table.table_id, cells(table)) == (
        "transfers",
        [("", "total", "30", "B5"), ("", "general-budget", "29", "C5"), ("", "government-fund", "1", "D5")],
    )
    assert codes(findings) == [("warning", "column-unrecognised", cell) for cell in ("E4", "F4")]


def test_10_has_number_price_and_amount() -> None:
    table = only(
        f"""
        富源县审计局2024年新增资产配置表
        {WHO}
        单位名称 | 资产类别 | 资产分类代码及名称 | 资产名称 | 计量单位 | 财政部门批复数（元） | |
         | | | | | 数量 | 单价 | 金额
        富源县审计局 | 设备 | A02010105 台式计算机 | 台式计算机 | 台 | 3 | 5000 | 15000
        """,
        *(down(column) for column in range(5)),
        (2, 5, 2, 7),
    )
    assert (table.table_id, table.unit) == ("assets", "元")
    assert cells(table) == [("", "unit-price", "5000", "G5"), ("", "amount", "15000", "H5")]
    assert (table.lines[0].name, table.lines[0].attributes["quantity"]) == ("台式计算机", "3")


def test_11_runs_by_project() -> None:
    table = only(
        f"""
        富源县审计局2024年上级补助项目支出预算表
        {WHO} | | | | | | | | | 单位：元
        项目分类 | 项目代码 | 项目名称 | 单位名称 | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 合计 | 一般公共预算
        民生类 | '5303252411 | 上级审计补助 | 富源县审计局 | 2010804 | 审计业务 | 30201 | 办公费 | 6 | 5
        """
    )
    assert (table.table_id, cells(table)) == (
        "upper-level-projects",
        [("5303252411", "total", "6", "I4"), ("5303252411", "general-budget", "5", "J4")],
    )


def test_12_runs_over_three_years() -> None:
    table = only(
        f"""
        富源县审计局2024年部门项目中期规划预算表
        {WHO} | | | | | | 单位：元
        单位名称 | 项目类别 | 项目名称 | 项目级次 | 资金来源 | 当年 | 下一年 | 下两年
        富源县审计局 | 专项业务类 | 审计专项经费 | 本级 | 一般公共预算 | 50 | 60 | 70
        """
    )
    assert (table.table_id, cells(table)) == (
        "mid-term-plan",
        [("", "current-year", "50", "F4"), ("", "next-year", "60", "G4"), ("", "year-after-next", "70", "H4")],
    )


def test_names_of_2018_to_2021_are_known_too() -> None:
    table = only(
        f"""
        附表6-3 富源县审计局2024年部门支出总体情况表
        {WHO} | | | | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        201 | 一般公共服务支出 | 3 | 2 | 1
        """
    )
    assert table.table_id == "expenditure"
