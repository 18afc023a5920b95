"""One run at a time in a jurisdiction folder, and who is at work there.

In comes the layout and the moment; the hold ends with the process, however that ends: those that it started do not
inherit it. `build/lock` says who holds it, in one line of JSON; without a hold what stands in it means nothing.

    {"pid": 4711, "host": "finance-1", "since": "2026-11-23T09:15:04+08:00", "command": "mingzhang publish"}
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from etl.layout import Layout

_HELD: set[int] = set()
"""Descriptors of this process that hold a folder."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is at work; everything empty where that was not yet written down."""

    pid: int = 0
    host: str = ""
    since: str = ""
    command: str = ""


class AnotherRunError(Exception):
    """Somebody is at work in the same folder at this moment."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def alone(layout: Layout, since: str, name: str = "lock") -> Iterator[None]:
    """Hold a jurisdiction folder for one run; AnotherRunError where somebody else does. Another name, another hold."""
    layout.build.mkdir(parents=True, exist_ok=True)
    descriptor = _take(layout.build / name)
    _HELD.add(descriptor)
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, (json.dumps(asdict(_myself(since)), ensure_ascii=False) + "\n").encode(), 0)
        yield
    finally:
        _HELD.discard(descriptor)
        os.close(descriptor)


def _take(lock: Path) -> int:
    """A descriptor that holds the lock: of the file that has the name now, whatever was deleted meanwhile."""
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(lock, descriptor):
                return descriptor
        except BlockingIOError as problem:
            holder = _read(descriptor)
            os.close(descriptor)
            raise AnotherRunError(holder) from problem
        os.close(descriptor)


def _is_at(lock: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(lock.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _read(descriptor: int) -> Holder:
    """What the holder wrote, as far as it can be understood."""
    try:
        said = json.loads(os.pread(descriptor, 1 << 16, 0))
        return Holder(int(said["pid"]), str(said["host"]), str(said["since"]), str(said["command"]))
    except (ValueError, KeyError, TypeError):
        return Holder()


def _myself(since: str) -> Holder:
    program, *arguments = sys.argv
    return Holder(os.getpid(), socket.gethostname(), since, " ".join([Path(program).name, *arguments]))


def _let_go() -> None:
    """In a process that was just started: a hold that it shared would outlive the run it belongs to."""
    for descriptor in _HELD:
        os.close(descriptor)
    _HELD.clear()


os.register_at_fork(after_in_child=_let_go)
