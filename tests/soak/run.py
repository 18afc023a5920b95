"""One publish in a process of its own, which may end in the middle: `python -m tests.soak.run ROOT [options]`.

Counts every moment at which Python is about to touch the file system: `--kill-at N` ends the process at the Nth as a
power cut would, `--full-at N` has no room on the disk from the Nth on, and `--events FILE` writes down how many there
were. `--calls FILE` writes down what is done to names and to disks, in order. MkDocs and Great Expectations are left
out: they write into the folder of the run alone, and take nine tenths of the time.
"""

from __future__ import annotations

import argparse
import errno
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from etl import pipeline
from etl.layout import Layout
from etl.publish.publication import Publication

TOUCHING = ("open", "os.", "shutil.", "ctypes.", "tempfile.", "fcntl.")
"""How the names of such moments begin (audit events of Python)."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def count(kill_at: int, full_at: int) -> list[int]:
    """The number of moments so far, counted from now on."""
    seen = [0]
    own = os.getpid()

    def look(event: str, arguments: Any) -> None:
        if event.startswith(TOUCHING) and os.getpid() == own:
            seen[0] += 1
            if seen[0] == kill_at:
                os.kill(own, signal.SIGKILL)
            if full_at and seen[0] >= full_at and wants_room(event, arguments):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(look)
    return seen


def wants_room(event: str, arguments: Any) -> bool:
    """Whether a moment needs room on the disk."""
    return event == "os.mkdir" or (event == "open" and bool(arguments[2] & WRITING))


def leave_out_libraries() -> None:
    from etl.pipeline import build

    def lay(publication: Publication, place: Path, site: Path) -> None:
        shutil.copytree(place / "docs" / "zh", site, dirs_exist_ok=True)
        shutil.copytree(place / "docs" / "en", site / "en", dirs_exist_ok=True)

    build.build_site = lay
    build.expect = lambda warehouse, suites: ((), {})
    build._look_at_links = lambda seen: None


class Calls:
    """What is done to names and to disks, one call a line: `fsync archive/ab`, `rename archive/ab/.x archive/ab/x`."""

    def __init__(self, root: Path, file: Path) -> None:
        self.root = root
        self.stream = file.open("w", encoding="utf-8")
        self.own = os.getpid()

    def note(self, *words: object) -> None:
        if os.getpid() == self.own:
            self.stream.write(" ".join(os.fsdecode(word) for word in words).replace(f"{self.root}/", "") + "\n")  # type: ignore[arg-type]
            self.stream.flush()

    def listen(self) -> None:
        """From now on."""
        from etl.publish import swap

        really = os.fsync

        def fsync(descriptor: int) -> None:
            self.note("fsync", path_of(descriptor))
            really(descriptor)

        os.fsync = fsync  # type: ignore[assignment]
        swap.keep = self._noted("syncfs", swap.keep)
        swap.exchange = self._noted("exchange", swap.exchange)
        sys.addaudithook(self._hear)

    def _noted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*paths: Path) -> Any:
            self.note(name, *paths)
            return call(*paths)

        return noted

    def _hear(self, event: str, arguments: Any) -> None:
        if event == "os.rename":
            self.note("rename", arguments[0], arguments[1])
        elif event == "shutil.rmtree":
            self.note("rmtree", arguments[0])


def path_of(descriptor: int) -> str:
    """The name under which a descriptor was opened."""
    if Path("/proc/self/fd").exists():
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - no path: what the system says of it
    import fcntl

    return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, b"\0" * 1024).rstrip(b"\0"))  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--kill-at", type=int, default=0)
    parser.add_argument("--full-at", type=int, default=0)
    parser.add_argument("--events", type=Path)
    parser.add_argument("--calls", type=Path)
    parser.add_argument("--largest", type=int, help="bytes of a file, beyond which the disk is full")
    options = parser.parse_args()
    leave_out_libraries()
    if options.largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (options.largest, options.largest))
    if options.calls:
        Calls(options.root, options.calls).listen()
    seen = count(options.kill_at, options.full_at)
    try:
        published = pipeline.publish(Layout(options.root), pipeline.Work(jobs=1))
    except pipeline.CouldNotPublishError as problem:
        sys.exit(f"3: {problem.trouble}: {problem}")
    if options.events and published.is_new:
        options.events.write_text(str(seen[0]), "utf-8")


if __name__ == "__main__":
    main()
