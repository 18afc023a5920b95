"""Tables as a workbook for people: a sheet of rows for each, and a sheet that explains the fields.

Takes Rows; writes .xlsx. Every text cell is typed text, so nothing in it runs; codes stay text, amounts are
numbers. The creation date is a constant: the same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

import xlsxwriter

from etl.publish.data.readme import dictionary
from etl.publish.data.rows import Rows
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Jurisdiction
from etl.wording import breadth

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant, so that the bytes do not change from day to day)
LONGEST = 32_767
"""Characters a cell of .xlsx can hold."""
_NARROW, _WIDE, _SAMPLE = 9, 42, 50
"""Columns are between these widths, measured on this many rows."""
_A4 = 9
_NUMBERS = ("integer", "number", "year")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
"""What the name of a sheet may not hold."""
DICTIONARY_SHEET = "字段说明"
_HEADS = ("表 table", "字段 field", "名称", "title", "类型 type", "单位 unit", "说明", "description")

About = Sequence[tuple[str, str]]
"""What is told beneath the dictionary: a label and a text."""


def write_xlsx(title: Bilingual, tables: Sequence[Rows], about: About, path: Path) -> None:
    """Write tables with their dictionary; `about` is told beneath it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title.zh, "created": CREATED})
        styles = {
            "head": workbook.add_format({"bold": True, "bg_color": "#E7EEF0", "bottom": 1, "valign": "vcenter"}),
            "amount": workbook.add_format({"num_format": "#,##0.00"}),
            "whole": workbook.add_format({"align": "center"}),
            "wrapped": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        for name, rows in zip(sheet_names(tables), tables, strict=True):
            _write_rows(workbook.add_worksheet(name), rows, styles)
        _write_dictionary(workbook.add_worksheet(DICTIONARY_SHEET), tables, about, styles)


def sheet_names(tables: Sequence[Rows]) -> list[str]:
    """A name for each sheet, no two alike to a spreadsheet, which does not tell capitals from small letters."""
    names: list[str] = []
    for rows in tables:
        name = sheet_name(rows.title.zh)
        taken = {one.casefold() for one in (*names, DICTIONARY_SHEET)}
        number = 2
        while name.casefold() in taken:
            name, number = f"{sheet_name(rows.title.zh)[:27]} {number}", number + 1
        names.append(name)
    return names


def sheet_name(title: str) -> str:
    """A name a sheet may have: at most 31 characters, none of those that address cells."""
    return title.translate(_FORBIDDEN).strip()[:31] or "数据"


def _write_rows(sheet: Any, table: Rows, styles: dict[str, Any]) -> None:
    _write_head(sheet, table.fields, styles)
    for column, entry in enumerate(table.schema["fields"]):
        name, numeric = str(entry["name"]), entry.get("type") in _NUMBERS
        style = styles["amount"] if name.endswith("_yuan") else styles["whole"] if numeric else None
        for row, values in enumerate(table.rows, start=1):
            value = values[column]
            if value is not None and value != "":
                _write_cell(sheet, row, column, value, style, numeric)
        shown = (_shown(values[column]) for values in islice(table.rows, _SAMPLE))
        sheet.set_column(column, column, width([name, *shown]))
    sheet.autofilter(0, 0, len(table.rows), len(table.fields) - 1)


def _write_head(sheet: Any, names: Sequence[str], styles: dict[str, Any]) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 20)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, styles["head"])


def _write_cell(sheet: Any, row: int, column: int, value: object, style: Any, numeric: bool) -> None:
    number = _number(value) if numeric else None
    if number is None:
        sheet.write_string(row, column, str(value)[:LONGEST], style)
    else:
        sheet.write_number(row, column, number, style)


def _number(value: object) -> float | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return float(number) if number.is_finite() else None


def _shown(value: object) -> str:
    return "" if value is None else f"{value:,.2f}" if isinstance(value, Decimal) else str(value)


def width(texts: Iterable[str]) -> int:
    """Width of a column that shows these texts."""
    return min(max(max(map(breadth, texts)) + 2, _NARROW), _WIDE)


def _write_dictionary(sheet: Any, tables: Sequence[Rows], about: About, styles: dict[str, Any]) -> None:
    _write_head(sheet, _HEADS, styles)
    for column, wide in enumerate((24, 30, 24, 30, 12, 12, _WIDE, _WIDE)):
        sheet.set_column(column, column, wide)
    fields = dictionary(tables)
    for row, cells in enumerate(fields, start=1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, styles["wrapped"])
    for below, (label, text) in enumerate(about, start=len(fields) + 2):
        sheet.write_string(below, 0, label, styles["wrapped"])
        sheet.write_string(below, 1, text)


def about(title: Bilingual, description: Bilingual, law: Bilingual, jurisdiction: Jurisdiction) -> About:
    """What is told of a workbook: what it is, why it is public, whose it is, and under which licence."""
    return (
        ("数据 data", f"{title.zh} · {title.en}"),
        ("说明 about", description.zh),
        ("公开依据 law", law.zh),
        ("发布单位 publisher", jurisdiction.publisher),
        ("许可 licence", f"{jurisdiction.licence_name} {jurisdiction.licence_url}".strip()),
    )
