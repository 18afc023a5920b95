"""Everything a release is made from, so that it can be made again: which files, which declarations, how far the ledger.

    inputs   {"inbox": {file: sha256}, "declared": {path under datasets/: hash}, "ledger": {"bytes", "sha256"}}

Files of the inbox are in the archive; declarations are kept beside the log. Links are not followed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from etl.layout import Layout
from etl.releases.store import Store
from etl.table import Receipt

BESIDE_FILES = frozenset({"submission.yml", "nil.yml"})
"""Declarations that lie in the inbox beside what they speak of."""
LARGEST = 16 * 1024 * 1024
"""Bytes of a file under `datasets/` that can be a declaration; a larger one was put there by chance."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a release was made from."""

    inbox: Mapping[str, str]
    """By file as it is shown, relative to the inbox: hash of its bytes."""
    declared: Mapping[str, str]
    """By path relative to `datasets/`: hash of the text."""
    ledger_bytes: int
    ledger_sha256: str


def take_inputs(layout: Layout, receipts: Iterable[Receipt], store: Store) -> str:
    """Keep what this publish is made from; the hash under which it is kept."""
    ledger = layout.ledger.read_bytes() if layout.ledger.exists() else b""
    inputs = Inputs(
        {receipt.file: receipt.sha256 for receipt in sorted(receipts, key=lambda one: one.file)},
        {path.relative_to(layout.datasets).as_posix(): store.put(path.read_bytes()) for path in _declarations(layout)},
        len(ledger),
        hashlib.sha256(ledger).hexdigest(),
    )
    return store.put_json(asdict(inputs))


def get_inputs(sha256: str, store: Store) -> Inputs:
    said: Any = store.get_json(sha256)
    return Inputs(**said)


def _declarations(layout: Layout) -> Iterator[Path]:
    apart = {layout.inbox, layout.archive, layout.releases}
    for folder, names, files in os.walk(layout.datasets, followlinks=False):
        here = Path(folder)
        names[:] = sorted(name for name in names if here / name not in apart and not name.startswith("."))
        yield from (here / name for name in sorted(files) if _is_kept(here / name, layout))
    for folder, names, files in os.walk(layout.inbox, followlinks=False):
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from (
            Path(folder, name)
            for name in sorted(files)
            if name in BESIDE_FILES and _is_kept(Path(folder, name), layout)
        )


def _is_kept(path: Path, layout: Layout) -> bool:
    if path == layout.ledger or path.is_symlink() or not path.is_file():
        return False
    return not path.name.startswith((".", "~$")) and path.stat().st_size <= LARGEST
