"""A wide sheet of a marked copy is printed on one page's width, unless the department settled that itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from etl.feedback.annotate import annotate
from etl.finding import Location, error
from etl.table import Sheet, Workbook
from tests.publish.builders import spec

FOUND = (error("sum-mismatch", Location("表", "A1", 1, 1)),)


def printed(path: Path, columns: int, change: Callable[[Worksheet], object] = lambda sheet: None) -> Worksheet:
    """The sheet of the marked copy of a workbook with so many columns of figures."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "表"
    sheet.append([0] * columns)
    change(sheet)
    saved = io.BytesIO()
    workbook.save(saved)
    annotate(saved.getvalue(), Workbook("xlsx", (Sheet("表", ()),)), FOUND, spec(), path)
    return openpyxl.load_workbook(path)["表"]


def how(sheet: Worksheet) -> tuple[bool, str | None, str | None, str | None]:
    setup, properties = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    fits = bool(properties and properties.fitToPage)
    return (
        fits,
        setup.orientation,
        *(None if each is None else str(each) for each in (setup.fitToWidth, setup.fitToHeight)),
    )


ON_ONE_PAGE = (True, "landscape", "1", "0")
UNTOUCHED = (False, None, None, None)


def test_a_wide_sheet_lies_and_is_one_page_wide(tmp_path: Path) -> None:
    assert how(printed(tmp_path / "a.xlsx", 20)) == ON_ONE_PAGE


def test_a_narrow_sheet_stays_as_it_is(tmp_path: Path) -> None:
    assert how(printed(tmp_path / "a.xlsx", 6)) == UNTOUCHED


def wide_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 90


def hidden_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("C", "T", hidden=True)


def stands(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "portrait"


@pytest.mark.parametrize(
    ("columns", "change", "expected"),
    [(2, wide_columns, ON_ONE_PAGE), (20, hidden_columns, UNTOUCHED), (20, stands, ON_ONE_PAGE)],
)
def test_what_is_seen_counts(
    tmp_path: Path, columns: int, change: Callable[[Worksheet], object], expected: tuple[object, ...]
) -> None:
    assert how(printed(tmp_path / "a.xlsx", columns, change)) == expected


def scaled(sheet: Worksheet) -> None:
    sheet.page_setup.scale = 60


def two_pages(sheet: Worksheet) -> None:
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 2


def broken(sheet: Worksheet) -> None:
    sheet.col_breaks.append(Break(id=8))


@pytest.mark.parametrize("change", [scaled, two_pages, broken])
def test_what_the_department_settled_stays(tmp_path: Path, change: Callable[[Worksheet], object]) -> None:
    sheet = printed(tmp_path / "a.xlsx", 20, change)
    assert sheet.page_setup.orientation is None
    assert sheet.page_setup.fitToHeight is None
