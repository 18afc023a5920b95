"""One `<table>` in the making: where its cells stand once spans are expanded.

Takes the tags that a page meets, in order; fills a Grid. Ends of rows and cells may be left out, as HTML allows. A span
stops at a cell that hangs down from above, so that no two cells share a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.table import Visibility
from etl.workbook.grid import Allowance, Grid
from etl.workbook.html_cell import clean, say, without_filler

MAX_COLSPAN, MAX_ROWSPAN = 1000, 65534
"""The HTML standard reads larger ones as these."""

_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NO_SPAN = re.compile(r"mso-ignore\s*:\s*colspan", re.IGNORECASE)
"""Excel lets a long text run over blank neighbours and says so; it is no merge."""


class HtmlTable:
    """A table that is being read."""

    def __init__(self, number: int, allowance: Allowance, attributes: Mapping[str, str], *, is_copy: bool) -> None:
        self.number = number
        self.grid = Grid(str(number), allowance)
        self.visibility: Visibility = "hidden" if is_hidden(attributes) else "visible"
        self.flow: list[str | HtmlTable] = []
        """Texts of its cells and the tables in them, in order."""
        self.captions: list[str] = []
        """Texts that stand in it but in no cell; browsers show them above."""
        self.filler: list[tuple[int, int]] = []
        """Cells from which filler was taken."""
        self.pieces: list[str] = []
        """The text being read."""
        self.in_cell = False
        self._is_copy = is_copy
        self._holds_tables = False
        self._wide_rows = self._filled_rows = 0
        self._row, self._column = -1, 0
        self._in_row = False
        self._cells = self._filled = 0
        self._width = 1
        self._attributes: Mapping[str, str] = {}
        self._own: list[str] = []
        self._hanging: list[tuple[int, int, int]] = []
        """First column, column after the last, row after the last of cells that hang into rows below; by column."""
        self._fresh: list[tuple[int, int, int]] = []
        self._place = 0
        self._columns = 0

    @property
    def is_data(self) -> bool:
        """Whether it is there for its data: of a table that holds others, more of its own is asked."""
        if self._holds_tables:
            return self._filled_rows > 2
        return not self._is_copy or self._wide_rows > 1

    @property
    def is_leaf(self) -> bool:
        """Whether no other table stands in it."""
        return not self._holds_tables

    def start_column(self, attributes: Mapping[str, str]) -> None:
        """`<col>`: only whether it is hidden matters."""
        first = self._columns
        self._columns += _span(attributes, "span", MAX_COLSPAN)
        if is_hidden(attributes):
            self.grid.hidden_columns.append((first, self._columns - 1))

    def start_row(self, attributes: Mapping[str, str]) -> None:
        """`<tr>`."""
        self.end_row()
        self._row += 1
        self._in_row = True
        self._column = self._cells = self._filled = self._place = 0
        if is_hidden(attributes):
            self.grid.hidden_rows.add(self._row)

    def start_cell(self, attributes: Mapping[str, str]) -> None:
        """`<td>` or `<th>`; raises FarCellError where it stands too far out."""
        if self.in_cell:
            self.end_cell()
        if not self._in_row:
            self.start_row({})
        if self.pieces:
            self._end_captions()
        self._attributes = attributes
        self.in_cell = True
        across, down = 1, 1
        if "colspan" in attributes or "rowspan" in attributes:
            across, down = _span(attributes, "colspan", MAX_COLSPAN), _span(attributes, "rowspan", MAX_ROWSPAN)
        if not self._cells and (self._fresh or self._hanging):
            self._let_hang()
        self._cells += 1
        self._width = self._find_place(across)
        self.grid.reach(self._row, self._column)
        if down > 1:
            self._fresh.append((self._column, self._column + self._width, self._row + down))
        if (self._width > 1 or down > 1) and not _NO_SPAN.search(attributes.get("style", "")):
            last = (self._row + down - 1, self._column + self._width - 1)
            self.grid.merges.append((self._row, self._column, *last))

    def start_table(self, table: HtmlTable) -> None:
        """A table within the open cell, or misplaced between cells."""
        self._holds_tables = True
        self._flush()
        self.flow.append(table)

    def end_cell(self) -> None:
        """`</td>`, or where the next cell begins."""
        if not self.in_cell:
            return
        self._flush()
        self.in_cell = False
        text = "\n".join(self._own) if self._own else ""
        self._own.clear()
        if text and not text.isspace():
            self._filled += 1
            self._put(text)
        elif self._attributes:
            self._put("")
        self._column += self._width

    def end_row(self) -> None:
        """`</tr>`, or where the next row begins."""
        self.end_cell()
        self._end_captions()
        if self._in_row:
            self._wide_rows += self._cells > 1
            self._filled_rows += self._filled > 1
        self._in_row = False

    def _put(self, text: str) -> None:
        said = say(text, self._attributes)
        at = (self._row, self._column)
        if said.fault:
            self.grid.fail(said.fault, *at, str(said.value))
            return
        value = said.value
        if self._is_copy and isinstance(value, str) and (plain := without_filler(value)) != value:
            self.filler.append(at)
            value = plain
        if value != "":
            self.grid.put(*at, value)
        if said.decimals >= 0:
            self.grid.decimals[at] = said.decimals
        if said.scale:
            self.grid.scales[at] = said.scale

    def _flush(self) -> None:
        """Put what has been read of the cell, up to a table in it or to its end, among the texts."""
        if not self.in_cell:
            self._end_captions()
            return
        if self.pieces:
            text = clean(self.pieces)
            self.pieces.clear()
            if text:
                self._own.append(text)
                self.flow.append(text)

    def _end_captions(self) -> None:
        if self.pieces and not self.in_cell:
            text = clean(self.pieces)
            self.pieces.clear()
            if text.strip():
                self.captions.append(text)

    def _let_hang(self) -> None:
        """Before the first cell of a row: forget cells that have ended above, add those that began there."""
        self._hanging = sorted(span for span in (*self._hanging, *self._fresh) if span[2] > self._row)
        self._fresh.clear()

    def _find_place(self, across: int) -> int:
        """Move to the next free column; gives how many columns the cell really takes."""
        hanging, column = self._hanging, self._column
        while self._place < len(hanging) and hanging[self._place][0] <= column:
            column = max(column, hanging[self._place][1])
            self._place += 1
        self._column = column
        return min(across, hanging[self._place][0] - column) if self._place < len(hanging) else across


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element is not displayed."""
    return "hidden" in attributes or _NO_DISPLAY.search(attributes.get("style", "")) is not None


def _span(attributes: Mapping[str, str], key: str, largest: int) -> int:
    """How many rows or columns; a rowspan of 0 reaches to the end of the table."""
    text = attributes.get(key, "").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    number = int(text) if len(text) < 7 else largest
    return min(number, largest) or (largest if key == "rowspan" else 1)
