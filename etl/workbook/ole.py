"""The directory of an OLE file (xls, and what carries an encrypted xlsx): which streams it holds.

Takes bytes; gives the names, or None where the file ends before its own directory says it does. Old workbooks that were
copied by halves are common, and calamine panics on them instead of raising.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FREE = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are marks and not sectors."""
_HEADER = 512
_ENTRY = 128
_SHIFTS = (9, 12)
"""Sectors have 512 bytes, in the newer version 4,096."""


def entry_names(data: bytes) -> frozenset[str] | None:
    """Names of all storages and streams; None where the file is damaged."""
    if len(data) < _HEADER:
        return None
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in _SHIFTS:
        return None
    size = 1 << shift
    fat = _fat(data, size)
    if fat is None or not _is_whole(data, fat, size):
        return None
    directory = _chain(data, fat, size, struct.unpack_from("<I", data, 48)[0])
    if directory is None:
        return None
    return frozenset(_names(directory))


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


def _chain(data: bytes, fat: list[int], size: int, first: int) -> bytes | None:
    """The bytes of a chain of sectors; None where it leaves the file or runs in a circle."""
    sectors: list[bytes] = []
    number = first
    while number < _LAST_SECTOR:
        sector = _sector(data, size, number)
        if sector is None or number >= len(fat) or len(sectors) > len(fat):
            return None
        sectors.append(sector)
        number = fat[number]
    return b"".join(sectors)


def _names(directory: bytes) -> list[str]:
    names = []
    for start in range(0, len(directory), _ENTRY):
        (length,) = struct.unpack_from("<H", directory, start + 64)
        if 2 < length <= 64:
            names.append(directory[start : start + length - 2].decode("utf-16-le", "replace"))
    return names
