"""A release made again: a folder as it was then. In: the log, what is kept, the archive. Out: such a folder.

The folder holds the files under the names they had, the declarations as they stood, the ledger as far as it went and
the log up to the release before; a publish there comes to the same line. Nothing outside of the folder is changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl import __version__
from etl.layout import Layout
from etl.releases.book import Line, ReleasesDamagedError, append, read_lines
from etl.releases.inputs import Inputs, get_inputs
from etl.releases.store import pack_name, read_store
from etl.releases.sums import hash_of_file, hash_of_folder


class NoSuchReleaseError(LookupError):
    """The log has no release of that number."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A release that is to be made again."""

    line: Line
    differs: tuple[str, ...]
    """What is not as it was: `program`, `schemas`. Then the same bytes cannot be promised."""


def find(layout: Layout, number: int) -> Wanted:
    """The release of a number; NoSuchReleaseError where there is none."""
    line = next((each for each in read_lines(layout.releases / "log.jsonl") if each.release == number), None)
    if line is None:
        raise NoSuchReleaseError(number)
    is_now = {"program": __version__, "schemas": hash_of_folder(layout.schemas)}
    was = {"program": line.program, "schemas": line.schemas}
    return Wanted(line, tuple(key for key in was if was[key] != is_now[key]))


def lay_out(layout: Layout, line: Line, folder: Path) -> Layout:
    """Make the folder; ReleasesDamagedError, naming it, where something that is needed is not kept."""
    again = Layout(folder)
    lines = read_lines(layout.releases / "log.jsonl")[: line.release]
    store = read_store(layout.releases, lines)
    inputs = get_inputs(line.inputs, store)
    for name, sha256 in inputs.declared.items():
        _write(_below(again.datasets, name), store.get(sha256))
    for file, sha256 in inputs.inbox.items():
        _copy(_archived(layout, sha256), _below(again.inbox, file))
    _ledger(layout, inputs, again)
    _log(layout, lines[:-1], again)
    if layout.schemas == layout.root / "schemas":
        shutil.copytree(layout.schemas, folder / "schemas")
    return again


def _ledger(layout: Layout, inputs: Inputs, again: Layout) -> None:
    """The ledger as far as it went, and copies of what it speaks of."""
    content = layout.ledger.read_bytes()[: inputs.ledger_bytes] if layout.ledger.exists() else b""
    if hashlib.sha256(content).hexdigest() != inputs.ledger_sha256:
        raise ReleasesDamagedError("ledger.csv: not as the release found it")
    if content:
        _write(again.ledger, content)
    for path in sorted(layout.archive.glob("*/*")):
        if path.is_file() and path.name[:64].encode() in content:
            _link(path, again.archive / path.parent.name / path.name)


def _log(layout: Layout, lines: Sequence[Line], again: Layout) -> None:
    for index, line in enumerate(lines):
        append(again.releases / "log.jsonl", lines[:index], line)
        _copy(layout.releases / pack_name(line.release), again.releases / pack_name(line.release))


def _archived(layout: Layout, sha256: str) -> Path:
    for path in sorted((layout.archive / sha256[:2]).glob(f"{sha256}*")):
        if path.is_file() and not path.is_symlink() and hash_of_file(path) == sha256:
            return path
    raise ReleasesDamagedError(f"archive/{sha256[:2]}/{sha256}: missing or damaged")


def _below(folder: Path, name: str) -> Path:
    """A path inside a folder; a name that leads out of it was not written by this program."""
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise ReleasesDamagedError(f"releases: {name} leads out of its folder")
    return folder / name


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    """A second name for the same bytes, where the file system allows; the archive is never written to."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
