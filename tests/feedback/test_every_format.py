"""A marked copy of every format that comes in holds what the file held: cell by cell, as our own reader reads both."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.worksheet.protection import SheetProtection

from etl.amounts import Value, is_blank
from etl.demo import containers
from etl.demo.grid import Cell, Grid
from etl.demo.opendocument import ods
from etl.feedback.annotate import annotate
from etl.feedback.listing import TITLE
from etl.feedback.mark import COLOURS
from etl.finding import Finding, Location, error
from etl.table import Sheet, Workbook
from etl.workbook import read
from tests.publish.builders import spec
from tests.workbook import test_xlsb
from tests.workbooks import xls, xlsx

Cells = dict[tuple[int, int], Value]


def form() -> Grid:
    """A small form: a merged title, codes as text, amounts, a sum."""
    grid = Grid("支出表")
    grid.put(0, 0, Cell("2024年度支出决算表", style="title"))
    grid.merge(0, 0, 0, 2)
    for column, head in enumerate(("科目编码", "科目名称", "合计")):
        grid.put(1, column, Cell(head, style="head"))
    rows = (("205", "教育支出", "1234.50"), ("2050202", "小学教育", "1234.50"), ("", "合计", "1234.60"))
    for row, (code, name, amount) in enumerate(rows, start=2):
        grid.put(row, 0, Cell(code))
        grid.put(row, 1, Cell(name))
        grid.put(row, 2, Cell(Decimal(amount), "#,##0.00"))
    return grid


def old_excel(book: Any) -> None:
    sheet = book.add_sheet("支出表")
    sheet.write_merge(0, 0, 0, 2, "2024年度支出决算表")
    for row, values in enumerate((("205", "教育支出", 1234.5), ("", "合计", 1234.6)), start=2):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    sheet.row(2).hidden = True


def binary() -> bytes:
    cells = test_xlsb.row(0) + test_xlsb.cell("real", 0, 12.5) + test_xlsb.row(3) + test_xlsb.cell("rk", 2, 7)
    return test_xlsb.book(test_xlsb.sheet(cells))


FORMATS: dict[str, Callable[[], bytes]] = {
    "a.xlsx": lambda: containers.xlsx([form()]),
    "a.xls": lambda: xls(old_excel),
    "a.ods": lambda: ods([form()]),
    "a.csv": lambda: containers.csv_text("gb18030")([form()]),
    "b.csv": lambda: containers.csv_text("utf-8-sig")([form()]),
    "html.xls": lambda: containers.html_table([form()]),
    "xml.xls": lambda: containers.spreadsheetml([form()]),
    "a.xlsb": binary,
}


def cells(sheet: Sheet) -> Cells:
    return {
        (row, column): value
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if not is_blank(value)
    }


def errors(findings: list[Finding]) -> set[tuple[str, str, str]]:
    found = (one for one in findings if one.severity == "error")
    return {(one.code, one.location.sheet, one.location.cell) for one in found}


def marked(data: bytes, name: str, place: Path, cell: str = "C5") -> tuple[Workbook, Workbook]:
    """A file as it was read, and its marked copy as it is read: the latter without the list."""
    before, told = read(data, name)
    assert before is not None
    found = [error("sum-mismatch", Location(sheet.name, cell, 5, 3)) for sheet in before.sheets]
    annotate(data, before, found, spec(), place)
    after, findings = read(place.read_bytes(), "copy.xlsx")
    assert after is not None
    assert errors(findings) == errors(told)
    assert after.sheets[0].name.startswith(TITLE)
    return before, Workbook(after.format, after.sheets[1:])


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_is_as_it_was(tmp_path: Path, name: str) -> None:
    before, after = marked(FORMATS[name](), name, tmp_path / "copy.xlsx")
    assert len(before.sheets) == len(after.sheets) == 1
    for old, new in zip(before.sheets, after.sheets, strict=True):
        assert cells(old)
        assert cells(new) == cells(old)
        assert set(new.merges) == set(old.merges)
        assert new.hidden_rows == old.hidden_rows
        assert new.visibility == old.visibility
    fill = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[1]["C5"].fill
    assert fill.fgColor.rgb[-6:] == COLOURS["error"]


def with_formulas(book: Any) -> None:
    sheet = book.add_worksheet("一'二“三”")
    sheet.write("A1", 1234.5)
    sheet.write_formula("A2", "=A1*2", None, 2469)
    sheet.write_formula("A3", '="甲"&"<乙>"', None, "甲<乙>")
    sheet.write_formula("A4", "=A1>1", None, True)
    sheet.write_formula("A5", "=1/0", None, "#DIV/0!")
    sheet.write_array_formula("A6:A6", "{=SUM(A1:A2)}", None, 3703.5)
    book.add_worksheet("别的").write("A1", "x")


def test_formulas_keep_what_they_came_to(tmp_path: Path) -> None:
    data = xlsx(with_formulas)
    marked(data, "a.xlsx", tmp_path / "copy.xlsx", "A2")
    for results in (True, False):
        old = openpyxl.load_workbook(io.BytesIO(data), data_only=results).worksheets[0]
        new = openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=results).worksheets[1]
        for row in range(1, 7):
            was, now = old.cell(row, 1).value, new.cell(row, 1).value
            assert getattr(now, "text", now) == getattr(was, "text", was), (row, results)
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True).worksheets[1]["A2"].value == 2469


def test_a_formula_that_was_never_calculated_stays_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = 5, "=A1*2"  # type: ignore[index]
    saved = io.BytesIO()
    book.save(saved)
    marked(saved.getvalue(), "a.xlsx", tmp_path / "copy.xlsx", "A1")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True).worksheets[1]["A2"].value is None


def test_a_protected_sheet_is_marked_and_stays_protected(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "长" * 31  # type: ignore[union-attr]
    book.active["C5"] = 12.5  # type: ignore[index]
    book.active.protection = SheetProtection(sheet=True, password="secret")  # type: ignore[union-attr]
    saved = io.BytesIO()
    book.save(saved)
    before, after = marked(saved.getvalue(), "a.xlsx", tmp_path / "copy.xlsx")
    assert cells(after.sheets[0]) == cells(before.sheets[0])
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[1]
    assert sheet.protection.sheet
    assert sheet["C5"].comment is not None


def test_a_copy_that_is_sent_back_keeps_the_first_list(tmp_path: Path) -> None:
    marked(FORMATS["a.xlsx"](), "a.xlsx", tmp_path / "once.xlsx")
    once, _ = read((tmp_path / "once.xlsx").read_bytes(), "once.xlsx")
    assert once is not None
    annotate((tmp_path / "once.xlsx").read_bytes(), once, (), spec(), tmp_path / "twice.xlsx")
    twice, _ = read((tmp_path / "twice.xlsx").read_bytes(), "twice.xlsx")
    assert twice is not None
    assert [sheet.name for sheet in twice.sheets] == [f"{TITLE} 2", TITLE, "支出表"]
    assert [cells(sheet) for sheet in twice.sheets[1:]] == [cells(sheet) for sheet in once.sheets]


def test_a_workbook_with_a_chart_keeps_its_figures(tmp_path: Path) -> None:
    """openpyxl drops a chart of others; the figures it was drawn from are what the copy is for."""
    book = openpyxl.Workbook()
    for row in range(1, 6):
        book.active.cell(row, 1, row * 1.5)  # type: ignore[union-attr]
    book.active.add_chart(BarChart(), "E2")  # type: ignore[union-attr]
    saved = io.BytesIO()
    book.save(saved)
    before, after = marked(saved.getvalue(), "a.xlsx", tmp_path / "copy.xlsx", "A5")
    assert cells(after.sheets[0]) == cells(before.sheets[0])


def test_every_part_of_a_copy_has_the_same_day(tmp_path: Path) -> None:
    marked(xlsx(with_formulas), "a.xlsx", tmp_path / "copy.xlsx", "A2")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
