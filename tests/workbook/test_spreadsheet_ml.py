from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.feedback.annotate import annotate
from etl.finding import Finding
from etl.table import Sheet
from etl.workbook import read
from tests.sheets import fuyuan

SS = "urn:schemas-microsoft-com:office:spreadsheet"
OFFICE = "urn:schemas-microsoft-com:office:excel"


def seen(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.code, finding.values.get("situation", "")) for finding in findings]


def book(rows: str, *, after: str = "", styles: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{SS}" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{OFFICE}" xmlns:ss="{SS}">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="收入"><Table>{rows}</Table>{after}</Worksheet></Workbook>'
    ).encode(encoding)


def cell(value: str, kind: str = "String", **more: str) -> str:
    attributes = "".join(f' ss:{key}="{each}"' for key, each in more.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def sheet_of(data: bytes) -> Sheet:
    workbook, _ = read(data, "a.xml")
    assert workbook is not None
    assert workbook.format == "xml"
    return workbook.sheets[0]


def test_a_workbook_by_name_only() -> None:
    workbook, findings = read(book(f"<Row>{cell('科目')}{cell('12.5', 'Number')}</Row>"), "决算.xls")
    assert workbook is not None
    assert (workbook.format, workbook.sheets[0].name, workbook.sheets[0].rows) == ("xml", "收入", (("科目", 12.5),))
    assert seen(findings) == [("warning", "file-type-mismatch", "")]


def test_rows_and_cells_stand_where_their_index_says() -> None:
    rows = (
        f'<Row>{cell("a")}</Row><Row ss:Index="4">{cell("b")}{cell("c", Index="3")}{cell("d")}</Row><Row ss:Span="2"/>'
    )
    assert sheet_of(book(f"{rows}<Row>{cell('e')}</Row>")).rows == (
        *(("a",), (), ()),
        ("b", "", "c", "d"),
        *((), (), ()),
        ("e",),
    )


def test_merges_move_the_cells_after_them() -> None:
    sheet = sheet_of(
        book(f"<Row>{cell('标题', MergeAcross='2')}{cell('注', MergeDown='1')}</Row><Row>{cell('a')}</Row>")
    )
    assert sheet.rows == (("标题", "", "", "注"), ("a",))
    assert sheet.merges == ((0, 0, 0, 2), (0, 3, 1, 3))


def test_values_by_their_type() -> None:
    sheet = sheet_of(
        book(
            f"<Row>{cell('2010301')}{cell('1.5E3', 'Number')}{cell('1', 'Boolean')}"
            f"{cell('2024-09-26T00:00:00.000', 'DateTime')}{cell('2024-09-26T08:30:00.000', 'DateTime')}"
            f"{cell('约3万', 'Number')}{cell('1e999', 'Number')}{cell('2024-09-26T00:00:00Z', 'DateTime')}{cell('  a&#10;b ')}"
            f'<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B><Font>细</Font></ss:Data></Cell>'
            "</Row>"
        )
    )
    moment = datetime(2024, 9, 26, 8, 30)  # noqa: DTZ001
    assert sheet.rows == (
        (
            "2010301",
            1500.0,
            True,
            date(2024, 9, 26),
            moment,
            "约3万",
            "1e999",
            "2024-09-26T00:00:00Z",
            "  a\nb ",
            "粗细",
        ),
    )


def test_comments_are_no_values() -> None:
    comment = '<Comment ss:Author="张"><ss:Data>请核对</ss:Data></Comment>'
    assert sheet_of(
        book(f'<Row><Cell><Data ss:Type="Number">1</Data>{comment}</Cell><Cell>{comment}</Cell></Row>')
    ).rows == ((1.0,),)


def test_formulas_without_a_result_errors_and_links_are_told_at_their_cell() -> None:
    data = book(
        f'<Row>{cell("3", "Number", Formula="=SUM(R[1]C)")}<Cell ss:Formula="=SUM(RC[-1])"/>'
        f"{cell('#REF!', 'Error')}{cell('', Formula='=T(R[9]C)')}</Row>"
        f"<Row>{cell('1', 'Number', Formula='=[收入表.xls]Sheet1!R1C1')}{cell('2', 'Number', Formula='=[a.xlsx]b!R1C1')}</Row>"
    )
    workbook, findings = read(data, "a.xml")
    assert workbook is not None
    assert workbook.sheets[0].rows == ((3.0,), (1.0, 2.0))
    assert [
        (finding.severity, finding.code, finding.location.sheet, finding.location.cell) for finding in findings
    ] == [
        ("error", "formula-not-calculated", "收入", "B1"),
        ("error", "cell-error", "收入", "C1"),
        ("warning", "file-has-external-links", "收入", "A2,B2"),
    ]
    assert findings[1].values["text"] == "#REF!"


def test_what_is_hidden() -> None:
    options = f'<WorksheetOptions xmlns="{OFFICE}"><Visible>SheetVeryHidden</Visible></WorksheetOptions>'
    sheet = sheet_of(
        book(
            '<Column ss:Index="2" ss:Hidden="1"/><Column ss:Index="2" ss:Hidden="1"/><Column ss:Width="0" ss:Span="1"/><Column ss:Width="50"/>'
            f'<Row>{cell("a")}{cell("b")}{cell("c")}{cell("d")}{cell("e")}</Row><Row ss:Hidden="1">{cell("f")}</Row>'
            f'<Row ss:Height="0">{cell("g")}</Row><Row>{cell("h")}</Row><Row ss:Hidden="1"/>',
            after=options,
        )
    )
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {1, 2, 3}
    assert sheet.visibility == "very-hidden"


def test_decimals_and_scales_of_formats() -> None:
    styles = (
        '<Style ss:ID="a"><NumberFormat ss:Format="Standard"/></Style><Style ss:ID="b"><NumberFormat ss:Format="0.0"/></Style>'
        '<Style ss:ID="c"><NumberFormat ss:Format="0!.0,"/></Style><Style ss:ID="d"><NumberFormat ss:Format="General"/></Style>'
    )
    cells = "".join(cell("12345.678", "Number", StyleID=style) for style in "abcde")
    sheet = sheet_of(book(f"<Row>{cells}{cell('甲', StyleID='a')}</Row>", styles=styles))
    assert sheet.decimals == {(0, 0): 2, (0, 1): 1, (0, 2): 1}
    assert sheet.scales == {(0, 2): 4}


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_encodings_that_the_declaration_states(encoding: str) -> None:
    assert sheet_of(book(f"<Row>{cell('一般公共')}</Row>", encoding=encoding)).rows == (("一般公共",),)


def test_names_with_any_prefix() -> None:
    data = book(f"<Row>{cell('a', Index='2')}</Row>").replace(b"xmlns:ss=", b"xmlns:t=").replace(b"ss:", b"t:")
    assert sheet_of(data).rows == (("", "a"),)


@pytest.mark.parametrize(
    "data",
    [
        book("<Row>" + cell("a"))[:-30],
        book("<Row>&a;</Row>").replace(b"<Workbook", b'<!DOCTYPE Workbook [<!ENTITY a "b">]><Workbook'),
        book('<Row ss:Index="-1"/>'),
        book('<Row ss:Index="99999999"/>'),
        book(cell("a")),
    ],
)
def test_what_no_program_writes_is_damage(data: bytes) -> None:
    workbook, findings = read(data, "a.xml")
    assert workbook is None
    assert seen(findings) == [("error", "file-unreadable", "damaged")]


@pytest.mark.parametrize(
    "index", ['Row ss:Index="1048577"><Cell', 'Row><Cell ss:Index="16385"', 'Row><Cell ss:Index="9999999"']
)
def test_far_cells_are_refused(index: str) -> None:
    workbook, findings = read(book(f'<{index}><Data ss:Type="Number">1</Data></Cell></Row>'), "a.xml")
    assert workbook is None
    assert seen(findings) == [("error", "file-too-large", "far-cell")]
    assert findings[0].location.sheet == "收入"


def test_a_far_cell_on_each_of_many_sheets_is_refused() -> None:
    far = '<Worksheet ss:Name="x"><Table><Row ss:Index="400"><Cell ss:Index="16000"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>'
    data = book("").replace(b"</Workbook>", far.encode() * 3 + b"</Workbook>")
    assert seen(read(data, "a.xml")[1]) == [("error", "file-too-large", "far-cell")]


def test_formats_and_merges_to_the_end_of_the_sheet_are_no_far_cells() -> None:
    rows = f'<Row>{cell("a", MergeAcross="16383")}</Row><Row ss:Index="1048576"/>'
    data = book(f'<Column ss:Index="3" ss:Span="16380" ss:Hidden="1"/>{rows}')
    workbook, findings = read(data, "a.xml")
    assert workbook is not None
    assert (findings, workbook.sheets[0].rows, workbook.sheets[0].merges) == ([], (("a",),), ())


def test_columns_hidden_over_and_over_cost_nothing() -> None:
    hidden = '<Column ss:Index="1" ss:Span="9999999" ss:Hidden="1"/>' * 20_000
    begun = time.process_time()
    assert len(sheet_of(book(f"{hidden}<Row>{cell('a', Index='16384')}</Row>")).hidden_columns) == 16_384
    assert time.process_time() - begun < 3


def test_five_thousand_rows_are_read_at_once() -> None:
    data = book(f"<Row>{cell('12.5', 'Number') * 5}</Row>" * 5000)
    begun = time.process_time()
    assert len(sheet_of(data).rows) == 5000
    assert time.process_time() - begun < 0.5


@given(st.binary(max_size=30), st.integers(0, 700))
def test_files_cut_short_or_overwritten_are_read_or_refused(noise: bytes, at: int) -> None:
    whole = book(f"<Row>{cell('a')}{cell('1', 'Number', MergeAcross='2')}</Row>")
    for data in (whole[:at], whole[:at] + noise + whole[at + len(noise) :]):
        workbook, findings = read(data, "a.xls")
        assert workbook is not None or any(finding.severity == "error" for finding in findings)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", book(f"<Row>{cell('科目')}{cell('#REF!', 'Error')}{cell('2024-09-26T08:30:00', 'DateTime')}</Row>")),
        (
            "a.xls",
            b"<table><tr><td colspan=2>\xe7\xa7\x91\xe7\x9b\xae</td></tr><tr><td>1</td><td>#REF!</td></tr></table>",
        ),
        ("a.csv", ("=科目,\x0b\x1f,#REF!\n" + "合计,1\n" * 99).encode()),
    ],
)
def test_marked_copies_are_made_of_every_disguise(tmp_path: Path, name: str, data: bytes) -> None:
    workbook, findings = read(data, name)
    assert workbook is not None
    annotate(data, workbook, findings, fuyuan(), tmp_path / "copy.xlsx")
    listing, copy = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets
    at = next(finding.location.cell for finding in findings if finding.code == "cell-error")
    assert copy["A1"].value in {"科目", "=科目"}
    assert copy["A1"].data_type == "s"
    assert copy[at].fill.fill_type == "solid"
    assert at in [row[3].value for row in listing.iter_rows(min_row=6)]
