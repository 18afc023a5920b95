"""Where a run builds: a folder of its own below `build/`, gone when it ends.

In comes `build/`; out comes an empty folder in it. What a killed run left is swept by the next, as it begins and, where
something that was started still wrote, as it ends: nobody ever works in the folder of another.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGINNING = "run-"


@contextmanager
def workplace(build: Path) -> Iterator[Path]:
    """An empty folder for one run. Only for who holds the jurisdiction folder alone."""
    place = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=build))
    try:
        yield place
    finally:
        sweep(build)


def sweep(build: Path) -> None:
    """Delete what runs left. Only for who holds the jurisdiction folder alone; what cannot be deleted stays."""
    for left in build.glob(f"{BEGINNING}*"):
        shutil.rmtree(left, ignore_errors=True)
