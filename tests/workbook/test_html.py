from __future__ import annotations

import base64
import quopri
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.finding import Finding
from etl.table import Sheet, Workbook
from etl.workbook import html, read

EXCEL = "<html xmlns:x='urn:schemas-microsoft-com:office:excel'>"
SIMPLE = "<table><tr><td>科目<td>金额<tr><td>教育<td>12.50</table>"


def seen(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.code, finding.values.get("situation", "")) for finding in findings]


def sheets_of(text: str | bytes, name: str = "a.html") -> tuple[Sheet, ...]:
    workbook, _ = read(text.encode() if isinstance(text, str) else text, name)
    assert workbook is not None
    assert workbook.format == "html"
    return workbook.sheets


def table(rows: str, before: str = "") -> Sheet:
    (sheet,) = sheets_of(f"{before}<table>{rows}</table>")
    return sheet


def test_a_workbook_by_name_only() -> None:
    workbook, findings = read(f"<html>{SIMPLE}".encode(), "决算.xls")
    assert workbook is not None
    assert (workbook.format, workbook.sheets[0].name) == ("html", "1")
    assert workbook.sheets[0].rows == (("科目", "金额"), ("教育", "12.50"))
    assert seen(findings) == [("warning", "file-type-mismatch", "")]


def test_spans_are_expanded_and_are_merges() -> None:
    sheet = table(
        "<tr><th rowspan=2>科目</th><th colspan='2'>支出</th><th>注</th></tr>"
        "<tr><td>基本</td><td>项目</td><td></td></tr><tr><td>教育</td><td>1</td><td>2</td></tr>"
    )
    assert sheet.rows == (("科目", "支出", "", "注"), ("", "基本", "项目"), ("教育", "1", "2"))
    assert sheet.merges == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_rowspans_push_cells_on_and_end_where_they_end() -> None:
    sheet = table(
        "<tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td rowspan=9>f<td>g<td>h<tr><td>i<td>j",
    )
    assert sheet.rows == (("a", "b", "c"), ("d", "", "e"), ("f", "", "g", "h"), ("", "i", "j"))
    assert sheet.merges == ((0, 1, 2, 1), (2, 0, 3, 0))


def test_a_span_stops_at_a_cell_that_hangs_down() -> None:
    sheet = table("<tr><td>a<td>b<td rowspan=2>c<tr><td colspan=3>d<td>e")
    assert sheet.rows == (("a", "b", "c"), ("d", "", "", "e"))
    assert sheet.merges == ((0, 2, 1, 2), (1, 0, 1, 1))


def test_text_of_a_cell_is_what_a_browser_shows() -> None:
    sheet = table(
        "<tr><td> 一般\n  公共 </td><td>甲<br>乙<br/>丙</td><td><p>丁</p>\n<p>戊</p></td></tr>"
        "<tr><td>&nbsp;&nbsp;教育&amp;&#20799;&#x7ae5;</td><td>&nbsp;</td><td><b>1</b>2<script>x</script><!-- y --></td></tr>"
    )
    assert sheet.rows == (("一般 公共", "甲\n乙\n丙", "丁\n戊"), ("\xa0\xa0教育&儿童", "", "12"))


def test_tags_in_capitals_with_any_quotes() -> None:
    sheet = table(
        "<TR><TD TITLE='a>b'>1</TD><td title=\"c'>d\">2</tD><td title=e'f>3</td></TR><tr><td>a < b<td>&lt;x&gt;"
    )
    assert sheet.rows == (("1", "2", "3"), ("a < b", "<x>"))


def test_rows_and_columns_that_are_not_displayed() -> None:
    sheet = table(
        "<col><col span=2 style='mso-width:1;display: none'><tr><td>1<td>2<td>3<td>4<tr style='DISPLAY:none'><td>5<td>6"
        "<tr hidden><td>7<td>8<tr><td>9<td>0<tr style='display:none'><td><td>"
    )
    assert len(sheet.rows) == 4
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {1, 2}
    assert sheets_of(SIMPLE + SIMPLE.replace("<table>", "<table style='display:none'>"))[1].visibility == "hidden"


def test_titles_outside_of_the_table_are_its_heading() -> None:
    sheets = sheets_of(
        f"<html><head><title>x</title></head><body><h2>2024年<b>收入</b>表</h2><p>单位：万元</p>{SIMPLE}"
        f"<p>注：无</p><div>支出表<br>单位：元</div><table><caption>附</caption><tr><td>1<td>2<tr><td>3<td>4</table>"
    )
    assert [sheet.heading for sheet in sheets] == [
        ("2024年收入表", "单位：万元"),
        ("注：无", "支出表", "单位：元", "附"),
    ]
    assert [sheet.name for sheet in sheets] == ["1", "2"]


def test_tables_that_lay_out_a_page_are_no_sheets() -> None:
    sheets = sheets_of(
        f"<table><tr><td>首页</td><td>政务公开</td></tr><tr><td>栏目</td><td><table><tr><td>富源县教育局</td></tr></table>"
        f"收入表{SIMPLE}说明{SIMPLE}</td></tr></table>"
    )
    assert [(sheet.name, sheet.rows[1]) for sheet in sheets] == [("3", ("教育", "12.50")), ("4", ("教育", "12.50"))]
    assert [sheet.heading for sheet in sheets] == [("首页", "政务公开", "栏目", "富源县教育局", "收入表"), ("说明",)]


def test_a_table_of_data_keeps_its_cells_beside_a_table_within() -> None:
    rows = "".join(f"<tr><td>{row}<td>金额" for row in range(4))
    sheets = sheets_of(f"<table>{rows}<tr><td>附<td>见{SIMPLE}后</table>")
    assert [sheet.name for sheet in sheets] == ["1", "2"]
    assert sheets[0].rows[4] == ("附", "见\n后")
    assert sheets[1].rows == (("科目", "金额"), ("教育", "12.50"))


def test_where_no_table_looks_like_data_all_are_read() -> None:
    assert sheets_of("<table><tr><td>无</table>")[0].rows == (("无",),)


def test_numbers_that_excel_keeps_beside_what_it_shows() -> None:
    sheet = sheets_of(
        f"{EXCEL}<table><tr><td x:num='1234.5'>1,234.50</td><td x:num>12.50</td><td x:num='123456789'>12,345.68</td>"
        "<td x:num='45561'>2024/9/26</td><td x:num='1e999'>x</td><td x:str='  甲 '>甲</td></table>"
    )[0]
    assert sheet.rows == ((1234.5, "12.50", 123456789.0, 45561.0, "x", "  甲 "),)
    assert sheet.decimals == {(0, 0): 2, (0, 2): 2}
    assert sheet.scales == {(0, 2): 4}


def test_cells_without_a_value_are_errors_at_their_cell() -> None:
    workbook, findings = read(
        f"{EXCEL}<table><tr><td x:err='#REF!'>#REF!</td><td>####</td><td x:fmla='=A1'></td><td>#号</td></table>".encode(),
        "a.htm",
    )
    assert workbook is not None
    assert workbook.sheets[0].rows == (("", "", "", "#号"),)
    assert [(finding.code, finding.location.sheet, finding.location.cell) for finding in findings] == [
        ("cell-error", "1", "A1"),
        ("cell-error", "1", "B1"),
        ("formula-not-calculated", "1", "C1"),
    ]


def test_text_that_runs_over_its_neighbours_is_no_merge() -> None:
    sheet = sheets_of(f"{EXCEL}<table><tr><td colspan=3 style='mso-ignore:colspan'>长</td><td>后</table>")[0]
    assert (sheet.rows, sheet.merges) == ((("长", "", "", "后"),), ())


def test_filler_of_mirrors_is_taken_out_and_told() -> None:
    workbook, findings = read(
        "<p>財(cái)政</p><table><tr><td>監（jiān）督@@索引<td>水(kg)<tr><td>1(a)<td>車(IC卡)</table>".encode(), "a.html"
    )
    assert workbook is not None
    assert workbook.sheets[0].rows == (("監督索引", "水(kg)"), ("1(a)", "車(IC卡)"))
    assert workbook.sheets[0].heading == ("財政",)
    assert seen(findings) == [("note", "repaired", "mirror-text")]
    assert (findings[0].location.sheet, findings[0].location.cell) == ("1", "A1")


def test_what_excel_saved_has_no_filler() -> None:
    assert sheets_of(f"{EXCEL}<table><tr><td>監(jiān)督@@</table>")[0].rows == (("監(jiān)督@@",),)


@pytest.mark.parametrize(
    ("head", "codec", "notes"),
    [
        ("<meta charset=gb2312>", "gbk", []),
        ("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gb18030", []),
        ("<meta charset='utf-8'>", "utf-8", []),
        ("<meta charset=windows-1252>", "utf-8", []),
        ("<meta charset=utf-8>", "gbk", [("note", "repaired", "encoding")]),
        ("", "gbk", [("note", "repaired", "encoding")]),
        ("", "utf-8-sig", []),
        ("", "utf-16", [("note", "repaired", "encoding")]),
        ("<meta charset=big5>", "big5", []),
    ],
)
def test_encodings(head: str, codec: str, notes: list[tuple[str, str, str]]) -> None:
    data = f"<html>{head}<table><tr><td>一般公共<tr><td>12</table>".encode(codec)
    assert sheets_of(data)[0].rows == (("一般公共",), ("12",))
    assert seen(read(data, "a.html")[1]) == notes


def envelope(parts: list[tuple[str, str, bytes]]) -> bytes:
    """A mail-like file; each part with its place, its transfer encoding and its content."""
    mail = b'From: "Saved"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_x"\r\n\r\n'
    for place, transfer, content in parts:
        head = f'------=_x\r\nContent-Location: {place}\r\nContent-Type: text/html; charset="gb2312"\r\n'
        packed = base64.encodebytes(content) if transfer == "base64" else quopri.encodestring(content)
        mail += f"{head}Content-Transfer-Encoding: {transfer}\r\n\r\n".encode() + packed + b"\r\n"
    return mail + b"------=_x--\r\n"


def test_pages_of_an_envelope_are_sheets_one_after_the_other() -> None:
    hidden = "<!--[if gte mso 9]><xml><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></xml><![endif]-->"
    data = envelope(
        [
            ("book.htm", "quoted-printable", f"{EXCEL}<frameset></frameset>".encode()),
            ("sheet001.htm", "quoted-printable", f"{EXCEL}<table><tr><td>收入</table>".encode("gbk")),
            ("tabstrip.htm", "quoted-printable", f"{EXCEL}<table><tr><td>Sheet1</table>".encode()),
            ("sheet002.htm", "base64", f"{EXCEL}{hidden}<table><tr><td>支出</table>".encode("gbk")),
        ]
    )
    workbook, findings = read(data, "决算.mht")
    assert workbook is not None
    assert findings == []
    assert [(sheet.name, sheet.rows, sheet.visibility) for sheet in workbook.sheets] == [
        ("1", (("收入",),), "visible"),
        ("2", (("支出",),), "hidden"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>x</p></body></html>",
        b"<html><frameset><frame src=x.files/sheet001.htm></frameset></html>",
        envelope([]),
    ],
)
def test_pages_without_a_table(data: bytes) -> None:
    workbook, findings = read(data, "a.htm")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "no-table")]


def test_envelopes_nobody_can_open_are_damaged() -> None:
    packed = envelope([("a", "x-uuencode", b"<table><tr><td>1</table>")])
    nested = b"MIME-Version: 1.0\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000
    for data in (packed, nested):
        assert seen(read(data, "a.mht")[1]) == [("error", "file-unreadable", "damaged")]


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr>" + "<td colspan=1000>a" * 20,
        "<table><tr>" + "<td>" * 16_385 + "a",
        "".join("<table><tr>" + "<td colspan=1000>a" * 16 + "<tr>" * 100 + "<td>b</table>" for _ in range(9)),
        "<table><tr><td>" * 150,
        "<table><tr><td>1</table>" * 10_001,
    ],
)
def test_more_than_any_page_holds_is_refused(text: str) -> None:
    workbook, findings = read(text.encode(), "a.html")
    assert workbook is None
    assert [finding.code for finding in findings] == ["file-too-large"]


def test_immense_spans_end_with_the_table() -> None:
    sheet = table("<tr><td colspan=1000000 rowspan=99999999>a<tr><td>b")
    assert sheet.rows[0] == ("a",)
    assert len(sheet.rows) == 2
    assert sheet.merges == ((0, 0, 1, 999),)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<!--",
            "<a",
            "<a '",
            "<a \" '> ' ",
            "<",
            "</",
            "</a ",
            "<!",
            "<?",
            "&",
            "&#",
            "&#9",
            "<td '>",
            "<td a=",
            "<p>",
        ),
        *(
            "<script>",
            "<style",
            "<br>",
            "<td>",
            "<tr>",
            "<td rowspan=9999>",
            "<tr><td rowspan=9>",
            "x:Visible>",
            "(",
            "@@",
        ),
        *("charset=", "progid ", " ", "\u3000", "<table></table>"),
    ],
)
def test_time_grows_with_the_file_and_not_faster(piece: str) -> None:
    begun = time.process_time()
    html.read(("<table><tr><td>a<td>" + piece * (200_000 // len(piece))).encode())
    assert time.process_time() - begun < 3


def test_five_thousand_rows_are_read_at_once() -> None:
    row = "<tr height=19 style='height:14.25pt'>" + "<td class=xl65 align=right>1,230.50</td>\n" * 5 + "</tr>\n"
    begun = time.process_time()
    assert len(table(row * 5000).rows) == 5000
    assert time.process_time() - begun < 0.5


PIECES = st.sampled_from(
    [
        *(
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "<td rowspan=2>",
            "<td colspan=3 rowspan=0>",
            "</td>",
            "<br>",
            "<p>",
        ),
        *(
            "<!--",
            "-->",
            "<col span=2 hidden>",
            "'",
            '"',
            "<td a='",
            "&#1114112;",
            "科目",
            "財(cái)政",
            "1,2",
            "<",
            "\x00",
            "é",
        ),
        *(
            "<td x:num='1.5'>",
            "<td x:err>",
            "<caption>",
            "<script>",
            "</script",
            "<tr hidden>",
            "Content-Type: text/html\n",
        ),
    ]
)


@given(st.lists(PIECES, max_size=60))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    text = "<table><tr><td>" + "".join(pieces)
    check(*read(text.encode(), "a.html"))
    check(*read(text.encode("gb18030", "ignore"), "a.html"))
    check(*read(b"MIME-Version: 1.0\nContent-Type: text/html; charset*0*=x'y\n\n" + text.encode(), "a.mht"))


@given(st.binary(max_size=80), st.integers(0, 500))
def test_envelopes_cut_short_or_overwritten_are_read_or_refused(noise: bytes, at: int) -> None:
    whole = envelope([("a", "quoted-printable", SIMPLE.encode("gbk")), ("b", "base64", SIMPLE.encode("gbk"))])
    check(*read(whole[:at], "a.mht"))
    check(*read(whole[:at] + noise + whole[at:], "a.mht"))


def check(workbook: Workbook | None, findings: list[Finding]) -> None:
    """Read or refused; and what was read has its merges within its cells, and none upon another."""
    assert workbook is not None or any(finding.severity == "error" for finding in findings)
    for sheet in workbook.sheets if workbook else ():
        taken: set[tuple[int, int]] = set()
        for top, left, bottom, right in sheet.merges:
            cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
            assert not cells & taken
            taken |= cells
            assert bottom < len(sheet.rows)
