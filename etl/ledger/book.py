"""`ledger.csv`: `received_on,sha256,file,bytes`, one line for each content, in the order in which they were seen.

Lines are only ever added. Of a line that was being written when the power went, nothing was built yet: what is left
of it is taken away before the next is added. Anything else that is not what this room writes stops the run: somebody
has to look at it.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from etl.disk import settle

COLUMNS = ("received_on", "sha256", "file", "bytes")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE_BEGINS = re.compile(rb"^\d{4}-\d\d-\d\d,[0-9a-f]{64},", re.MULTILINE)

Holds = Callable[[str, int], bool]
"""Whether the archive holds bytes of that hash and number."""


class LedgerDamagedError(ValueError):
    """A whole line of the ledger is not what this room writes: somebody has to look at it before anything is added."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    received_on: str
    sha256: str
    file: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger as it was found."""

    entries: Mapping[str, Entry]
    """By content: its first line."""
    length: int = 0
    """How many of its bytes are whole lines."""
    is_open: bool = False
    """True where the last of them lacks its line end."""


def read_book(ledger: Path, holds: Holds) -> Book:
    """Read the ledger. A last line without its end counts where the archive has what it speaks of: an editor may have
    taken the line end away, and the day of receipt must not be lost with it.
    """
    if not ledger.exists():
        return Book({})
    content = ledger.read_bytes()
    if not content.endswith(b"\n"):
        book = _open_ended(content, holds)
        if book is not None:
            return book
        content = content[: content.rfind(b"\n") + 1]
    if content.count(b'"') % 2:  # cut off inside a name that holds a line break
        content = content[: max((found.start() for found in _LINE_BEGINS.finditer(content)), default=len(content))]
    try:
        return Book(_entries(content), len(content))
    except ValueError as problem:
        raise LedgerDamagedError(f"{ledger.name}, {problem}") from problem


def append(ledger: Path, book: Book, entries: Collection[Entry]) -> None:
    """Add lines, and see them on the disk before anything is built on them."""
    if not entries:
        return
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    if book.is_open:
        text.write("\n")
    if not book.length:
        writer.writerow(COLUMNS)
    writer.writerows((entry.received_on, entry.sha256, entry.file, entry.bytes) for entry in entries)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    with ledger.open("ab") as stream:
        stream.truncate(book.length)
        stream.write(text.getvalue().encode())
        stream.flush()
        os.fsync(stream.fileno())
    settle([ledger.parent])


def _open_ended(content: bytes, holds: Holds) -> Book | None:
    """The ledger with its last line, which lacks its end; None where that line was cut off in the middle."""
    try:
        entries = _entries(content)
    except ValueError:
        return None
    last = next(reversed(entries.values()), None)
    is_whole = last is not None and holds(last.sha256, last.bytes)
    return Book(entries, len(content), is_open=True) if is_whole else None


def _entries(content: bytes) -> dict[str, Entry]:
    """By content: its first line. ValueError, saying where and why, for what is no ledger."""
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    entries: dict[str, Entry] = {}
    try:
        for row in rows:
            if row and tuple(row) != COLUMNS:
                entry = _entry(row)
                entries.setdefault(entry.sha256, entry)
    except (csv.Error, ValueError) as problem:
        raise ValueError(f"line {rows.line_num}: {problem}") from problem
    return entries


def _entry(row: list[str]) -> Entry:
    """One line of the ledger; ValueError, saying why, where it is none."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"{len(row)} fields instead of {len(COLUMNS)}")
    received_on, sha256, file, size = row
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no sha256")
    return Entry(date.fromisoformat(received_on).isoformat(), sha256, file, int(size))
