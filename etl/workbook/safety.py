"""What a file may cost, decided before any reader sees it.

Takes bytes; gives the parts of a zip, inflated once under these limits and checked against their sums, or the finding
that says which limit they break. Declared sizes are never trusted: a part is inflated to its declared size and not
further.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from zipfile import BadZipFile, ZipFile, ZipInfo

from etl.finding import Finding, Location, error
from etl.table import cell_name

MAX_FILE_BYTES = 64 * 2**20
"""A year's tables of a body take 20 to 300 kB; a hundred times that leaves room for scans pasted into a sheet."""

MAX_INFLATED_BYTES = 256 * 2**20
"""All parts together. A workbook of 340,000 cells inflates to some 20 MB; more than ten times that is no report."""

MAX_RATIO = 250
"""Inflated to packed size of one part. Blank formatted rows reach about 100, bombs come near deflate's 1,032."""

RATIO_FROM_BYTES = 16 * 2**20
"""Below this a high ratio harms nobody: small parts of equal bytes pack very well."""

MAX_ENTRIES = 10_000
"""Parts of a zip. A workbook with a sheet for each of hundreds of bodies has a few thousand."""

MAX_STRINGS = 1_000_000
"""Texts of a workbook. A list of a million fees has fewer; each costs a hundred times its bytes in memory."""

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""Of a sheet in Excel and in WPS; text and markup know no end, but a marked copy must hold them."""

MAX_AREA = 8_000_000
"""Cells from A1 to the far corner. calamine holds the whole rectangle in memory (24 bytes a cell) and aborts the
process where it cannot: a lone value in XFD1048576 asks for 400 GB. 8 million are 190 MB; a list of fees has 10,000."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _PATCHED, _ENCRYPTED_STRONGLY, _UTF_8 = 0x1, 0x20, 0x40, 0x800
"""Flags of a part. No spreadsheet program writes patched ones, and no library reads them."""


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a zip by name, inflated."""

    parts: Mapping[str, bytes]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.parts)


def open_package(data: bytes) -> Package | Finding:
    """All parts of a zip; a finding where it is damaged, encrypted or too large."""
    damaged = error("file-unreadable", values={"situation": "damaged"})
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (BadZipFile, UnicodeDecodeError, NotImplementedError, ValueError, struct.error):
        return damaged  # what the directory of a zip can raise: bad records, names, a version of zip nobody writes
    if len(entries) > MAX_ENTRIES:
        return too_large("inflated")
    if any(entry.flag_bits & (_ENCRYPTED | _ENCRYPTED_STRONGLY) for entry in entries):
        return error("file-encrypted")
    if any(entry.flag_bits & _PATCHED for entry in entries):
        return damaged
    total = sum(entry.file_size for entry in entries)
    if total > MAX_INFLATED_BYTES:
        return too_large("inflated", total, MAX_INFLATED_BYTES)
    if any(_is_bomb(entry) for entry in entries):
        return too_large("inflated")
    parts: dict[str, bytes] = {}
    spans: list[tuple[int, int]] = []
    for entry in entries:
        span = _span(data, entry)
        part = None if span is None else _inflate(data[slice(*span)], entry)
        if span is None or part is None:
            return damaged
        spans.append(span)
        parts[_name(entry)] = part
    if _overlap(spans) or len({name.lower() for name in parts}) < len(entries):
        return damaged  # bytes or names that serve twice: readers disagree about which part counts
    return Package(parts)


def _is_bomb(entry: ZipInfo) -> bool:
    return entry.file_size > RATIO_FROM_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _name(entry: ZipInfo) -> str:
    """Name of a part; some programs write it with the separators of Windows."""
    return entry.filename.replace("\\", "/").lstrip("/")


def _span(data: bytes, entry: ZipInfo) -> tuple[int, int] | None:
    """Where the packed bytes of a part begin and end; None where the directory points at no part."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        return None
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    name_at = entry.header_offset + 30
    if data[name_at : name_at + name_length] != _name_bytes(entry):
        return None
    start = name_at + name_length + extra_length
    return start, start + entry.compress_size


def _name_bytes(entry: ZipInfo) -> bytes:
    """The name of a part as the directory writes it: before the part itself it has to stand once more."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF_8 else "cp437")


def _overlap(spans: list[tuple[int, int]]) -> bool:
    """Whether some bytes belong to two parts: a bomb may inflate the same ones thousands of times."""
    ordered = sorted(spans)
    return any(start < end for (_, end), (start, _) in pairwise(ordered))


def _inflate(packed: bytes, entry: ZipInfo) -> bytes | None:
    """One part; None where it is not what the directory says of it."""
    if entry.compress_type == _STORED:
        part = packed
    elif entry.compress_type == _DEFLATED:
        try:
            part = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, entry.file_size + 1)
        except zlib.error:
            return None
    else:
        return None
    return part if len(part) == entry.file_size and zlib.crc32(part) == entry.CRC else None


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a zip that is not compressed, so that a reader sees these parts and nothing else of the file."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(ZipInfo(name), part)
    return stream.getvalue()


def is_far(row: int, column: int) -> bool:
    """Whether a cell (zero-based) lies farther out than a sheet may reach."""
    return row >= MAX_ROWS or column >= MAX_COLUMNS or (row + 1) * (column + 1) > MAX_AREA


def far_cell(sheet: str, row: int, column: int) -> Finding:
    """The finding for a sheet that reaches too far."""
    location = Location(sheet, cell_name(row, column), row + 1, column + 1)
    return error("file-too-large", location, values={"situation": "far-cell"})


def too_large(situation: str, size: int = 0, limit: int = 0) -> Finding:
    """The finding for a file that is too large, with both sizes where they are known."""
    sizes = {"stated": f"{size / 2**20:.0f} MB", "computed": f"{limit / 2**20:.0f} MB"} if size else {}
    return error("file-too-large", values={"situation": situation, **sizes})
