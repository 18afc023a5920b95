"""Sheets -> the bytes of a file, in the containers that offices send. The same sheets give the same bytes."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from etl.demo.grid import Cell, Grid
from etl.demo.opendocument import ods

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (a constant: the same county on every day)
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "plain": {"border": 1},
    "right": {"border": 1, "align": "right"},
    "head": {"border": 1, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "title": {"bold": True, "font_size": 16, "align": "center"},
    "note": {"italic": True},
}


def sheet_name(title: str) -> str:
    """A name that Excel lets a sheet have."""
    return title.translate(_FORBIDDEN).strip()[:31]


def xlsx(grids: Sequence[Grid]) -> bytes:
    """A workbook of Excel."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED, "author": "", "comments": ""})
        formats: dict[tuple[str, str, int], Any] = {}
        for grid in grids:
            sheet = book.add_worksheet(sheet_name(grid.name))
            if grid.hidden:
                sheet.hide()
            sheet.set_column(0, max(grid.width - 1, 0), 16)
            for first_row, first, last_row, last in grid.merges:
                sheet.merge_range(first_row, first, last_row, last, "")
            for (row, column), cell in sorted(grid.cells.items()):
                key = (cell.style, cell.look, cell.indent)
                if key not in formats:
                    look = {"num_format": cell.look} if cell.look else {}
                    formats[key] = book.add_format({**_STYLES[cell.style], **look, "indent": cell.indent})
                _write(sheet, row, column, cell, formats[key])
    return file.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell.formula:
        value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        sheet.write_formula(row, column, cell.formula, style, value)
    elif isinstance(cell.value, Decimal):
        sheet.write_number(row, column, float(cell.value), style)
    else:
        sheet.write_string(row, column, cell.value, style)


def shown(cell: Cell) -> str:
    """What a reader sees in a cell."""
    if not isinstance(cell.value, Decimal):
        return cell.value
    if "," in cell.look:
        return f"{cell.value:,.2f}"
    return f"{cell.value:.2f}" if "." in cell.look else str(cell.value)


def csv_text(encoding: str) -> Callable[[Sequence[Grid]], bytes]:
    """A writer of the first sheet as CSV in an encoding."""

    def write(grids: Sequence[Grid]) -> bytes:
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\r\n")
        for row in _rows(grids[0]):
            writer.writerow([shown(cell) if cell else "" for cell in row])
        return file.getvalue().encode(encoding)

    return write


def _rows(grid: Grid) -> Iterator[list[Cell | None]]:
    for row in range(grid.height):
        yield [grid.cells.get((row, column)) for column in range(grid.width)]


def html_table(grids: Sequence[Grid]) -> bytes:
    """A web page, as reporting systems write it when they say `.xls`: a table a sheet, spans for merged cells."""
    parts = ['<html><head><meta charset="utf-8"></head><body>']
    for grid in grids:
        parts.append("<table border=1>")
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
        covered = {
            (row, column)
            for top, left, bottom, right in grid.merges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        for row, cells in enumerate(_rows(grid)):
            parts.append("<tr>")
            for column, cell in enumerate(cells):
                if (row, column) not in covered:
                    down, along = spans.get((row, column), (1, 1))
                    span = (f" rowspan={down}" if down > 1 else "") + (f" colspan={along}" if along > 1 else "")
                    parts.append(f"<td{span}>{html.escape(shown(cell)) if cell else ''}</td>")
            parts.append("</tr>")
        parts.append("</table>")
    return "\r\n".join([*parts, "</body></html>"]).encode()


def spreadsheetml(grids: Sequence[Grid]) -> bytes:
    """XML of Excel 2003, which Excel and older reporting systems save as `.xls`."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<?mso-application progid="Excel.Sheet"?>',
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">',
    ]
    for grid in grids:
        parts.append(f"<Worksheet ss:Name={quoteattr(sheet_name(grid.name))}><Table>")
        parts += _xml_rows(grid)
        parts.append("</Table></Worksheet>")
    return "\n".join([*parts, "</Workbook>"]).encode()


def _xml_rows(grid: Grid) -> Iterator[str]:
    spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in grid.merges}
    for row, cells in enumerate(_rows(grid), start=1):
        yield f'<Row ss:Index="{row}">'
        for column, cell in enumerate(cells, start=1):
            if cell is None:
                continue
            down, along = spans.get((row - 1, column - 1), (0, 0))
            span = (f' ss:MergeAcross="{along}"' if along else "") + (f' ss:MergeDown="{down}"' if down else "")
            kind = "Number" if isinstance(cell.value, Decimal) else "String"
            value = escape(str(cell.value))
            yield f'<Cell ss:Index="{column}"{span}><Data ss:Type="{kind}">{value}</Data></Cell>'
        yield "</Row>"


WRITERS: Mapping[str, tuple[str, Callable[[Sequence[Grid]], bytes]]] = {
    "xlsx": (".xlsx", xlsx),
    "csv": (".csv", csv_text("utf-8-sig")),
    "csv-gb18030": (".csv", csv_text("gb18030")),
    "html": (".xls", html_table),
    "spreadsheetml": (".xls", spreadsheetml),
    "ods": (".ods", ods),
}
"""By container: the extension it is sent with, and its writer."""
