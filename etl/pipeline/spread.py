"""One piece of work for each of many files, in processes of our own or on any executor of `concurrent.futures`.

In come a function and its tasks; out come results in the order of the tasks. A task that fails in an unforeseen way,
that takes its process down with it, or that takes more time or memory than a file may, is a Mishap in the place of its
result: the others go on.

Each process of ours is a pool of one with one task in hand. When it is gone, that task is known to be the one, nobody
else's work is lost with it, and another process takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from contextvars import ContextVar
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Literal, TypeVar

from etl.pipeline.travel import prepare

prepare()

LONGEST_BATCH = 16
"""Files that go to somebody else's executor in one parcel: there the declarations travel with each parcel."""

SECONDS = 120
"""What one file may take in a process of its own. The largest real workbook takes less than two; one that takes more
was made to."""

MEMORY = 3 * 2**30
"""Bytes by which a process of ours may grow. Reading the largest workbook that the reader's limits let through takes a
third of them: 3.6 million cells of text, 252 MB inflated, 1.1 GB."""

STATM = Path("/proc/self/statm")
"""Where Linux says how large a process is, in pages."""

Task = TypeVar("Task")
Result = TypeVar("Result")

Done = Callable[[int], None]
"""Told how many tasks are done."""

_WORK: ContextVar[Callable[[Any], Any]] = ContextVar("work")
"""In a process of ours: what it is there for. It travels once, with the declarations, and not with each task."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """A task that gave no result."""

    situation: Literal["damaged", "too-slow"]
    story: str
    """The traceback where the program failed; empty where the process was gone."""


def spread(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    on_done: Done = lambda count: None,
) -> list[Result | Mishap]:
    """Do the work on every task: in `jobs` processes of our own, or on somebody else's executor.

    Even a single file goes to a process of its own: a reader may abort on a damaged one, and must not take us along.
    What an executor does not do (a task failed, it broke, or it is silent for too long) is done here.
    """
    jobs = jobs or os.cpu_count() or 1
    results: dict[int, Result | Mishap] = {}
    if executor is not None:
        results |= _elsewhere(executor, work, tasks, jobs, on_done)
    left = [place for place in range(len(tasks)) if place not in results]
    before = len(results)
    results |= _here(work, {place: tasks[place] for place in left}, jobs, lambda count: on_done(before + count))
    return [results[place] for place in range(len(tasks))]


# --- processes of our own ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _InHand:
    place: int
    pool: ProcessPoolExecutor
    since: float


def _here(
    work: Callable[[Task], Result], tasks: Mapping[int, Task], jobs: int, on_done: Done
) -> dict[int, Result | Mishap]:
    """By place: what became of each task."""
    results: dict[int, Result | Mishap] = {}
    todo = deque(tasks.items())
    in_hand: dict[Future[Result], _InHand] = {}
    with ExitStack() as pools:
        idle = [_pool(work, pools) for _ in range(min(jobs, len(tasks)))]
        while todo or in_hand:
            while todo and idle:
                place, task = todo.popleft()
                pool = idle.pop()
                in_hand[pool.submit(_do, task, SECONDS)] = _InHand(place, pool, time.monotonic())
            for future in wait(in_hand, return_when=FIRST_COMPLETED).done:
                one = in_hand.pop(future)
                problem = future.exception()
                results[one.place] = future.result() if problem is None else _mishap(problem, one.since)
                idle.append(one.pool if problem is None else _fresh(one.pool, work, pools))
                on_done(len(results))
    return results


def _fresh(used: ProcessPoolExecutor, work: Callable[[Task], Result], pools: ExitStack) -> ProcessPoolExecutor:
    """Another process: one that failed may be gone, or hold what it filled its memory with."""
    used.shutdown(wait=False)
    return _pool(work, pools)


def _pool(work: Callable[[Task], Result], pools: ExitStack) -> ProcessPoolExecutor:
    return pools.enter_context(ProcessPoolExecutor(1, initializer=_prepare, initargs=(work,)))


def _mishap(problem: BaseException, since: float) -> Mishap:
    """A process that is gone, or a mistake of ours that one file brings out: told loudly, and the others go on."""
    if isinstance(problem, BrokenExecutor):
        return Mishap("too-slow" if time.monotonic() - since >= SECONDS else "damaged", "")
    story = "".join(traceback.format_exception(problem))
    return Mishap("too-slow" if isinstance(problem, (MemoryError, RecursionError)) else "damaged", story)


def _prepare(work: Callable[[Task], Result]) -> None:
    """In a process of ours, first of all."""
    threading.Thread(target=end_with, args=(multiprocessing.parent_process(),), daemon=True).start()
    _WORK.set(work)
    gc.freeze()  # the declarations are there to stay, and need not be looked through again and again
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started us
    if hasattr(signal, "alarm"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)


def end_with(parent: BaseProcess | None) -> None:
    """In a process of ours: when the one that started it is killed, nobody tells it, and it would wait for ever."""
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(task: Task, seconds: int) -> Any:
    """In a process of ours: one that hangs, even in a library, is ended by the alarm, where the system has one."""
    if not hasattr(signal, "alarm"):
        return _WORK.get()(task)
    signal.alarm(seconds)
    try:
        return _WORK.get()(task)
    finally:
        signal.alarm(0)


def _limit_memory() -> None:
    """Let the address space grow by so much and no further, where the system can say how large it is and keep to it.

    What is asked for beyond that fails as it does on a machine that has no more: as an error of Python, or as the end
    of a process in a library.
    """
    if not STATM.exists():
        return
    import resource

    mapped = int(STATM.read_text("ascii").split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limits = [limit for limit in (mapped + MEMORY, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))


# --- somebody else's executor -----------------------------------------------------------------------------------


def _elsewhere(
    executor: Executor, work: Callable[[Task], Result], tasks: Sequence[Task], jobs: int, on_done: Done
) -> dict[int, Result | Mishap]:
    """By place: the results that an executor gives. Those that are not there are still to be had."""
    results: dict[int, Result | Mishap] = {}
    parcels: dict[Future[list[Result]], range] = {}
    for places in _parcels(len(tasks), jobs):
        try:
            parcels[executor.submit(_run, work, [tasks[place] for place in places])] = places
        except BrokenExecutor:
            break
    waiting = set(parcels)
    while waiting:
        patience = SECONDS * max(len(parcels[future]) for future in waiting)
        finished, waiting = wait(waiting, timeout=patience, return_when=FIRST_COMPLETED)
        if not finished:
            break
        for future in finished:
            if not future.cancelled() and future.exception() is None:
                results.update(zip(parcels[future], future.result(), strict=True))
        on_done(len(results))
    _cancel(waiting)
    return results


def _parcels(count: int, jobs: int) -> Sequence[range]:
    """Parcels small enough that every process gets several, so that none waits long for the last."""
    size = min(LONGEST_BATCH, max(1, count // (max(jobs, 1) * 4)))
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def _cancel(futures: Iterable[Future[Any]]) -> None:
    for future in futures:
        future.cancel()


def _run(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    return [work(task) for task in tasks]
