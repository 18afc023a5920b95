"""What arrived and when, and the archive in which every file ever received is kept byte for byte.

In comes the layout of a jurisdiction and the day; out come a Receipt for every file in the inbox, in the order of
their paths, and findings for what could not be taken in. Decides nothing about what a file is: whatever is a plain
file in the inbox is a submission. Reads the inbox and never changes it; nobody else writes to ledger and archive.

`ledger.csv` is append-only: `received_on,sha256,file,bytes`, one line for each content, written once when its bytes
were first seen and only after the archive holds them. A kill in between leaves a copy without a line, never the
reverse.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO

from etl.finding import Finding, error
from etl.layout import Layout
from etl.table import Receipt

COLUMNS = ("received_on", "sha256", "file", "bytes")

NOT_SUBMISSIONS = frozenset({"submission.yml", "nil.yml", "thumbs.db", "desktop.ini"})
"""What lies beside submissions: declarations of ours, and what Windows leaves in folders it has shown."""

_NO_DAYS: Mapping[str, str] = MappingProxyType({})
_CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_EXTENSION_LENGTH = 9
"""Longest extension kept, dot included; what is longer is a part of the name that happens to follow a dot."""


class LedgerDamagedError(ValueError):
    """A whole line of the ledger is not what this room writes: somebody has to look at it before anything is added."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    received_on: str
    sha256: str
    file: str
    bytes: int


def receive(
    layout: Layout, today: date, declared_received_on: Mapping[str, str] = _NO_DAYS
) -> tuple[tuple[Receipt, ...], list[Finding]]:
    """Take in everything that lies in the inbox.

    `declared_received_on` gives, by folder relative to the inbox (`""` for the inbox itself), the day that a
    `submission.yml` there states. It counts for bytes not seen before; what the ledger says stands.
    """
    known = _read_ledger(layout.ledger)
    arrivals, findings = _look(layout.inbox)
    kept: dict[Path, Path] = {}
    for arrival in arrivals:
        archived = _archived(layout.archive, arrival) or _keep(layout.archive, arrival)
        if archived is None:
            findings.append(_unreadable(arrival.file))
        else:
            kept[arrival.path] = archived
    arrived = [arrival for arrival in arrivals if arrival.path in kept]
    new = _new_entries(arrived, known, today, declared_received_on)
    _append(layout.ledger, new.values())
    entries = {**new, **known}
    originals = _originals(arrived, entries)
    return tuple(_receipt(arrival, kept[arrival.path], entries, originals) for arrival in arrived), findings


def _new_entries(
    arrived: Sequence[_Arrival], known: Mapping[str, Entry], today: date, declared_received_on: Mapping[str, str]
) -> dict[str, Entry]:
    """By content: the line of the ledger for bytes that it has not seen."""
    new: dict[str, Entry] = {}
    for arrival in arrived:
        if arrival.sha256 not in known:
            received_on = declared_received_on.get(_folder(arrival.file)) or today.isoformat()
            new.setdefault(arrival.sha256, Entry(received_on, arrival.sha256, arrival.file, arrival.bytes))
    return new


def _originals(arrived: Sequence[_Arrival], entries: Mapping[str, Entry]) -> dict[str, str]:
    """By content: the file that counts. The one the ledger first saw while it is there, otherwise the first by path."""
    originals: dict[str, str] = {}
    for arrival in arrived:
        if arrival.file == entries[arrival.sha256].file:
            originals[arrival.sha256] = arrival.file
        else:
            originals.setdefault(arrival.sha256, arrival.file)
    return originals


def _receipt(arrival: _Arrival, archived: Path, entries: Mapping[str, Entry], originals: Mapping[str, str]) -> Receipt:
    return Receipt(
        arrival.file,
        arrival.sha256,
        entries[arrival.sha256].received_on,
        arrival.bytes,
        archived,
        duplicate=originals[arrival.sha256] != arrival.file,
    )


# --- the inbox --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A plain file in the inbox whose bytes were read."""

    file: str
    path: Path
    sha256: str
    bytes: int


def _look(inbox: Path) -> tuple[list[_Arrival], list[Finding]]:
    """Every submission in the inbox by path, and a finding for each that cannot be opened."""
    arrivals: list[_Arrival] = []
    findings: list[Finding] = []
    if inbox.is_symlink():
        return arrivals, [_unreadable("")]
    for path in sorted(_plain_files(inbox, findings), key=lambda path: path.relative_to(inbox).as_posix()):
        file = _shown(path.relative_to(inbox))
        try:
            with _open(path) as stream:
                sha256, size = _hash(stream)
        except OSError:
            findings.append(_unreadable(file))
            continue
        arrivals.append(_Arrival(file, path, sha256, size))
    return arrivals, findings


def _plain_files(inbox: Path, findings: list[Finding]) -> Iterator[Path]:
    """Plain files at any depth. Links are not followed, be they files or folders."""

    def refuse(problem: OSError) -> None:
        if isinstance(problem, FileNotFoundError):  # no inbox yet, or a folder that has just gone
            return
        findings.append(_unreadable(_shown(Path(os.fsdecode(problem.filename or "")).relative_to(inbox))))

    for folder, names, files in os.walk(inbox, onerror=refuse, followlinks=False):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            path = Path(folder, name)
            if _is_submission(path):
                yield path


def _is_submission(path: Path) -> bool:
    name = path.name
    if name.startswith((".", "~$")) or name.lower() in NOT_SUBMISSIONS:
        return False
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return False


def _open(path: Path) -> IO[bytes]:
    """Open a plain file; a link or a pipe put in its place since it was seen is refused and not waited for."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    stream = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise OSError(f"{path} is no longer a plain file")
    return stream


def _hash(stream: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _folder(file: str) -> str:
    folder = PurePosixPath(file).parent.as_posix()
    return "" if folder == "." else folder


def _shown(relative: Path) -> str:
    """The path as text that can be written down; bytes that are no text in any name become a replacement mark."""
    return relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unreadable(file: str) -> Finding:
    return error("file-unreadable", values={"file": file})


# --- the archive ------------------------------------------------------------------------------------------------


def _archived(archive: Path, arrival: _Arrival) -> Path | None:
    """The copy the archive holds, whatever name the bytes came under; None where there is none of the right size."""
    copies = (archive / arrival.sha256[:2]).glob(f"{arrival.sha256}*")
    return min((copy for copy in copies if copy.stat().st_size == arrival.bytes), default=None)


def _keep(archive: Path, arrival: _Arrival) -> Path | None:
    """Copy a file into the archive; None where its bytes are no longer those that were seen."""
    folder = archive / arrival.sha256[:2]
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{arrival.sha256}{_extension(arrival.file)}"
    part = folder / f".{arrival.sha256}.part"
    try:
        source = _open(arrival.path)
    except OSError:
        return None
    with source, part.open("wb") as target:
        while chunk := source.read(_CHUNK):
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    with part.open("rb") as copy:
        is_same = _hash(copy) == (arrival.sha256, arrival.bytes)
    if not is_same:
        part.unlink()
        return None
    part.replace(kept)
    _settle(folder)
    return kept


def _extension(file: str) -> str:
    suffix = PurePosixPath(file).suffix.lower()
    return suffix if suffix[1:].isascii() and suffix[1:].isalnum() and len(suffix) <= _EXTENSION_LENGTH else ""


def _settle(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# --- the ledger -------------------------------------------------------------------------------------------------


def _read_ledger(ledger: Path) -> dict[str, Entry]:
    """By content: its first line. A last line that was cut off in the middle counts as not written."""
    if not ledger.exists():
        return {}
    text = ledger.read_text(encoding="utf-8-sig")
    whole = text[: text.rfind("\n") + 1]
    entries: dict[str, Entry] = {}
    rows = csv.reader(StringIO(whole, newline=""), strict=True)
    try:
        for row in rows:
            if row and tuple(row) != COLUMNS:
                entry = _entry(row)
                entries.setdefault(entry.sha256, entry)
    except (csv.Error, ValueError) as problem:
        raise LedgerDamagedError(f"{ledger.name}, line {rows.line_num}: {problem}") from problem
    return entries


def _entry(row: list[str]) -> Entry:
    """One line of the ledger; ValueError, saying why, where it is none."""
    if len(row) != len(COLUMNS):
        raise ValueError(f"{len(row)} fields instead of {len(COLUMNS)}")
    received_on, sha256, file, size = row
    if not _SHA256.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is no sha256")
    return Entry(date.fromisoformat(received_on).isoformat(), sha256, file, int(size))


def _append(ledger: Path, entries: Collection[Entry]) -> None:
    """Add lines, and see them on the disk before anything is built on them."""
    if not entries:
        return
    ledger.parent.mkdir(parents=True, exist_ok=True)
    _drop_torn_line(ledger)
    with ledger.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if not stream.tell():
            writer.writerow(COLUMNS)
        writer.writerows((entry.received_on, entry.sha256, entry.file, entry.bytes) for entry in entries)
        stream.flush()
        os.fsync(stream.fileno())


def _drop_torn_line(ledger: Path) -> None:
    """Take away what a kill left of a line that was being written: it was never built on."""
    if not ledger.exists():
        return
    with ledger.open("rb+") as stream:
        content = stream.read()
        if content and not content.endswith(b"\n"):
            stream.truncate(content.rfind(b"\n") + 1)
