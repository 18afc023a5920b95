"""`datasets/releases/log.jsonl`: one line for each publish that changed data, each naming the one before by its hash.

Lines are only ever added. They hold numbers, days and hashes, and no names: the log is published word for word, and
stays as it is whatever has to be withheld later. A line that was cut off while it was being written counts as not
written. Anything else that is not what this room writes is a ReleasesDamagedError: somebody has to look at it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from etl.disk import settle


class ReleasesDamagedError(ValueError):
    """The log, or what is kept beside it, is not what was written; the message names the first thing that is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """One release as the log has it, in this order."""

    release: int
    day: str
    """The day the data are of: the latest in the ledger, or SOURCE_DATE_EPOCH."""
    previous: str
    """Hash of the line before, without its line end; empty for the first."""
    data: str
    """Hash of everything under `data/`: see `etl.releases.sums`."""
    program: str
    """Version."""
    schemas: str
    """Hash of the declarations of the program."""
    inputs: str
    """Hash of the list of everything it was made from."""
    state: str
    """Hash of the list of everything that stood."""
    pack: str
    """Hash of what is kept of this release beside the log."""
    changes: str
    """Hash of the list of what changed."""
    counts: Mapping[str, int]
    datasets: Mapping[str, str]
    """By dataset that changed: hash of its CSV; empty where it is no longer there."""

    @property
    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @property
    def sha256(self) -> str:
        return hash_of(self.text)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_lines(log: Path) -> tuple[Line, ...]:
    """Every release, first to last; none where there is no log."""
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return ()
    return parse(content[: content.rfind(b"\n") + 1], log.name)


def parse(content: bytes, name: str) -> tuple[Line, ...]:
    """Whole lines in their order, each fitting the one before; ReleasesDamagedError, saying which does not."""
    lines: list[Line] = []
    for number, text in enumerate(content.decode("utf-8", "replace").split("\n")[:-1], start=1):
        line = _line(text)
        before = lines[-1].sha256 if lines else ""
        if line is None or line.text != text:
            raise ReleasesDamagedError(f"{name}, line {number}: not a line of this log")
        if line.release != number or line.previous != before:
            raise ReleasesDamagedError(f"{name}, line {number}: does not follow the line before")
        lines.append(line)
    return tuple(lines)


def append(log: Path, lines: Sequence[Line], new: Line) -> None:
    """Add a line after those that are known, and see it on the disk."""
    length = sum(len(line.text.encode()) + 1 for line in lines)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as stream:
        stream.truncate(length)  # what is left of a line that was being written when the power went
        stream.write(f"{new.text}\n".encode())
        stream.flush()
        os.fsync(stream.fileno())
    settle([log.parent])


def _line(text: str) -> Line | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or set(said) != {field.name for field in fields(Line)}:
        return None
    texts = [said[field.name] for field in fields(Line) if field.name not in ("release", "counts", "datasets")]
    is_sound = (
        type(said["release"]) is int
        and all(isinstance(each, str) for each in texts)
        and isinstance(said["counts"], dict)
        and isinstance(said["datasets"], dict)
    )
    return Line(**said) if is_sound else None
