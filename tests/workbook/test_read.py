from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from etl.finding import Finding
from etl.workbook import ole, read, safety
from tests.workbooks import repacked, simple, with_cells, xls, xlsx

FILINGS = Path(__file__).resolve().parents[3] / "shared" / "real" / "filings"


def seen(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.code, finding.values.get("situation", "")) for finding in findings]


def test_rows_count_from_a1() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write("C3", 1.5)
        sheet.write_blank("Z9", None, book.add_format({"bold": True}))
        book.add_chartsheet("图")
        book.add_worksheet("空").hide()

    workbook, findings = read(xlsx(fill), "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.format == "xlsx"
    assert [(sheet.name, sheet.visibility) for sheet in workbook.sheets] == [("表", "visible"), ("空", "hidden")]
    assert workbook.sheets[0].value(2, 2) == 1.5
    assert len(workbook.sheets[0].rows) == 3
    assert workbook.sheets[1].rows == ()


def test_sheet_after_a_chart_is_itself() -> None:
    def fill(book: Any) -> None:
        simple(book)
        book.add_chartsheet("图")
        book.add_worksheet("后").write("B2", "后")

    workbook, _ = read(xlsx(fill), "a.xlsx")
    assert workbook is not None
    assert workbook.sheets[1].value(1, 1) == "后"


def test_merges_are_zero_based_and_inclusive() -> None:
    workbook, _ = read(xlsx(lambda book: book.add_worksheet("表").merge_range("A5:B6", "x")), "a.xlsx")
    assert workbook is not None
    assert workbook.sheets[0].merges == ((4, 0, 5, 1),)


def test_xls_is_read_like_xlsx() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_sheet("表")
        sheet.write(2, 2, 3.25)
        sheet.write_merge(4, 5, 0, 1, "q")
        book.add_sheet("藏").visibility = 2

    workbook, findings = read(xls(fill), "a.xls")
    assert workbook is not None
    assert findings == []
    assert workbook.format == "xls"
    assert workbook.sheets[0].value(2, 2) == 3.25
    assert workbook.sheets[0].merges == ((4, 0, 5, 1),)
    assert workbook.sheets[1].visibility == "very-hidden"


def test_formula_never_calculated_is_an_error_at_its_cell() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "表"
    book.active["B2"] = 1
    book.active["B3"] = "=ROUND(B2,2)"
    stream = io.BytesIO()
    book.save(stream)
    workbook, findings = read(stream.getvalue(), "a.xlsx")
    assert workbook is not None
    assert seen(findings) == [("error", "formula-not-calculated", "")]
    assert (findings[0].location.sheet, findings[0].location.cell) == ("表", "B3")
    assert (findings[0].location.row, findings[0].location.column) == (3, 2)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="A1"><f>1-1</f><v>0</v></c>',
        '<c r="A1" t="str"><f>T(B1)</f><v></v></c>',
        '<c r="A1" t="str"><f>T(B1)</f><v>甲</v></c>',
    ],
)
def test_formula_with_a_result_is_ordinary(cell: str) -> None:
    data = with_cells(f'<row r="1">{cell}<c r="B1"><v>1</v></c></row>')
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert findings == []


def test_error_cell_is_an_error_with_what_it_shows() -> None:
    data = xlsx(lambda book: book.add_worksheet("表").write_formula("D4", "=1/0", None, "#DIV/0!"))
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert seen(findings) == [("error", "cell-error", "")]
    assert findings[0].location.cell == "D4"
    assert findings[0].values["text"] == "#DIV/0!"


def test_cells_and_rows_without_address_are_counted() -> None:
    _, findings = read(with_cells('<row><c><v>1</v></c></row><row><c/><c t="e"><v>#REF!</v></c></row>'), "a.xlsx")
    assert [(finding.code, finding.location.cell) for finding in findings] == [("cell-error", "B2")]


def test_hidden_rows_and_columns_within_the_used_range() -> None:
    data = with_cells(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" ht="0"/><row r="4"><c r="A4"><v>1</v></c></row>'
        '<row r="5" hidden="1"/>',
        '<cols><col min="2" max="2" width="0"/><col min="3" max="16384" width="9" hidden="1"/></cols>',
    )
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].hidden_rows == {1, 2}
    assert workbook.sheets[0].hidden_columns == {1, 2}


@pytest.mark.parametrize("address", ["XFD1048576", "xfd1048576", "&#88;FD1048576", "A8000001", "ZZ99999"])
def test_far_cell_is_refused_before_the_reader(address: str) -> None:
    workbook, findings = read(with_cells(f'<row><c r="{address}"><v>1</v></c></row>'), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-too-large", "far-cell")]
    assert findings[0].location.sheet == "表"


def test_far_row_number_counts_for_cells_without_address() -> None:
    _, findings = read(with_cells("<row r = '1048576'><c/>" + "<c/>" * 9 + "<c><v>1</v></c></row>"), "a.xlsx")
    assert seen(findings) == [("error", "file-too-large", "far-cell")]
    assert findings[0].location.cell == "K1048576"


def test_formats_to_the_end_of_the_sheet_are_no_far_cell() -> None:
    data = with_cells('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].rows == ((1.0,),)


def test_document_type_is_refused() -> None:
    part = b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet><sheetData><row><c><f>&a;</f></c></row></sheetData></worksheet>'
    workbook, findings = read(repacked(xlsx(simple), {"xl/worksheets/sheet1.xml": part}), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "damaged")]


def test_bomb_is_refused() -> None:
    data = repacked(xlsx(simple), {"xl/media/image1.png": b"\x00" * (20 * 2**20)})
    assert len(data) < 100_000
    workbook, findings = read(data, "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-too-large", "inflated")]


def test_size_that_the_directory_understates_is_damage() -> None:
    data = repacked(xlsx(simple), {"xl/x.xml": b"\x00" * 100_000})
    mark = data.rindex(b"PK\x01\x02")
    lying = data[: mark + 24] + struct.pack("<I", 10) + data[mark + 28 :]
    workbook, findings = read(lying, "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "damaged")]


def test_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_FILE_BYTES", 100)
    workbook, findings = read(xlsx(simple), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-too-large", "default")]


def ole_file(stream: str) -> bytes:
    """An OLE file whose directory holds one name."""
    sector = struct.pack("<I", 0xFFFFFFFE)
    header = bytearray(ole.MAGIC + bytes(504))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<I", 0xFFFFFFFD) + sector + struct.pack("<I", 0xFFFFFFFF) * 126
    name = f"{stream}\0".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return bytes(header) + fat + entry.ljust(512, b"\0")


def test_encrypted() -> None:
    workbook, findings = read(ole_file("EncryptedPackage"), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-encrypted", "")]


@pytest.mark.parametrize(
    ("stream", "situation"), [("WordDocument", "document"), ("PowerPoint Document", "document"), ("x", "")]
)
def test_other_files_of_office(stream: str, situation: str) -> None:
    assert seen(read(ole_file(stream), "a.xls")[1]) == [("error", "file-unreadable", situation)]


def test_macros_do_not_keep_a_file_from_being_read() -> None:
    workbook, findings = read(repacked(xlsx(simple), {"xl/vbaProject.bin": b"\x00"}), "a.xlsm")
    assert workbook is not None
    assert seen(findings) == [("warning", "file-has-macros", "")]


def test_links_to_other_files_name_their_cells() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("表")
        sheet.write_formula("B2", "=[1]收入表!$B$5", None, 5)
        sheet.write_formula("B4", "=[1]收入表!$B$6", None, 5)

    data = repacked(xlsx(fill), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert seen(findings) == [("warning", "file-has-external-links", "")]
    assert (findings[0].location.sheet, findings[0].location.cell) == ("表", "B2,B4")


def test_links_that_no_cell_uses_are_still_said() -> None:
    data = repacked(xlsx(simple), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert seen(read(data, "a.xlsx")[1]) == [("warning", "file-has-external-links", "")]


def test_extension_that_lies_is_a_warning() -> None:
    workbook, findings = read(xlsx(simple), "收入/决算.XLS")
    assert workbook is not None
    assert seen(findings) == [("warning", "file-type-mismatch", "")]
    assert (findings[0].values["stated"], findings[0].values["computed"]) == (".xls", ".xlsx")


@pytest.mark.parametrize("name", ["a.XLSX", "a.xlsm", "a.et", "a"])
def test_extension_that_fits_or_claims_nothing(name: str) -> None:
    assert read(xlsx(simple), name)[1] == []


@pytest.mark.parametrize("data", [b"", b"\r\n \n", b"\x00" * 100])
def test_nothing_in_the_file(data: bytes) -> None:
    assert read(data, "a.xlsx") == (None, read(data, "a.xlsx")[1])
    assert seen(read(data, "a.xlsx")[1]) == [("error", "file-empty", "")]


def test_workbook_without_a_cell_is_empty() -> None:
    workbook, findings = read(xlsx(lambda book: book.add_worksheet("空")), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-empty", "")]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_pictures(data: bytes) -> None:
    workbook, findings = read(data, "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "picture")]


@pytest.mark.parametrize("data", [b"PK\x03\x04oops", b"<?xml version='1.0'?><a/>", b"\x00\x01\x02\xff" * 9])
def test_what_has_no_reader_is_unreadable(data: bytes) -> None:
    workbook, findings = read(data, "a.xls")
    assert workbook is None
    assert [finding.code for finding in findings] == ["file-unreadable"]


@pytest.mark.parametrize(
    "data", [b"{\\rtf1 x}", b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><a/>"]
)
def test_documents_of_text(data: bytes) -> None:
    assert seen(read(data, "a.xls")[1]) == [("error", "file-unreadable", "document")]


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x00", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"])
def test_archives(data: bytes) -> None:
    assert seen(read(data, "a.xlsx")[1]) == [("error", "file-unreadable", "archive")]


@pytest.mark.parametrize(
    ("name", "situation"),
    [("说明.txt", ""), ("表/收入.XLS", "archive"), ("word/document.xml", "document"), ("OFD.xml", "picture")],
)
def test_zip_that_is_no_workbook(name: str, situation: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    assert seen(read(stream.getvalue(), "a.zip")[1]) == [("error", "file-unreadable", situation)]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.97])
def test_half_copied_files_are_damaged(share: float) -> None:
    def rows(book: Any) -> None:
        sheet = book.add_sheet("表")
        for row in range(300):
            sheet.write(row, 0, f"项目{row}")

    for data in (xlsx(simple), xls(rows)):
        workbook, findings = read(data[: int(len(data) * share)], "a")
        assert workbook is None
        assert [finding.code for finding in findings] == ["file-unreadable"]


@pytest.mark.skipif(not FILINGS.is_dir(), reason="the real filings are not part of the repository")
def test_real_filings_are_read_without_complaint() -> None:
    paths = sorted(FILINGS.glob("*.xls*"))
    assert paths
    for path in paths:
        workbook, findings = read(path.read_bytes(), path.name)
        assert workbook is not None, path.name
        assert findings == [], path.name
        assert len(workbook.sheets) >= 9, path.name
