"""The Workbook stream of an xls -> what calamine keeps back: errors, formulas, number formats, what is hidden.

Takes the stream; gives Extras for each worksheet, and how far it reaches. Records that are not known, or not as they
should be, are passed over: what calamine can read must not fail here. The format: [MS-XLS], BIFF8, and BIFF5 as far as
it is the same.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from etl.workbook.biff_sheet import BiffSheet
from etl.workbook.complete import Extras
from etl.workbook.formats import BUILT_IN, Shown, shown

_BOF, _EOF, _FILE_PASS, _FORMAT, _XF, _BOUND_SHEET = 0x0809, 0x000A, 0x002F, 0x041E, 0x00E0, 0x0085
_EXTERN_SHEET, _SUP_BOOK = 0x0017, 0x01AE
_BIFF8 = 0x0600
_OWN_BOOK = 0x0401
_WORKSHEET = 0
_LEAST: Mapping[int, int] = MappingProxyType(
    {_BOF: 2, _FILE_PASS: 2, _BOUND_SHEET: 8, 0x0042: 2, 0x0022: 2, 0x0018: 14, _EXTERN_SHEET: 2}
)
"""Bytes that records have at the least; code page, date system and name of an area are calamine's matter alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a stream says of its sheets, in their order."""

    is_encrypted: bool = False
    is_sound: bool = True
    """False where a record is too short, or points beyond the end, in a way that calamine does not survive."""
    names: tuple[str, ...] = ()
    extras: tuple[Extras, ...] = ()
    """Of worksheets alone."""
    ends: tuple[tuple[int, int], ...] = ()
    """Row and column of the far corner of what is filled; -1 where nothing is."""
    declared: tuple[int, ...] = ()
    """Cells that each declares to have room for."""


@dataclass(slots=True)
class _Globals:
    """The first part of a stream, about all sheets."""

    is_biff8: bool = True
    is_encrypted: bool = False
    is_sound: bool = True
    formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    sheets: list[tuple[int, int, str]] = field(default_factory=list)
    """Where each begins, its kind and its name."""
    own_books: list[bool] = field(default_factory=list)
    externals: list[tuple[int, int, int]] = field(default_factory=list)

    def named_sheets(self) -> list[str | None]:
        """Names behind the numbers that formulas have for other sheets; None for those of other files."""
        names: list[str | None] = []
        for book, first, last in self.externals:
            is_own = book < len(self.own_books) and self.own_books[book]
            is_one = first == last and 0 <= first < len(self.sheets)
            names.append(self.sheets[first][2] if is_own and is_one else ("\x00" if is_own else None))
        return names

    def shown(self) -> list[Shown | None]:
        """What each cell style prints."""
        known = {number: shown(code) for number, code in self.formats.items()}
        return [known.get(number) for number in self.styles]


def read(stream: bytes) -> Found:
    """What a Workbook stream says of its worksheets."""
    book = _globals(stream)
    if book.is_encrypted:
        return Found(is_encrypted=True)
    styles, named = book.shown(), book.named_sheets()
    sheets = [_sheet(stream, start, name, styles, named, book.is_biff8) for start, _, name in book.sheets]
    is_sound = book.is_sound and all(sheet.is_sound for sheet in sheets)
    if any(start > len(stream) for start, _, _ in book.sheets):
        is_sound = False
    worksheets = [sheet for sheet, (_, kind, _) in zip(sheets, book.sheets, strict=True) if kind == _WORKSHEET]
    return Found(
        is_sound=is_sound,
        names=tuple(sheet.name for sheet in sheets),
        extras=tuple(sheet.extras() for sheet in worksheets),
        ends=tuple((sheet.last_row, sheet.last_column) for sheet in sheets),
        declared=tuple(sheet.declared for sheet in sheets),
    )


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part from its beginning to its end: kind and data. Charts inside a sheet are parts of their own,
    and passed over.
    """
    unpack = struct.Struct("<HH").unpack_from
    depth = 0
    while start + 4 <= len(stream):
        kind, size = unpack(stream, start)
        depth += kind == _BOF
        if depth <= 1:
            yield kind, stream[start + 4 : start + 4 + size]
        if kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        start += 4 + size


def _globals(stream: bytes) -> _Globals:
    book = _Globals()
    for kind, data in _records(stream, 0):
        if len(data) < _LEAST.get(kind, 0):
            book.is_sound = False
        if kind == _BOF and len(data) >= 2:
            book.is_biff8 = struct.unpack_from("<H", data)[0] == _BIFF8
        elif kind == _FILE_PASS:
            book.is_encrypted = True
        elif kind == _FORMAT and len(data) >= 5:
            book.formats[struct.unpack_from("<H", data)[0]] = _format(data, is_biff8=book.is_biff8)
        elif kind == _XF and len(data) >= 4:
            book.styles.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == _BOUND_SHEET and len(data) >= 8:
            book.sheets.append((struct.unpack_from("<I", data)[0], data[5], _text(data[6:], is_biff8=book.is_biff8)))
        elif kind == _SUP_BOOK:
            book.own_books.append(len(data) == 4 and struct.unpack_from("<H", data, 2)[0] == _OWN_BOOK)
        elif kind == _EXTERN_SHEET and book.is_biff8:
            whole = len(data) - 2 - (len(data) - 2) % 6
            book.externals.extend(struct.iter_unpack("<Hhh", data[2 : 2 + whole]))
    return book


def _sheet(
    stream: bytes, start: int, name: str, styles: Sequence[Shown | None], named: Sequence[str | None], is_biff8: bool
) -> BiffSheet:
    sheet = BiffSheet(name, styles, named if is_biff8 else None)
    for kind, data in _records(stream, start):
        sheet.record(kind, data)
    return sheet


def _format(data: bytes, *, is_biff8: bool) -> str:
    if not is_biff8:
        return data[3 : 3 + data[2]].decode("gb18030", "replace")
    (length,) = struct.unpack_from("<H", data, 2)
    return _characters(data[4:], length)


def _text(data: bytes, *, is_biff8: bool) -> str:
    """A text with its length in one byte before it."""
    return _characters(data[1:], data[0]) if is_biff8 else data[1 : 1 + data[0]].decode("gb18030", "replace")


def _characters(data: bytes, length: int) -> str:
    if data and data[0] & 1:
        return data[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return data[1 : 1 + length].decode("latin-1")
