"""One table of an OpenDocument spreadsheet while its rows come in -> a Sheet and what is unusual about its cells."""

from __future__ import annotations

import re
from bisect import bisect_right

from etl.amounts import Value
from etl.finding import Finding
from etl.table import Merge, Sheet, Visibility
from etl.workbook import formulas, safety
from etl.workbook.complete import Extras, joined
from etl.workbook.formats import Shown
from etl.workbook.formulas import Formula
from etl.workbook.ods_cell import OdsCell, count
from etl.workbook.ods_styles import Styles

LAST_COLUMN = 16_383
_CACHE = re.compile(r"'.*'#\$?.*")
"""Name of a table in which a spreadsheet keeps cells of another file."""
MAX_REPEATED = 100_000
"""Places in which one and the same filled cell may stand. Only blanks are repeated more often in a report."""


class FarError(Exception):
    """A sheet reaches too far; holds the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self.finding = finding


class OdsTable:
    """A table while it is read: rows and cells that are repeated and blank are counted and not made."""

    def __init__(self, attributes: dict[str, str], styles: Styles) -> None:
        self.has_source = False
        self._name = attributes["table:name"]
        self._is_hidden = attributes.get("table:style-name", "") in styles.hidden
        self._styles = styles
        self._rows: list[tuple[Value, ...]] = []
        self._row: list[Value] = []
        self._at = (0, 0)
        self._repeated = 1
        self._next_column = 0
        self._starts: list[int] = []  # columns from which on a style holds
        self._column_styles: list[str] = []
        self._merges: list[Merge] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._errors: list[tuple[int, int, str]] = []
        self._uncalculated: dict[tuple[int, int], Formula | None] = {}
        self._formats: dict[tuple[int, int], Shown] = {}
        self._linked: list[tuple[int, int]] = []

    @property
    def is_cache(self) -> bool:
        """Whether it is no sheet of the workbook but cells of another file."""
        return self.has_source and _CACHE.fullmatch(self._name) is not None

    def column(self, attributes: dict[str, str], *, is_folded: bool) -> None:
        """Columns, some of them alike."""
        first = self._next_column
        self._next_column = first + count(attributes, "table:number-columns-repeated")
        if first > LAST_COLUMN:
            return
        self._starts.append(first)
        self._column_styles.append(attributes.get("table:default-cell-style-name", ""))
        if is_folded or attributes.get("table:visibility", "visible") != "visible":
            self._hidden_columns.append((first, self._next_column - 1))

    def start_row(self, attributes: dict[str, str], *, is_folded: bool) -> None:
        """A row begins."""
        self._row = []
        self._at = (self._at[0], 0)
        self._repeated = count(attributes, "table:number-rows-repeated")
        if is_folded or attributes.get("table:visibility", "visible") != "visible":
            self._hidden_rows.append((self._at[0], self._at[0] + self._repeated - 1))

    def add(self, cell: OdsCell) -> None:
        """The next cell of the row, as often as it is repeated."""
        row, column = self._at
        self._at = (row, column + cell.columns)
        value = cell.value()
        if value == "" and not cell.error and not cell.is_uncalculated:
            self._merge(cell, row, column)
            return
        last = row + self._repeated - 1, column + cell.columns - 1
        is_far = last[1] > LAST_COLUMN or safety.is_far(*last)
        if is_far or self._repeated * cell.columns > MAX_REPEATED:
            raise FarError(safety.far_cell(self._name, *last))
        self._merge(cell, row, column)
        self._look_at(cell, row, column)
        if value != "":
            self._row.extend("" for _ in range(column - len(self._row)))
            self._row.extend(value for _ in range(cell.columns))

    def end_row(self) -> None:
        """The row is done, as often as it is repeated."""
        row = self._at[0]
        self._at = (row + self._repeated, 0)
        if self._row:
            self._rows.extend(() for _ in range(row - len(self._rows)))
            self._rows.extend([tuple(self._row)] * self._repeated)

    def sheet(self) -> Sheet:
        """The table as a sheet."""
        visibility: Visibility = "hidden" if self._is_hidden else "visible"
        return Sheet(self._name, tuple(self._rows), tuple(self._merges), visibility)

    def extras(self) -> Extras:
        """What is unusual about its cells."""
        return Extras(
            frozenset(r for first, last in self._hidden_rows for r in range(first, min(last + 1, len(self._rows)))),
            tuple(self._hidden_columns),
            joined(self._name, self._linked),
            tuple(self._errors),
            self._uncalculated,
            formats=self._formats,
        )

    def _merge(self, cell: OdsCell, row: int, column: int) -> None:
        rows, columns = cell.spans
        if (rows, columns) != (1, 1):
            self._merges.append((row, column, row + rows - 1, column + columns - 1))

    def _look_at(self, cell: OdsCell, row: int, column: int) -> None:
        """What a cell has besides its value; of repeated ones each."""
        if cell.names_other_file:
            self._linked.append((row, column))
        shown = self._styles.shown(cell.attributes.get("table:style-name") or self._column_style(column))
        formula = formulas.parse(cell.formula) if cell.is_uncalculated else None
        for r in range(row, row + self._repeated):
            for c in range(column, column + cell.columns):
                if cell.error:
                    self._errors.append((r, c, cell.error))
                elif cell.is_uncalculated:
                    self._uncalculated[r, c] = formula and formula.moved(r - row, c - column)
                if shown is not None:
                    self._formats[r, c] = shown

    def _column_style(self, column: int) -> str:
        place = bisect_right(self._starts, column)
        return self._column_styles[place - 1] if place else ""
