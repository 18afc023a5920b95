"""A program that ends when this one does. In: a module and its arguments. Out: how to start it, and what holds it.

As a program of its own (`python -P bound.py MODULE ARGUMENTS`) it runs the module and watches its input, a pipe that
nobody writes to and whose other end lies with the one that started it. When that one is gone, however it went, the
pipe ends and the program with it: an orphan would go on building, for minutes, what nobody waits for.

It imports nothing of ours, so that it starts at once.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STDIN = 0


def bound(module: str, *arguments: str) -> list[str]:
    """The command that runs a module until it is done, or until its input ends."""
    return [sys.executable, "-P", str(Path(__file__).resolve()), module, *arguments]


@contextmanager
def held() -> Iterator[int]:
    """What such programs are to have as their input; no longer than it lasts do they."""
    theirs, ours = os.pipe()
    try:
        yield theirs
    finally:
        os.close(ours)
        os.close(theirs)


def main() -> None:
    """What the program does."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _end_with_input() -> None:
    while os.read(STDIN, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
