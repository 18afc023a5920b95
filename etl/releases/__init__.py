"""Releases: each publish that changes data is written down, so that anybody can see what changed, and prove it.

    data/, what stands, inputs -> prepare -> History (for the pages), a line and a pack (for the log)
    right before the swap      -> record

Reads what the other rooms made and what is kept under `datasets/releases/`; decides nothing about figures. `prepare`
writes nothing but the earlier versions under `data/`; `record` adds the line, after the pack that it names. A kill in
between leaves a pack without a line, which the next run writes again; a kill after it leaves a line whose site is not
yet there, and the next run, which comes to the same data, makes that site and adds no second line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import __version__
from etl.history import KINDS, DocumentChange, History, Version
from etl.layout import Layout
from etl.releases.book import Line, ReleasesDamagedError, append, read_lines
from etl.releases.compare import Files, compare
from etl.releases.inputs import take_inputs
from etl.releases.past import past, put_changes
from etl.releases.state import EMPTY, State, Stood, get_state, put_state, take_state
from etl.releases.store import Store, pack_name, read_store, write_pack
from etl.releases.sums import SUMS, hash_of_data, hash_of_folder, read_sums
from etl.table import Receipt

__all__ = ["LOG", "Files", "Prepared", "ReleasesDamagedError", "Stood", "Take", "prepare", "record"]

LOG = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Take:
    """What a publish has come to, before anybody sees it."""

    day: str
    data: Path
    """Its `data/`, with its SHA256SUMS."""
    stood: Stood
    files: Files
    received: Sequence[Receipt]
    """What lay in the inbox."""
    named: Collection[str]
    """Bodies that may be named."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `record` is to write, and what the pages show."""

    history: History
    versions: tuple[Version, ...] = ()
    lines: tuple[Line, ...] = ()
    """Those that are written down."""
    line: Line | None = None
    """The new one; None where nothing under `data/` changed."""
    pack: bytes = b""


def prepare(layout: Layout, take: Take) -> Prepared:
    """Work out whether this publish is a release, and what changed; lay out the earlier versions under `data/`."""
    lines = read_lines(layout.releases / LOG)
    store = read_store(layout.releases, lines)
    data = hash_of_data(read_sums((take.data / SUMS).read_text("utf-8")))
    line = None if lines and lines[-1].data == data else _new_line(layout, take, lines, data, store)
    told = past((*lines, line) if line else lines, store, take.files, take.named)
    history = told.history()
    told.lay_out(history.versions, take.data)
    return Prepared(history, history.versions, lines, line, store.pack if line else b"")


def record(layout: Layout, prepared: Prepared) -> None:
    """Write the release down, if there is one: what it keeps, and then its line."""
    if prepared.line is not None:
        write_pack(layout.releases / pack_name(prepared.line.release), prepared.pack)
        append(layout.releases / LOG, prepared.lines, prepared.line)


def _new_line(layout: Layout, take: Take, lines: Sequence[Line], data: str, store: Store) -> Line:
    before = get_state(lines[-1].state, store) if lines else EMPTY
    now = take_state(take.stood, store)
    changes = tuple(compare(len(lines) + 1, take.day, (before, now), take.files, store))
    kept = {
        "inputs": take_inputs(layout, take.received, store),
        "state": put_state(now, store),
        "changes": put_changes(changes, store),
    }
    return Line(
        release=len(lines) + 1,
        day=take.day,
        previous=lines[-1].sha256 if lines else "",
        data=data,
        program=__version__,
        schemas=hash_of_folder(layout.schemas),
        pack=store.pack_sha256,
        counts=_counts(changes),
        datasets=_changed(before, now),
        **kept,
    )


def _counts(changes: Sequence[DocumentChange]) -> dict[str, int]:
    kinds = Counter(change.kind for change in changes)
    return {**{kind: kinds[kind] for kind in KINDS}, "figures": sum(len(change.figures) for change in changes)}


def _changed(before: State, now: State) -> dict[str, str]:
    """By dataset whose CSV is another: its hash; empty where there is none any more."""
    was = {table_id: one.sha256 for table_id, one in before.datasets.items()}
    is_now = {table_id: one.sha256 for table_id, one in now.datasets.items()}
    return {
        table_id: is_now.get(table_id, "")
        for table_id in sorted({*was, *is_now})
        if was.get(table_id) != is_now.get(table_id)
    }
