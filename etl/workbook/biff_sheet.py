"""One worksheet of an xls while its records come in -> what is unusual about its cells."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from etl.workbook.complete import Extras, joined
from etl.workbook.formats import Shown
from etl.workbook.formulas import Area, Formula
from etl.workbook.tokens import read_tokens

_DIMENSIONS, _ROW, _COLUMNS, _UNCALCULATED = 0x0200, 0x0208, 0x007D, 0x005E
_NUMBER, _RK, _MULTIPLE_RK, _FORMULA, _BOOL_OR_ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_FILLED = frozenset({_NUMBER, _RK, _FORMULA, _BOOL_OR_ERROR, 0x00FD, 0x0204, 0x00D6})
"""Records of one cell with a value: these, and shared, plain and formatted texts."""
_ERRORS: Mapping[int, str] = MappingProxyType(
    {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
)
_MERGES = 0x00E5
_RECTANGLES: Mapping[int, str] = MappingProxyType({10: "<HHHH", 14: "<IIHH"})
_HIDDEN_ROW = 0x20
_NO_NUMBER = b"\xff\xff"
_IS_ERROR, _IS_BLANK = 2, 3


class BiffSheet:
    """A worksheet while it is read; `named` are the sheets behind the numbers in formulas, None where unknown."""

    def __init__(self, name: str, styles: Sequence[Shown | None], named: Sequence[str | None] | None) -> None:
        self.last_row = self.last_column = -1
        self.declared = 0
        self.is_sound = True
        self.name = name
        self._styles, self._named = styles, named
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._errors: list[tuple[int, int, str]] = []
        self._uncalculated: dict[tuple[int, int], Formula | None] = {}
        self._fillers: dict[tuple[int, int], Formula] = {}
        self._zeros: dict[tuple[int, int], Formula] = {}
        self._texts: set[tuple[int, int]] = set()
        self._formats: dict[tuple[int, int], Shown] = {}
        self._linked: list[tuple[int, int]] = []
        self._recalculates = False

    def record(self, kind: int, data: bytes) -> None:
        """One record; passed over where it is not known or too short."""
        if kind in _FILLED and len(data) >= 8:
            row, column, style = struct.unpack_from("<HHH", data)
            self._reach(row, column)
            self._cell(kind, data, (row, column), style)
        elif kind == _MULTIPLE_RK and len(data) >= 12:
            self._numbers(data)
        elif kind == _ROW and len(data) >= 14:
            row, height, options = struct.unpack_from("<H4xH4xH", data)
            if options & _HIDDEN_ROW or height & 0x7FFF == 0:
                self._hidden_rows.add(row)
        elif kind == _COLUMNS and len(data) >= 10:
            first, last, width, options = struct.unpack_from("<HHH2xH", data)
            if options & 1 or width == 0:
                self._hidden_columns.append((first, last))
        elif kind == _DIMENSIONS and len(data) in _RECTANGLES:
            self.declared = _room(*struct.unpack_from(_RECTANGLES[len(data)], data))
        elif kind == _MERGES:
            self.is_sound &= len(data) >= 2 and len(data) >= 2 + 8 * struct.unpack_from("<H", data)[0]
        elif kind == _UNCALCULATED:
            self._recalculates = True

    def extras(self) -> Extras:
        """What was found."""
        return Extras(
            frozenset(self._hidden_rows),
            tuple(self._hidden_columns),
            joined(self.name, self._linked),
            tuple(self._errors),
            self._uncalculated,
            self._fillers | (self._zeros if self._recalculates else {}),
            frozenset(self._texts),
            self._formats,
        )

    def _reach(self, row: int, column: int) -> None:
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)

    def _style(self, cell: tuple[int, int], style: int) -> None:
        shown = self._styles[style] if style < len(self._styles) else None
        if shown is not None:
            self._formats[cell] = shown

    def _numbers(self, data: bytes) -> None:
        """Several numbers side by side: row, first column, style and number of each, last column."""
        row, column = struct.unpack_from("<HH", data)
        for start in range(4, len(data) - 7, 6):
            self._style((row, column), struct.unpack_from("<H", data, start)[0])
            self._reach(row, column)
            column += 1

    def _cell(self, kind: int, data: bytes, cell: tuple[int, int], style: int) -> None:
        if kind in {_NUMBER, _RK}:
            self._style(cell, style)
        elif kind == _BOOL_OR_ERROR and data[7] == 1:
            self._errors.append((*cell, _ERRORS.get(data[6], "")))
        elif kind == _FORMULA and len(data) >= 22:
            self._formula(data, cell, style)
        elif kind == _FORMULA:
            self.is_sound = False

    def _formula(self, data: bytes, cell: tuple[int, int], style: int) -> None:
        (size,) = struct.unpack_from("<H", data, 20)
        self.is_sound &= len(data) >= 22 + size
        tokens = read_tokens(data[22 : 22 + size], self._named or ()) if self._named is not None else None
        if tokens is not None:
            self.is_sound &= tokens.is_whole
            if tokens.names_other_file:
                self._linked.append(cell)
        self._style(cell, style)
        if data[12:14] != _NO_NUMBER:
            if tokens is not None and tokens.formula is not None and data[6:14] == bytes(8):
                self._zeros[cell] = tokens.formula
        elif data[6] == _IS_ERROR:
            self._errors.append((*cell, _ERRORS.get(data[8], "")))
        elif data[6] == _IS_BLANK and tokens is not None:
            self._blank(cell, tokens.formula, is_number=tokens.is_number)

    def _blank(self, cell: tuple[int, int], formula: Formula | None, *, is_number: bool) -> None:
        """A formula whose result is an empty text: of what comes to a number, that means it was never calculated."""
        if is_number:
            self._uncalculated[cell] = formula
        elif formula is not None and isinstance(formula.terms[0].item, Area):
            self._fillers[cell] = formula
        else:
            self._texts.add(cell)


def _room(top: int, bottom: int, left: int, right: int) -> int:
    """Cells for which calamine makes room, from the first row and column to before the last."""
    if not bottom or not right:
        return 1
    left = 0 if left > 0xFF or right < left else left
    return (bottom - top) % 2**32 * (right - left)
