"""One worksheet of an xlsb while its records come in -> merges and what is unusual about its cells."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from etl.table import Merge
from etl.workbook.complete import Extras
from etl.workbook.formats import Shown
from etl.workbook.sheet_xml import BadXmlError

_ROW, _BLANK, _COLUMN, _MERGE = 0, 1, 60, 176
_RK, _ERROR, _REAL, _TEXT, _SHARED_TEXT, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 2, 3, 5, 6, 7, 8, 9, 11
_SIZES: Mapping[int, int] = MappingProxyType(
    {2: 12, 3: 9, 4: 9, 5: 16, 6: 12, 7: 12, 8: 12, 9: 16, 10: 9, 11: 9, 62: 13}
)
"""What a cell of each kind has at the least; 62 is a text with formats in it."""
_ERRORS: Mapping[int, str] = MappingProxyType(
    {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
)
_HIDDEN_ROW = 0x10
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


class XlsbSheet:
    """A worksheet while it is read; `strings` is how many texts the workbook shares."""

    def __init__(self, name: str, styles: Sequence[Shown | None], strings: int) -> None:
        self.last_row = self.last_column = -1
        self.merges: list[Merge] = []
        self._name, self._styles, self._strings = name, styles, strings
        self._row = 0
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._errors: list[tuple[int, int, str]] = []
        self._formats: dict[tuple[int, int], Shown] = {}

    def extras(self) -> Extras:
        """What was found besides merges."""
        return Extras(
            frozenset(self._hidden_rows), tuple(self._hidden_columns), errors=tuple(self._errors), formats=self._formats
        )

    def around(self, kind: int, data: bytes) -> None:
        """A record before or after the cells."""
        if kind == _COLUMN and len(data) >= 18:
            first, last, width, options = struct.unpack_from("<III4xH", data)
            if options & 1 or width == 0:
                self._hidden_columns.append((first, last))
        elif kind == _MERGE and len(data) >= 16:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            if top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN:
                self.merges.append((top, left, bottom, right))

    def cell(self, kind: int, data: bytes) -> None:
        """A row or a cell; raises BadXmlError where it is too short for its kind or names a text that is not there."""
        if kind == _ROW:
            if len(data) < 12:
                raise BadXmlError("row")
            self._row, height, options = struct.unpack_from("<I4xHxB", data)
            if options & _HIDDEN_ROW or height == 0:
                self._hidden_rows.add(self._row)
        elif kind in _SIZES:
            if len(data) < _SIZES[kind]:
                raise BadXmlError("cell")
            column, style = struct.unpack_from("<II", data)
            self._reach(column)
            self._value(kind, data, (self._row, column), style & 0xFFFFFF)

    def _reach(self, column: int) -> None:
        if self._row > LAST_ROW or column > LAST_COLUMN:
            raise BadXmlError("address")
        self.last_row, self.last_column = max(self.last_row, self._row), max(self.last_column, column)

    def _value(self, kind: int, data: bytes, cell: tuple[int, int], style: int) -> None:
        if kind in {_RK, _REAL, _FORMULA_NUMBER}:
            shown = self._styles[style] if style < len(self._styles) else None
            if shown is not None:
                self._formats[cell] = shown
        elif kind in {_ERROR, _FORMULA_ERROR}:
            if data[8] not in _ERRORS:
                raise BadXmlError("error")
            self._errors.append((*cell, _ERRORS[data[8]]))
        elif kind in {_TEXT, _FORMULA_TEXT, _SHARED_TEXT}:
            (number,) = struct.unpack_from("<I", data, 8)
            if number >= self._strings if kind == _SHARED_TEXT else 12 + 2 * number > len(data):
                raise BadXmlError("text")
