"""One publish in a process of its own, which may end in the middle: `python -m tests.soak.run ROOT [options]`.

Counts every moment at which Python is about to touch the file system; `--kill-at N` ends the process at the Nth as a
power cut would, and `--events FILE` writes down how many there were. MkDocs and Great Expectations are left out: they
write into the folder of the run alone, and take nine tenths of the time.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import sys
from pathlib import Path

from etl import pipeline
from etl.layout import Layout
from etl.publish.publication import Publication

TOUCHING = ("open", "os.", "shutil.", "ctypes.", "tempfile.", "fcntl.")
"""How the names of such moments begin (audit events of Python)."""


def count(kill_at: int) -> list[int]:
    """The number of moments so far, counted from now on."""
    seen = [0]
    own = os.getpid()

    def look(event: str, arguments: object) -> None:
        if event.startswith(TOUCHING) and os.getpid() == own:
            seen[0] += 1
            if seen[0] == kill_at:
                os.kill(own, signal.SIGKILL)

    sys.addaudithook(look)
    return seen


def leave_out_libraries() -> None:
    from etl.pipeline import build

    def lay(publication: Publication, place: Path, site: Path) -> None:
        shutil.copytree(place / "docs" / "zh", site, dirs_exist_ok=True)
        shutil.copytree(place / "docs" / "en", site / "en", dirs_exist_ok=True)

    build.build_site = lay
    build.expect = lambda warehouse, suites: ((), {})
    build._look_at_links = lambda seen: None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--kill-at", type=int, default=0)
    parser.add_argument("--events", type=Path)
    parser.add_argument("--largest", type=int, help="bytes of a file, beyond which the disk is full")
    options = parser.parse_args()
    leave_out_libraries()
    if options.largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (options.largest, options.largest))
    seen = count(options.kill_at)
    try:
        pipeline.publish(Layout(options.root), pipeline.Work(jobs=1))
    except pipeline.CouldNotPublishError as problem:
        sys.exit(f"3: {problem}")
    if options.events:
        options.events.write_text(str(seen[0]), "utf-8")


if __name__ == "__main__":
    main()
