"""Bytes of a file from what a case says of it: a workbook of some program, a text in some encoding, or a bare shell."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from tests.workbooks import repacked

Cell = str | float | None
Rows = list[list[Cell]]

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def data_of(case: Mapping[str, Any]) -> bytes:
    """The file of a case: `text`, `hex`, `ole` or `sheets`."""
    if "text" in case:
        text = str(case["text"]).replace("\n", str(case.get("newline", "\n")))
        return bytes.fromhex(case.get("before", "")) + text.encode(case.get("encoding", "utf-8"))
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    if "ole" in case:
        return _ole(case["ole"])
    data = WRITERS[case.get("program", "excel")](case)
    return repacked(data, {name: part.encode() for name, part in case["parts"].items()}) if "parts" in case else data


def rows_of(text: str) -> Rows:
    """Cells between bars. Bare numbers are numbers, an apostrophe makes text, ␣ is a space, ↵ a line break."""
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def _cell(text: str) -> Cell:
    if _NUMBER.fullmatch(text):
        return float(text)
    plain = text.removeprefix("'").replace("␣", " ").replace("↵", "\n")
    return plain or None


def _place(name: str) -> tuple[int, int]:
    """Zero-based row and column of A1."""
    letters, row = coordinate_from_string(name)
    return row - 1, column_index_from_string(letters) - 1


def _area(name: str) -> tuple[int, int, int, int]:
    """Zero-based first row, first column, last row, last column of A1:B2."""
    left, top, right, bottom = range_boundaries(name)
    assert left
    assert top
    assert right
    assert bottom
    return top - 1, left - 1, bottom - 1, right - 1


def _formats(sheet: Mapping[str, Any]) -> dict[tuple[int, int], str]:
    """By cell, its number format."""
    found: dict[tuple[int, int], str] = {}
    for name, number_format in sheet.get("formats", {}).items():
        top, left, bottom, right = _area(name)
        found |= {(r, c): number_format for r in range(top, bottom + 1) for c in range(left, right + 1)}
    return found


def _excel(case: Mapping[str, Any]) -> bytes:
    """As a program writes it that calculates: a formula keeps the value that stands in its cell."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties(case.get("properties", {}))
    for sheet in case["sheets"]:
        _excel_sheet(book, book.add_worksheet(sheet.get("name")), sheet)
    book.close()
    return stream.getvalue()


def _excel_sheet(book: Any, made: Any, sheet: Mapping[str, Any]) -> None:
    values = rows_of(sheet["rows"])
    styles = {cell: book.add_format({"num_format": form}) for cell, form in _formats(sheet).items()}
    styles |= {_place(name): book.add_format({"indent": by}) for name, by in sheet.get("indents", {}).items()}
    formulas = {_place(name): formula for name, formula in sheet.get("formulas", {}).items()}
    for row, cells in enumerate(values):
        for column, value in enumerate(cells):
            style = styles.get((row, column))
            if (row, column) in formulas:
                made.write_formula(row, column, formulas[row, column], style, value)
            elif isinstance(value, str):
                made.write_string(row, column, value, style)
            else:
                made.write(row, column, value, style)
    for name in sheet.get("merges", ()):
        top, left, bottom, right = _area(name)
        value = values[top][left] if top < len(values) and left < len(values[top]) else None
        made.merge_range(top, left, bottom, right, value)
    for name in sheet.get("styled", ()):
        made.write_blank(name, None, book.add_format({"bold": True}))
    _excel_habits(made, sheet)


def _excel_habits(made: Any, sheet: Mapping[str, Any]) -> None:
    """What is hidden, protected or remarked."""
    for row in sheet.get("hidden_rows", ()):
        made.set_row(row - 1, None, None, {"hidden": True})
    for letters in sheet.get("hidden_columns", ()):
        made.set_column(f"{letters}:{letters}", None, None, {"hidden": True})
    for name, text in sheet.get("comments", {}).items():
        made.write_comment(name, text)
    if sheet.get("protected"):
        made.protect("")
    if sheet.get("hidden"):
        (made.very_hidden if sheet["hidden"] == "very" else made.hide)()


def _script(case: Mapping[str, Any]) -> bytes:
    """As a script writes it that does not calculate: formulas have no value."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in case["sheets"]:
        made = book.create_sheet(sheet.get("name"))
        formulas = sheet.get("formulas", {})
        for row, cells in enumerate(rows_of(sheet["rows"]), start=1):
            for column, value in enumerate(cells, start=1):
                made.cell(row, column, value)
        for name, formula in formulas.items():
            made[name] = formula
        for name, text in sheet.get("comments", {}).items():
            made[name].comment = Comment(text, "")
        for name in sheet.get("merges", ()):
            made.merge_cells(name)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _old(case: Mapping[str, Any]) -> bytes:
    """The binary workbook of Excel 97, which WPS writes too, as .xls or .et."""
    book = xlwt.Workbook()
    for sheet in case["sheets"]:
        made = book.add_sheet(sheet.get("name", "Sheet1"))
        merged = {_area(name) for name in sheet.get("merges", ())}
        first = {(top, left): (top, left, bottom, right) for top, left, bottom, right in merged}
        for row, cells in enumerate(rows_of(sheet["rows"])):
            for column, value in enumerate(cells):
                if (row, column) in first:
                    top, left, bottom, right = first[row, column]
                    made.write_merge(top, bottom, left, right, value)
                elif value is not None:
                    made.write(row, column, value)
        if sheet.get("hidden"):
            made.visibility = 2 if sheet["hidden"] == "very" else 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _ole(stream: str) -> bytes:
    """The least OLE file: one sector of chains, one of directory, with one stream in it."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<I", header, 68, 0xFFFFFFFE)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    chains = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    name = f"{stream}\0".encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62)
    return bytes(header) + chains + entry.ljust(512, b"\0")


WRITERS = {"excel": _excel, "script": _script, "old": _old}
