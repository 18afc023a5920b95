"""Sheets -> the bytes of an OpenDocument spreadsheet: a zip of our own, so that the same sheets give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from etl.demo.grid import Cell, Grid

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_DATE = (1980, 1, 1, 0, 0, 0)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    f'<manifest:manifest xmlns:manifest="{_NAMES}:manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def ods(grids: Sequence[Grid]) -> bytes:
    """A spreadsheet as LibreOffice saves it: repeated blanks, covered cells, values beside what is shown."""
    body = "".join(_table(grid) for grid in grids)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{_NAMES}:office:1.0" xmlns:table="{_NAMES}:table:1.0"'
        f' xmlns:text="{_NAMES}:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        _add(package, "mimetype", _TYPE, ZIP_STORED)
        _add(package, "META-INF/manifest.xml", _MANIFEST, ZIP_DEFLATED)
        _add(package, "content.xml", content, ZIP_DEFLATED)
    return file.getvalue()


def _add(package: ZipFile, name: str, text: str, method: int) -> None:
    entry = ZipInfo(name, _DATE)
    entry.compress_type = method
    package.writestr(entry, text)


def _table(grid: Grid) -> str:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in grid.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    rows = []
    for row in range(grid.height):
        cells = "".join(_cells(grid, row, spans, covered))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    return f"<table:table table:name={quoteattr(grid.name[:31])}>{''.join(rows)}</table:table>"


def _cells(
    grid: Grid, row: int, spans: dict[tuple[int, int], tuple[int, int]], covered: set[tuple[int, int]]
) -> Iterator[str]:
    blank = 0
    for column in range(grid.width):
        cell = grid.cells.get((row, column))
        if cell is None and (row, column) not in covered and (row, column) not in spans:
            blank += 1
            continue
        if blank:
            yield f'<table:table-cell table:number-columns-repeated="{blank}"/>'
            blank = 0
        if (row, column) in covered:
            yield "<table:covered-table-cell/>"
        else:
            yield _cell(cell or Cell(""), spans.get((row, column), (1, 1)))


def _cell(cell: Cell, span: tuple[int, int]) -> str:
    down, along = span
    merged = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{along}"' if down * along > 1 else ""
    if isinstance(cell.value, Decimal):
        shown = (
            f"{cell.value:,.2f}" if "," in cell.look else f"{cell.value:.2f}" if "." in cell.look else str(cell.value)
        )
        typed = f' office:value-type="float" office:value="{cell.value}"'
    else:
        shown, typed = cell.value, ' office:value-type="string"'
    return f"<table:table-cell{typed}{merged}><text:p>{escape(shown)}</text:p></table:table-cell>"
