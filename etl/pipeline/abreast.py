"""Pieces of one step that do not depend on each other, done in several processes at once.

In come the pieces; out come their results in the same order. The processes are copies of this one and
see all that was made so far: nothing but the number of a piece and its result travels. A mistake in a piece is raised
here as it was there. Files are another matter, each of which may take its process down: see `spread`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextvars import ContextVar
from typing import Any, TypeVar

from etl.pipeline.spread import end_with
from etl.pipeline.travel import prepare

prepare()

Result = TypeVar("Result")

_PIECES: ContextVar[Sequence[Callable[[], Any]]] = ContextVar("pieces")
"""In a copy: what there is to do."""


def abreast(pieces: Sequence[Callable[[], Result]], jobs: int | None = None) -> list[Result]:
    """The results of all pieces in their order; where a process was ended from outside, they are done again.

    Where the system cannot copy a process, or there is but one processor, they are done here, one after the other.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(pieces))
    if jobs < 2 or not can_copy():
        return [piece() for piece in pieces]
    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(jobs, fork, initializer=_prepare, initargs=(pieces,)) as pool:
            return list(pool.map(_do, range(len(pieces))))
    except BrokenExecutor:
        return [piece() for piece in pieces]


def _prepare(pieces: Sequence[Callable[[], Any]]) -> None:
    _PIECES.set(pieces)
    begin_copy()


def can_copy() -> bool:
    """Whether the system can copy a process."""
    return "fork" in multiprocessing.get_all_start_methods()


def begin_copy() -> None:
    """In a copy, first of all: Ctrl-C is for the one that was copied, and with that one it ends."""
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _do(place: int) -> Any:
    return _PIECES.get()[place]()
