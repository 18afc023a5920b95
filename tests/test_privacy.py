from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from etl.amounts import Value
from etl.finding import Finding
from etl.privacy import scan
from etl.table import Sheet, Workbook

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
    return scan(Workbook("xls", (Sheet("表", tuple(tuple(row) for row in rows), **more),)), b"")  # type: ignore[arg-type]


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
    findings = scan(Workbook("xlsx", ()), stream.getvalue())
    assert sorted(finding.field for finding in findings) == ["bank-card", "id-number", "mobile"]
    assert {finding.values["situation"] for finding in findings} == {"hidden-place"}


def test_no_finding_quotes_what_it_found() -> None:
    findings = look((IDENTITY, MOBILE, CARD), ("姓名",), ("张某某",))
    assert len(findings) == 4
    said = repr(findings)
    assert not any(text in said for text in (IDENTITY, MOBILE, CARD, "张某某", IDENTITY[-4:], MOBILE[-4:]))


@pytest.mark.parametrize("path", sorted((Path(__file__).resolve().parents[1] / "datasets" / "inbox").rglob("*.xlsx")))
def test_what_the_repository_ships_holds_nobody(path: Path) -> None:
    from etl.workbook import read

    data = path.read_bytes()
    workbook, _ = read(data, path.name)
    assert workbook is not None
    assert scan(workbook, data) == []
