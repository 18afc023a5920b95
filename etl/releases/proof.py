"""Whether a site and an archive are what the log of releases says. In: folders. Out: what does not fit. No network.

    site      releases.jsonl (the chain) -> SHA256SUMS (its last line) -> every file under data/, and no other
    archive   log.jsonl (the chain) -> packs -> what they keep; ledger (only ever longer) -> every file by its name

A copy of the site proves itself; where both are there, the site must be one that the log knows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.layout import Layout
from etl.ledger import LedgerDamagedError, read_ledger
from etl.releases.book import Line, ReleasesDamagedError, parse
from etl.releases.inputs import get_inputs
from etl.releases.store import Store, pack_name, read_pack
from etl.releases.sums import SUMS, hash_of_data, hash_of_file, read_sums

_ARCHIVED = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,8})?")


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that is not as it should be."""

    kind: str
    """`chain`, `missing`, `altered`, `unlisted`, `data`, `version`, `pack`, `archive`, `ledger`, `unknown-site`,
    `older-site`."""
    what: str
    """A file, or a line of one."""


def prove_site(site: Path) -> Iterator[Misfit]:
    """What does not fit in a copy of the site, the chain first."""
    data = site / "data"
    lines, broken = _lines(data / "releases.jsonl", "data/releases.jsonl")
    yield from broken
    try:
        sums = read_sums((data / SUMS).read_text("utf-8"))
    except FileNotFoundError:
        yield Misfit("missing", f"data/{SUMS}")
        return
    except ValueError as problem:
        yield Misfit("altered", f"data/{problem}")
        return
    yield from _files(data, sums)
    if lines and lines[-1].data != hash_of_data(sums):
        yield Misfit("data", f"data/{SUMS}")
    yield from _versions(data, sums, lines)


def prove_archive(layout: Layout) -> Iterator[Misfit]:
    """What does not fit in the log, what is kept beside it, the ledger and the archive."""
    lines, broken = _lines(layout.releases / "log.jsonl", "datasets/releases/log.jsonl")
    yield from broken
    store = Store()
    for line in lines:
        try:
            store.kept.update(read_pack(layout.releases / pack_name(line.release), line.pack))
        except ReleasesDamagedError:
            yield Misfit("pack", f"datasets/releases/{pack_name(line.release)}")
    yield from _archived(layout)
    yield from _ledger(layout, lines, store)


def prove_both(layout: Layout, site: Path) -> Iterator[Misfit]:
    """Whether the site is one that the log knows: its own log is how that of the archive began, or all of it."""
    try:
        shown, written = (site / "data" / "releases.jsonl").read_bytes(), (layout.releases / "log.jsonl").read_bytes()
    except FileNotFoundError:
        return  # said where each is proved
    if not written.startswith(shown):
        yield Misfit("unknown-site", "data/releases.jsonl")
    elif shown != written:
        yield Misfit("older-site", f"data/releases.jsonl, line {len(shown.splitlines())}")


def _lines(log: Path, name: str) -> tuple[Sequence[Line], list[Misfit]]:
    try:
        content = log.read_bytes()
        if content and not content.endswith(b"\n"):
            return (), [Misfit("chain", f"{name}, line {len(content.splitlines())}")]
        return parse(content, name), []
    except FileNotFoundError:
        return (), [Misfit("missing", name)]
    except ReleasesDamagedError as problem:
        return (), [Misfit("chain", str(problem).partition(":")[0])]


def _files(data: Path, sums: dict[str, str]) -> Iterator[Misfit]:
    """Every file that is listed, and every one that is not."""
    there = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file() or path.is_symlink()}
    for path in sorted({*sums, *there} - {SUMS}):
        if path not in there:
            yield Misfit("missing", f"data/{path}")
        elif path not in sums:
            yield Misfit("unlisted", f"data/{path}")
        elif (data / path).is_symlink() or hash_of_file(data / path) != sums[path]:
            yield Misfit("altered", f"data/{path}")


def _versions(data: Path, sums: dict[str, str], lines: Sequence[Line]) -> Iterator[Misfit]:
    """Every CSV of a dataset, the present one and the earlier ones, is the one that its release names."""
    latest: dict[str, str] = {}
    for line in lines:
        for table_id, sha256 in line.datasets.items():
            latest[table_id] = sha256
            path = f"{table_id}/versions/{line.release}/{table_id}.csv"
            if path in sums and sums[path] != sha256:
                yield Misfit("version", f"data/{path}")
    for table_id, sha256 in sorted(latest.items()):
        path = f"{table_id}/{table_id}.csv"
        if sums.get(path, "") != sha256:
            yield Misfit("version", f"data/{path}")


def _archived(layout: Layout) -> Iterator[Misfit]:
    """Every file of the archive has the hash of its name, in the folder of its first digits."""
    for path in sorted(layout.archive.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        said = _ARCHIVED.fullmatch(path.name)
        is_sound = said is not None and path.parent.name == path.name[:2] and not path.is_symlink()
        if not is_sound or said is None or hash_of_file(path) != said[1]:
            yield Misfit("archive", f"datasets/archive/{path.relative_to(layout.archive).as_posix()}")


def _ledger(layout: Layout, lines: Sequence[Line], store: Store) -> Iterator[Misfit]:
    """The ledger is whole, every release saw how it began, and the archive has what it speaks of."""
    content = layout.ledger.read_bytes() if layout.ledger.exists() else b""
    for line in lines:
        if line.inputs not in store.kept:
            continue  # its pack was named
        inputs = get_inputs(line.inputs, store)
        if hashlib.sha256(content[: inputs.ledger_bytes]).hexdigest() != inputs.ledger_sha256:
            yield Misfit("ledger", f"datasets/ledger.csv, release {line.release}")
            return
    try:
        entries = read_ledger(layout)
    except LedgerDamagedError as problem:
        yield Misfit("ledger", f"datasets/{problem}")
        return
    for sha256, file in entries.items():
        if not any((layout.archive / sha256[:2]).glob(f"{sha256}*")):
            yield Misfit("archive", f"datasets/archive/{sha256[:2]}/{sha256} ({file})")
