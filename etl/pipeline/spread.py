"""One piece of work for each of many files, on any executor of `concurrent.futures`.

In come a function and its tasks; out come results in the order of the tasks. A task that fails in an unforeseen way,
or that takes its process down with it, is a Mishap in the place of its result: the others go on.
"""

from __future__ import annotations

import copyreg
import os
import signal
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeVar

FEW = 3
"""Up to so many files a pool of processes costs more than it saves."""

LONGEST_BATCH = 16
"""Files that go to a process in one parcel: the declarations travel with each parcel."""

SECONDS = 120
"""What one file may take in a process of its own. The largest real workbook takes less than two; one that takes more
was made to."""

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Mishap:
    """A task that gave no result."""

    situation: Literal["damaged", "too-slow"]
    story: str
    """The traceback where the program failed; empty where the process was gone."""


def read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A read-only mapping, made anew on the other side."""
    return MappingProxyType(values)


# Read-only mappings stand in many values that travel between processes, and pickle does not know them.
copyreg.pickle(MappingProxyType, lambda proxy: (read_only, (dict(proxy),)))


def spread(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    executor: Executor | None = None,
    jobs: int | None = None,
    on_done: Callable[[int], None] = lambda count: None,
) -> list[Result | Mishap]:
    """Do the work on every task. Without an executor: in this process where there is little to do, else in `jobs`."""
    jobs = jobs or os.cpu_count() or 1
    if executor is not None:
        return _gather(executor, _run, work, tasks, jobs, on_done)
    if jobs == 1 or len(tasks) <= FEW:
        results: list[Result | Mishap] = []
        for task in tasks:
            results.extend(_run(work, [task]))
            on_done(len(results))
        return results
    with ProcessPoolExecutor(min(jobs, len(tasks))) as pool:
        return _gather(pool, _run_in_time, work, tasks, jobs, on_done)


def _gather(
    executor: Executor,
    run: Callable[[Callable[[Task], Result], Sequence[Task]], list[Result | Mishap]],
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    jobs: int,
    on_done: Callable[[int], None],
) -> list[Result | Mishap]:
    """Results in the order of the tasks; what a broken pool left undone is done alone."""
    results: dict[int, Result | Mishap] = {}
    futures: dict[Future[list[Result | Mishap]], range] = {}
    left: list[int] = []
    for places in _parcels(len(tasks), jobs):
        try:
            futures[executor.submit(run, work, [tasks[place] for place in places])] = places
        except BrokenExecutor:
            left.extend(places)
    for future in as_completed(futures):
        if isinstance(future.exception(), BrokenExecutor):
            left.extend(futures[future])
            continue
        results.update(zip(futures[future], future.result(), strict=True))
        on_done(len(results))
    for place in sorted(left):
        results[place] = _run_alone(work, tasks[place])
        on_done(len(results))
    return [results[place] for place in range(len(tasks))]


def _parcels(count: int, jobs: int) -> Iterator[range]:
    """Parcels small enough that every process gets several, so that none waits long for the last."""
    size = min(LONGEST_BATCH, max(1, count // (jobs * 4)))
    return (range(first, min(first + size, count)) for first in range(0, count, size))


def _run_alone(work: Callable[[Task], Result], task: Task) -> Result | Mishap:
    """Once more, in a process that holds nothing else: whoever breaks it is the one."""
    began = time.monotonic()
    try:
        with ProcessPoolExecutor(1) as pool:
            return pool.submit(_run_in_time, work, [task]).result()[0]
    except BrokenExecutor:
        return Mishap("too-slow" if time.monotonic() - began >= SECONDS else "damaged", "")


def _run_in_time(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result | Mishap]:
    """In a process of ours: one that hangs, even in a library, is ended by the alarm and taken for broken."""
    results: list[Result | Mishap] = []
    for task in tasks:
        signal.alarm(SECONDS)
        results.extend(_run(work, [task]))
        signal.alarm(0)
    return results


def _run(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result | Mishap]:
    return [_try(work, task) for task in tasks]


def _try(work: Callable[[Task], Result], task: Task) -> Result | Mishap:
    try:
        return work(task)
    except (MemoryError, RecursionError):
        return Mishap("too-slow", traceback.format_exc())
    except Exception:  # noqa: BLE001  a mistake of ours that one file brings out: told loudly, and the others go on
        return Mishap("damaged", traceback.format_exc())
