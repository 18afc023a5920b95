"""Rows of lists that counties and ministries really published, with their columns and their slips; sources by name."""

from __future__ import annotations

from collections.abc import Sequence

from etl.finding import Finding
from etl.table import Merge, Table
from tests.sheets import codes, read, sheet


def listed(text: str, merges: tuple[Merge, ...] = ()) -> tuple[Table, list[Finding]]:
    (table,), _, findings = read(sheet(text, merges=merges))
    return table, [finding for finding in findings if finding.code == "line-unrecognised"]


def told(table: Table, *fields: str) -> list[Sequence[str]]:
    return [tuple(line.attributes.get(key, "") for key in fields) for line in table.lines]


def test_jinggu_2024_three_levels_in_one_column_of_numbers() -> None:
    """景谷县 2024 (jinggu.gov.cn/info/48566/866221.htm): 项目清单级次 holds the name of a catalogue instead of a tick."""
    table, findings = listed(
        """
        2024年景谷县行政事业性收费目录清单
        填报日期：2024年5月20日
        序号 | 部门 | 收费项目 | 征收对象 | 征收标准 | 批准文号及文件名称 | 执收单位名称 | 项目清单级次 | | | | 是否涉企 | 备注
         | | | | | | | 中央 | 省级 | 市级 | 县级 | |
        一、 | 教育部门
        '1 | | 学业水平考试报名费 | | | | | | 云南省地方批准的行政事业性收费项目目录
        ① | | 初中 | 个人 | 10元/人.科次 | 云财综〔2012〕74号、云价收费〔2013〕70号 | 县教体局 | | 云南省地方批准的行政事业性收费项目目录 | | | 否
        ② | | 初中体育 | 个人 | 15元/人次 | 云财综〔2012〕74号、云价收费〔2013〕70号 | 县教体局 | | 云南省地方批准的行政事业性收费项目目录 | | | 否
        '2 | | 职业高中住宿费 | 学生 | 带卫生间500元/生.学年；不带卫生间400元/生.学年 | 云计收费〔2002〕749号 普发改价费〔2022〕332 号 | 县职业中学 | 全国性及中央部门和单位行政事业性收费目录清单
        """,
        merges=((2, 7, 2, 10), *((2, column, 3, column) for column in (0, 1, 2, 3, 4, 5, 6, 11, 12))),
    )
    assert findings == []
    assert told(table, "department", "item_no", "item", "sub_item", "set_by", "enterprise_related") == [
        ("教育部门", "1", "学业水平考试报名费", "", "省", ""),
        ("教育部门", "1", "学业水平考试报名费", "初中", "省", "N"),
        ("教育部门", "1", "学业水平考试报名费", "初中体育", "省", "N"),
        ("教育部门", "2", "职业高中住宿费", "", "中央", ""),
    ]
    assert told(table, "standard", "basis_normal", "collector", "list_date")[1:] == [
        ("10元/人.科次", "云财综〔2012〕74号;云价收费〔2013〕70号", "县教体局", "2024-05-20"),
        ("15元/人次", "云财综〔2012〕74号;云价收费〔2013〕70号", "县教体局", "2024-05-20"),
        (
            "带卫生间500元/生.学年；不带卫生间400元/生.学年",
            "云计收费〔2002〕749号;普发改价费〔2022〕332号",
            "县职业中学",
            "2024-05-20",
        ),
    ]
    assert table.lines[3].attributes["catalogue"] == "全国性及中央部门和单位行政事业性收费目录清单"


def test_jiamusi_2023_a_code_in_four_cells_and_a_department_merged_over_its_rows() -> None:
    """佳木斯市前进区 2023 (jmsqjq.gov.cn, id 17619): number 6 is missing, the units have lost 元, 批准级 its last word."""
    table, findings = listed(
        """
        前进区2023年行政事业性（基金）收费项目目录
        部门 | 项目序号 | 收费单位 | 收费项目 | 科目编码 | | | | 计量单位 | 收费标准 | 收费及资金管理文件依据 | 管理方式 | 批准级
        教育 | 1 | 佳木斯市第六小学校 | 公办幼儿园收费(保教费) | '103 | '04 | '27 | '50 | /人/月 | 480 | 黑价联【2014】70号 | 专户 | 省级
         | 2 | 佳木斯市第七小学校 | 公办幼儿园收费(保教费) | '103 | '04 | '27 | '50 | /人/月 | 350 | 黑价联【2014】70号 | 专户 | 省级
        税务 | 5 | 国家税务总局佳木斯市前 进区税务局 | 城镇垃圾处理费 | '103 | '04 | '33 | '13 | /人/月 | 居民:1.5；单位:按面积收费 | 佳政办综【2015】10号 | 专户 | 市级
        城管 | 7 | 佳木斯市前进区城市管理 综合执法局 | 城市道路占用费、挖掘修复费 | '103 | '04 | '33 | '06 | /日㎡/ | 一类道路:1；二类道路:0.7；三类及以下:0.5 | 佳发改联【2019】1号 佳城管呈【2009】10 黑建城字【1995】4号 | 专户 | 市级
        """,
        merges=((1, 4, 1, 7), (2, 0, 3, 0)),
    )
    assert findings == []
    assert told(table, "department", "item_no", "item", "charge_code", "standard_unit", "standard", "set_by") == [
        ("教育", "1", "公办幼儿园收费(保教费)", "103042750", "/人/月", "480", "省"),
        ("教育", "2", "公办幼儿园收费(保教费)", "103042750", "/人/月", "350", "省"),
        ("税务", "5", "城镇垃圾处理费", "103043313", "/人/月", "居民:1.5；单位:按面积收费", "市"),
        (
            "城管",
            "7",
            "城市道路占用费、挖掘修复费",
            "103043306",
            "/日㎡/",
            "一类道路:1；二类道路:0.7；三类及以下:0.5",
            "市",
        ),
    ]
    assert told(table, "basis_normal")[3] == ("佳发改联〔2019〕1号;佳城管呈〔2009〕10号;黑建城字〔1995〕4号",)
    assert told(table, "basis")[3] == ("佳发改联【2019】1号 佳城管呈【2009】10 黑建城字【1995】4号",)


def test_sichuan_2019_three_levels_and_lost_indents() -> None:
    """A county of Sichuan, 2019-01-15: blanks of the indent became question marks."""
    table, findings = listed(
        """
        行政事业性收费目录
        序号 | 收费项目 | 资金管理方式 | 收费依据
        一 | 教育 | |
         | 1.公办幼儿园保育费、住宿费 | 缴入中央和地方财政专户 | 发改价格[2011]3207号,川发改价格[2012]46号,川发改价格[2012]810号
        二 | 公安 | |
         | 5.证照费 | |
         | ??? (1)外国人证件费 | | [1992]价费字240号,公通字[2000]99号
         | ?????? ①居留许可 | 缴入中央和地方国库 | 财综[2004]60号,发改价格[2004]2230号
         | ?????? ④出入境证 | 缴入地方国库 | 公通字[1996]89号
        """
    )
    assert findings == []
    assert told(table, "department", "item_no", "item", "sub_item", "fund_management", "basis_normal") == [
        (
            "教育",
            "1",
            "公办幼儿园保育费、住宿费",
            "",
            "缴入中央和地方财政专户",
            "发改价格〔2011〕3207号;川发改价格〔2012〕46号;川发改价格〔2012〕810号",
        ),
        ("公安", "5", "证照费", "", "", ""),
        ("公安", "5", "证照费", "(1)外国人证件费", "", "价费字〔1992〕240号;公通字〔2000〕99号"),
        (
            "公安",
            "5",
            "证照费",
            "(1)外国人证件费 ①居留许可",
            "缴入中央和地方国库",
            "财综〔2004〕60号;发改价格〔2004〕2230号",
        ),
        ("公安", "5", "证照费", "(1)外国人证件费 ④出入境证", "缴入地方国库", "公通字〔1996〕89号"),
    ]


def test_shaanxi_departments_in_rows_of_their_own() -> None:
    """A county of Shaanxi: a department broken over two lines; items numbered on across departments."""
    table, findings = listed(
        """
        行政事业性收费目录清单
        序号 | 部门 | 收费项目 | 资金管理方式 | 政策依据
        一 | 外交 | | |
         | | 1.认证费（含加急） | 缴入中央和地方国库 | 计价格[1999]466号,[1992]价费字198号
         | | 2.签证费 | |
         | | (1)代办外国签证（含加急,限于国家机关） | 缴入中央和地方国库 | 财综[2003]45号,陕价行函[2011]165号
        二 | 发展 改革 | | |
         | | 4.价格鉴证业务收费 | 缴入地方国库 | 计价格[1999]1074号,计办价格[2000]906,陕教资【2006】53号
        """
    )
    assert findings == []
    assert told(table, "department", "item_no", "item", "sub_item") == [
        ("外交", "1", "认证费（含加急）", ""),
        ("外交", "2", "签证费", ""),
        ("外交", "2", "签证费", "(1)代办外国签证（含加急,限于国家机关）"),
        ("发展改革", "4", "价格鉴证业务收费", ""),
    ]
    assert told(table, "basis_normal")[3] == ("计价格〔1999〕1074号;计办价格〔2000〕906号;陕教资〔2006〕53号",)


def test_qinzhou_2023_a_department_alone_in_its_row() -> None:
    """钦州市行政事业性收费项目目录(2023年): sub-items without a number, the level on every line."""
    table, findings = listed(
        """
        钦州市行政事业性收费项目目录（2023年）
        序号 | 收费项目 | 设立级次 | 资金管理方式 | 政策依据
         | 外交部门 | | |
        1 | 认证费（含加急） | 中央 | 缴入中央和地方国库 | 计价格〔1999〕466号，价费字〔1992〕198号
        2 | 签证费 | 中央 | |
         | (1)代办外国签证 | 中央 | 缴入中央和地方国库 | 计价格〔1999〕466号，价费字〔1992〕198号
         | 教育部门 | | |
        4 | 公办幼儿园保教费、住宿费 | 中央 | 缴入中央和地方国库 | 《幼儿园管理条例》，发改价格〔2011〕3207号，桂价费〔2018〕91号
        """
    )
    assert findings == []
    assert told(table, "department", "item_no", "item", "sub_item", "set_by", "list_date") == [
        ("外交部门", "1", "认证费（含加急）", "", "中央", "2023"),
        ("外交部门", "2", "签证费", "", "中央", "2023"),
        ("外交部门", "2", "签证费", "(1)代办外国签证", "中央", "2023"),
        ("教育部门", "4", "公办幼儿园保教费、住宿费", "", "中央", "2023"),
    ]


def test_a_county_2021_what_stands_only_on_the_item_holds_for_its_parts() -> None:
    """A county, 2021-03-23 (zgmrmthy.com, 315594): fund and level on the item, own papers on the parts."""
    table, findings = listed(
        """
        行政事业性收费目录清单（2021年3月23日更新）
        项目名称 | 管理方式 | 政策依据 | 立项级次 | 涉企
        一 公安 | | | |
        1.外国人证件费 | 缴入同级国库 | [1992]价费字240号,公通字[2000]99号 | 中央 |
        (1)居留许可 | | 财综[2004]60号,发改价格[2004]2230号 | |
        (4)出入境证 | | | |
        2.公民出入境证件费 | 缴入同级国库 | 价费字[1993]164号 ,[1992]价费字240号 | 中央 |
        """
    )
    assert findings == []
    assert told(table, "department", "item_no", "sub_item", "fund_management", "set_by", "list_date") == [
        ("公安", "1", "", "缴入同级国库", "中央", "2021-03-23"),
        ("公安", "1", "(1)居留许可", "缴入同级国库", "中央", "2021-03-23"),
        ("公安", "1", "(4)出入境证", "缴入同级国库", "中央", "2021-03-23"),
        ("公安", "2", "", "缴入同级国库", "中央", "2021-03-23"),
    ]
    assert told(table, "basis_normal") == [
        ("价费字〔1992〕240号;公通字〔2000〕99号",),
        ("财综〔2004〕60号;发改价格〔2004〕2230号",),
        ("价费字〔1992〕240号;公通字〔2000〕99号",),
        ("价费字〔1993〕164号;价费字〔1992〕240号",),
    ]


def test_national_2009_same_as_above() -> None:
    """2009年全国性及中央部门和单位行政事业性收费项目目录: 同上 stands for the papers of the row above."""
    table, findings = listed(
        """
        2009年全国性及中央部门和单位行政事业性收费项目目录
        序号 | 部门 | 收费项目 | 管理方式 | 收费及资金管理文件依据
        一 | 外交 | | |
         | | 1.护照费 | |
         | | (1)护照 | 缴入中央国库 | 计价格[2000]293号,价费字[1993]164号
         | | (2)护照加急 | 缴入中央国库 | 同上
        """
    )
    assert findings == []
    assert told(table, "sub_item", "basis", "basis_normal")[1:] == [
        ("(1)护照", "计价格[2000]293号,价费字[1993]164号", "计价格〔2000〕293号;价费字〔1993〕164号"),
        ("(2)护照加急", "同上", "计价格〔2000〕293号;价费字〔1993〕164号"),
    ]


def test_guangxi_1994_departments_with_inner_blanks() -> None:
    """第一批纳入预算管理的行政性收费项目 (桂政发〔1994〕159号), with a basis column as later lists have."""
    table, _ = listed(
        """
        行政事业性收费项目目录
        部 门 | 序号 | 项 目 | 依据 | 备 注
        司 法 | 1 | 律师工作执照费 | 价费字〔1992〕314号 |
         | 2 | 民事诉讼费 | 价费字〔1992〕314号 |
        公 安 | 3 | 治安管理收费 | 价费字〔1992〕240号 |
        """
    )
    assert told(table, "department", "item_no", "item") == [
        ("司法", "1", "律师工作执照费"),
        ("司法", "2", "民事诉讼费"),
        ("公安", "3", "治安管理收费"),
    ]


def test_yucheng_2023_codes_of_the_classification_of_revenue() -> None:
    """虞城县 (yuchengxian.gov.cn, content_57511): 收费编码 of nine digits, stored as a number."""
    table, _ = listed(
        """
        虞城县行政事业性收费目录清单
        序号 | 部门 | 收费编码 | 收费项目 | 政策依据 | 资金管理方式 | 收费标准
        1 | 公安 | 103040112 | 机动车行驶证、登记证、驾驶证工本费 | 发改价格〔2004〕2831号 | 缴入地方国库 | 行驶证10元/证
        """
    )
    assert told(table, "charge_code", "item_no", "item", "standard") == [
        ("103040112", "1", "机动车行驶证、登记证、驾驶证工本费", "行驶证10元/证")
    ]


def test_lists_of_funds() -> None:
    """A county of Shanxi 2017, a list of 2019, and a national one with rates that are texts of several prices."""
    table, findings = listed(
        """
        政府性基金目录清单
        序号 | 项目名称 | 资金管理方式 | 征收依据
        4 | 水利建设基金 | 缴入中央和地方国库 | 财综[2011]2号、财税﹝2017﹞18号.晋财综[2017]20号
        7 | 教育费附加 | 缴入中央和地方国库 | 《教育法》、国务院令第60号、国发[1986]50号(国务院令第60号修改发布)、国发明电[1994]2号、23号、[1992]财预字第111号
        """
    )
    assert findings == []
    assert told(table, "item_no", "item", "basis_normal") == [
        ("4", "水利建设基金", "财综〔2011〕2号;财税〔2017〕18号;晋财综〔2017〕20号"),
        (
            "7",
            "教育费附加",
            "《教育法》;国务院令第60号;国发〔1986〕50号;国发明电〔1994〕2号;国发明电〔1994〕23号;财预字〔1992〕111号",
        ),
    ]
    rated, _ = listed(
        """
        全国政府性基金目录清单
        序号 | 项目名称 | 资金管理方式 | 政策依据 | 征收地区 | 征收方式 | 征收标准
        2 | 民航发展基金 | 缴入中央国库 | 财综〔2012〕17号 | 全国 | 由航空公司代征 | 1.国内航班50元/人次；2.0.3-1.84元/公里
        """
    )
    assert told(rated, "charge_scope", "levy_method", "standard") == [
        ("全国", "由航空公司代征", "1.国内航班50元/人次；2.0.3-1.84元/公里")
    ]


def test_kinds_one_after_another_in_one_sheet() -> None:
    """涉企收费清单, as 裕安区 2024 (yuan.gov.cn, 25874903) and 湛江市 2026 order it; rows of the national list."""
    table, findings = listed(
        """
        裕安区区级涉企收费清单（2024年）
        序号 | 项目名称 | 收费标准 | 政策依据
        一、行政事业性收费 | | |
        1 | 水土保持补偿费 | 1元/平方米 | 皖发改价费函〔2023〕276号
        二、政府性基金 | | |
        1 | 教育费附加 | 3% | 国务院令第60号
        三、涉企保证金 | | |
        1 | 农民工工资保证金 | 按合同额的3% | 人社部发〔2021〕65号
        四、政府定价的经营服务性收费 | | |
        1 | 机动车停放服务费 | 2元/次 | 发改价格〔2015〕2975号
        """
    )
    assert findings == []
    assert told(table, "list_type", "item_no", "item", "enterprise_related") == [
        ("行政事业性收费", "1", "水土保持补偿费", "Y"),
        ("政府性基金", "1", "教育费附加", "Y"),
        ("政府性保证金", "1", "农民工工资保证金", "Y"),
        ("经营服务性收费", "1", "机动车停放服务费", "Y"),
    ]


def test_a_kind_named_above_the_header_of_its_part() -> None:
    table, findings = listed(
        """
        富源县2024年涉企收费目录清单
        一、行政事业性收费
        序号 | 收费项目 | 收费依据
        1 | 水资源费 | 财税〔2008〕79号
        二、政府性基金
        序号 | 收费项目 | 收费依据
        1 | 残疾人就业保障金 | 财税〔2015〕72号
        注：以上标准为最高标准。
        """
    )
    assert findings == []
    assert told(table, "list_type", "item") == [("行政事业性收费", "水资源费"), ("政府性基金", "残疾人就业保障金")]
    assert table.notes == ((7, "注：以上标准为最高标准。"),)


def test_fields_at_the_counter() -> None:
    """收费公示牌: 文件依据、主体、项目、范围、标准、对象."""
    table, _ = listed(
        """
        富源县自然资源局收费公示牌
        项目 | 文件依据 | 主体 | 范围 | 对象 | 标准
        不动产登记费 | 发改价格规〔2016〕2559号 | 县不动产登记中心 | 住宅 | 申请人 | 80元/件
        """
    )
    assert told(table, "item", "basis_normal", "collector", "charge_scope", "payer", "standard") == [
        ("不动产登记费", "发改价格规〔2016〕2559号", "县不动产登记中心", "住宅", "申请人", "80元/件")
    ]


def test_enterprises_by_word_and_by_sign() -> None:
    """是否涉企 in words; ▲ in the name as the national list of 2003 marks what burdens enterprises."""
    table, _ = listed(
        """
        行政事业性收费目录清单
        序号 | 项目名称 | 政策依据 | 是否涉企
        1 | 证照费 | 公通字〔1996〕89号 | 部分
        2 | 学费 | 教财〔2003〕4号 | 否
        3 | ▲污水处理费 | 财税〔2014〕151号 |
        4 | 诉讼费 | 国务院令第481号 | 视情况
        """
    )
    assert told(table, "item", "enterprise_related", "basis_normal") == [
        ("证照费", "部分", "公通字〔1996〕89号"),
        ("学费", "N", "教财〔2003〕4号"),
        ("污水处理费", "Y", "财税〔2014〕151号"),
        ("诉讼费", "视情况", "国务院令第481号"),
    ]


def test_a_row_that_belongs_nowhere_is_said_with_its_cell() -> None:
    table, findings = listed(
        """
        行政事业性收费目录清单
        序号 | 项目名称 | 政策依据 | 收费标准
         | | 财综〔2004〕60号 | 10元
        1 | 证照费 | 公通字〔1996〕89号 | 5元
         | | 公通字〔1996〕90号 | 8元
        7 | | |
        """
    )
    assert told(table, "item_no", "item", "basis", "standard") == [
        ("1", "证照费", "公通字〔1996〕89号", "5元"),
        ("1", "证照费", "公通字〔1996〕90号", "8元"),
    ]
    assert codes(findings) == [("warning", "line-unrecognised", "C3"), ("warning", "line-unrecognised", "A6")]


def test_an_item_merged_over_its_prices() -> None:
    table, findings = listed(
        """
        行政事业性收费目录清单
        序号 | 项目名称 | 子项目 | 政策依据 | 收费标准
        1 | 不动产登记费 | 住宅 | 发改价格规〔2016〕2559号 | 80元/件
         | | 非住宅 | | 550元/件
        """,
        merges=((2, 0, 3, 0), (2, 1, 3, 1), (2, 3, 3, 3)),
    )
    assert findings == []
    assert told(table, "item_no", "item", "sub_item", "basis_normal", "standard") == [
        ("1", "不动产登记费", "住宅", "发改价格规〔2016〕2559号", "80元/件"),
        ("1", "不动产登记费", "非住宅", "发改价格规〔2016〕2559号", "550元/件"),
    ]
