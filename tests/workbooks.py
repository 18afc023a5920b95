"""Workbooks as bytes, made in the test that reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter
import xlwt


def xlsx(fill: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book)
    book.close()
    return stream.getvalue()


def simple(book: Any) -> None:
    book.add_worksheet("表").write("A1", "收入")


def xls(fill: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    book = xlwt.Workbook()
    fill(book)
    book.save(stream)
    return stream.getvalue()


def repacked(data: bytes, changes: dict[str, bytes]) -> bytes:
    """The same zip with parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return stream.getvalue()


def with_cells(rows: str, before: str = "") -> bytes:
    """A workbook whose one sheet holds the given XML."""
    part = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{before}<sheetData>{rows}</sheetData></worksheet>"
    )
    return repacked(xlsx(simple), {"xl/worksheets/sheet1.xml": part.encode()})
