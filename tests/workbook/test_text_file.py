from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.finding import Finding
from etl.table import Workbook
from etl.workbook import read, safety

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "workbooks"
TEXT = "科目,金额\r\n一、一般公共服务支出,12.50\r\n"


def seen(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.code, finding.values.get("situation", "")) for finding in findings]


def rows_of(data: bytes | str, name: str = "a.csv") -> tuple[tuple[object, ...], ...]:
    workbook, _ = read(data.encode() if isinstance(data, str) else data, name)
    assert workbook is not None
    assert [sheet.name for sheet in workbook.sheets] == [""]
    return workbook.sheets[0].rows


def test_one_nameless_sheet_of_text_as_it_stands() -> None:
    workbook, findings = read('201,  教育 ,"1,202.50",007\n'.encode(), "a.csv")
    assert findings == []
    assert workbook is not None
    assert (workbook.format, workbook.sheets[0].name) == ("csv", "")
    assert workbook.sheets[0].rows == (("201", "  教育 ", "1,202.50", "007"),)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_word(codec: str) -> None:
    workbook, findings = read(TEXT.encode(codec), "a.csv")
    assert workbook is not None
    assert workbook.sheets[0].rows == (("科目", "金额"), ("一、一般公共服务支出", "12.50"))
    assert findings == []


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("gb18030", b"", "GB18030"),
        ("gbk", b"", "GB18030"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
    ],
)
def test_other_encodings_are_read_and_told(codec: str, mark: bytes, name: str) -> None:
    data = mark + TEXT.encode(codec)
    assert rows_of(data) == (("科目", "金额"), ("一、一般公共服务支出", "12.50"))
    findings = read(data, "a.csv")[1]
    assert seen(findings) == [("note", "repaired", "encoding")]
    assert findings[0].values["text"] == name


def test_traditional_characters_of_gbk_are_read() -> None:
    assert rows_of("監督索引號,富源縣財政局\n".encode("gbk")) == (("監督索引號", "富源縣財政局"),)


@pytest.mark.parametrize(
    "data",
    [
        "収入,決算の執行状況について表示\n".encode("shift_jis"),
        "監督索引號,富源縣財政局2024年部門預算公開\n".encode("big5"),
        "año,ejecución\n".encode("latin-1"),
        TEXT.encode()[:-10],
        TEXT.encode().replace("共".encode(), b"\xe5\x85"),
        TEXT.encode() + "\uffff".encode(),
        b"\xef\xbb\xbf" + TEXT.encode("gb18030"),
    ],
)
def test_what_is_not_surely_an_encoding_is_not_guessed(data: bytes) -> None:
    workbook, findings = read(data, "a.csv")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "encoding")]


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"a,b\x00\n" * 99])
def test_bytes_that_are_no_text(data: bytes) -> None:
    workbook, findings = read(data, "a.csv")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("编码\t金额\n201\t1,202\n205\t2,303\n", (("编码", "金额"), ("201", "1,202"), ("205", "2,303"))),
        ("编码;金额\n201;1,5\n205;2,5\n", (("编码", "金额"), ("201", "1,5"), ("205", "2,5"))),
        ("编码|金额|注\n201|12|甲,乙\n", (("编码", "金额", "注"), ("201", "12", "甲,乙"))),
        ("sep=|\n201|12,5\n", (("sep=",), ("201", "12,5"))),
        (
            "部门：教育局, 单位：万元\n编码,金额\n201,3\n",
            (("部门：教育局", " 单位：万元"), ("编码", "金额"), ("201", "3")),
        ),
        ("依据,号\n甲;乙,1\n丙,2\n", (("依据", "号"), ("甲;乙", "1"), ("丙", "2"))),
        ("只有一列\n合计\n", (("只有一列",), ("合计",))),
    ],
)
def test_the_separator_is_found_in_the_file(text: str, expected: object) -> None:
    assert rows_of(text) == expected


def test_quoted_fields_hold_newlines_quotes_and_separators() -> None:
    assert rows_of('a,"甲\n""乙"",丙",c\r\nd\r\n') == (("a", '甲\n"乙",丙', "c"), ("d",))


def test_rows_are_records_and_blank_ones_count() -> None:
    assert rows_of("标题,,\n\n,,\n编码,金额,\n,,\n") == (("标题",), (), (), ("编码", "金额"))


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n", "", "\r\n\x1a"])
def test_ends_of_lines(end: str) -> None:
    assert rows_of(f"a,b{end.rstrip(chr(26)) or chr(10)}c,d{end}") == (("a", "b"), ("c", "d"))


def test_quotation_mark_that_is_never_closed_swallows_nothing() -> None:
    workbook, findings = read(b'a,b\nc,"d\ne,f\ng,h\n', "a.csv")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "quotes")]
    assert (findings[0].location.cell, findings[0].location.row) == ("A2", 2)


def test_quotation_marks_that_excel_drops_are_told() -> None:
    data = 'a,b\n"富源县"教育局,2\n'.encode()
    assert rows_of(data) == (("a", "b"), ("富源县教育局", "2"))
    findings = read(data, "a.csv")[1]
    assert seen(findings) == [("note", "repaired", "quotes")]
    assert findings[0].location.cell == "A2:B2"


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#######"])
def test_cells_that_only_show_an_error(text: str) -> None:
    workbook, findings = read(f"增减,{text}\n#号,1\n".encode(), "a.csv")
    assert workbook is not None
    assert workbook.sheets[0].rows == (("增减",), ("#号", "1"))
    assert seen(findings) == [("error", "cell-error", "")]
    assert (findings[0].location.cell, findings[0].values["text"]) == ("B1", text)


def test_a_workbook_by_name_only() -> None:
    workbook, findings = read(TEXT.encode(), "决算.xls")
    assert workbook is not None
    assert seen(findings) == [("warning", "file-type-mismatch", "")]
    assert (findings[0].values["stated"], findings[0].values["computed"]) == (".xls", ".csv")


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.txt", "a"])
def test_names_that_fit(name: str) -> None:
    assert read(TEXT.encode(), name)[1] == []


@pytest.mark.parametrize("data", [b",,,\n,,\n", b'"",""\n', b"\xff\xfe", "　\n".encode("utf-16")[:2]])
def test_nothing_but_separators_is_empty(data: bytes) -> None:
    workbook, findings = read(data, "a.csv")
    assert workbook is None
    assert "file-empty" in [finding.code for finding in findings]


@pytest.mark.parametrize(
    "data", [b"," * (safety.MAX_AREA + 1), b"," * 16_384 + b"1", b"a\n" * safety.MAX_AREA + b"b,c"]
)
def test_more_than_a_sheet_can_hold_is_refused(data: bytes) -> None:
    workbook, findings = read(data, "a.csv")
    assert workbook is None
    assert [finding.code for finding in findings] == ["file-too-large"]


@pytest.mark.parametrize("others", [131_072, 10**9])
@pytest.mark.parametrize(("quote", "code"), [('"', "file-unreadable"), ("", "file-too-large")])
def test_a_field_beyond_all_measure_is_refused(quote: str, code: str, others: int) -> None:
    """Whatever limit another library has set for the whole process, which is left as it was."""
    before = csv.field_size_limit(others)
    try:
        workbook, findings = read(f"a,b\n{quote}{'x' * 200_000}{quote},1\n".encode(), "a.csv")
        assert csv.field_size_limit() == others
    finally:
        csv.field_size_limit(before)
    assert workbook is None
    assert [finding.code for finding in findings] == [code]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    check(*read(data, "a.csv"))


@given(st.binary(max_size=60), st.integers(0, 120), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_files_cut_short_or_overwritten_are_read_or_refused(noise: bytes, at: int, codec: str) -> None:
    whole = TEXT.encode(codec)
    check(*read(whole[:at], "a.csv"))
    check(*read(whole[:at] + noise + whole[at:], "a.csv"))


def check(workbook: Workbook | None, findings: list[Finding]) -> None:
    assert workbook is not None or any(finding.severity == "error" for finding in findings)


def test_five_thousand_rows_are_read_at_once() -> None:
    data = '208,05,05,"机关事业单位基本养老保险缴费支出","4,608,515.00",,0,0,0\r\n'.encode() * 5000
    begun = time.process_time()
    assert len(rows_of(data)) == 5000
    assert time.process_time() - begun < 0.3


@pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not part of the repository")
def test_real_files_are_read_without_complaint() -> None:
    paths = sorted(REAL.rglob("*.csv"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        workbook, findings = read(data, path.name)
        is_blank = not data.decode("utf-8-sig").strip(' ,;"\r\n')
        assert [finding.code for finding in findings] == (["file-empty"] if is_blank else []), path.name
        assert (workbook is None) is is_blank, path.name
