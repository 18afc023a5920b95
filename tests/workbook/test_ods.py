from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime, timedelta

import pytest

from etl.table import Sheet
from etl.workbook import ods, read
from tests.workbook.test_formulas import outcome

MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:{prefix}"'
    for prefix in ("office", "table", "text", "style", "number", "calcext", "draw", "dc", "manifest")
)
STYLES = """
<number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-decimal-places="2"/></number:number-style>
<number:number-style style:name="N4"><number:number number:decimal-places="1" number:display-factor="1000"/></number:number-style>
<number:number-style style:name="Loose"><number:number number:decimal-places="2" number:min-decimal-places="0"/></number:number-style>
<number:percentage-style style:name="P"><number:number number:decimal-places="2"/><number:text>%</number:text></number:percentage-style>
<number:text-style style:name="A"><number:text-content/><style:map style:condition="value()&gt;0" style:apply-style-name="N2"/></number:text-style>
<style:style style:name="two" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="bold" style:family="table-cell" style:parent-style-name="two"/>
<style:style style:name="thousands" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="loose" style:family="table-cell" style:data-style-name="Loose"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="P"/>
<style:style style:name="accounting" style:family="table-cell" style:data-style-name="A"/>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def document(body: str, more: dict[str, str] | None = None) -> bytes:
    """A spreadsheet whose tables are given as XML."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {"mimetype": MIME, "content.xml": content, **(more or {})}.items():
            archive.writestr(name, part)
    return stream.getvalue()


def table(rows: str, name: str = "表", attributes: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def number(value: float | str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}><text:p>{value}</text:p></table:table-cell>'


def text(value: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{value}</text:p></table:table-cell>'


def blank(attributes: str = "") -> str:
    return f"<table:table-cell {attributes}/>"


def formula(written: str, result: str = "", attributes: str = "") -> str:
    return f'<table:table-cell table:formula="{written}" {attributes}>{result}</table:table-cell>'


END = row(blank('table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048570"')


def sheets_of(body: str) -> tuple[Sheet, ...]:
    workbook, findings = read(document(body), "a.ods")
    assert workbook is not None
    assert workbook.format == "ods"
    assert findings == []
    return workbook.sheets


def codes(data: bytes) -> list[tuple[str, str, str]]:
    return [(f.code, f.values.get("situation", ""), f.location.cell) for f in read(data, "a.ods")[1]]


def test_values_of_every_kind() -> None:
    cells = [
        text("收入"),
        number(12.5),
        number("1E3"),
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="currency" office:value="2"><text:p>￥2</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2024-09-26"><text:p>9-26</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2024-09-26T08:30:00"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2024-13-26"><text:p>原样</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="PT12H30M05S"><text:p>x</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string" office:string-value="值"><text:p>显示</text:p></table:table-cell>',
    ]
    (sheet,) = sheets_of(table(row(*cells) + END))
    assert sheet.rows == (
        (
            "收入",
            12.5,
            1000.0,
            0.5,
            2.0,
            True,
            date(2024, 9, 26),
            datetime.fromisoformat("2024-09-26T08:30:00"),
            "原样",
            timedelta(hours=12, minutes=30, seconds=5),
            "值",
        ),
    )


def test_text_is_what_the_cell_prints_and_no_comment_or_picture() -> None:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation><dc:date>2024</dc:date><text:p>批注</text:p>'
        '</office:annotation><text:p><text:s/>工资 <text:s text:c="2"/><text:span>福利</text:span>\n  支出</text:p>'
        "<draw:frame><text:p>图</text:p></draw:frame><text:p>二<text:tab/>三<text:line-break/>四</text:p></table:table-cell>"
    )
    (sheet,) = sheets_of(table(f"<table:shapes><draw:frame><text:p>图</text:p></draw:frame></table:shapes>{row(cell)}"))
    assert sheet.rows == ((" 工资   福利 支出\n二\t三\n四",),)


def test_repeated_cells_and_rows_count_and_blanks_are_not_made() -> None:
    rows = (
        row(blank('table:number-columns-repeated="2"'), number(1, 'table:number-columns-repeated="3"'), blank())
        + row(blank('table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="3"')
        + row(text("x"), attributes='table:number-rows-repeated="2"')
        + END
    )
    (sheet,) = sheets_of(table(rows))
    assert sheet.rows == (("", "", 1.0, 1.0, 1.0), (), (), (), ("x",), ("x",))


def test_a_value_below_a_million_blank_rows_is_far() -> None:
    filled = row(*[blank()] * 9, text("x"))
    assert codes(document(table(END + filled))) == [("file-too-large", "far-cell", "J1048571")]


@pytest.mark.parametrize(
    "rows",
    [
        row(number(1, 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048576"'),
        row(number(1), attributes='table:number-rows-repeated="1048576"'),
        row(number(1, 'table:number-columns-repeated="1048576"')),
        row(formula("of:=1/0", "<text:p>#DIV/0!</text:p>"), attributes='table:number-rows-repeated="1048576"'),
        row(blank('table:number-columns-repeated="16384"'), text("x")),
    ],
)
def test_filled_cells_are_not_repeated_to_the_end_of_the_sheet(rows: str) -> None:
    began = time.process_time()
    assert [code for code, _, _ in codes(document(table(rows)))] == ["file-too-large"]
    assert time.process_time() - began < 2


def test_rows_of_all_sheets_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ods, "MAX_ROWS", 500)
    rows = row(number(1), attributes='table:number-rows-repeated="300"')
    assert codes(document(table(rows, "一") + table(rows, "二"))) == [("file-too-large", "far-cell", "A300")]


@pytest.mark.parametrize("count", ["-1", "x", "99999999999", "１"])
def test_counts_that_are_none_are_damage(count: str) -> None:
    body = table(row(number(1), attributes=f'table:number-rows-repeated="{count}"'))
    assert codes(document(body)) == [("file-unreadable", "damaged", "")]


def test_merges_and_what_is_hidden() -> None:
    rows = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column-group table:display="false"><table:table-column/></table:table-column-group>'
        '<table:table-column table:number-columns-repeated="16380" table:visibility="collapse"/><table:table-header-rows>'
        + row(
            text("题", 'table:number-columns-spanned="4" table:number-rows-spanned="2"'), "<table:covered-table-cell/>"
        )
        + "</table:table-header-rows>"
        + row('<table:covered-table-cell table:number-columns-repeated="4"/>')
        + row(number(1), attributes='table:visibility="filter"')
        + f'<table:table-row-group table:display="false">{row(number(2))}</table:table-row-group>'
        + row(*[number(3)] * 4)
        + row(blank(), attributes='table:visibility="collapse" table:number-rows-repeated="1048571"')
    )
    shown, hidden = sheets_of(table(rows) + table(row(number(1)), "藏", 'table:style-name="gone"'))
    assert shown.merges == ((0, 0, 1, 3),)
    assert (shown.hidden_rows, shown.hidden_columns) == ({2, 3}, {2, 3})
    assert [shown.visibility, hidden.visibility] == ["visible", "hidden"]


def test_a_whole_sheet_merged_is_merged_as_far_as_there_are_cells() -> None:
    rows = row(text("题", 'table:number-columns-spanned="16384" table:number-rows-spanned="1048576"')) + END
    (sheet,) = sheets_of(table(rows))
    assert sheet.merges == ((0, 0, 100, 100),)


def test_decimals_of_numbers_by_style_of_cell_and_column() -> None:
    columns = '<table:table-column table:number-columns-repeated="6"/><table:table-column table:default-cell-style-name="two"/>'
    styles = ("two", "bold", "thousands", "loose", "percent", "accounting")
    cells = [number(1234.5, f'table:style-name="{style}"') for style in styles]
    (sheet,) = sheets_of(table(columns + row(*cells, number(1)) + row(text("x", 'table:style-name="two"'))))
    assert sheet.decimals == {(0, 0): 2, (0, 1): 2, (0, 2): 1, (0, 5): 2, (0, 6): 2}
    assert sheet.scales == {(0, 2): 3}


@pytest.mark.parametrize(
    "cell",
    [
        formula("of:=1/0", "<text:p>#DIV/0!</text:p>", 'office:value-type="string" calcext:value-type="error"'),
        formula("of:=1/0", "<text:p>#DIV/0!</text:p>", 'office:value-type="float" office:value="0"'),
        formula("of:=#DIV/0!", "<text:p>0</text:p>", 'office:value-type="float" office:value="0"'),
        formula("of:=[.A1]", "<text:p>Err:522</text:p>", 'office:value-type="string" office:string-value=""'),
    ],
)
def test_errors_are_errors_at_their_cells(cell: str) -> None:
    assert codes(document(table(row(number(1), cell)))) == [("cell-error", "", "B1")]


def test_formulas_without_a_result_are_calculated_where_they_add() -> None:
    first = row(number(1), number(2.5), formula("of:=SUM([.A1:.B1];[$支出.A1])-['表 二'.$A$1]")) + row(
        formula("of:=[.A1]*2"), formula("of:=[.A1]", "<text:p>1</text:p>", 'office:value-type="float" office:value="1"')
    )
    data = document(table(first) + table(row(number(10)), "支出") + table(row(number(4)), "表 二"))
    values, findings = outcome(data)
    assert values["表!C1"] == 9.5
    assert findings == [("repaired", "C1", "9.5"), ("formula-not-calculated", "A2", "")]


def test_links_to_other_files_and_their_caches() -> None:
    linked = formula(
        "of:=['file:///c:/a.ods'#$表.A1]", "<text:p>5</text:p>", 'office:value-type="float" office:value="5"'
    )
    cache = table(f"<table:table-source/>{row(number(5))}", "&apos;file:///c:/a.ods&apos;#表")
    workbook, findings = read(document(table(row(linked)) + cache), "a.ods")
    assert workbook is not None
    assert [sheet.rows for sheet in workbook.sheets] == [((5.0,),)]
    assert [(f.code, f.location.cell) for f in findings] == [("file-has-external-links", "A1")]


def test_macros_and_passwords() -> None:
    body = table(row(number(1)))
    assert codes(document(body, {"Basic/Standard/Module1.xml": "<x/>"})) == [("file-has-macros", "", "")]
    locked = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"
    assert codes(document(body, {"META-INF/manifest.xml": locked})) == [("file-encrypted", "", "")]


def test_document_types_are_refused() -> None:
    declared = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert codes(document("", {"content.xml": declared})) == [("file-unreadable", "damaged", "")]
    assert codes(document(table(row(number(1))), {"styles.xml": declared})) == [("file-unreadable", "damaged", "")]


def test_documents_that_are_no_spreadsheets() -> None:
    data = document("", {"mimetype": "application/vnd.oasis.opendocument.text"})
    assert [code for code, _, _ in codes(data)] == ["file-unreadable"]


def test_an_empty_spreadsheet_is_an_empty_file() -> None:
    assert [code for code, _, _ in codes(document(table(END)))] == ["file-empty"]
