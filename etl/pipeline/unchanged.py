"""Whether there is anything to do: a publish of which nothing changed is told by what it was made from.

In come the layout and what was received; out comes the hash of everything a publish reads, and what the last one came
to, where it was made from the same and stands untouched: every file below `site/`, `review/` and the log of releases
with the size and the moment of change it had when they took their places.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.layout import PROGRAM, Layout
from etl.pipeline.clock import fixed_day, today
from etl.pipeline.kept import Kept, files_in, hash_of_files
from etl.pipeline.stock import Arrived
from etl.spec.declared import NAME as DECLARED
from etl.spec.nil import NAME as NIL

WATCHED = "watch"
"""Folder of `review/` that is not of the publish: reports on what came in since."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last publish came to."""

    site: str
    """Hash of the names, sizes and moments of everything below; so are the next two."""
    review: str
    releases: str
    fates: Mapping[str, int]


def read_by_publish(layout: Layout) -> str:
    """Hash of everything that a publish reads, but for the files of the inbox, the ledger and what it logs itself."""
    own = (layout.inbox, layout.archive, layout.releases, layout.ledger)
    declared = (
        path for path in files_in(layout.datasets) if not any(path == each or each in path.parents for each in own)
    )
    beside = (path for path in files_in(layout.inbox) if path.name in (DECLARED, NIL))
    shipped = (*files_in(layout.docs), PROGRAM / "mkdocs.yml")
    return hash_of_files((*files_in(layout.schemas), *declared, *beside, *shipped), layout)


def key_of(kept: Kept, read: str, arrived: Arrived) -> str:
    """The name under which a publish of this is remembered."""
    receipts = [(one.file, one.sha256, one.received_on, one.duplicate) for one in (*arrived.gone, *arrived.receipts)]
    found = [*arrived.about_files, *arrived.about_declared, *arrived.about_nil]
    day = fixed_day() or ("" if receipts else today())
    return kept.key("publish", read, receipts, found, day)


def last(kept: Kept, key: str, layout: Layout) -> Standing | None:
    """What the last publish came to, where it was made from the same and stands untouched."""
    found = kept.get(key)
    if found is None:
        return None
    standing = Standing(**json.loads(found))
    return standing if standing == _standing(layout, standing.fates) else None


def remember(kept: Kept, key: str, layout: Layout, fates: Mapping[str, int]) -> None:
    """Keep what this publish came to, now that it stands."""
    kept.put(key, json.dumps(asdict(_standing(layout, fates))).encode())


def _standing(layout: Layout, fates: Mapping[str, int]) -> Standing:
    site, review, log = _state(layout.site), _state(layout.review), _state(layout.releases)
    return Standing(site, review, log, dict(fates))


def _state(folder: Path) -> str:
    """Hash of what lies below a folder, by name, size and last change; nothing is read."""
    digest = hashlib.sha256()
    for name, size, changed in sorted(_below(str(folder), "")):
        digest.update(json.dumps([name, size, changed]).encode())
    return digest.hexdigest()


def _below(folder: str, name: str) -> Iterator[tuple[str, int, int]]:
    if not os.path.isdir(folder):  # noqa: PTH112 - a path a file, for tens of thousands of them
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if name or entry.name != WATCHED:
                    yield from _below(entry.path, f"{name}{entry.name}/")
            else:
                found = entry.stat(follow_symlinks=False)
                yield f"{name}{entry.name}", found.st_size, found.st_mtime_ns
