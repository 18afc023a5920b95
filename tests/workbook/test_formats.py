from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from etl.workbook import read
from etl.workbook.formats import BUILT_IN, Shown, shown

# Formats as Excel and WPS store them; what they show was tried in a spreadsheet program.
FIXED = [
    ("0", 0),
    ("0.00", 2),
    ("0.00_ ", 2),
    ("#,##0.00", 2),
    ("#,##0_ ", 0),
    ("#,##0.00_);[Red](#,##0.00)", 2),
    (r"0.00_);[Red]\(0.00\)", 2),
    (r'_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ ', 2),
    (r"* #,##0.00;* \-#,##0.00;* " ";@", 2),
    (r"#,##0.00;\-#,##0.00;;@", 2),
    ("[$¥-804]#,##0.00", 2),
    ('0.00"元"', 2),
    ("0.000000", 6),
]
NOT_FIXED = [
    "General",
    "",
    "@",
    "0%",
    "0.00%",
    "0.0#",
    "0.??",
    "# ?/?",
    "0.00E+00",
    "yyyy-m-d",
    'yyyy"年"m"月"',
    "[DBNum2]General",
    "[>=100]0;0.0",
    "0.00;0.0",
    "000-0000",
    ";;;",
    '0"00"',
    "0" * 300,
]
SCALED = [
    ("0!.0,", 1, 4),
    (r"0\.0,", 1, 4),
    ('0"."0,', 1, 4),
    ('0!.0,"万"', 1, 4),
    ("0!.0000", 4, 4),
    ("#,##0!.00,", 2, 5),
    ("#,##0.00,", 2, 3),
    ('0.00,,"亿"', 2, 6),
]


@pytest.mark.parametrize(("code", "decimals"), FIXED)
def test_formats_of_fixed_decimals(code: str, decimals: int) -> None:
    assert shown(code) == Shown(decimals)


@pytest.mark.parametrize("code", NOT_FIXED)
def test_formats_that_fix_no_decimals(code: str) -> None:
    assert shown(code) is None


@pytest.mark.parametrize(("code", "decimals", "scale"), SCALED)
def test_formats_that_show_less_than_is_stored(code: str, decimals: int, scale: int) -> None:
    assert shown(code) == Shown(decimals, scale)


def test_formats_by_number() -> None:
    assert {number: shown(code) for number, code in BUILT_IN.items() if number in {1, 2, 4, 43}} == {
        1: Shown(0),
        2: Shown(2),
        4: Shown(2),
        43: Shown(2),
    }


def book() -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet("表")
    money, wan = workbook.add_format({"num_format": "#,##0.00"}), workbook.add_format({"num_format": "0!.0,"})
    built_in, percent = workbook.add_format({"num_format": 43}), workbook.add_format({"num_format": "0.00%"})
    sheet.write("A1", 12.5, money)
    sheet.write("B1", 123456, wan)
    sheet.write("C1", 1, built_in)
    sheet.write("D1", 0.5, percent)
    sheet.write("E1", "1.5", money)
    sheet.write("F1", 1.5)
    sheet.write_blank("AB1", None, money)
    sheet.write("AB2", 3, money)
    workbook.close()
    return stream.getvalue()


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The same workbook with its first sheet written in another manner."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(old, new) if name == "xl/worksheets/sheet1.xml" else part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"", b""), (b'<c r="A1" s="1">', b'<c s="1" r="A1">'), (b'<c r="C1" s="3">', b"<c r='C1' s='3' t='n'>")],
)
def test_numbers_of_a_sheet_with_the_decimals_they_print(old: bytes, new: bytes) -> None:
    workbook, findings = read(changed(book(), old, new), "a.xlsx")
    assert workbook is not None
    assert findings == []
    sheet = workbook.sheets[0]
    assert sheet.decimals == {(0, 0): 2, (0, 1): 1, (0, 2): 2, (1, 27): 2}
    assert sheet.scales == {(0, 1): 4}


def test_elements_with_a_prefix_are_read_the_same() -> None:
    stream = io.BytesIO()
    plain = book()
    with zipfile.ZipFile(io.BytesIO(plain)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name in {"xl/worksheets/sheet1.xml", "xl/styles.xml"}:
                part = (
                    part.replace(b"<", b"<x:")
                    .replace(b"<x:/", b"</x:")
                    .replace(b"<x:?", b"<?")
                    .replace(b"xmlns=", b"xmlns:x=")
                )
            after.writestr(name, part)
    workbook, findings = read(stream.getvalue(), "a.xlsx")
    expected, _ = read(plain, "a.xlsx")
    assert findings == []
    assert workbook == expected
