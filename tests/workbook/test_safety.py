"""What a file may cost: each case is small on disk and was made to be large, slow or ambiguous."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from etl.finding import Finding
from etl.workbook import read, safety
from tests.workbooks import repacked, simple, with_cells, xlsx


def seen(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.code, finding.values.get("situation", ""), finding.location.cell) for finding in findings]


def part_of(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


DAMAGED = [("file-unreadable", "damaged", "")]
INFLATED = [("file-too-large", "inflated", "")]


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "B2:B2", "oops"])
def test_declared_dimension_is_not_believed(dimension: str) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>'
    workbook, findings = read(with_cells(cells, f'<dimension ref="{dimension}"/>'), "a.xlsx")
    if dimension == "oops":
        assert workbook is None
        assert seen(findings) == DAMAGED
    else:
        assert workbook is not None
        assert workbook.sheets[0].rows == ((1, "", 3), (), ("", 2))


def test_declared_count_of_texts_is_not_believed() -> None:
    data = xlsx(simple)
    texts = part_of(data, "xl/sharedStrings.xml").replace(b'uniqueCount="1"', b'uniqueCount="99999999999"')
    workbook, findings = read(repacked(data, {"xl/sharedStrings.xml": texts}), "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].rows == (("收入",),)


def test_millions_of_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_STRINGS", 1000)
    texts = b"<sst>" + b"".join(b"<si><t>%d</t></si>" % number for number in range(1001)) + b"</sst>"
    workbook, findings = read(repacked(xlsx(simple), {"xl/sharedStrings.xml": texts}), "a.xlsx")
    assert workbook is None
    assert seen(findings) == INFLATED


def test_one_text_of_400_megabytes_is_refused() -> None:
    stream = io.BytesIO(xlsx(simple))
    with (
        zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/sharedStrings2.xml", "w") as part,
    ):
        for _ in range(400):
            part.write(b"x" * 2**20)
    assert len(stream.getvalue()) < 4 * 2**20
    workbook, findings = read(stream.getvalue(), "a.xlsx")
    assert workbook is None
    assert [finding.code for finding in findings] == ["file-too-large"]


def test_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_ENTRIES", 20)
    data = repacked(xlsx(simple), {f"xl/media/{number}.png": b"x" for number in range(30)})
    assert seen(read(data, "a.xlsx")[1]) == INFLATED


def test_parts_that_share_their_bytes_are_refused() -> None:
    data = repacked(xlsx(simple), {"xl/a.xml": b"<a>1</a>", "xl/b.xml": b"<a>1</a>"})
    first, second = (data.rindex(b"PK\x01\x02", 0, data.rindex(name)) for name in (b"xl/a.xml", b"xl/b.xml"))
    offset = data[first + 42 : first + 46]
    shared = data[: second + 42] + offset + data[second + 46 :]
    assert seen(read(shared, "a.xlsx")[1]) == DAMAGED


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/worksheets/SHEET1.xml", "xl\\worksheets\\sheet1.xml"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    stream = io.BytesIO(xlsx(simple))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, part_of(stream.getvalue(), "xl/worksheets/sheet1.xml"))
    assert seen(read(stream.getvalue(), "a.xlsx")[1]) == DAMAGED


@pytest.mark.parametrize("field", [16, 20, 24, 42])
def test_directory_that_lies_about_a_part(field: int) -> None:
    """Its sum, its sizes or where it begins."""
    data = repacked(xlsx(simple), {"xl/x.xml": b"<x>" + bytes(range(65, 91)) * 4000 + b"</x>"})
    mark = data.rindex(b"PK\x01\x02")
    lie = struct.pack("<I", struct.unpack_from("<I", data, mark + field)[0] - 7)
    workbook, findings = read(data[: mark + field] + lie + data[mark + field + 4 :], "a.xlsx")
    assert workbook is None
    assert seen(findings) == DAMAGED


def test_a_part_that_has_another_name_than_the_directory_says() -> None:
    """Found by damaging files: readers disagree about such a part, and some stop at it."""
    data = xlsx(simple)
    place = data.index(b"xl/worksheets/sheet1.xml")
    workbook, findings = read(data[:place] + b"xl/worksheets/shmet1.xml" + data[place + 24 :], "a.xlsx")
    assert workbook is None
    assert seen(findings) == DAMAGED


@pytest.mark.parametrize(("flag", "told"), [(0x20, DAMAGED), (0x40, [("file-encrypted", "", "")])])
def test_flags_that_no_library_reads(flag: int, told: list[tuple[str, str, str]]) -> None:
    data = bytearray(xlsx(simple))
    data[data.index(b"PK\x01\x02") + 8] |= flag
    workbook, findings = read(bytes(data), "a.xlsx")
    assert workbook is None
    assert [(code, place) for code, _, place in seen(findings)] == [(code, place) for code, _, place in told]


def test_separators_of_windows_in_names() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(simple))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("/", "\\"), old.read(name))
    workbook, findings = read(stream.getvalue(), "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].rows == (("收入",),)


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_document_types_are_refused_wherever_they_stand(name: str, encoding: str, declared: bytes) -> None:
    data = xlsx(simple)
    part = part_of(data, name)
    changed = part[part.index(b"?>") + 2 :].replace(b"</t>", b"&b;</t>").decode()
    workbook, findings = read(repacked(data, {name: (declared.decode() + changed).encode(encoding)}), "a.xlsx")
    assert workbook is None
    assert seen(findings) == DAMAGED


def test_far_merges_end_soon_after_the_cells() -> None:
    part = part_of(
        with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'), "xl/worksheets/sheet1.xml"
    )
    merges = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A900000:B900001"/></mergeCells>'
    data = repacked(xlsx(simple), {"xl/worksheets/sheet1.xml": part.replace(b"</sheetData>", merges)})
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].merges == ((0, 0, 100, 101),)


def test_merges_upon_each_other_by_the_thousand_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_AREA", 5000)
    merges = '<mergeCell ref="A1:J10"/>' * 51
    part = part_of(with_cells('<row r="1"><c r="A1"><v>1</v></c></row>'), "xl/worksheets/sheet1.xml")
    part = part.replace(b"</sheetData>", f"</sheetData><mergeCells>{merges}</mergeCells>".encode())
    workbook, findings = read(repacked(xlsx(simple), {"xl/worksheets/sheet1.xml": part}), "a.xlsx")
    assert workbook is not None
    assert workbook.sheets[0].merges == ()
    assert seen(findings) == [("file-too-large", "far-cell", "A1")]


def test_hidden_columns_to_the_end_of_the_sheet() -> None:
    columns = '<cols><col min="2" max="16384" width="9" hidden="1"/></cols>'
    workbook, _ = read(with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>', columns), "a.xlsx")
    assert workbook is not None
    assert workbook.sheets[0].hidden_columns == {1}


def test_far_row_and_far_column_of_different_cells() -> None:
    """Neither cell is far by itself; the rectangle around both is."""
    cells = '<row r="1"><c r="ZZ1"><v>1</v></c></row><row r="90000"><c r="A90000"><v>1</v></c></row>'
    workbook, findings = read(with_cells(cells), "a.xlsx")
    assert workbook is None
    assert seen(findings) == [("file-too-large", "far-cell", "ZZ90000")]


@pytest.mark.parametrize("blank", ['<c r="XFD1048576" s="1"/>', '<c r="XFD1048576" s="1"></c>', '<c r="XFD1048576"/>'])
def test_far_blanks_are_nothing(blank: str) -> None:
    workbook, findings = read(with_cells(f'<row><c r="A1"><v>1</v></c></row><row r="1048576">{blank}</row>'), "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].rows == ((1,),)


def test_cells_far_below_blank_rows_are_kept() -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="60000"><c r="C60000"><v>2</v></c></row>'
    workbook, findings = read(with_cells(cells), "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert len(workbook.sheets[0].rows) == 60000
    assert workbook.sheets[0].value(59999, 2) == 2


def test_formats_on_every_row_of_the_sheet_are_read_quickly_and_small() -> None:
    blank = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(2, 1_048_577))
    data = with_cells(
        f'<row r="1"><c r="A1"><v>1</v></c></row>{blank}', '<cols><col min="2" max="3" hidden="1"/></cols>'
    )
    began = time.process_time()
    workbook, findings = read(data, "a.xlsx")
    assert workbook is not None
    assert findings == []
    assert workbook.sheets[0].rows == ((1,),)
    assert time.process_time() - began < 30


def test_odd_sheets_are_read_by_the_parser() -> None:
    """A far cell in a comment is none, and one that only a parser sees is one."""
    in_comment = '<row><c r="A1"><v>1</v></c><!-- <c r="XFD1048576"><v>1</v></c> --></row>'
    assert read(with_cells(in_comment.replace("<!--", "<c/><!--")), "a.xlsx")[1] == []
    assert seen(read(with_cells("<row><c r='XFD1048576'><v>1</v></c></row>"), "a.xlsx")[1]) == [
        ("file-too-large", "far-cell", "XFD1048576")
    ]
