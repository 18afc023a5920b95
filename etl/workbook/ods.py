"""The parts of an OpenDocument spreadsheet -> its sheets, and what is unusual about their cells.

calamine reads neither merges nor errors nor what is hidden here, and makes room for what is only repeated, so these
sheets are read by us alone. Rows and cells that are repeated a million times are blanks to the end of the sheet; they
are counted and not made. The format: OASIS, OpenDocument 1.3, part 3, chapter 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.finding import Finding
from etl.table import Sheet
from etl.workbook import safety
from etl.workbook.complete import Extras
from etl.workbook.ods_cell import OdsCell
from etl.workbook.ods_styles import NO_STYLES, Styles, read_styles
from etl.workbook.ods_table import FarError, OdsTable
from etl.workbook.sheet_xml import BadXmlError, parse

MAX_ROWS = 2_000_000
"""Rows of all sheets together: a few bytes can repeat a row a hundred thousand times, in each of a thousand sheets."""
MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_TEXT = frozenset({"p", "h", "span", "a", "s", "tab", "line-break"})
"""Elements whose text stands in a cell; what else is in one is a comment or a picture."""


@dataclass(frozen=True, slots=True)
class Document:
    """A spreadsheet as read."""

    sheets: tuple[Sheet, ...]
    extras: tuple[Extras, ...]


def is_spreadsheet(parts: Mapping[str, bytes]) -> bool:
    """Whether the parts are those of an OpenDocument spreadsheet."""
    if "mimetype" in parts:
        return parts["mimetype"].strip().startswith(MIME)
    return b"<office:spreadsheet" in parts.get("content.xml", b"")


def is_encrypted(parts: Mapping[str, bytes]) -> bool:
    """Whether its parts, or all of it, are locked by a password."""
    return b"encryption-data" in parts.get("META-INF/manifest.xml", b"")


def read(parts: Mapping[str, bytes]) -> Document | Finding:
    """Every sheet in order; a finding where one reaches too far. Raises BadXmlError where it is damaged."""
    styles = read_styles(parts["styles.xml"], NO_STYLES) if "styles.xml" in parts else NO_STYLES
    if "content.xml" not in parts:
        raise BadXmlError("content.xml")
    reader = _Reader(read_styles(parts["content.xml"], styles))
    try:
        parse(parts["content.xml"], reader.start, reader.end, reader.text)
    except FarError as far:
        return far.finding
    return Document(tuple(reader.sheets), tuple(reader.extras))


class _Reader:
    """Walks content.xml."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[Sheet] = []
        self.extras: list[Extras] = []
        self._styles = styles
        self._rows = 0
        self._table: OdsTable | None = None
        self._cell: OdsCell | None = None
        self._skipped = 0  # elements that are open inside a comment or a picture
        self._groups: list[bool] = []  # whether each group of rows or columns that is open is folded away

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
        elif self._cell is not None:
            if name in _TEXT:
                self._cell.start(name, attributes)
            else:
                self._skipped = 1
        elif name in {"table-cell", "covered-table-cell"} and self._table is not None:
            self._cell = OdsCell(attributes)
        elif name == "table-row" and self._table is not None:
            self._table.start_row(attributes, is_folded=any(self._groups))
        else:
            self._start_outside(name, attributes)

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table" and self._table is None and "table:name" in attributes:
            self._table = OdsTable(attributes, self._styles)
        elif name in {"shapes", "dde-links", "tracked-changes", "forms"}:
            self._skipped = 1
        elif name in {"table-row-group", "table-column-group"}:
            self._groups.append(attributes.get("table:display") == "false")
        elif self._table is not None and name == "table-column":
            self._table.column(attributes, is_folded=any(self._groups))
        elif self._table is not None and name == "table-source":
            self._table.has_source = True

    def text(self, text: str) -> None:
        if self._cell is not None and not self._skipped:
            self._cell.text(text)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif self._cell is not None and name in {"table-cell", "covered-table-cell"}:
            if self._table is not None:
                self._table.add(self._cell)
            self._cell = None
        elif self._table is None or self._cell is not None:
            return
        elif name == "table-row":
            self._table.end_row()
        elif name in {"table-row-group", "table-column-group"}:
            self._groups.pop()
        elif name == "table":
            self._end_table(self._table)

    def _end_table(self, table: OdsTable) -> None:
        self._table, self._groups = None, []
        if table.is_cache:
            return
        sheet = table.sheet()
        self._rows += len(sheet.rows)
        if self._rows > MAX_ROWS:
            raise FarError(safety.far_cell(sheet.name, len(sheet.rows) - 1, 0))
        self.sheets.append(sheet)
        self.extras.append(table.extras())
