"""One thing done aside, in a copy of this process, while this one goes on. In: what to do. Out: what waits for it.

For what needs a library that takes seconds to import and much memory: neither is this process's then. The copy sees all
that was made so far. Where the system cannot copy a process, or only one job is wanted, it is done here, at once.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from etl.pipeline.abreast import begin_copy, can_copy

Result = TypeVar("Result")


@contextmanager
def aside(do: Callable[[], Result], jobs: int | None = None) -> Iterator[Callable[[], Result]]:
    """What is called within waits for the result. A copy that ended without one is made up for here: whatever ended it
    from outside is over, and a mistake of ours comes up again.
    """
    if (jobs or os.cpu_count() or 1) < 2 or not can_copy():
        result = do()
        yield lambda: result
        return
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    copy = fork.Process(target=_do, args=(there, do), daemon=True)
    copy.start()
    there.close()
    try:
        yield lambda: _wait(here, do)
    finally:
        here.close()
        copy.terminate()
        copy.join()


def _wait(here: Connection, do: Callable[[], Result]) -> Result:
    try:
        result: Result = here.recv()
    except EOFError:
        return do()
    return result


def _do(there: Connection, do: Callable[[], Any]) -> None:
    begin_copy()
    there.send(do())
