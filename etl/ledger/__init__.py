"""What arrived and when, and the archive in which every file ever received is kept byte for byte.

    look (one snapshot) -> hash -> look again -> archive -> ledger line -> Receipt

In comes the layout of a jurisdiction and the day; out come a Receipt for every file in the inbox, in the order of
their paths, and findings for what could not be taken in. Decides nothing about what a file is: whatever is a plain
file in the inbox is a submission. Reads the inbox and never changes it; nobody else writes to ledger and archive.
What goes wrong with one file of the inbox is a finding; a full or read-only disk on our own side is an OSError.

`ledger.csv` is append-only: one line for each content, written once when its bytes were first seen and only after the
archive holds them. A kill in between leaves a copy without a line, never the reverse. A file that leaves the inbox
keeps its line and its copy: whether it still counts is for others to say, who ask for what has `left`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from etl.finding import Finding, error, warning
from etl.layout import Layout
from etl.ledger.archive import Archive
from etl.ledger.book import Entry, LedgerDamagedError, append, read_book
from etl.ledger.inbox import Arrival, arrive, look, told
from etl.table import Receipt

__all__ = ["LedgerDamagedError", "left", "read_ledger", "receive"]

_NO_DAYS: Mapping[str, str] = MappingProxyType({})


def receive(
    layout: Layout, today: date, declared_received_on: Mapping[str, str] = _NO_DAYS
) -> tuple[tuple[Receipt, ...], list[Finding]]:
    """Take in everything that lies in the inbox.

    `declared_received_on` gives, by folder relative to the inbox (`""` for the inbox itself), the day that a
    `submission.yml` there states. It counts for bytes not seen before; what the ledger says stands.
    """
    archive = Archive(layout.archive)
    book = read_book(layout.ledger, archive.holds)
    known = book.entries
    seen, about_folders = look(layout.inbox)
    arrivals, about_files = arrive(seen)
    archive.tidy()
    copies, about_copies = _archive(archive, arrivals, known)
    arrived = [arrival for arrival in arrivals if arrival.sha256 in copies]
    new = _new_entries(arrived, known, today, declared_received_on)
    append(layout.ledger, book, new.values())
    entries = {**new, **known}
    originals = _originals(arrived, entries)
    receipts = tuple(_receipt(arrival, copies[arrival.sha256], entries, originals) for arrival in arrived)
    lost = _lost(archive, known, copies)
    return receipts, [*about_folders, *about_files, *about_copies, *lost]


def read_ledger(layout: Layout) -> Mapping[str, str]:
    """By content, in the order in which it came: the name it came under. LedgerDamagedError where it is no ledger."""
    archive = Archive(layout.archive)
    return {sha256: entry.file for sha256, entry in read_book(layout.ledger, archive.holds).entries.items()}


def left(layout: Layout, receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """What was received once and is no longer in the inbox, in the order of the ledger, as far as its copy is sound."""
    archive = Archive(layout.archive)
    here = {receipt.sha256 for receipt in receipts}
    gone = [entry for sha256, entry in read_book(layout.ledger, archive.holds).entries.items() if sha256 not in here]
    copies = {entry.sha256: archive.find(entry.sha256)[0] for entry in gone}
    return tuple(
        Receipt(entry.file, entry.sha256, entry.received_on, entry.bytes, copy)
        for entry in gone
        if (copy := copies[entry.sha256]) is not None
    )


def _archive(
    archive: Archive, arrivals: Sequence[Arrival], known: Mapping[str, Entry]
) -> tuple[dict[str, Path], list[Finding]]:
    """By content: the copy that the archive holds, made now where there is no sound one.

    On the disk is what was made now, and what a killed run made that did not come to its line.
    """
    copies: dict[str, Path] = {}
    new: list[Path] = []
    findings: list[Finding] = []
    for arrival in arrivals:
        if arrival.sha256 in copies:
            continue
        found, was_damaged = archive.find(arrival.sha256)
        copy = found or archive.keep(arrival)
        if copy is None:
            findings.append(told("changing", arrival.file))
            continue
        copies[arrival.sha256] = copy
        if found is None or arrival.sha256 not in known:
            new.append(copy)
        if was_damaged:
            findings.append(warning("archive-damaged", actual=arrival.file, values={"file": arrival.file}))
    archive.settle(new)
    return copies, findings


def _lost(archive: Archive, known: Mapping[str, Entry], copies: Mapping[str, Path]) -> list[Finding]:
    """What was received once, has left the inbox, and is not sound in the archive either."""
    return [
        error("archive-damaged", actual=entry.file, values={"file": entry.file, "situation": "lost"})
        for sha256, entry in known.items()
        if sha256 not in copies and archive.find(sha256)[0] is None
    ]


def _new_entries(
    arrived: Sequence[Arrival], known: Mapping[str, Entry], today: date, declared_received_on: Mapping[str, str]
) -> dict[str, Entry]:
    """By content: the line of the ledger for bytes that it has not seen."""
    new: dict[str, Entry] = {}
    for arrival in arrived:
        if arrival.sha256 not in known:
            received_on = declared_received_on.get(_folder(arrival.file)) or today.isoformat()
            new.setdefault(arrival.sha256, Entry(received_on, arrival.sha256, arrival.file, arrival.bytes))
    return new


def _originals(arrived: Sequence[Arrival], entries: Mapping[str, Entry]) -> dict[str, Path]:
    """By content: the file that counts. The one the ledger first saw while it is there, otherwise the first by path.

    Told by path and not by name: two names that are no text may be shown alike.
    """
    originals: dict[str, Path] = {}
    named: dict[str, Path] = {}
    for arrival in arrived:
        originals.setdefault(arrival.sha256, arrival.path)
        if arrival.file == entries[arrival.sha256].file:
            named.setdefault(arrival.sha256, arrival.path)
    return originals | named


def _receipt(arrival: Arrival, archived: Path, entries: Mapping[str, Entry], originals: Mapping[str, Path]) -> Receipt:
    return Receipt(
        arrival.file,
        arrival.sha256,
        entries[arrival.sha256].received_on,
        arrival.bytes,
        archived,
        duplicate=originals[arrival.sha256] != arrival.path,
    )


def _folder(file: str) -> str:
    folder = PurePosixPath(file).parent.as_posix()
    return "" if folder == "." else folder
