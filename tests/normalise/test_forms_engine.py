"""What the printed forms ask of the reading of headers and lines."""

from __future__ import annotations

from tests.sheets import cells, codes, read, sheet

WHO = "部门：富源县审计局"


def test_headings_and_counts_give_no_figures() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            2023年度财政拨款“三公”经费、行政参公单位机关运行经费情况表
            {WHO} | | | | 单位：万元
            项目 | 行次 | 预算数 | 全年预算数 | 决算统计数
            栏次 | | 1 | 2 | 3
            一、“三公”经费支出 | 1 | — | — | —
            （一）支出合计 | 2 | 5 | 4 | 3
            （二）相关统计数 | 11 | — | — | —
            1．因公出国（境）团组数（个） | 12 | — | — | 0
            4．公务用车保有量（辆） | 15 | — | — | 2
            6．国内公务接待人次（人） | 18 | — | — | 210
            """
        )
    )
    assert codes(findings) == []
    assert cells(table) == [
        ("total", "budget", "5", "C6"),
        ("total", "adjusted", "4", "D6"),
        ("total", "final", "3", "E6"),
    ]


def test_the_total_may_stand_before_code_and_name() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            富源县审计局2024年部门基本支出预算表
            {WHO} | | | | | | | 单位：元
            单位名称 | 项目代码 | 项目名称 | 功能科目编码 | 功能科目名称 | 经济科目编码 | 经济科目名称 | 总计 | 一般公共预算
            富源县审计局 | '53 | 工资 | 2010801 | 行政运行 | 30101 | 基本工资 | 61 | 60
            合计 | | | | | | | 61 | 60
            """
        )
    )
    assert codes(findings) == []
    assert cells(table)[-2:] == [("total", "total", "61", "H5"), ("total", "general-budget", "60", "I5")]


def test_a_label_merged_across_from_the_block_before() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            2023年度一般公共预算财政拨款基本支出决算表
            {WHO} | | | | | | | | 单位：万元
            科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
            301 | 工资福利支出 | 60 | 302 | 商品和服务支出 | 8 | 310 | 资本性支出 | 1
            人员经费合计 | | 60 | 公用经费合计 | | | | | 9
            """,
            merges=((4, 0, 4, 1), (4, 3, 4, 7)),
        )
    )
    assert codes(findings) == []
    assert ("public-total", "total", "9", "I5") in cells(table)


def test_levels_and_numbers_of_columns_in_one_row() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            2023年度支出决算表
            {WHO} | | | | | | 单位：万元
            支出功能分类科目编码 | | | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
            类 | 款 | 项 | 栏次 | 1 | 2 | 3
             | | | 合计 | 9 | 7 | 2
            201 | 08 | 01 | 行政运行 | 9 | 7 | 2
            """,
            merges=((2, 0, 2, 2),),
        )
    )
    assert codes(findings) == []
    assert [(code, cell) for code, measure, _, cell in cells(table) if measure == "total"] == [
        ("total", "E5"),
        ("2010801", "E6"),
    ]


def test_code_and_name_below_one_label() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            2023年度支出决算表
            {WHO} | | | | 单位：万元
            功能分类科目 | | 本年支出合计 | 基本支出 | 项目支出
            科目编码 | 科目名称 | | |
            201 | 一般公共服务支出 | 9 | 7 | 2
            """,
            merges=((2, 0, 2, 1), (2, 2, 3, 2), (2, 3, 3, 3), (2, 4, 3, 4)),
        )
    )
    assert codes(findings) == []
    assert (table.lines[0].code, table.lines[0].name) == ("201", "一般公共服务支出")


def test_a_stroke_in_a_label() -> None:
    (table,), _, findings = read(
        sheet(
            f"""
            2023年度国有资产使用情况表
            {WHO} | | | 单位：万元
            项目 | 资产总额 | 流动资产 | 固定资产 | 对外投资/有价证券
            合计 | 9 | 4 | 3 | 2
            """
        )
    )
    assert codes(findings) == []
    assert cells(table)[-1] == ("total", "investments", "2", "E4")


def test_years_of_a_plan() -> None:
    (table,), _, _ = read(
        sheet(
            f"""
            富源县审计局2024年部门项目中期规划预算表
            {WHO} | | | | | 单位：元
            单位名称 | 项目类别 | 项目名称 | 项目级次 | 2024年 | 2025年 | 2026年
            富源县审计局 | 专项业务类 | 审计专项经费 | 本级 | 50 | 60 | 70
            """
        )
    )
    assert cells(table) == [
        ("", "current-year", "50", "E4"),
        ("", "next-year", "60", "F4"),
        ("", "year-after-next", "70", "G4"),
    ]


def test_units_down_and_items_across() -> None:
    (table,), _, _ = read(
        sheet(
            f"""
            富源县审计局2024年一般公共预算“三公”经费支出预算表
            {WHO} | | | 单位：元
            单位名称 | “三公”经费合计 | 公务用车购置及运行费 | 公务接待费
            富源县审计局 | 30 | 20 | 10
            """
        )
    )
    assert table.lines[0].attributes == {"unit_name": "富源县审计局"}
