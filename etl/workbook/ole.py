"""An OLE file (xls, and what carries an encrypted xlsx): which streams it holds, and their bytes.

Takes bytes; gives the directory, or None where the file ends before its own directory says it does. Old workbooks that
were copied by halves are common, and calamine panics on them instead of raising. The format: [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks and not sectors."""
_HEADER = 512
_ENTRY = 128
_SHIFTS = (9, 12)
"""Sectors have 512 bytes, in the newer version 4,096."""
_SMALL, _SMALL_SECTOR = 4096, 64
"""Streams below this size stand in small sectors, inside the stream of the root."""
_ROOT = 5


@dataclass(frozen=True, slots=True)
class Compound:
    """An OLE file whose directory could be read."""

    names: frozenset[str]
    """Of all storages and streams."""
    _sectors: Sectors
    _entries: Mapping[str, tuple[int, int]]
    _small: tuple[Sequence[int], int]
    """The table that chains small sectors, and where the stream that holds them begins."""

    def stream(self, name: str) -> bytes | None:
        """The bytes of a stream; None where there is none of that name, or not as long as it should be."""
        if name not in self._entries:
            return None
        first, length = self._entries[name]
        if length >= _SMALL:
            chain = self._sectors.chain(first)
        else:
            fat, start = self._small
            holder = self._sectors.chain(start)
            chain = None if holder is None else _chain(holder, fat, _SMALL_SECTOR, first, 0)
            chain = None if chain is None or len(chain) % _SMALL_SECTOR else chain
        return chain[:length] if chain is not None and len(chain) >= length else None


@dataclass(frozen=True, slots=True)
class Sectors:
    """The sectors of a file and the table that chains them."""

    data: bytes
    fat: Sequence[int]
    size: int

    def chain(self, first: int) -> bytes | None:
        """The bytes of a chain; None where it leaves the file or runs in a circle."""
        return _chain(self.data, self.fat, self.size, first, self.size)


def read_compound(data: bytes) -> Compound | None:
    """The directory of an OLE file; None where it is damaged."""
    if len(data) < _HEADER:
        return None
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in _SHIFTS:
        return None
    size = 1 << shift
    fat = _fat(data, size)
    if fat is None or not _is_whole(data, fat, size):
        return None
    sectors = Sectors(data, fat, size)
    start, small_start = struct.unpack_from("<I8xI", data, 48)
    directory = sectors.chain(start)
    if directory is None or len(directory) % _ENTRY:
        return None
    small = sectors.chain(small_start) or b""
    small_fat = struct.unpack_from(f"<{len(small) // 4}I", small)
    entries, root = _entries(directory)
    return Compound(frozenset(entries), sectors, entries, (small_fat, root))


def _sector(data: bytes, size: int, number: int) -> bytes | None:
    """One whole sector; None where the file ends before it."""
    start = (number + 1) * size
    sector = data[start : start + size]
    return sector if len(sector) == size else None


def _fat(data: bytes, size: int) -> list[int] | None:
    """The table that chains sectors, put together from the sectors that hold it."""
    numbers = list(struct.unpack_from("<109I", data, 76))
    following, steps = struct.unpack_from("<I", data, 68)[0], 0
    while following < _LAST_SECTOR:
        sector = _sector(data, size, following)
        steps += 1
        if sector is None or steps > len(data) // size:
            return None
        *more, following = struct.unpack(f"<{size // 4}I", sector)
        numbers.extend(more)
    fat: list[int] = []
    for number in numbers:
        if number < _LAST_SECTOR:
            sector = _sector(data, size, number)
            if sector is None:
                return None
            fat.extend(struct.unpack(f"<{size // 4}I", sector))
    return fat


def _is_whole(data: bytes, fat: list[int], size: int) -> bool:
    """Whether the file is as long as the last sector in use; the last may be cut short by careless writers."""
    used = len(fat)
    while used and fat[used - 1] == _FREE:
        used -= 1
    return used > 0 and len(data) > used * size


def _chain(data: bytes, fat: Sequence[int], size: int, first: int, begin: int) -> bytes | None:
    """The bytes of a chain of sectors; None where it leaves the data or runs in a circle."""
    sectors: list[bytes] = []
    number = first
    while number < _LAST_SECTOR:
        start = begin + number * size
        sector = data[start : start + size]
        if not sector or number >= len(fat) or len(sectors) > len(fat):
            return None
        sectors.append(sector)
        number = fat[number]
    return b"".join(sectors)


def _entries(directory: bytes) -> tuple[dict[str, tuple[int, int]], int]:
    """First sector and length of every entry by name, and where the stream of small sectors begins."""
    entries: dict[str, tuple[int, int]] = {}
    root = _FREE
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        first, size = struct.unpack_from("<II", directory, start + 116)
        if 2 < length <= 64:
            name = directory[start : start + length - 2].decode("utf-16-le", "replace")
            entries.setdefault(name, (first, size))
        if kind == _ROOT:
            root = first
    return entries, root
