"""What stands after a table of a web page, or alone in a row of a list."""

from __future__ import annotations

from dataclasses import replace

from etl.workbook import read as read_bytes
from tests.sheets import fuyuan, read, sheet

EMPTY = """
2024年政府性基金预算支出情况表
部门：富源县审计局 | | | | 单位：元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | | | |
"""


def test_a_statement_after_the_table_says_that_it_is_empty() -> None:
    plain = sheet(EMPTY)
    (silent,), _, _ = read(plain)
    (said,), _, _ = read(replace(plain, footing=("说明：本部门2024年没有政府性基金预算支出，故本表无数据。",)))
    (other,), _, _ = read(replace(plain, footing=("注：本表反映政府性基金预算支出情况。",)))
    assert (silent.nil_note, said.nil_note, other.nil_note) == (-1, 4, -1)


def test_texts_after_a_table_of_a_page_are_its_footing() -> None:
    table = "<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>1</td></tr></table>"
    page = f"<html><body><p>甲</p>{table}<p>乙</p>{table}<p>丙</p></body></html>".encode()
    workbook, _ = read_bytes(page, "a.html")
    assert workbook is not None
    assert [(one.heading, one.footing) for one in workbook.sheets] == [(("甲",), ("乙",)), (("乙",), ("丙",))]


def test_a_long_item_alone_in_its_row_is_an_item_with_parts_below() -> None:
    long = "道路交通安全违法行为处理过程中机动车停放和拖移以及驾驶证工本费等证照费用和考试报名费"
    assert len(long) > 30
    (table,), _, _ = read(
        sheet(
            f"""
            2024年行政事业性收费目录清单
            部门 | 项目序号 | 项目名称 | 资金管理方式 | 政策依据
            公安 | | | |
             | | {long} | |
             | | （1）号牌 | 缴入地方国库 | 发改价格〔2004〕2831号
            """
        )
    )
    assert fuyuan().tables[table.table_id].kind == "list"
    assert [(line.attributes.get("item"), line.attributes.get("sub_item")) for line in table.lines][-1] == (
        long,
        "（1）号牌",
    )
