"""The government's own tables: whole county and county level apart, budgets and final accounts told by their columns."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.checks.run import check_table
from etl.finding import Finding
from etl.recognise import recognise
from etl.spec.model import CodeList
from etl.table import Table, Workbook
from tests.factories import identity
from tests.sheets import cells, fuyuan, read, sheet

GOVERNMENT = sorted(table_id for table_id in fuyuan().tables if table_id.startswith("gov-"))

REVENUE = """
    2024年一般公共预算收入表
     | | | 单位：万元
    项目 | 上年执行数 | 预算数 | 预算数为上年执行数的%
    一、税收收入 | 100 | 110 | 110
    增值税 | 60 | 66 | 110
    契税 | 40 | 44 | 110
    二、非税收入 | 50 | 55 | 110
    专项收入 | 50 | 55 | 110
    收入合计 | 150 | 165 | 110
    三、转移性收入 | 500 | 600 | 120
    返还性收入 | 100 | 100 |
    上年结余收入 | 400 | 500 |
    收入总计 | 650 | 765 |
    """


def one(text: str) -> Table:
    (table,), _, _ = read(sheet(text))
    return table


def checked(table: Table, document: str = "budget") -> list[tuple[str, str, str]]:
    findings, _ = check_table(table, identity("000", 2024, document), fuyuan())
    return [_shown(finding) for finding in findings]


def _shown(finding: Finding) -> tuple[str, str, str]:
    return finding.severity, finding.rule, finding.location.cell


def test_every_table_that_the_government_owes_is_declared() -> None:
    spec = fuyuan()
    owed = {duty.table_id for duty in spec.obligations if duty.government}
    assert owed == {*GOVERNMENT, "fees", "funds"}
    assert len(GOVERNMENT) == 16
    assert all(spec.tables[table_id].forms for table_id in owed)


# --- lines and columns ------------------------------------------------------------------------------------------


def test_revenue_is_known_by_name() -> None:
    table = one(REVENUE)
    assert (table.table_id, table.unit_yuan) == ("gov-general-revenue", Decimal(10000))
    assert [line.code for line in table.lines] == [
        "101",
        "10101",
        "10119",
        "103",
        "10302",
        "income-current-year",
        "110",
        "11001",
        "11008",
        "total-income",
    ]
    assert cells(table)[:2] == [("101", "previous", "100", "B4"), ("101", "budget", "110", "C4")]
    assert table.lines[0].attributes == {"of_previous_percent": "110"}
    assert checked(table) == []


def test_a_total_that_leaves_a_class_out_is_found() -> None:
    table = one(REVENUE.replace("收入合计 | 150 | 165", "收入合计 | 150 | 110"))
    assert ("error", "G-01a", "C9") in checked(table)


def test_a_class_is_the_sum_of_what_stands_below_it() -> None:
    assert checked(one(REVENUE.replace("契税 | 40", "契税 | 30"))) == [("error", "T-10", "B4")]


def test_revenue_with_codes() -> None:
    table = one(
        """
        2023年一般公共预算收入决算表
        单位：亿元
        科目编码 | 科目名称 | 预算数 | 调整预算数 | 决算数 | 上年决算数 | 决算数为预算数的%
        101 | 税收收入 | 1 | 1.1 | 1.2 | 1 | '120%
        10101 | 增值税 | 1 | 1.1 | 1.2 | 1 | '120%
         | 合计 | 1 | 1.1 | 1.2 | 1 | '120%
        """
    )
    assert (table.table_id, table.unit_yuan) == ("gov-general-revenue", Decimal(100000000))
    assert [line.code for line in table.lines] == ["101", "10101", "total"]
    assert [(measure, amount) for code, measure, amount, _ in cells(table) if code == "total"] == [
        ("budget", "1"),
        ("adjusted", "1.1"),
        ("final", "1.2"),
        ("previous", "1"),
    ]
    assert table.lines[0].attributes == {"of_budget_percent": "120%"}
    assert checked(table, "final-account") == []


def test_expenditure_by_function() -> None:
    table = one(
        """
        2024年一般公共预算支出表
        单位：万元
        项目 | 上年预算数 | 上年执行数 | 预算数 | 增减额 | 增减%
        一、一般公共服务支出 | 9 | 10 | 12 | 2 | '20%
        人大事务 | 9 | 10 | 12 | 2 | '20%
        二、教育支出 | 20 | 21 | 22 | 1 |
        支出合计 | 29 | 31 | 34 | 3 |
        转移性支出 | 5 | 5 | 5 | |
        上解支出 | 5 | 5 | 5 | |
        支出总计 | 34 | 36 | 39 | 3 |
        """
    )
    assert table.table_id == "gov-general-expenditure"
    assert [line.code for line in table.lines] == [
        "201",
        "20101",
        "205",
        "expenditure-current-year",
        "230",
        "23006",
        "total-expenditure",
    ]
    assert cells(table)[:4] == [
        ("201", "previous-budget", "9", "B4"),
        ("201", "previous", "10", "C4"),
        ("201", "budget", "12", "D4"),
        ("201", "change", "2", "E4"),
    ]
    assert checked(table) == []


def test_basic_expenditure_by_the_governments_own_economic_codes() -> None:
    table = one(
        """
        1-5 县本级一般公共预算基本支出情况表（公开到款级）
        单位：万元
        科目编码 | 科目名称 | 2024年预算数
        501 | 机关工资福利支出 | 10
        50101 | 工资奖金津补贴 | 10
        505 | 对事业单位经常性补助 | 5
         | 合计 | 15
        """
    )
    assert table.table_id == "gov-general-basic-own-level"
    assert cells(table) == [
        ("501", "budget", "10", "C4"),
        ("50101", "budget", "10", "C5"),
        ("505", "budget", "5", "C6"),
        ("total", "budget", "15", "C7"),
    ]
    assert checked(table) == [("warning", "D-07", "A6")]  # 505 is not shown to the section, as the title says it is


def test_one_list_of_economic_codes_for_departments_and_one_for_the_government() -> None:
    codes: dict[str, CodeList] = dict(fuyuan().codes)
    assert "50101" in codes["government-economic"].entries
    assert "50101" not in codes["economic"].entries
    assert codes["economic"].name_of("30101", 2024) is not None
    assert codes["government-economic"].name_of("501", 2024) is not None


def test_one_long_table_folded_into_two_blocks() -> None:
    table = one(
        """
        2024年政府性基金收入表
        单位：万元
        项目 | 预算数 | 项目 | 预算数
        国有土地使用权出让收入 | 10 | 污水处理费收入 | 3
        城市基础设施配套费收入 | 2 | 收入合计 | 15
        """
    )
    assert cells(table) == [
        ("1030148", "budget", "10", "B4"),
        ("1030156", "budget", "2", "B5"),
        ("1030178", "budget", "3", "D4"),
        ("income-current-year", "budget", "15", "D5"),
    ]


def test_transfers_by_kind_and_by_place() -> None:
    by_kind = one(
        """
        2024年税收返还和转移支付情况表
        单位：万元
        项目 | 预算数
        税收返还 | 1
        一般性转移支付 | 4
        专项转移支付 | 5
        合计 | 10
        """
    )
    by_place = one(
        """
        分地区税收返还和转移支付预算表
        2024年 | | | | 单位：万元
        地区 | 合计 | 税收返还 | 一般性转移支付 | 专项转移支付
        中安街道 | 20 | 1 | 4 | 5
        """
    )
    assert (by_kind.table_id, by_place.table_id) == ("gov-general-transfers", "gov-general-transfers")
    assert [line.code for line in by_kind.lines] == ["tax-returns", "general-transfers", "special-transfers", "total"]
    assert checked(by_kind) == []
    assert [(line.code, line.name) for line in by_place.lines] == [("", "中安街道")]
    assert cells(by_place)[0] == ("", "total", "20", "B4")
    assert checked(by_place) == [("error", "G-05", "B4")]


def test_debt_by_place_and_by_line() -> None:
    by_place = one(
        """
        2023年富源县政府一般债务限额和余额情况表
        单位：亿元
        地区 | 债务限额 | 债务余额
        全县 | 10.5 | 9.8
        县本级 | 10.5 | 9.8
        """
    )
    by_line = one(
        """
        2024年政府专项债务限额和余额情况表
        单位：万元
        项目 | 预算数 | 执行数
        一、上年末政府专项债务余额实际数 | | 98
        二、本年政府专项债务限额 | 105 |
        """
    )
    assert (by_place.table_id, by_line.table_id) == ("gov-general-debt", "gov-special-debt")
    assert cells(by_place) == [
        ("total", "limit", "10.5", "B4"),
        ("total", "balance", "9.8", "C4"),
        ("own-level", "limit", "10.5", "B5"),
        ("own-level", "balance", "9.8", "C5"),
    ]
    assert [(measure, amount) for _, measure, amount, _ in cells(by_line)] == [("final", "98"), ("budget", "105")]


def test_social_insurance_fund_by_fund() -> None:
    table = one(
        """
        4-1 2024年社会保险基金收入预算表
        单位：万元
        项目 | 上年执行数 | 预算数
        一、城乡居民基本养老保险基金收入 | 10 | 11
        其中：保险费收入 | 8 | 9
        合计 | 10 | 11
        """
    )
    assert [(line.code, line.name) for line in table.lines] == [
        ("10210", "城乡居民基本养老保险基金收入"),
        ("", "保险费收入"),
        ("total", "合计"),
    ]
    assert checked(table) == []


def test_an_empty_table_with_its_statement() -> None:
    table = one(
        """
        2024年国有资本经营预算支出表
        单位：万元
        项目 | 预算数
        合计 |
        说明：富源县2024年没有国有资本经营预算支出，故本表无数据。
        """
    )
    assert (table.table_id, table.is_empty, table.nil_note) == ("gov-state-capital-expenditure", True, 4)
    assert checked(table) == []
    silent = one("2024年国有资本经营预算支出表\n单位：万元\n项目 | 预算数\n合计 | ")
    assert checked(silent) == [("warning", "D-13", "A1")]


# --- titles -----------------------------------------------------------------------------------------------------

TITLES = [
    ("1-1 2024年富源县一般公共预算收入情况表", "gov-general-revenue"),
    ("富源县2024年一般公共预算收入预算表", "gov-general-revenue"),
    ("1-2 富源县一般公共预算支出情况表", "gov-general-expenditure"),
    ("全县一般公共预算支出预算表", "gov-general-expenditure"),
    ("一般公共预算本级支出预算表", "gov-general-expenditure-own-level"),
    ("富源县本级2024年一般公共预算支出表", "gov-general-expenditure-own-level"),
    ("表1-4 2024年一般公共预算支出情况表（公开到项级）", "gov-general-expenditure-own-level"),
    ("本级一般公共预算支出预算表", "gov-general-expenditure-own-level"),
    ("一般公共预算本级基本支出表", "gov-general-basic-own-level"),
    ("本级一般公共预算基本支出预算表", "gov-general-basic-own-level"),
    ("2-1 富源县政府性基金收入表", "gov-fund-revenue"),
    ("2-2 富源县政府性基金预算支出情况表", "gov-fund-expenditure"),
    ("2-4 县本级政府性基金预算支出情况表（公开到项级）", "gov-fund-expenditure-own-level"),
    ("政府性基金本级支出表", "gov-fund-expenditure-own-level"),
    ("2-5 本级政府性基金支出表（县对下转移支付）", "gov-fund-transfers"),
    ("政府性基金转移支付预算分项目表", "gov-fund-transfers"),
    ("3-1 国有资本经营预算收入表", "gov-state-capital-revenue"),
    ("国有资本经营收入预算表", "gov-state-capital-revenue"),
    ("3-2 国有资本经营预算支出表", "gov-state-capital-expenditure"),
    ("3-4 本级国有资本经营支出预算情况表（公开到项级）", "gov-state-capital-expenditure-own-level"),
    ("4-2 社会保险基金支出预算表", "gov-social-insurance-expenditure"),
]


@pytest.mark.parametrize(("title", "table_id"), TITLES)
def test_titles_of_the_whole_county_and_of_the_county_level(title: str, table_id: str) -> None:
    """Titles 1-1 to 4-2 as a county of Yunnan printed them in 2024; the others from counties of Hunan."""
    assert one(f"{title}\n单位：万元\n项目 | 预算数\n合计 | 1").table_id == table_id


SET_ASIDE = [
    "1-3 本级一般公共预算收入情况表",
    "1-6 一般公共预算支出表（县对下转移支付项目）",
    "2-3 县本级政府性基金预算收入情况表",
    "3-3 县本级国有资本经营收入预算情况表",
    "3-5 国有资本经营预算转移支付表（分地区）",
    "3-6 国有资本经营预算转移支付表（分项目）",
]


@pytest.mark.parametrize("title", SET_ASIDE)
def test_tables_of_another_meaning_are_never_taken_for_the_nearest(title: str) -> None:
    made = sheet(f"{title}\n单位：万元\n项目 | 预算数\n合计 | 1")
    matches, _, _ = recognise(Workbook("xlsx", (made,)), fuyuan())
    assert matches == []


def test_a_departments_table_of_the_same_title_stays_the_departments() -> None:
    table = one(
        """
        2024年一般公共预算支出情况表
        部门：富源县教育局 | | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        205 | 教育支出 | 3 | 2 | 1
        """
    )
    assert table.table_id == "general-budget-expenditure"


DOCUMENTS = [
    ("预算数", "budget"),
    ("上年决算数 | 预算数", "budget"),
    ("2023年决算数 | 2024年预算数", "budget"),
    ("预算数 | 决算数", "final-account"),
    ("预算数 | 调整预算数 | 决算数 | 上年决算数", "final-account"),
]


@pytest.mark.parametrize(("columns", "document"), DOCUMENTS)
def test_the_columns_tell_a_budget_from_a_final_account(columns: str, document: str) -> None:
    figures = " | ".join("1" for _ in columns.split("|"))
    _, who, _ = read(sheet(f"2024年一般公共预算收入表\n单位：万元\n项目 | {columns}\n税收收入 | {figures}"))
    assert who.document == document


def test_a_total_above_the_balance_lines_is_no_error() -> None:
    """合计, then debt, then 总计: whether 合计 holds the debt too, no rule can tell for every county: it is not compared."""
    table = one(
        """
        2024年一般公共预算支出表
        单位：万元
        项目 | 预算数
        一、一般公共服务支出 | 200
        合计 | 200
        债务还本支出 | 50
        总计 | 250
        """
    )
    assert [line.code for line in table.lines] == ["201", "total", "231", "total-expenditure"]
    assert checked(table) == []
