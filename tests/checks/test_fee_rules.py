"""Rules about lists of fees and funds: on lists that were really published, and on lists with one thing wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from etl.checks import check_table
from etl.documents.listed import listed_in
from etl.documents.tables import Known
from etl.finding import Finding, Outcome
from etl.spec.model import Spec
from etl.table import Merge
from etl.wording import say
from tests import factories
from tests.sheets import fuyuan, read, sheet

Told = list[tuple[str, str, str]]


def run(
    text: str, merges: tuple[Merge, ...] = (), spec: Spec | None = None
) -> tuple[list[Finding], dict[str, Outcome]]:
    """Findings and outcomes of all rules on the one list in a sheet."""
    (table,), identity, _ = read(sheet(text, merges=merges))
    findings, outcomes = check_table(table, identity, spec or fuyuan())
    return findings, {outcome.rule: outcome for outcome in outcomes}


def told(text: str, merges: tuple[Merge, ...] = (), spec: Spec | None = None) -> Told:
    return places(run(text, merges, spec)[0])


def places(findings: Sequence[Finding]) -> Told:
    return [(each.severity, each.code, each.location.cell) for each in findings]


def rows(*lines: str, date: str = "2025年3月1日", title: str = "富源县行政事业性收费目录清单") -> str:
    """A list with the columns of a county, header in row 3: rows from 4."""
    header = "部门 | 序号 | 项目名称 | 资金管理方式 | 政策依据 | 收费标准 | 立项级次 | 备注"
    return "\n".join((title, date, header, *lines))


GOOD = "水利 | 1 | 水土保持补偿费 | 缴入中央和地方国库 | 财综〔2014〕8号 | 1.2元/平方米 | 中央 |"


# --- lists that were published: sources by name, as in tests/normalise/test_fees_real.py -----------------------------

JIAMUSI = """
    前进区2023年行政事业性（基金）收费项目目录
    部门 | 项目序号 | 收费单位 | 收费项目 | 科目编码 | 计量单位 | 收费标准 | 收费及资金管理文件依据 | 管理方式 | 批准级
    教育 | 1 | 佳木斯市第六小学校 | 公办幼儿园收费(保教费) | '103042750 | /人/月 | 480 | 黑价联【2014】70号 | 专户 | 省级
    税务 | 5 | 前进区税务局 | 城镇垃圾处理费 | '103043313 | /人/月 | 居民:1.5；单位:按面积收费 | 佳政办综【2015】10号 | 专户 | 市级
    城管 | 7 | 前进区城市管理综合执法局 | 城市道路占用费、挖掘修复费 | '103043306 | /日㎡/ | 一类道路:1 | 佳发改联【2019】1号 佳城管呈【2009】10 黑建城字【1995】4号 | 专户 | 市级
"""
QINZHOU = """
    钦州市行政事业性收费项目目录（2023年）
    序号 | 收费项目 | 设立级次 | 资金管理方式 | 政策依据
     | 外交部门 | | |
    1 | 认证费（含加急） | 中央 | 缴入中央和地方国库 | 计价格〔1999〕466号，价费字〔1992〕198号
    2 | 签证费 | 中央 | |
     | (1)代办外国签证 | 中央 | 缴入中央和地方国库 | 计价格〔1999〕466号，价费字〔1992〕198号
    3 | 驻外使领馆收费 | 中央 | 缴入中央国库 | 计价格〔1999〕466号，公境外〔1992〕898号
     | 教育部门 | | |
    4 | 公办幼儿园保教费、住宿费 | 中央 | 缴入中央和地方国库 | 《幼儿园管理条例》，发改价格〔2011〕3207号，桂价费〔2018〕91号
    5 | 普通高中学费、住宿费 | 中央 | 缴入中央和地方财政专户 | 《教育法》，教财〔2003〕4号
"""
SICHUAN = """
    行政事业性收费目录（2019年）
    序号 | 收费项目 | 资金管理方式 | 收费依据
    一 | 教育 | |
     | 1.公办幼儿园保育费、住宿费 | 缴入中央和地方财政专户 | 发改价格[2011]3207号,川发改价格[2012]46号
     | 2.普通高中住宿费 | 缴入中央和地方财政专户 | 教财[2003]4号,教财[1996]101号
    二 | 公安 | |
     | 3.证照费 | |
     | ??? (1)外国人证件费 | | [1992]价费字240号,公通字[2000]99号
     | ?????? ①居留许可 | 缴入中央和地方国库 | 财综[2004]60号,发改价格[2004]2230号
"""
JINGGU = """
    2024年景谷县行政事业性收费目录清单
    填报日期：2024年5月20日
    序号 | 部门 | 收费项目 | 征收对象 | 征收标准 | 批准文号及文件名称 | 执收单位名称 | 项目清单级次 | | | | 是否涉企 | 备注
     | | | | | | | 中央 | 省级 | 市级 | 县级 | |
    一、 | 教育部门
    '1 | | 学业水平考试报名费 | | | | | | 云南省地方批准的行政事业性收费项目目录
    ① | | 初中 | 个人 | 10元/人.科次 | 云财综〔2012〕74号、云价收费〔2013〕70号 | 县教体局 | | 云南省地方批准的行政事业性收费项目目录 | | | 否
    '2 | | 职业高中住宿费 | 学生 | 400元/生.学年 | 云计收费〔2002〕749号 普发改价费〔2022〕332 号 | 县职业中学 | 全国性及中央部门和单位行政事业性收费目录清单
"""
YUAN = """
    裕安区区级涉企收费清单（2024年）
    序号 | 项目名称 | 收费标准 | 政策依据 | 备注
    一、行政事业性收费
    1 | 水资源费 | 0.1元 | 财税〔2024〕28号 | 2024年12月1日起停征，改征水资源税
    2 | 水土保持补偿费 | 1元/平方米 | 皖发改价费函〔2023276 |
"""
FUNDS_2017 = """
    2017年政府性基金目录清单
    序号 | 项目名称 | 资金管理方式 | 征收依据
    4 | 水利建设基金 | 缴入中央和地方国库 | 财综[2011]2号、财税﹝2017﹞18号.晋财综[2017]20号
    5 | 城市基础设施配套费 | 缴入地方国库 | 计价格〔2001〕585号、晋财综〔2014〕59号
    6 | 教育费附加 | 缴入中央和地方国库 | 《教育法》、国务院令第60号、国发明电〔1994〕2号、23号、[1992]财预字第111号
"""
FUNDS_2019 = """
    政府性基金目录清单（2019年7月1日起更新执行）
    序號 | 项目名称 | 资金管理方式 | 征收依据
    1 | 鐵路建設基金 | 繳入中央國庫 | 國發[1992]37號,[1996]財工字第371號
    2 | 港口建設費 | 繳入中央和地方國庫 | 財綜[2011]29號,財稅[2015]131號
    3 | 教育費附加 | 繳入中央和地方國庫 | 《教育法》,國發[1986]50號(國務院令第60號修改發布),國發明電[1994]2號、23號
"""
NATIONAL = """
    全国性及中央部门和单位行政事业性收费目录清单
    2025年7月14日
    部门 | 项目序号 | 项目名称 | 资金管理方式 | 政策依据
    一、外交部门
     | 1 | 认证费（含加急） | 缴入中央和地方国库 | 计价格〔1999〕466号，价费字〔1992〕198号
     | 2 | 签证费 | |
     | | (1)代办外国签证 | 缴入中央和地方国库 | 财综〔2003〕45号，计价格〔1999〕466号
"""


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param(
            JIAMUSI,
            [
                ("warning", "fee-basis-unreadable", "H5"),
                ("note", "fee-basis-unreadable", "H3:H4"),
                ("warning", "fee-account-unusual", "I4"),
                ("warning", "fee-account-unusual", "I5"),
                ("warning", "fee-not-authorised", "J4"),
                ("warning", "fee-not-authorised", "J5"),
                ("warning", "fee-number-gap", "B4"),
                ("warning", "fee-number-gap", "B5"),
            ],
            id="jiamusi",
        ),
        pytest.param(QINZHOU, [("warning", "fee-field-missing", "A1")], id="qinzhou"),
        pytest.param(
            SICHUAN,
            [("warning", "fee-field-missing", "A1"), ("note", "fee-basis-unreadable", "D4:D5,D8:D9")],
            id="sichuan",
        ),
        pytest.param(JINGGU, [], id="jinggu"),
        pytest.param(YUAN, [("warning", "fee-basis-unreadable", "D5")], id="yuan"),
        pytest.param(FUNDS_2017, [("note", "fee-basis-unreadable", "D3,D5")], id="funds-2017"),
        pytest.param(FUNDS_2019, [], id="funds-2019"),
        pytest.param(NATIONAL, [("note", "fee-field-missing", "A1")], id="national"),
    ],
)
def test_no_list_that_was_published_is_rejected(published: str, expected: Told) -> None:
    assert told(published) == expected


def test_a_county_list_that_is_in_order() -> None:
    findings, outcomes = run(rows(GOOD))
    assert findings == []
    assert {rule for rule, outcome in outcomes.items() if outcome.kind == "passed"} == {
        *("F-01", "F-01a", "F-01b", "F-02", "F-04", "F-06"),
    }


# --- what has to be filled ------------------------------------------------------------------------------------------


def test_a_row_without_basis_and_one_without_a_rate() -> None:
    lines = (
        GOOD,
        "住建 | 2 | 城镇垃圾处理费 | 缴入地方国库 | | 8元/户 | 中央 |",
        "住建 | 3 | 污水处理费 | 缴入地方国库 | 财税〔2014〕151号 | | 中央 |",
        "住建 | 4 | 城市道路占用、挖掘修复费 | | 建城〔1993〕410号 | - | 中央 |",
    )
    assert told(rows(*lines)) == [
        ("error", "fee-basis-missing", "E5"),
        ("warning", "fee-field-missing", "F6"),
        ("warning", "fee-field-missing", "F7"),
        ("warning", "fee-field-missing", "D7"),
    ]


def test_what_an_item_says_holds_for_its_parts_and_the_other_way_round() -> None:
    lines = (
        "公安 | 1 | 证照费 | 缴入地方国库 | 公通字〔1996〕89号 | | 中央 |",
        " | | (1)居留许可 | | | 400元 | |",
        " | | (2)旅行证 | | | 50元 | |",
        "自然资源 | 2 | 不动产登记费 | 缴入地方国库 | 发改价格规〔2016〕2559号 | 见分项 | 中央 |",
        " | | (1)住宅 | | | | |",
    )
    assert told(rows(*lines)) == []


def test_a_rate_that_stands_at_an_address() -> None:
    line = "住建 | 1 | 污水处理费 | 缴入地方国库 | 财税〔2014〕151号 | | 中央 | 标准见 https://example.org/a"
    assert told(rows(line)) == []


def test_a_column_that_is_blank_throughout_is_said_once() -> None:
    lines = [
        f"住建 | {number} | {name} | 缴入地方国库 | 财税〔2014〕151号 | | 中央 |"
        for number, name in enumerate(("污水处理费", "城镇垃圾处理费", "城市道路占用、挖掘修复费"), 1)
    ]
    assert told(rows(*lines)) == [("warning", "fee-field-missing", "F4:F6")]


def test_a_notice_at_the_counter_has_six_fields() -> None:
    notice = """
    富源县自然资源局收费公示牌
    项目 | 文件依据 | 主体 | 范围 | 标准
    不动产登记费 | 发改价格规〔2016〕2559号 | 县不动产登记中心 | | 80元/件
    """
    findings, outcomes = run(notice)
    assert places(findings) == [("warning", "fee-field-missing", "D3"), ("warning", "fee-field-missing", "A1")]
    assert [finding.field for finding in findings] == ["charge_scope", "payer"]
    assert outcomes["F-07"].kind == "failed"


# --- document numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("basis", "right"),
    [
        ("计办价格[2000]906", "计办价格〔2000〕906号"),
        ("财税〔202428号", "财税〔2024〕28号"),
        ("财税2014〕77号", "财税〔2014〕77号"),
        ("财税2014年第77号", "财税〔2014〕77号"),
        ("财税2014年77号文", "财税〔2014〕77号"),
        ("财税《2014》77号", "财税〔2014〕77号"),
        ("财税〔2014年〕77号", "财税〔2014〕77号"),
        ("国务院第481号令", "国务院令第481号"),
        ("财综〔09〕3号", ""),
        ("发改价格〔2003〕号", ""),
        ("上级文件", ""),
    ],
)
def test_a_number_that_cannot_be_read_and_its_one_reading(basis: str, right: str) -> None:
    findings, _ = run(rows(f"水利 | 1 | 水土保持补偿费 | 缴入地方国库 | {basis} | 1元 | 中央 |"))
    assert [(each.severity, each.code, each.location.cell, each.expected) for each in findings] == [
        ("warning", "fee-basis-unreadable", "E4", right)
    ]


@pytest.mark.parametrize(
    "basis",
    [
        "《中华人民共和国水法》",
        "水土保持法",
        "1.《水法》；2.财综〔2014〕8号",
        "财综〔2014〕8号文件",
        "关于印发办法的通知（财综〔2014〕8号）",
        "《城市道路管理条例》（1996年国务院令第198号）",
        "财政部 税务总局公告2019年第76号",
        "云财综〔2014〕 8 号",
        "國發〔1986〕50號",
    ],
)
def test_a_basis_that_can_be_read(basis: str) -> None:
    assert told(rows(f"水利 | 1 | 水土保持补偿费 | 缴入地方国库 | {basis} | 1元 | 中央 |")) == []


def test_another_way_of_writing_is_a_note_for_the_whole_list() -> None:
    lines = (GOOD, "住建 | 2 | 污水处理费 | 缴入地方国库 | [1992]价费字240号 | 1元 | 中央 |")
    findings, outcomes = run(rows(*lines))
    assert places(findings) == [("note", "fee-basis-unreadable", "E5")]
    assert outcomes["F-01b"].kind == "passed"


# --- what has ended -------------------------------------------------------------------------------------------------


def ended(item: str, date: str, department: str = "水利", note: str = "") -> Told:
    line = f"{department} | 1 | {item} | 缴入地方国库 | 财综〔2008〕79号 | 1元 | 中央 | {note}"
    return [each for each in told(rows(line, date=date)) if each[1] == "fee-expired"]


AT_ITEM = [("error", "fee-expired", "C4")]


@pytest.mark.parametrize(
    ("item", "date", "expected"),
    [
        ("水资源费", "2024年11月30日", []),
        ("水资源费", "2024年12月1日", AT_ITEM),
        ("水 资源费（地方留成部分）", "2025年", AT_ITEM),
        ("水资源费", "2024年", [("warning", "fee-expired", "C4")]),
        ("水资源费", "2024年11月", []),
        ("水资源费", "2024年12月", AT_ITEM),
        ("水资源费代征手续", "2025年", []),
        ("水土保持补偿费", "2025年", []),
    ],
)
def test_an_item_that_had_ended_by_the_day_of_the_list(item: str, date: str, expected: Told) -> None:
    assert ended(item, date) == expected


def test_another_department_makes_it_doubtful() -> None:
    assert ended("社会抚养费", "2023年", "卫健局") == AT_ITEM
    assert ended("社会抚养费", "2023年", "") == AT_ITEM
    assert ended("社会抚养费", "2023年", "文化和旅游局") == [("warning", "fee-expired", "C4")]


@pytest.mark.parametrize("note", ["已停征", "2024年12月1日起改征水资源税", "费改税"])
def test_a_row_that_says_itself_that_it_ended(note: str) -> None:
    assert ended("水资源费", "2025年", note=note) == []


def test_parts_of_an_item_that_ended_are_not_told_again_and_a_part_is_found() -> None:
    lines = (
        "水利 | 1 | 水资源费 | 缴入地方国库 | 财综〔2008〕79号 | | 中央 |",
        " | | (1)地表水 | | | 0.1元 | |",
        " | | (2)地下水 | | | 0.2元 | |",
        "卫健 | 2 | 计划生育收费 | 缴入地方国库 | 国务院令第357号 | | 中央 |",
        " | | (1)社会抚养费 | | | 按规定 | |",
    )
    assert told(rows(*lines)) == [("error", "fee-expired", "C4"), ("error", "fee-expired", "C8")]


def test_a_fund_that_had_ended_and_a_list_without_a_day() -> None:
    funds = "政府性基金目录清单\n序号 | 项目名称 | 资金管理方式 | 征收依据\n1 | 港口建设费 | 缴入地方国库 | 财综〔2011〕29号"
    assert told(f"2021年{funds}") == [("error", "fee-expired", "B3")]
    findings, outcomes = run(funds)
    assert findings == []
    assert (outcomes["F-04"].kind, outcomes["F-04"].reason) == ("could-not-run", "list-undated")


# --- who set it -----------------------------------------------------------------------------------------------------


def set_by(level: str, basis: str = "云财综〔2015〕3号", item: str = "某某管理费", header: str = "立项级次") -> Told:
    line = f"城管 | 1 | {item} | 缴入地方国库 | {basis} | 1元 | {level} |"
    return told(rows(line).replace("立项级次", header))


@pytest.mark.parametrize("level", ["县级", "县", "市级", "富源县", "县政府"])
def test_an_item_set_by_a_county_or_a_city(level: str) -> None:
    assert set_by(level) == [("error", "fee-not-authorised", "G4")]
    assert set_by(level, item="污水处理费") == [("error", "fee-not-authorised", "G4")]


@pytest.mark.parametrize("level", ["中央", "省级", "国务院", "自治区", "云南省", ""])
def test_an_item_set_by_the_centre_or_a_province(level: str) -> None:
    assert set_by(level) == []


def test_a_level_that_may_be_that_of_the_rate() -> None:
    assert set_by("县级", item="污水处理费", header="批准级次") == [("warning", "fee-not-authorised", "G4")]
    assert set_by("县级", header="批准级次") == [("warning", "fee-not-authorised", "G4")]
    assert set_by("县级", "富政发〔2015〕3号", header="批准级次") == [
        ("error", "fee-not-authorised", "G4"),
        ("error", "fee-not-authorised", "E4"),
    ]


def test_a_level_that_is_ticked_stands_in_its_own_column() -> None:
    ticked = """
    富源县行政事业性收费目录清单（2024年）
    序号 | 项目名称 | 政策依据 | 收费标准 | 立项级次 | |
     | | | | 中央 | 省级 | 县级
    1 | 污水处理费 | 财税〔2014〕151号 | 1元 | √ | |
    2 | 某某管理费 | 财税〔2014〕151号 | 1元 | | | √
    """
    merges = ((1, 4, 1, 6), *((1, column, 2, column) for column in range(4)))
    assert told(ticked, merges) == [("error", "fee-not-authorised", "G5")]


def test_a_city_that_is_a_province_may_set_an_item() -> None:
    spec = fuyuan()
    chongqing = dataclasses.replace(spec, jurisdiction=dataclasses.replace(spec.jurisdiction, code="500236"))
    line = rows("城管 | 1 | 某某管理费 | 缴入地方国库 | 渝价〔2015〕3号 | 1元 | 市级 |")
    assert told(line, spec=chongqing) == []
    assert told(line) == [("error", "fee-not-authorised", "G4")]


@pytest.mark.parametrize(
    "basis", ["富政发〔2015〕3号", "富发改价格〔2019〕7号、富政办发〔2020〕1号", "县政府关于收费标准的批复"]
)
def test_an_item_that_rests_on_documents_of_the_county_alone(basis: str) -> None:
    assert set_by("", basis) == [("error", "fee-not-authorised", "E4")]
    assert set_by("", basis, "污水处理费") == [("warning", "fee-not-authorised", "E4")]
    assert set_by("", f"{basis}、财税〔2014〕151号") == []


@pytest.mark.parametrize("basis", ["曲发改价格〔2019〕7号", "财税〔2014〕151号", "云发改收费〔2015〕3号", "《水法》"])
def test_documents_that_are_not_surely_a_countys(basis: str) -> None:
    assert set_by("", basis) == []


def test_what_a_county_may_set_is_not_asked() -> None:
    charges = """
    富源县涉企收费目录清单（2024年）
    序号 | 项目名称 | 收费标准 | 政策依据 | 立项级次 | 资金管理方式
    四、政府定价的经营服务性收费
    1 | 机动车停放服务费 | 2元/次 | 富发改〔2020〕5号 | 县级 | 专户
    """
    assert told(charges) == []


# --- accounts, numbers ----------------------------------------------------------------------------------------------


def test_only_education_fees_go_to_a_special_account() -> None:
    lines = (
        "教育 | 1 | 普通高中学费、住宿费 | 缴入地方财政专户 | 教财〔2003〕4号 | 700元 | 中央 |",
        "党校 | 2 | 短期培训费 | 缴入地方财政专户 | 财教〔2013〕19号 | 100元 | 中央 |",
        "住建 | 3 | 污水处理费 | 缴入财政专户 | 财税〔2014〕151号 | 1元 | 中央 |",
    )
    assert told(rows(*lines)) == [("warning", "fee-account-unusual", "D6")]


def numbered(*numbers: str) -> Told:
    """Items of one department with these numbers; `甲 1` names another department."""
    lines = []
    for place, number in enumerate(numbers):
        department, _, bare = number.rpartition(" ")
        lines.append(f"{department or '水利'} | {bare} | 某费{place} | 缴入国库 | 《水法》 | 1元 | 中央 |")
    return told(rows(*lines))


def gap(cell: str) -> tuple[str, str, str]:
    return ("warning", "fee-number-gap", cell)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1", "2", "3"), []),
        (("4", "5", "6"), []),
        (("1", "2", "4"), [gap("B6")]),
        (("1", "2", "2", "3"), [gap("B6")]),
        (("1", "3", "2", "3"), [gap("B5"), gap("B6")]),
        (("1", "2", "教育 1", "教育 2"), []),
        (("1", "2", "教育 3", "教育 5"), [gap("B7")]),
        (("1", "2", "教育 2", "教育 3"), [gap("B6")]),
        (("1", "教育 1", "公安 1"), []),
        (("4", "9", "13", "25", "31"), []),
    ],
)
def test_numbers_down_a_list(numbers: tuple[str, ...], expected: Told) -> None:
    assert numbered(*numbers) == expected


def test_numbers_of_another_list_are_not_asked() -> None:
    lines = [f"水利 | {number} | 某费{number} | 缴入国库 | 《水法》 | 1元 | 中央 |" for number in (4, 9, 13, 25)]
    _, outcomes = run(rows(*lines))
    assert (outcomes["F-10"].kind, outcomes["F-10"].reason) == ("not-applicable", "numbers-selected")


def test_one_item_over_several_rows_has_one_number() -> None:
    lines = (
        "自然资源 | 1 | 不动产登记费 | 缴入国库 | 《民法典》 | 80元/件 | 中央 |",
        " | | | | | 550元/件 | |",
        "水利 | 2 | 水土保持补偿费 | 缴入国库 | 《水法》 | 1元 | 中央 |",
    )
    assert told(rows(*lines)) == []


# --- one list against another ---------------------------------------------------------------------------------------


def lists(
    *enterprise: str, year: int = 2024, full: Sequence[str] = ("证照费", "土地闲置费")
) -> tuple[Told, list[Outcome]]:
    """What is said of a list of fees on enterprises, of 2024, beside a full list of a year."""
    spec = fuyuan()
    (rule,) = [each for each in spec.between_documents if each.kind == "listed-in"]

    def submitted(digits: str, title: str, items: Sequence[str], of: int):  # type: ignore[no-untyped-def]
        body = "\n".join(f"{number} | {item} | 《水法》 | 1元" for number, item in enumerate(items, 1))
        tables, _, _ = read(sheet(f"{title}\n序号 | 项目名称 | 政策依据 | 收费标准\n{body}"))
        return factories.submission(digits, factories.identity("000", of, "fee-list"), tables)

    part = submitted("a", "涉企行政事业性收费目录清单", enterprise, 2024)
    whole = submitted("b", "行政事业性收费目录清单", full, year)
    said = listed_in(rule, None, Known([part, whole]), spec)  # type: ignore[arg-type]
    assert set(said) == {part.key}
    return places(said[part.key].findings), list(said[part.key].outcomes)


def test_what_enterprises_are_charged_is_on_the_full_list() -> None:
    found, (outcome,) = lists("证照费（企业）", "土地闲置费")
    assert (found, outcome.kind, outcome.checked) == ([], "passed", 2)
    found, (outcome,) = lists("证照费", "某某管理费")
    assert (found, outcome.kind) == ([("warning", "fee-not-authorised", "B4")], "failed")


def test_without_a_full_list_of_the_year_nothing_can_be_said() -> None:
    found, (outcome,) = lists("某某管理费", year=2025)
    assert (found, outcome.kind, outcome.reason) == ([], "could-not-run", "other-document-absent")


def test_every_finding_can_be_said_in_both_languages() -> None:
    spec = fuyuan()
    lines = (
        "城管 | 1 | 水资源费 | 专户 | 富政发〔2015〕3号 | | 县级 |",
        "城管 | 3 | 某某管理费 | | | 1元 | 市级 |",
    )
    findings, _ = run(rows(*lines, date="2024年"))
    assert {finding.code for finding in findings} >= {"fee-basis-missing", "fee-expired", "fee-account-unusual"}
    said = [text for finding in findings for lang in ("zh", "en") for text in say(finding, spec, lang)]
    assert [text for text in said if "…" in text or "{" in text or "[" in text] == []
