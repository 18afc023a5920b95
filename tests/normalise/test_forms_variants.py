"""The same tables as other places print them: figures read right, or a finding; never a wrong figure.

Tables of 三公 are those of real pages, named in each case; 县市 whose name the register lacks are read for their figures
alone.
"""

from __future__ import annotations

from etl.finding import Finding
from etl.table import Merge, Table
from tests.sheets import cells, codes, read, sheet


def table_of(text: str, *merges: Merge) -> tuple[Table, list[Finding]]:
    """The one table of a sheet, and what is said about its form and cells, not about who reports and when."""
    tables, _, findings = read(sheet(text, merges=merges))
    assert len(tables) == 1
    return tables[0], [each for each in findings if not each.code.startswith(("department-", "year-"))]


def down(column: int, first: int = 2, last: int = 3) -> Merge:
    return (first, column, last, column)


# --- 三公: the items run down -------------------------------------------------------------------------------------


def test_last_year_first() -> None:
    """施甸县 2016, shidian.gov.cn/info/4163/808803.htm."""
    table, findings = table_of(
        """
        施甸县2016年“三公”经费决算情况统计表
        单位：万元
        项目 | 上年决算数 | 本年决算数 | 比上年增、减情况 |
         | | | 增、减金额 | 增、减幅度
        合计 | 2911.47 | 2706.86 | -204.61 | -7.03%
        1.因公出国（境）费 | 13.06 | 10.20 | -2.86 | -21.9%
        2.公务接待费 | 1679.69 | 1590.94 | -88.75 | -5.28%
        3.公务用车购置及运行费 | 1218.72 | 1105.72 | -113 | -9.27%
        其中：（1）公务用车购置费 | 14.80 | 0 | -14.8 | -100%
        （2）公务用车运行费 | 1203.92 | 1105.72 | -98.2 | -8.16%
        """,
        down(0), down(1), down(2), (2, 3, 2, 4),
    )  # fmt: skip
    assert codes(findings) == []
    assert cells(table)[:6] == [
        ("total", "previous", "2911.47", "B5"),
        ("total", "final", "2706.86", "C5"),
        ("total", "change", "-204.61", "D5"),
        ("overseas-travel", "previous", "13.06", "B6"),
        ("overseas-travel", "final", "10.2", "C6"),
        ("overseas-travel", "change", "-2.86", "D6"),
    ]
    assert [(line.code, line.attributes["change_percent"]) for line in table.lines] == [
        ("total", "-7.03"),
        ("overseas-travel", "-21.9"),
        ("reception", "-5.28"),
        ("vehicles", "-9.27"),
        ("vehicle-purchase", "-100"),
        ("vehicle-running", "-8.16"),
    ]


def test_a_decrease_without_its_sign_is_kept_as_printed() -> None:
    """施甸县旧城乡 2018, shidian.gov.cn/info/5348/662003.htm."""
    table, findings = table_of(
        """
        施甸县旧城乡2018年“三公”经费决算数对比情况表
        单位：万元
        项  目 | 上年决算数 | 本年决算数 | 较上年增减情况 |
         | | | 增、减额 | 增、减幅度
        合  计 | 52.14 | 18.82 | 33.32 | -63.90%
        """,
        down(0), down(1), down(2), (2, 3, 2, 4),
    )  # fmt: skip
    assert codes(findings) == []
    assert cells(table) == [
        ("total", "previous", "52.14", "B5"),
        ("total", "final", "18.82", "C5"),
        ("total", "change", "33.32", "D5"),
    ]


def test_what_was_spent_stands_in_a_budget_for_an_earlier_year() -> None:
    """岳阳县台创园 2017, yyx.gov.cn, content_1180192 (执行数 filled in)."""
    table, findings = table_of(
        """
        岳阳县2017年度部门“三公”经费预算情况表
        单位：元
        项目 | 2016年执行数 | 2017年预算数
        一、支出合计 | 260000 | 250000
        1、因公出国（境）费用 | |
        2、公务接待费 | | 150000
        3、公务用车费 | | 100000
        其中：（1）公务用车运行维护费 | | 100000
        """
    )
    assert codes(findings) == []
    assert (table.unit, cells(table)) == (
        "元",
        [
            ("total", "previous", "260000", "B4"),
            ("total", "budget", "250000", "C4"),
            ("reception", "budget", "150000", "C6"),
            ("vehicles", "budget", "100000", "C7"),
            ("vehicle-running", "budget", "100000", "C8"),
        ],
    )


def test_budgets_by_source() -> None:
    """岳阳县文联 2017, content_1180752: body and unit in one line."""
    table, findings = table_of(
        """
        2017年度“三公”经费预算表
        单位名称：岳阳县文联 单位：万元
        项目 | 2017年预算数合计 | 公共财政预算拨款 | 政府性基金预算拨款 | 国有资本经营预算拨款
        一、支出合计 | 4.9 | 0 | 0 | 0
        2、公务接待费 | 1.8 | | |
        3、公务用车费 | 3.1 | 0 | 0 | 0
        """
    )
    assert codes(findings) == []
    assert (table.unit, cells(table)[:5]) == (
        "万元",
        [
            ("total", "budget", "4.9", "B4"),
            ("total", "general-budget-budget", "0", "C4"),
            ("total", "government-fund-budget", "0", "D4"),
            ("total", "state-capital-budget", "0", "E4"),
            ("reception", "budget", "1.8", "B5"),
        ],
    )


def test_a_budget_column_under_the_title_of_a_final_account() -> None:
    """岳阳县 2015, content_2034381."""
    table, findings = table_of(
        """
        岳阳县2015年“三公”经费汇总情况决算表
        单位：万元
        项目 | 本年预算数
        合计 | 3318
        2、公务接待费 | 1372
        3、公务用车费 | 1946
        """
    )
    assert codes(findings) == []
    assert (table.document, cells(table)) == (
        "final-account",
        [
            ("total", "budget", "3318", "B4"),
            ("reception", "budget", "1372", "B5"),
            ("vehicles", "budget", "1946", "B6"),
        ],
    )


def test_reasons_in_the_last_row_are_a_note() -> None:
    """岳阳县移民局 2015, content_1191766."""
    table, findings = table_of(
        """
        2015年度移民局“三公”经费决算情况表
        单位：万元
        项      目 | 本年决算数
        一、支出合计 | 9.28
        2、公务接待费 | 9.28
        三、“三公”经费增减变化原因等说明 | 减少0.54万元，降低5.5%
        """
    )
    assert codes(findings) == []
    assert cells(table) == [("total", "final", "9.28", "B4"), ("reception", "final", "9.28", "B5")]
    assert [row for row, _ in table.notes] == [5]


def test_own_level_of_a_district() -> None:
    """cqjb.gov.cn, t20210409_9097453, 2021."""
    table, findings = table_of(
        """
        2021年区本级“三公”经费预算支出表
        单位：万元
        项目 | 预算数
        合计 | 4432
        1.因公出国（境）费用 | 39
        2.公务接待费 | 323
        3.公务用车购置及运行维护费 | 4070
        其中：公务用车运行维护费 | 2648
        公务用车购置 | 1422
        """
    )
    assert codes(findings) == []
    assert [(code, number) for code, _, number, _ in cells(table)] == [
        ("total", "4432"),
        ("overseas-travel", "39"),
        ("reception", "323"),
        ("vehicles", "4070"),
        ("vehicle-running", "2648"),
        ("vehicle-purchase", "1422"),
    ]


def test_the_part_of_the_general_budget_beside_the_whole() -> None:
    """桂林市司法局 2015, contents 781197: the subtotal of vehicles is wrong on the page and is kept as it stands."""
    table, findings = table_of(
        """
        2015年桂林市司法局部门“三公”经费情况统计表
        单位：万元
        项 目 | 本年预算数 | 其中：公共预算财政拨款
        合 计 | 34.35 | 34.35
        1.因公出国（境）费用 | 0 | 0
        2.公务接待费 | 1.70 | 1.70
        3.公务用车费 | 0 | 0
        其中：（1）公务用车运行维护费 | 32.65 | 32.65
        """
    )
    assert codes(findings) == []
    assert cells(table)[-4:] == [
        ("vehicles", "budget", "0", "B7"),
        ("vehicles", "general-budget-budget", "0", "C7"),
        ("vehicle-running", "budget", "32.65", "B8"),
        ("vehicle-running", "general-budget-budget", "32.65", "C8"),
    ]


def test_words_in_place_of_an_amount_are_said_and_meetings_are_lines_of_their_own() -> None:
    """南通市国资委 2016, gzw.nantong.gov.cn."""
    table, findings = table_of(
        """
        2016年市国资委财政拨款“三公”经费预算表
        金额单位：万元
        项目 | 2016年预算数 |
         | 小计 | 其中：一般公共预算安排数
        一、“三公”经费合计 | 21.63 | 21.63
        （一）因公出国（境）费 | 单位不需填列 | 单位不需填列
        （二）公务接待费 | 14.83 | 14.83
        （三）公务用车费 | 6.8 | 6.8
        二、会议费 | 7.59 | 7.59
        三、培训费 | 15.86 | 15.86
        """,
        down(0), (2, 1, 2, 2),
    )  # fmt: skip
    assert codes(findings) == [("error", "amount-unreadable", cell) for cell in ("B6", "C6")]
    assert [each for each in cells(table) if each[1] == "budget"] == [
        ("total", "budget", "21.63", "B5"),
        ("reception", "budget", "14.83", "B7"),
        ("vehicles", "budget", "6.8", "B8"),
        ("meetings", "budget", "7.59", "B9"),
        ("training", "budget", "15.86", "B10"),
    ]


def test_the_unit_in_the_header_and_no_unit_at_all() -> None:
    """宣州区审计局 2018, content 1419978; 青阳县审计局 2022, content 1253381."""
    header, findings = table_of(
        """
        宣州区审计局2018年“三公”经费支出预算表
        项目 | 预 算 数（万元）
        合计 | 3.1
        因公出国（境）费 | 0
        公务接待费 |
        """
    )
    assert (header.unit, codes(findings)) == ("万元", [])
    assert cells(header) == [("total", "budget", "3.1", "B3"), ("overseas-travel", "budget", "0", "B4")]
    _, findings = table_of(
        """
        青阳县审计局2022年“三公”经费支出预算表
        项 目 | 预 算 数
        合 计 | 11.4
        公务接待费 | 7.40
        """
    )
    assert codes(findings) == [("warning", "unit-missing", "A1")]


# --- 三公: the items are the columns ------------------------------------------------------------------------------


def test_two_years_in_one_row() -> None:
    """开远市 2017, info/6131/478282.htm."""
    table, findings = table_of(
        """
        开远市2017年“三公”经费预算财政拨款情况统计表
        单位：万元
        2016年预算数 | | | | | | 2017年预算数 | | | | |
        合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务接待费
         | | 小计 | 公务用车购置费 | 公务用车运行费 | | | | 小计 | 公务用车购置费 | 公务用车运行费 |
        2908 | | 1540 | | 1540 | 1368 | 2310 | 20 | 1054 | | 1054 | 1236
        """,
        (2, 0, 2, 5), (2, 6, 2, 11), (3, 2, 3, 4), (3, 8, 3, 10),
        *(down(column, 3, 4) for column in (0, 1, 5, 6, 7, 11)),
    )  # fmt: skip
    assert codes(findings) == []
    assert sorted(cells(table)) == sorted(
        [
            ("total", "previous", "2908", "A6"),
            ("vehicles", "previous", "1540", "C6"),
            ("vehicle-running", "previous", "1540", "E6"),
            ("reception", "previous", "1368", "F6"),
            ("total", "budget", "2310", "G6"),
            ("overseas-travel", "budget", "20", "H6"),
            ("vehicles", "budget", "1054", "I6"),
            ("vehicle-running", "budget", "1054", "K6"),
            ("reception", "budget", "1236", "L6"),
        ]
    )


def test_a_label_broken_by_a_space() -> None:
    """寿县司法局 2022, 1258999741."""
    table, findings = table_of(
        """
        寿县司法局2022年一般公共预算“三公”经费支出预算表
        单位：万元
        “三公”经费合计 | 因公出国（境）费 | 公务用车购置及运行费 | | | 公务 接待费
         | | 小计 | 公务用车购置费 | 公务用车运行费 |
        79 | 0 | 75 | 50 | 25 | 4
        """,
        down(0), down(1), down(5), (2, 2, 2, 4),
    )  # fmt: skip
    assert codes(findings) == []
    assert cells(table)[2:] == [
        ("vehicles", "budget", "75", "C5"),
        ("vehicle-purchase", "budget", "50", "D5"),
        ("vehicle-running", "budget", "25", "E5"),
        ("reception", "budget", "4", "F5"),
    ]


def test_meetings_and_training_beside_the_three() -> None:
    """The title of 柞水县审计局 2020 (118395.html); the page's figures are not stored, these are made up."""
    table, findings = table_of(
        """
        柞水县审计局2020年“三公”经费及会议费、培训费支出决算表
        单位：万元
        合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行维护费 | | | 会议费 | 培训费
         | | | 小计 | 公务用车购置费 | 公务用车运行维护费 | |
        5 | 0 | 2 | 3 | 0.5 | 2.5 | 1 | 1.5
        """,
        *(down(column) for column in (0, 1, 2, 6, 7)), (2, 3, 2, 5),
    )  # fmt: skip
    assert codes(findings) == []
    assert cells(table)[-2:] == [("meetings", "final", "1", "G5"), ("training", "final", "1.5", "H5")]


# --- coded tables -------------------------------------------------------------------------------------------------


def test_code_and_name_in_one_cell() -> None:
    for label in ("功能分类科目", "科目编码及名称"):
        table, findings = table_of(
            f"""
            富源县审计局2024年支出决算表
            部门：富源县审计局 | | | 单位：万元
            {label} | 本年支出合计 | 基本支出 | 项目支出
            201 一般公共服务支出 | 10 | 7 | 3
            2010801行政运行 | 10 | 7 | 3
            """
        )
        assert codes(findings) == []
        assert [(line.code, line.name) for line in table.lines] == [
            ("201", "一般公共服务支出"),
            ("2010801", "行政运行"),
        ]


def test_last_year_and_the_change_beside_this_year() -> None:
    table, findings = table_of(
        """
        富源县审计局2024年一般公共预算支出情况表
        部门：富源县审计局 | | | | | | | 单位：万元
        支出功能分类科目 | | 2023年执行数 | 2024年预算数 | | | 2024年预算数比2023年执行数 |
        科目编码 | 科目名称 | | 小计 | 基本支出 | 项目支出 | 增减额 | 增减%
        201 | 一般公共服务支出 | 8 | 10 | 7 | 3 | 2 | 25.00%
        """,
        (2, 0, 2, 1), down(2), (2, 3, 2, 5), (2, 6, 2, 7),
    )  # fmt: skip
    assert codes(findings) == []
    assert cells(table) == [
        ("201", "previous", "8", "C5"),
        ("201", "total", "10", "D5"),
        ("201", "basic", "7", "E5"),
        ("201", "project", "3", "F5"),
        ("201", "change", "2", "G5"),
    ]
    assert table.lines[0].attributes == {"change_percent": "25.00"}


def test_the_short_form_of_the_state_capital_table() -> None:
    table, findings = table_of(
        """
        富源县审计局2023年国有资本经营预算财政拨款支出决算表
        部门：富源县审计局 | | | | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        223 | 国有资本经营预算支出 | 3 | 1 | 2
        """
    )
    assert codes(findings) == []
    assert (table.table_id, cells(table)) == (
        "state-capital",
        [("223", "total", "3", "C4"), ("223", "basic", "1", "D4"), ("223", "project", "2", "E4")],
    )


def test_serial_numbers_and_remarks_are_passed_over() -> None:
    table, findings = table_of(
        """
        富源县审计局2024年部门支出总体情况表
        部门：富源县审计局 | | | | | | 单位：万元
        序号 | 科目编码 | 科目名称 | 合计 | 基本支出（万元） | 项目支出 | 备注
        1 | 201 | 一般公共服务支出 | 3 | 2 | 1 | 12
        2 | 205 | 教育支出 | 5 | 5 | | 无
        """
    )
    assert codes(findings) == []
    assert cells(table) == [
        ("201", "total", "3", "D4"),
        ("201", "basic", "2", "E4"),
        ("201", "project", "1", "F4"),
        ("205", "total", "5", "D5"),
        ("205", "basic", "5", "E5"),
    ]


def test_a_doubled_word_in_the_title() -> None:
    """德江县 2025: 国有资本经营预算预算支出表."""
    table, _ = table_of(
        """
        2025年国有资本经营预算预算支出表
        部门：富源县审计局 | | | | 单位：万元
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        223 | 国有资本经营预算支出 | 3 | 1 | 2
        """
    )
    assert table.table_id == "state-capital"
