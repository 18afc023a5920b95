"""One publish in a process of its own, which may end in the middle: `python -m tests.soak.run ROOT [options]`.

Counts every moment at which Python is about to touch the file system: `--kill-at N` ends the process at the Nth as a
power cut would, `--full-at N` has no room on the disk from the Nth on (`swapped`: from when the new site stands), and
`--events FILE` writes down how many there were. `--calls FILE` writes down what is done to names and to disks, in order. The pages (a few stand for them), MkDocs
and Great Expectations are left out: they write into the folder of the run alone, and take nine tenths of the time.
"""

from __future__ import annotations

import argparse
import errno
import math
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl import pipeline
from etl.layout import Layout
from etl.publish.places import LANGUAGES
from etl.publish.publication import Publication

TOUCHING = ("open", "os.", "shutil.", "ctypes.", "tempfile.", "fcntl.")
"""How the names of such moments begin (audit events of Python)."""
PAGES = 30
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(slots=True)
class Count:
    """The number of moments so far, and what is to happen at which."""

    kill_at: int
    full_at: float
    seen: int = 0
    own: int = field(default_factory=os.getpid)

    def begin(self) -> None:
        """From now on."""
        sys.addaudithook(self._hear)

    def fill_when_swapped(self) -> None:
        """No room any more once the new site stands."""
        really = pipeline.swap

        def swap(built: Mapping[Path, Path]) -> None:
            really(built)
            self.full_at = self.seen

        pipeline.swap = swap

    def _hear(self, event: str, arguments: Any) -> None:
        if event.startswith(TOUCHING) and os.getpid() == self.own:
            self.seen += 1
            if self.seen == self.kill_at:
                os.kill(self.own, signal.SIGKILL)
            if self.seen >= self.full_at and wants_room(event, arguments):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def wants_room(event: str, arguments: Any) -> bool:
    """Whether a moment needs room on the disk."""
    return event == "os.mkdir" or (event == "open" and bool(arguments[2] & WRITING))


def leave_out_libraries() -> None:
    from etl.pipeline import build

    def assemble(publication: Publication, place: Path, abreast: object) -> None:
        said = f"{publication.built_on}, {[one.submission_id for one in publication.submissions]}"
        for lang in LANGUAGES:
            for number in range(PAGES):
                page = place / "docs" / lang / str(number) / "index.html"
                page.parent.mkdir(parents=True)
                page.write_text(said, "utf-8")

    def lay(publication: Publication, place: Path, site: Path, abreast: object) -> None:
        shutil.copytree(place / "docs" / "zh", site, dirs_exist_ok=True)
        shutil.copytree(place / "docs" / "en", site / "en", dirs_exist_ok=True)

    build.assemble = assemble
    build.build_site = lay
    build.expect = lambda suites: ((), {})
    build._refuse_broken = lambda found: None


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
    parser.add_argument("--full-at", default="inf")
    parser.add_argument("--events", type=Path)
    parser.add_argument("--calls", type=Path)
    parser.add_argument("--largest", type=int, help="bytes of a file, beyond which the disk is full")
    options = parser.parse_args()
    leave_out_libraries()
    if options.largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (options.largest, options.largest))
    if options.calls:
        Calls(options.root, options.calls).listen()
    is_late = options.full_at == "swapped"
    count = Count(options.kill_at, math.inf if is_late else float(options.full_at))
    if is_late:
        count.fill_when_swapped()
    count.begin()
    try:
        published = pipeline.publish(Layout(options.root), pipeline.Work(jobs=1))
    except pipeline.CouldNotPublishError as problem:
        sys.exit(f"3: {problem.trouble}: {problem}")
    if options.events and published.is_new and count.full_at == math.inf:
        options.events.write_text(str(count.seen), "utf-8")


if __name__ == "__main__":
    main()
