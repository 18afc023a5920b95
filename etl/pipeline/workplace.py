"""Where a run builds: a folder of its own below `build/`, gone when it ends.

In comes `build/`; out comes an empty folder in it. What a killed run left is swept at the next; where something that it
had started still writes, at the one after: nobody ever works in the folder of another.
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
    for left in build.glob(f"{BEGINNING}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(tempfile.mkdtemp(prefix=BEGINNING, dir=build))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
