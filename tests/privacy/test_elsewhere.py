from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from etl.finding import Finding
from etl.privacy import in_names, mask, scan
from etl.table import Sheet, Workbook
from etl.workbook import read
from tests.sheets import fuyuan
from tests.workbooks import repacked, xls, xlsx

# The check digit is right, the person is not: 7 follows from the other seventeen by GB 11643.
IDENTITY = "530325199001011237"
MOBILE = "13812345678"
TEXT = f"电话{MOBILE}"


def find(data: bytes, name: str = "表.xlsx") -> list[tuple[str, str, str, str]]:
    """Kind, sheet, cell and situation of everything personal in a file."""
    workbook, _ = read(data, name)
    assert workbook is not None
    return [told(finding) for finding in scan(workbook, data, fuyuan())]


def told(finding: Finding) -> tuple[str, str, str, str]:
    assert (finding.severity, finding.code) == ("error", "personal-data")
    assert MOBILE not in repr(finding)
    assert IDENTITY not in repr(finding)
    return finding.field, finding.location.sheet, finding.location.cell, finding.values["situation"]


ELSEWHERE = [("mobile", "", "", "hidden-place")]


def book(place: Callable[[Any, Any], object]) -> bytes:
    def fill(made: Any) -> None:
        sheet = made.add_worksheet("表")
        sheet.write("A1", "收入")
        place(made, sheet)

    return xlsx(fill)


@pytest.mark.parametrize(
    "place",
    [
        lambda _, sheet: sheet.set_header(f"&L{TEXT}"),
        lambda _, sheet: sheet.set_footer(f"&C{TEXT}"),
        lambda _, sheet: sheet.data_validation("B1", {"validate": "any", "input_title": "找谁", "input_message": TEXT}),
        lambda _, sheet: sheet.data_validation("B1", {"validate": "list", "source": [MOBILE, "否"]}),
        lambda _, sheet: sheet.write_url("B1", "https://example.com/", None, "网页", TEXT),
        lambda _, sheet: sheet.write_url("B1", f"https://example.com/?tel={MOBILE}", None, "电话"),
        lambda _, sheet: sheet.insert_textbox("B2", f"经办人张某某 {MOBILE}"),
        lambda made, _: made.define_name("联系", f'="{MOBILE}"'),
        lambda made, _: made.set_properties({"author": MOBILE}),
        lambda made, _: made.set_properties({"manager": TEXT, "company": "某某局"}),
        lambda made, _: made.set_custom_property("手机", MOBILE),
    ],
    ids=["header", "footer", "message", "choices", "tip", "link", "text box", "name", "author", "manager", "custom"],
)
def test_places_of_a_package(place: Callable[[Any, Any], object]) -> None:
    assert find(book(place)) == ELSEWHERE
    assert find(book(lambda *_: None)) == []


def test_a_remark_is_told_at_its_cell() -> None:
    def fill(made: Any) -> None:
        made.add_worksheet("封面").write("A1", "封面")
        sheet = made.add_worksheet("表")
        sheet.write("A1", "收入")
        sheet.write_comment("C4", TEXT)
        sheet.write_comment("D4", "请核对")
        sheet.write_comment("C9", TEXT)

    assert find(xlsx(fill)) == [("mobile", "表", "C4,C9", "hidden-place")]


def test_an_answer_in_a_conversation_is_told_at_its_cell() -> None:
    relation = '<Relationship Id="rId1" Type="t" Target="../threadedComments/threadedComment1.xml"/>'
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f"<Relationships>{relation}</Relationships>".encode(),
        "xl/threadedComments/threadedComment1.xml": (
            f'<ThreadedComments><threadedComment ref="B7" id="x"><text>{TEXT}</text></threadedComment></ThreadedComments>'
        ).encode(),
    }
    assert find(repacked(book(lambda *_: None), parts)) == [("mobile", "表", "B7", "hidden-place")]


def test_a_remark_that_hangs_nowhere_is_told_without_a_cell() -> None:
    part = f"<comments><comment ref='C4'><text><r><t>{TEXT[:6]}</t></r><r><t>{TEXT[6:]}</t></r></text></comment></comments>"
    assert find(repacked(book(lambda *_: None), {"xl/comments9.xml": part.encode()})) == ELSEWHERE


@pytest.mark.parametrize(
    ("part", "text", "expected"),
    [
        ("xl/externalLinks/externalLink1.xml", f"<cell><v>{IDENTITY}</v></cell>", ["id-number"]),
        ("xl/externalLinks/externalLink1.xml", f"<cell r='A1'><v>{MOBILE}</v></cell>", ["mobile"]),
        ("xl/externalLinks/externalLink1.xml", f"<cell><v>{MOBILE}</v></cell><cell><v>2500000.5</v></cell>", []),
        ("xl/pivotCache/pivotCacheDefinition1.xml", f'<s v="{MOBILE}"/><s v="张某某"/>', ["mobile"]),
        ("xl/pivotCache/pivotCacheRecords1.xml", f'<r><n v="{MOBILE}"/><n v="23456789012"/></r>', []),
        ("xl/charts/chart1.xml", f"<c:pt><c:v>{MOBILE}</c:v></c:pt>", ["mobile"]),
        ("xl/drawings/drawing1.xml", f'<xdr:cNvPr id="2" name="图片" descr="{IDENTITY}"/>', ["id-number"]),
        ("xl/drawings/drawing1.xml", "<xdr:col>1</xdr:col><xdr:colOff>381234</xdr:colOff><xdr:row>5678</xdr:row>", []),
        ("customXml/item1.xml", f"<a><b>{MOBILE}</b></a>", ["mobile"]),
        ("docProps/core.xml", f"<a:x>{MOBILE[:5]}</a:x><a:y>{MOBILE[5:]}</a:y>", []),
    ],
)
def test_parts_that_programs_write(part: str, text: str, expected: list[str]) -> None:
    found = find(repacked(book(lambda *_: None), {part: text.encode()}))
    assert found == [(kind, "", "", "hidden-place") for kind in expected]


def test_old_workbooks_are_looked_through_as_a_whole() -> None:
    def fill(made: Any) -> None:
        sheet = made.add_sheet("表")
        sheet.write(0, 0, "收入13912345678元")
        sheet.write(1, 0, 15912345678)
        sheet.write(1, 1, 2500000)
        sheet.header_str = b"" if quiet else MOBILE.encode()
        sheet.footer_str = b""

    quiet = False
    assert find(xls(fill), "表.xls") == ELSEWHERE
    quiet = True
    assert find(xls(fill), "表.xls") == []


def test_an_old_workbook_keeps_its_author_in_one_byte_a_character() -> None:
    data = b"\x1e\x00\x00\x00\x0c\x00\x00\x00" + MOBILE.encode() + b"\x00\x00"
    workbook = Workbook("xls", (Sheet("表", (("收入",),)),))
    assert [told(finding) for finding in scan(workbook, data, fuyuan())] == ELSEWHERE
    known = Workbook("xls", (Sheet("表", ((f"收入{MOBILE}元",),)),))
    assert scan(known, data, fuyuan()) == []


def test_binary_parts_of_an_xlsb() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("xl/comments1.bin", b"\x0b\x00\x00\x00" + MOBILE.encode("utf-16-le") + b"\x01\x02")
        package.writestr("docProps/core.xml", f"<a>{IDENTITY}</a>")
    workbook = Workbook("xlsb", (Sheet("表", (("收入",),)),))
    found = [told(finding) for finding in scan(workbook, stream.getvalue(), fuyuan())]
    assert found == [("id-number", "", "", "hidden-place"), *ELSEWHERE]


NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def ods(inside: str, meta: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0"'
            f' xmlns:text="{NAMES}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="表"><table:table-row><table:table-cell office:value-type="string">{inside}'
            "<text:p>收入15912345678元</text:p></table:table-cell>"
            '<table:table-cell office:value-type="float" office:value="13912345678"><text:p>13912345678</text:p></table:table-cell>'
            '<table:table-cell office:value-type="float" office:value="2500000"><text:p>2500000</text:p></table:table-cell>'
            "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        )
        package.writestr("meta.xml", f"<meta>{meta}</meta>")
    return stream.getvalue()


def test_remarks_and_properties_of_an_open_document() -> None:
    assert find(ods(""), "表.ods") == []
    assert find(ods(f"<office:annotation><text:p>{TEXT}</text:p></office:annotation>"), "表.ods") == ELSEWHERE
    assert find(ods("", f"<creator>{MOBILE}</creator>"), "表.ods") == ELSEWHERE


PAGE = "<html><body>{}<table><tr><td>收入</td><td>{}</td></tr><tr><td>合计</td><td>1</td></tr></table>{}</body></html>"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", 0),
        (f"<!-- {MOBILE} -->", "", 1),
        ("", f'<input type="hidden" name="tel" value="{MOBILE}">', 1),
        ("", f"<p>联系 {MOBILE}</p>", 1),
        ("", f'<a href="/upload/{MOBILE}.xls">下载</a><script>var x = {MOBILE};</script>', 0),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_a_page_holds_beside_its_tables(before: str, after: str, expected: int, encoding: str) -> None:
    page = PAGE.format(before, "15912345678元", after)
    assert find(page.encode(encoding), "表.html") == ELSEWHERE * expected


def test_remarks_and_properties_of_an_xml_table() -> None:
    def made(remark: str, author: str) -> bytes:
        return (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
            ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
            f"<DocumentProperties><Author>{author}</Author></DocumentProperties>"
            '<Worksheet ss:Name="表"><Table><Row><Cell><Data ss:Type="String">收入</Data>'
            f"<Comment><Data>{remark}</Data></Comment></Cell></Row></Table></Worksheet></Workbook>"
        ).encode()

    assert find(made("", ""), "表.xml") == []
    assert find(made(TEXT, ""), "表.xml") == ELSEWHERE
    assert find(made("", MOBILE), "表.xml") == ELSEWHERE


def test_names_of_files_folders_and_sheets() -> None:
    spec = fuyuan()
    one = Workbook("xlsx", (Sheet(f"张某某{MOBILE}", ()), Sheet("表", ())))
    found = [told(finding) for finding in in_names(f"{IDENTITY}/2024年预算.xlsx", one, spec)]
    assert found == [("id-number", "", "", "file-name"), ("mobile", "", "", "sheet-name")]
    assert in_names("220_富源县审计局/20240301_2024年预算_53032500202100012.xlsx", None, spec) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"a/{MOBILE}.xlsx", "a/＊＊＊＊＊＊＊＊＊＊＊.xlsx"),
        (f"x {IDENTITY} y", f"x {'＊' * 18} y"),
        ("53032500202100012 2024", "53032500202100012 2024"),
    ],
)
def test_a_mask_covers_numbers_of_persons_and_nothing_else(text: str, shown: str) -> None:
    assert mask(text, fuyuan()) == shown
