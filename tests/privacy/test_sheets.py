from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.amounts import Value
from etl.finding import Finding
from etl.privacy import scan
from etl.table import Sheet, Workbook
from tests.sheets import fuyuan

# None of these belongs to anybody: the check digits are right, the people are not.
IDENTITY = "530325199001011230"
OLD_IDENTITY = "530325900101123"
MOBILE = "13812345678"
CARD = "6222020000000000004"


def with_check_digit(first: str) -> str:
    total = sum(int(digit) * (1 << (17 - place)) for place, digit in enumerate(first))
    return first + "10X98765432"[total % 11]


IDENTITY = with_check_digit(IDENTITY[:17])
WITH_X = next(number for n in range(100, 200) if (number := with_check_digit(f"53032519900101{n}")).endswith("X"))


def luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


CARD = next(card for last in range(10) if luhn(card := f"622202000000000000{last}"))
INDEX = next(index for last in range(10) if luhn(index := f"5303250020210001{last}"))


def look(*rows: Sequence[Value], **more: object) -> list[Finding]:
    return scan(Workbook("xls", (Sheet("表", tuple(tuple(row) for row in rows), **more),)), b"", fuyuan())  # type: ignore[arg-type]


def kinds(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(finding.field, finding.location.cell) for finding in findings]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (IDENTITY, "id-number"),
        (WITH_X, "id-number"),
        (WITH_X.lower(), "id-number"),
        (f"张某，身份证号{IDENTITY}，补助", "id-number"),
        (f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", "id-number"),
        ("".join(chr(ord(digit) + 0xFEE0) for digit in IDENTITY), "id-number"),
        (float(IDENTITY), "id-number"),
        (OLD_IDENTITY, "id-number"),
        (MOBILE, "mobile"),
        (13812345678.0, "mobile"),
        (13812345678, "mobile"),
        ("138-1234-5678", "mobile"),
        ("+86 138 1234 5678", "mobile"),
        (f"Tel{MOBILE}", "mobile"),
        (f"2010301 {MOBILE}", "mobile"),
        (CARD, "bank-card"),
        (" ".join(CARD[start : start + 4] for start in range(0, 19, 4)), "bank-card"),
    ],
)
def test_numbers_of_persons(value: Value, kind: str) -> None:
    findings = look(("收入",), ("", value))
    assert kinds(findings) == [(kind, "B2")]
    assert (findings[0].severity, findings[0].code) == ("error", "personal-data")
    assert (findings[0].location.sheet, findings[0].location.row, findings[0].location.column) == ("表", 2, 2)


@pytest.mark.parametrize(
    "value",
    [
        INDEX,
        f"监督索引号{INDEX}",
        f"监督索引号 {CARD}",
        "0874-4612345",
        "08744612345",
        "91530325MA6K12345X",
        "125303250151800123",
        "530325231100001234567",
        "13812345678.50",
        "0.13812345678",
        13812345678.5,
        15000000000.0,
        "2010301 2010302",
        "2024-01-01 2024-12-31",
        IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2"),
        "530325******1234",
        float("nan"),
        True,
        "12,345,678,901.00",
    ],
)
def test_what_is_nobodys(value: Value) -> None:
    assert look((value,)) == []


def test_labels_beside_and_above_make_a_number_public() -> None:
    assert look(("项目代码", CARD)) == []
    assert look(("项目代码",), (CARD,)) == []
    assert kinds(look(("项目代码", IDENTITY))) == [("id-number", "B1")]


def test_amounts_of_billions_among_amounts() -> None:
    assert look(("债务余额", 13812345678, 250000000.0)) == []
    assert look((13812345678,), (2345678.25,)) == []
    assert kinds(look(("张某", 13812345678, 1200))) == [("mobile", "B1")]


def test_columns_of_persons() -> None:
    findings = look(
        ("序号", "姓  名", "身份证号", "账号", "家庭住址", "金额"),
        (1, "张某某", "530325199001011", "20100001234567", "中安街道一组", 500),
        (2, "李某", "5303**********1234", 20100001234568.0, "", 500),
        (3, "", "", "", "", ""),
        (4, "王某", "", "", "", 500),
        ("", "合计", "", "", "", 1500),
    )
    assert ("name", "B2:B3,B5") in kinds(findings)
    assert ("account", "D2:D3") in kinds(findings)
    assert ("address", "E2") in kinds(findings)


@pytest.mark.parametrize("name", ["", "合计", "富源县财政局", "张*", "12"])
def test_header_without_a_person_beneath(name: str) -> None:
    assert look(("姓名",), (name,)) == []


def test_hidden_places_are_told_apart() -> None:
    assert look((MOBILE,))[0].values["situation"] == "default"
    assert look((MOBILE,), visibility="hidden")[0].values["situation"] == "hidden-place"
    assert look((MOBILE,), hidden_rows=frozenset({0}))[0].values["situation"] == "hidden-place"
    assert look((MOBILE,), hidden_columns=frozenset({0}))[0].values["situation"] == "hidden-place"


def test_comments_properties_and_caches() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "xl/comments1.xml",
            f"<comments><comment><text><r><t>电话{MOBILE[:3]}</t></r><r><t>{MOBILE[3:]}</t></r></text></comment></comments>",
        )
        archive.writestr("docProps/core.xml", f"<p><dc:description>{IDENTITY}</dc:description></p>")
        archive.writestr("xl/externalLinks/externalLink1.xml", f"<cell><v>{CARD}</v></cell>")
        archive.writestr("xl/worksheets/sheet1.xml", "<c><v>13912345678</v></c>")
    findings = scan(Workbook("xlsx", ()), stream.getvalue(), fuyuan())
    assert sorted(finding.field for finding in findings) == ["bank-card", "id-number", "mobile"]
    assert {finding.values["situation"] for finding in findings} == {"hidden-place"}


def test_no_finding_quotes_what_it_found() -> None:
    findings = look((IDENTITY, MOBILE, CARD), ("姓名",), ("张某某",))
    assert len(findings) == 4
    said = repr(findings)
    assert not any(text in said for text in (IDENTITY, MOBILE, CARD, "张某某", IDENTITY[-4:], MOBILE[-4:]))


@pytest.mark.parametrize("path", sorted((Path(__file__).resolve().parents[2] / "datasets" / "inbox").rglob("*.xlsx")))
def test_what_the_repository_ships_holds_nobody(path: Path) -> None:
    from etl.workbook import read

    data = path.read_bytes()
    workbook, _ = read(data, path.name)
    assert workbook is not None
    assert scan(workbook, data, fuyuan()) == []


def credit(first: str) -> str:
    """A code with its check digit, worked out from GB 32100 by hand: weights are powers of three modulo 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(signs.index(sign) * weight for sign, weight in zip(first, weights, strict=True))
    return first + signs[(31 - total % 31) % 31]


CREDIT_CODE = credit("91530325MA6K12345")


def test_codes_of_organisations_are_only_mentioned() -> None:
    findings = look(("供应商",), (f"某公司（{CREDIT_CODE}）",), (CREDIT_CODE,))
    assert [(finding.severity, finding.code, finding.location.cell) for finding in findings] == [
        ("note", "credit-code", "A2:A3")
    ]
    assert CREDIT_CODE not in repr(findings)


@pytest.mark.parametrize(
    ("title", "values", "cells"),
    [
        ("领款人", ("张建国", "富源县财政局", "合计", "普通老人"), "A2"),
        ("户名", ("李小花", "富源县中安街道某某合作社", "欧阳建国"), "A2,A4"),
        ("补助对象", ("低保户", "王大明", "高龄老人"), "A3"),
        ("姓名", ("张三、李四", "阿卜杜拉·买买提江", "单位"), "A2:A3"),
        ("受助人姓名", ("徐某",), "A2"),
        ("收款人（签字）", ("徐某",), ""),
        ("项目负责人姓名", ("徐某某",), ""),
        ("供应商名称", ("徐某某",), ""),
        ("缴费人", ("居民", "单位和个人"), ""),
    ],
)
def test_who_gets_the_money(title: str, values: tuple[str, ...], cells: str) -> None:
    findings = look((title, "金额"), *((value, 500) for value in values))
    assert [(finding.field, finding.location.cell) for finding in findings] == ([("name", cells)] if cells else [])


def test_what_is_said_of_a_person_and_what_is_said_of_a_policy() -> None:
    rows: list[Sequence[Value]] = [("低保类别", "病种"), ("A类", "尿毒症")]
    assert look(*rows) == []
    named: list[Sequence[Value]] = [("姓名", "低保类别", "病种"), ("张某某", "A类", "尿毒症"), ("合计", "", "")]
    assert kinds(look(*named)) == [("name", "A2"), ("status", "B2"), ("status", "C2")]


def test_telephones_by_their_title() -> None:
    assert kinds(look(("联系电话", "金额"), (13812345678, 2500000.0))) == [("mobile", "A2")]
    assert look(("联系电话",), ("0874-4612345",), (8744612345,), ("12345",), ("400-800-1234",)) == []


def test_words_before_a_number_or_a_name_in_one_text() -> None:
    assert kinds(look(("户主：张建国，3 人",))) == [("name", "A1")]
    assert look(("姓名：      性别：",)) == []
    assert kinds(look(("一卡通 53032511200001234567",))) == [("account", "A1")]
    assert look(("项目代码 53032511200001234567",)) == []


@pytest.mark.parametrize("title", ["单位", "项目代码", "执收单位编码"])
def test_long_codes_of_budgets(title: str) -> None:
    column = [530325210000000012345.0, "530325210000000012345", "530325202400001", "13532500001"]
    assert kinds(look((title,), *((value,) for value in column))) == ([] if title != "单位" else [("mobile", "A5")])


def test_a_label_of_codes_says_nothing_of_what_stands_below_a_text() -> None:
    assert kinds(look(("科目编码",), ("2010301",), ("填报人",), (MOBILE,))) == [("mobile", "A4")]
    assert kinds(look(("科目编码",), ("2010301",), (MOBILE,))) == [("mobile", "A3")]


@pytest.mark.parametrize("text", ["收入15987654321元", "收入 15987654321 元", "15987654321 万元"])
def test_an_amount_in_a_sentence(text: str) -> None:
    assert look((text,)) == []


def test_amounts_that_are_stored_as_text() -> None:
    assert look(("债务余额", "13812345678", 250000000.0)) == []
    assert kinds(look(("张某", "13812345678", 250.0))) == [("mobile", "B1")]


def test_texts_before_a_table() -> None:
    findings = look(("收入",), heading=("标题", f"联系人手机 {MOBILE}"))
    assert kinds(findings) == [("mobile", "")]
    assert findings[0].location.sheet == "表"


@given(
    st.integers(0, 99_999),
    st.integers(0, 99_999),
    st.sampled_from(["{}", "身份证{}，补助", "　{}　", "{}/0874-4612345"]),
)
def test_whoever_it_is_and_wherever_it_stands_nothing_quotes_it(person: int, line: int, around: str) -> None:
    identity = with_check_digit(
        f"5303251{person:05d}"[:6] + f"19{50 + person % 50}0{1 + line % 9}1{person % 10}" + f"{line % 1000:03d}"
    )
    mobile = f"13{person % 10}{line % 10000:04d}{person % 10000:04d}"
    findings = look((around.format(identity), around.format(mobile)), ("姓名", "身份证"), ("张某某", identity))
    assert {finding.field for finding in findings} == {"id-number", "mobile", "name"}
    said = repr(findings)
    assert identity not in said
    assert mobile not in said
    assert identity[6:14] not in said
