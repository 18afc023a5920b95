from __future__ import annotations

import random
import struct
from collections.abc import Callable
from typing import Any

import pytest
import xlwt

from etl.workbook import biff, binary, ole, read
from tests.workbook.test_formulas import outcome
from tests.workbooks import xls


def money(code: str) -> Any:
    return xlwt.easyxf(num_format_str=code)


def several(book: Any) -> None:
    sheet = book.add_sheet("收入表")
    sheet.write(0, 0, 1.5, money("#,##0.00"))
    sheet.write(1, 0, 2, money("0"))
    sheet.write(2, 0, 123456, money("0!.0,"))
    sheet.write(3, 0, 0.5, money("0.00%"))
    sheet.write(4, 0, "文字", money("0.00"))
    for column in range(1, 4):
        sheet.write(0, column, column, money("0.000"))
    sheet.row(1).hidden = 1
    sheet.row(2).height = 0
    sheet.row(2).height_mismatch = 1
    sheet.col(3).hidden = 1
    sheet.col(200).hidden = 1


def records_of(kind: int, data: bytes) -> list[int]:
    """Where records of a kind begin, by their place in the file: xlwt writes streams in one piece."""
    stream = ole.read_compound(data).stream("Workbook")  # type: ignore[union-attr]
    begin = data.index(stream[:512])  # type: ignore[index]
    places, place = [], 0
    while place + 4 <= len(stream):  # type: ignore[arg-type]
        found, size = struct.unpack_from("<HH", stream, place)  # type: ignore[arg-type]
        if found == kind:
            places.append(begin + place)
        place += 4 + size
    return places


def patched(data: bytes, place: int, new: bytes) -> bytes:
    return data[:place] + new + data[place + len(new) :]


def codes(data: bytes) -> list[tuple[str, str, str]]:
    return [
        (f.code, f.values.get("situation", f.values.get("text", "")), f.location.cell) for f in read(data, "a.xls")[1]
    ]


def test_decimals_and_what_is_hidden() -> None:
    workbook, findings = read(xls(several), "a.et")
    assert workbook is not None
    assert findings == []
    sheet = workbook.sheets[0]
    assert sheet.decimals == {(0, 0): 2, (1, 0): 0, (2, 0): 1, (0, 1): 3, (0, 2): 3, (0, 3): 3}
    assert sheet.scales == {(2, 0): 4}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1, 2}, {3})


def test_sheets_keep_their_own_findings() -> None:
    def fill(book: Any) -> None:
        book.add_sheet("一").write(0, 0, 1)
        book.add_sheet("二").row(3).set_cell_error(1, "#REF!")

    workbook, findings = read(xls(fill), "a.xls")
    assert workbook is not None
    assert [(f.code, f.location.sheet, f.location.cell, f.values["text"]) for f in findings] == [
        ("cell-error", "二", "B4", "#REF!")
    ]


def formulas(*texts: str) -> Callable[[Any], None]:
    def fill(book: Any) -> None:
        sheet, other = book.add_sheet("收入表"), book.add_sheet("支出 表")
        sheet.write(0, 0, 1.5)
        sheet.write(1, 0, 2)
        sheet.write(2, 0, "3")
        other.write(0, 1, 10)
        for row, text in enumerate(texts):
            sheet.write(row, 2, xlwt.Formula(text))

    return fill


# Results as Excel gives them.
@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(A1:A3)", 3.5),
        ("SUM(A1,A2,-A1)", 2),
        ("A1+A2-'支出 表'!B1+3.5", -3),
        ("SUM(A1:A2,'支出 表'!B1)-100", -86.5),
        ("-(A1-A2)", 0.5),
        ("A1+A3", 4.5),
        ("A1", 1.5),
        ("SUM(A1:A2)+SUM('支出 表'!A1:B2)", 13.5),
    ],
)
def test_sums_that_were_never_calculated(formula: str, result: float) -> None:
    values, findings = outcome(xls(formulas(formula)))
    assert values["收入表!C1"] == result
    assert [(code, cell, float(computed)) for code, cell, computed in findings] == [("repaired", "C1", result)]


@pytest.mark.parametrize("formula", ["A1*2", "ROUND(A1,1)", "SUM(A1:A2)/2", "AVERAGE(A1:A2)"])
def test_other_numbers_that_were_never_calculated(formula: str) -> None:
    assert codes(xls(formulas(formula))) == [("formula-not-calculated", "", "C1")]


@pytest.mark.parametrize("formula", ['IF(A1>9,"","x")', 'A1&""', 'T("")'])
def test_formulas_that_may_well_come_to_an_empty_text(formula: str) -> None:
    assert codes(xls(formulas(formula))) == []


def test_an_empty_text_beside_a_plus_has_no_result() -> None:
    found = codes(xls(formulas('T("")', "C1+1", "SUM(C1:C1)+1")))
    assert found == [("formula-not-calculated", "", "C2"), ("repaired", "formula", "C3")]


def test_results_of_formulas_are_ordinary_or_errors() -> None:
    data = xls(formulas("SUM(A1:A2)", "A1*2"))
    first, second = records_of(0x0006, data)
    number = patched(data, first + 10, struct.pack("<d", 3.5))
    assert codes(patched(number, second + 10, b"\x02\x00\x07\x00\x00\x00\xff\xff")) == [("cell-error", "#DIV/0!", "C2")]


def test_zeros_of_a_sheet_that_says_it_is_not_calculated() -> None:
    data = xls(formulas("SUM(A1:A2)"))
    (place,) = records_of(0x0006, data)
    zero = patched(data, place + 10, bytes(8))
    assert codes(zero) == []
    guts = records_of(0x0080, data)[0]  # the widths of the outline are of no use here: their record becomes another
    assert codes(patched(zero, guts, struct.pack("<H", 0x005E))) == [("repaired", "formula", "C1")]


def test_cells_linked_to_other_files_are_named() -> None:
    data = xls(formulas("SUM('支出 表'!A1:B2)"))
    (book,) = records_of(0x01AE, data)
    (place,) = records_of(0x0006, data)
    number = patched(data, place + 10, struct.pack("<d", 3.5))
    assert codes(number) == []
    assert codes(patched(number, book + 6, b"\x01\x00")) == [("file-has-external-links", "", "C1")]


def test_passwords_are_seen() -> None:
    data = xls(several)
    (access,) = records_of(0x005C, data)
    assert codes(patched(data, access, struct.pack("<H", 0x002F))) == [("file-encrypted", "", "")]


def test_far_cells_are_refused_before_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def far(book: Any) -> None:
        book.add_sheet("表").write(65535, 200, 1)

    def wide(book: Any) -> None:
        for name in ("一", "二", "三"):
            book.add_sheet(name).write(99, 9, 1)

    assert codes(xls(far)) == [("file-too-large", "far-cell", "GS65536")]
    monkeypatch.setattr(binary, "MAX_AREA", 2500)
    assert codes(xls(wide)) == [("file-too-large", "far-cell", "J100")]


def test_declared_dimensions_are_not_believed() -> None:
    data = xls(several)
    (place,) = records_of(0x0200, data)
    assert codes(patched(data, place + 4, struct.pack("<IIHH", 0, 0xFFFFFFF0, 0, 0xFFFF))) == [
        ("file-unreadable", "damaged", "")
    ]
    workbook, findings = read(patched(data, place + 4, struct.pack("<IIHH", 0, 0, 0, 0)), "a.xls")
    assert findings == []
    assert workbook == read(data, "a.xls")[0]


def test_nothing_in_a_stream_fails_the_second_pass() -> None:
    stream = ole.read_compound(xls(several)).stream("Workbook") or b""  # type: ignore[union-attr]
    dice = random.Random(7)
    for _ in range(300):
        damaged = bytearray(stream[: dice.randrange(len(stream))] if dice.random() < 0.3 else stream)
        for _ in range(dice.choice((1, 5, 50))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        biff.read(bytes(damaged))


def test_nothing_in_a_file_fails_its_directory() -> None:
    data, dice = xls(several), random.Random(8)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(dice.choice((1, 5, 50))):
            damaged[dice.randrange(512 if dice.random() < 0.5 else len(data))] = dice.randrange(256)
        compound = ole.read_compound(bytes(damaged))
        if compound is not None:
            for name in compound.names:
                compound.stream(name)


@pytest.mark.parametrize(
    ("kind", "offset", "new"),
    [
        (0x0085, 4, b"\xff\xff\xff\x7f"),
        (0x0006, 24, b"\xff\x7f"),
        (0x0006, 26, b"\x1f"),
        (0x00E5, 4, b"\xff\xff"),
    ],
    ids=[
        "sheet beyond the end",
        "formula longer than its record",
        "token longer than its formula",
        "more merges than there are",
    ],
)
def test_records_that_a_reader_would_stumble_over_are_damage(kind: int, offset: int, new: bytes) -> None:
    def fill(book: Any) -> None:
        sheet = book.add_sheet("表")
        sheet.write(0, 0, xlwt.Formula("1+1"))
        sheet.write_merge(1, 2, 0, 1, "x")

    data = xls(fill)
    place = records_of(kind, data)[0]
    assert codes(patched(data, place + offset, new)) == [("file-unreadable", "damaged", "")]
