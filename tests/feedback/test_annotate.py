from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from etl.feedback.annotate import annotate
from etl.feedback.listing import TITLE
from etl.feedback.mark import COLOURS
from etl.finding import Finding, Location, error, note, warning
from etl.table import Sheet, Workbook
from tests.publish.builders import ROOT, spec

SHEET = "1 收支'总表"
FINDINGS = (
    note("rounding-difference", Location(SHEET, "C4", 4, 3)),
    error("sum-mismatch", Location(SHEET, "C4", 4, 3), values={"stated": "=1+1\x00"}),
    warning("code-name-mismatch", Location(SHEET, "A1:B2,D5", 1, 1)),
    error("table-missing"),
    error("sheet-unrecognised", Location("没有的表", "A1", 1, 1)),
)
FORMATS = ("font", "number_format", "alignment", "border", "protection")
READ = Workbook("xlsx", (Sheet(SHEET, ()), Sheet("隐藏", (), visibility="hidden")))


def received() -> bytes:
    """A department's workbook: a formula, merges, formats, a comment, a hidden sheet."""
    workbook = openpyxl.Workbook()
    workbook.properties.created = datetime(2024, 1, 1)  # noqa: DTZ001
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    sheet["A1"] = "收入支出决算总表"
    sheet["A1"].font = Font(name="黑体", bold=True, size=16)
    sheet.merge_cells("A1:D1")
    for row in range(6, 30):
        sheet.merge_cells(f"A{row}:B{row}")
    sheet["A3"], sheet["C3"] = "'=不是公式", "0012"
    sheet["C4"], sheet["C4"].number_format = 1234.5, "#,##0.00"
    sheet["C4"].alignment = Alignment(horizontal="right")
    sheet["C4"].comment = Comment("单位自己的批注", "张")
    sheet["D4"] = "=C4*2"
    sheet["D5"], sheet["D5"].fill = datetime(2024, 9, 26), PatternFill("solid", fgColor="00FF00")  # noqa: DTZ001
    sheet.column_dimensions["C"].width = 33
    hidden = workbook.create_sheet("隐藏")
    hidden["A1"] = "x"
    hidden.sheet_state = "hidden"
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def copy_of(path: Path, findings: tuple[Finding, ...] = FINDINGS, read: Workbook = READ) -> openpyxl.Workbook:
    annotate(received(), read, findings, spec(), path)
    return openpyxl.load_workbook(path)


def fills(sheet: Worksheet) -> dict[str, str]:
    return {
        cell.coordinate: cell.fill.fgColor.rgb[-6:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type == "solid"
    }


def test_nothing_of_the_department_is_changed(tmp_path: Path) -> None:
    before, after = openpyxl.load_workbook(io.BytesIO(received())), copy_of(tmp_path / "copy.xlsx")
    assert after.sheetnames == [TITLE, *before.sheetnames]
    for name in before.sheetnames:
        old, new = before[name], after[name]
        assert new.sheet_state == old.sheet_state
        assert str(new.merged_cells) == str(old.merged_cells)
        assert new.column_dimensions["C"].width == old.column_dimensions["C"].width
        for row in old.iter_rows():
            for cell in row:
                same = new[cell.coordinate]
                assert (same.value, same.data_type) == (cell.value, cell.data_type)
                if not isinstance(cell, openpyxl.cell.MergedCell):
                    assert [repr(getattr(same, key)) for key in FORMATS] == [
                        repr(getattr(cell, key)) for key in FORMATS
                    ]


def test_cells_at_fault_are_coloured_by_what_is_gravest(tmp_path: Path) -> None:
    assert fills(copy_of(tmp_path / "copy.xlsx")[SHEET]) == {
        "C4": COLOURS["error"],
        "A1": COLOURS["warning"],
        "A2": COLOURS["warning"],
        "B2": COLOURS["warning"],
        "D5": COLOURS["warning"],
    }


def test_colours_can_be_told_apart_in_grey() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (0, 2, 4))
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255

    error, warning, note = (lightness(COLOURS[severity]) for severity in ("error", "warning", "note"))
    assert warning - error > 0.08
    assert note - warning > 0.08


def test_comments_stand_on_the_first_cell_and_keep_what_was_there(tmp_path: Path) -> None:
    sheet = copy_of(tmp_path / "copy.xlsx")[SHEET]
    commented = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert sorted(commented) == ["A1", "C4"]
    assert commented["C4"].endswith("单位自己的批注")
    assert commented["C4"].count("【") == 2


def test_the_list_comes_first_and_links_to_the_cells(tmp_path: Path) -> None:
    workbook = copy_of(tmp_path / "copy.xlsx")
    listing = workbook[TITLE]
    rows = list(listing.iter_rows(min_row=6))
    assert [(row[2].value, row[3].value, row[3].hyperlink.location if row[3].hyperlink else None) for row in rows] == [
        ("没有的表", "A1", None),
        (SHEET, "C4", "'1 收支''总表'!C4"),
        (None, None, None),
        (SHEET, "A1:B2,D5", "'1 收支''总表'!A1:B2"),
        (SHEET, "C4", "'1 收支''总表'!C4"),
    ]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
    assert workbook.active is listing
    assert [sheet.sheet_view.tabSelected for sheet in workbook] == [True, False, False]


def test_a_marked_copy_that_is_sent_back_gets_another_list(tmp_path: Path) -> None:
    copy_of(tmp_path / "once.xlsx")
    annotate((tmp_path / "once.xlsx").read_bytes(), READ, (), spec(), tmp_path / "twice.xlsx")
    assert openpyxl.load_workbook(tmp_path / "twice.xlsx").sheetnames == [f"{TITLE} 2", TITLE, SHEET, "隐藏"]


OLD = Workbook(
    "xls",
    (
        Sheet("表/一", (("标题",), ("=1", 12.5, None), ("x", 3, True)), ((0, 0, 0, 2),), hidden_rows=frozenset({2})),
        Sheet("", (("甲", "乙"),), visibility="very-hidden"),
    ),
)


def test_a_format_openpyxl_cannot_read_is_rebuilt_from_its_values(tmp_path: Path) -> None:
    findings = (error("sum-mismatch", Location("表/一", "B2", 2, 2)), note("unit-missing", Location("", "A1", 1, 1)))
    annotate(b"not a zip", OLD, findings, spec(), tmp_path / "copy.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert workbook.sheetnames == [TITLE, "表 一", "表2"]
    sheet = workbook["表 一"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["标题", None, None],
        ["=1", 12.5, None],
        ["x", 3, True],
    ]
    assert (sheet["A2"].data_type, str(sheet.merged_cells), sheet.row_dimensions[3].hidden) == ("s", "A1:C1", True)
    assert (fills(sheet), fills(workbook["表2"])) == ({"B2": COLOURS["error"]}, {"A1": COLOURS["note"]})
    assert workbook["表2"].sheet_state == "veryHidden"


def test_a_workbook_openpyxl_stumbles_over_is_rebuilt_too(tmp_path: Path) -> None:
    read = Workbook("xlsx", OLD.sheets)
    annotate(b"PK broken", read, (), spec(), tmp_path / "copy.xlsx")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx").sheetnames == [TITLE, "表 一", "表2"]


def test_the_same_input_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "source.xlsx").write_bytes(received())
    program = (
        "import sys; from pathlib import Path; from tests.feedback import test_annotate as t; p = Path(sys.argv[1])\n"
        "t.annotate((p / 'source.xlsx').read_bytes(), t.READ, t.FINDINGS, t.spec(), p / sys.argv[2])"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", program, str(tmp_path), seed], env=environment, check=True)
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
