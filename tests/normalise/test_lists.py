"""Lists of fees: items, sub-items, what a row inherits, numbers of documents in normal form."""

from __future__ import annotations

import pytest

from etl.normalise.bases import normal_bases
from tests.sheets import fuyuan, read, sheet

BASES = [
    ("《公路法》;交公路发〔1994〕686号", ["《公路法》", "交公路发〔1994〕686号"]),
    ("财政部等公告2019年第76号", ["财政部等公告2019年第76号"]),
    ("计价格〔1999〕466号，价费字〔1992〕198号", ["计价格〔1999〕466号", "价费字〔1992〕198号"]),
    ("[1992]价费字240号", ["价费字〔1992〕240号"]),
    ("价费字[1992]240号", ["价费字〔1992〕240号"]),
    ("财税﹝2017﹞18号；财综【2015】3号", ["财税〔2017〕18号", "财综〔2015〕3号"]),
    ("国发明电〔1994〕2号、23号", ["国发明电〔1994〕2号", "国发明电〔1994〕23号"]),
    ("〔1992〕财预字第111号", ["财预字〔1992〕111号"]),
    ("《中华人民共和国民法典》，国务院令第60号", ["《中华人民共和国民法典》", "国务院令第60号"]),
]


@pytest.mark.parametrize(("printed", "normal"), BASES)
def test_numbers_of_documents(printed: str, normal: list[str]) -> None:
    assert normal_bases(printed, fuyuan()) == normal


def test_items_and_sub_items() -> None:
    (table,), _, _ = read(
        sheet(
            """
            行政事业性收费目录清单
            （2025年7月14日发布）
            部门 | 项目序号 | 项目名称 | 资金管理方式 | 政策依据
            一、外交部门 | 2 | 签证费 | |
             | | (1)代办外国签证 | 缴入国库 | 财综〔2003〕45号
             | | ①加急 | 缴入国库 | 财综〔2003〕45号
            二、教育部门 | 4 | 保教费 | 缴入国库 | 教财〔2020〕5号
            """
        )
    )
    shown = [
        tuple(line.attributes.get(key, "") for key in ("department", "item_no", "item", "sub_item", "list_date"))
        for line in table.lines
    ]
    assert shown == [
        ("外交部门", "2", "签证费", "", "2025-07-14"),
        ("外交部门", "2", "签证费", "(1)代办外国签证", "2025-07-14"),
        ("外交部门", "2", "签证费", "(1)代办外国签证 ①加急", "2025-07-14"),
        ("教育部门", "4", "保教费", "", "2025-07-14"),
    ]


def test_parts_without_marks_in_a_column_of_their_own_end_with_their_item() -> None:
    (table,), _, _ = read(
        sheet(
            """
            2024年行政事业性收费目录清单
            部门 | 项目序号 | 项目名称 | 子项目 | 资金管理方式 | 政策依据
            公安 | 1 | 证照费 | 居留许可 | 缴入地方国库 | 发改价格〔2004〕2831号
            法院 | 2 | 诉讼费 | | 缴入地方国库 | 国务院令第481号
            水利 | 3 | 水资源费 | 地下水 | 缴入地方国库 | 财税〔2024〕28号
            """
        )
    )
    assert [(line.attributes.get("item"), line.attributes.get("sub_item", "")) for line in table.lines] == [
        ("证照费", "居留许可"),
        ("诉讼费", ""),
        ("水资源费", "地下水"),
    ]
