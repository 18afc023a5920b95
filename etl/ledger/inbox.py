"""What lies in the inbox at one moment. Reads it and never changes it.

In comes the folder; out come its plain files by path with the bytes they have, and findings for those that cannot be
taken in now: no permission, gone, or still being written. The listing is one snapshot: what lands later is for the
next run. A file counts as still being written where it is not the same at the listing, while it is read, and at a
second look after all files have been read; half a file must not be kept under a day of receipt.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from etl.finding import Finding, error, warning

NOT_SUBMISSIONS = frozenset({"submission.yml", "nil.yml", "thumbs.db", "desktop.ini"})
"""What lies beside submissions: declarations of ours, and what Windows leaves in folders it has shown."""

IN_USE = (".", "~$")
"""How names begin that are not a submission: hidden files, lock files of LibreOffice (`.~lock.`) and of Office."""

CHUNK = 1 << 20

# Absent on Windows, where there are no pipes to wait for.
_PLAINLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)

State = tuple[int, int, int, int]
"""Device, inode, size and last change: a file in which one of them differs is not the one that was seen."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A plain file at the moment of the listing."""

    file: str
    """Relative to the inbox, as text that can be written down."""
    path: Path
    state: State


@dataclass(frozen=True, slots=True)
class Arrival:
    """A plain file in the inbox whose bytes were read, and that stayed the same meanwhile."""

    file: str
    path: Path
    sha256: str
    bytes: int


def look(inbox: Path) -> tuple[list[Seen], list[Finding]]:
    """Every submission in the inbox by path, and a finding for each folder or file that cannot be looked at."""
    if inbox.is_symlink():
        return [], [told("refused", "")]
    findings: list[Finding] = []
    seen = sorted(_plain_files(inbox, findings), key=lambda one: one.path.relative_to(inbox).as_posix())
    return seen, sorted(findings, key=lambda finding: finding.actual)


def arrive(seen: Sequence[Seen]) -> tuple[list[Arrival], list[Finding]]:
    """Read every file that was seen; a finding in place of each that is not there whole."""
    read = [(one, _read(one)) for one in seen]
    arrivals: list[Arrival] = []
    findings: list[Finding] = []
    for one, result in read:
        problem = _look_again(one) if isinstance(result, Arrival) else result
        if problem is not None:
            findings.append(problem)
        elif isinstance(result, Arrival):
            arrivals.append(result)
    return arrivals, findings


def open_plain(path: Path) -> IO[bytes]:
    """Open a plain file; a link or a pipe put in its place since it was seen is refused and not waited for."""
    descriptor = os.open(path, os.O_RDONLY | _PLAINLY | _BINARY)
    stream = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise OSError(f"{path} is no longer a plain file")
    return stream


def told(situation: str, file: str) -> Finding:
    """The finding for a file that was not taken in. One that will be taken in by itself is no error."""
    severity = error if situation == "refused" else warning
    return severity("file-unreadable", actual=file, values={"file": file, "situation": situation})


def _plain_files(inbox: Path, findings: list[Finding]) -> Iterator[Seen]:
    """Plain files at any depth. Links are not followed, be they files or folders."""

    def refuse(problem: OSError) -> None:
        folder = Path(os.fsdecode(problem.filename or inbox))
        if folder != inbox or not isinstance(problem, FileNotFoundError):  # no inbox yet is nothing to tell
            findings.append(_problem(problem, _shown(folder.relative_to(inbox))))

    for folder, names, files in os.walk(inbox, onerror=refuse, followlinks=False):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            if name.startswith(IN_USE) or name.lower() in NOT_SUBMISSIONS:
                continue
            path = Path(folder, name)
            file = _shown(path.relative_to(inbox))
            try:
                found = path.lstat()
            except OSError as problem:
                findings.append(_problem(problem, file))
                continue
            if stat.S_ISREG(found.st_mode):
                yield Seen(file, path, _state(found))


def _read(one: Seen) -> Arrival | Finding:
    try:
        with open_plain(one.path) as stream:
            before = _state(os.fstat(stream.fileno()))
            sha256, size = hash_of(stream)
            after = _state(os.fstat(stream.fileno()))
    except OSError as problem:
        return _problem(problem, one.file)
    if not one.state == before == after or size != one.state[2]:
        return told("changing", one.file)
    return Arrival(one.file, one.path, sha256, size)


def _look_again(one: Seen) -> Finding | None:
    """Whether a file is still the one that was listed, after all of them have been read."""
    try:
        return None if _state(one.path.lstat()) == one.state else told("changing", one.file)
    except OSError as problem:
        return _problem(problem, one.file)


def _problem(problem: OSError, file: str) -> Finding:
    return told("gone" if isinstance(problem, FileNotFoundError) else "refused", file)


def _state(found: os.stat_result) -> State:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def hash_of(stream: IO[bytes]) -> tuple[str, int]:
    """Sha256 and number of the bytes from here to the end."""
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _shown(relative: Path) -> str:
    """The path as text that can be written down; bytes that are no text in any name become a replacement mark."""
    return relative.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
