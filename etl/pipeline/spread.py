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
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeVar

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
    """Do the work on every task. Without an executor: in `jobs` processes, or in this one where one is asked for.

    Even a single file goes to a process of its own: a reader may abort on a damaged one, and must not take us along.
    """
    if executor is not None:
        return _gather(executor, _run, work, tasks, _parcels(len(tasks), jobs or os.cpu_count() or 1), on_done)
    if jobs == 1 or not tasks:
        with ThreadPoolExecutor(1) as here:
            return _gather(here, _run, work, tasks, _parcels(len(tasks), len(tasks)), on_done)
    jobs = jobs or os.cpu_count() or 1
    with ProcessPoolExecutor(min(jobs, len(tasks))) as pool:
        return _gather(pool, _run_in_time, work, tasks, _parcels(len(tasks), jobs), on_done)


def _parcels(count: int, jobs: int) -> Sequence[range]:
    """Parcels small enough that every process gets several, so that none waits long for the last."""
    size = min(LONGEST_BATCH, max(1, count // (max(jobs, 1) * 4)))
    return [range(first, min(first + size, count)) for first in range(0, count, size)]


def _gather(
    executor: Executor,
    run: Callable[[Callable[[Task], Result], Sequence[Task]], list[Result]],
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    parcels: Sequence[range],
    on_done: Callable[[int], None],
) -> list[Result | Mishap]:
    """Results in the order of the tasks; what a parcel that failed held is done again, each task alone."""
    results: dict[int, Result | Mishap] = {}
    futures: dict[Future[list[Result]], range] = {}
    left: list[int] = []
    for places in parcels:
        try:
            futures[executor.submit(run, work, [tasks[place] for place in places])] = places
        except BrokenExecutor:
            left.extend(places)
    for future in as_completed(futures):
        places, problem = futures[future], future.exception()
        if problem is None:
            results.update(zip(places, future.result(), strict=True))
        elif len(places) == 1 and not isinstance(problem, BrokenExecutor):
            results[places[0]] = _mishap(problem)
        else:
            left.extend(places)
        on_done(len(results))
    for place in sorted(left):
        results[place] = _run_alone(work, tasks[place])
        on_done(len(results))
    return [results[place] for place in range(len(tasks))]


def _run_alone(work: Callable[[Task], Result], task: Task) -> Result | Mishap:
    """Once more, in a process that holds nothing else: whoever fails there is the one."""
    began = time.monotonic()
    with ProcessPoolExecutor(1) as pool:
        future = pool.submit(_run_in_time, work, [task])
        problem = future.exception()
    if problem is None:
        return future.result()[0]
    if isinstance(problem, BrokenExecutor):
        return Mishap("too-slow" if time.monotonic() - began >= SECONDS else "damaged", "")
    return _mishap(problem)


def _mishap(problem: BaseException) -> Mishap:
    """A mistake of ours that one file brings out: told loudly, and the others go on."""
    story = "".join(traceback.format_exception(problem))
    return Mishap("too-slow" if isinstance(problem, (MemoryError, RecursionError)) else "damaged", story)


def _run_in_time(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    """In a process of ours: one that hangs, even in a library, is ended by the alarm and taken for broken."""
    results: list[Result] = []
    for task in tasks:
        signal.alarm(SECONDS)
        try:
            results.append(work(task))
        finally:
            signal.alarm(0)
    return results


def _run(work: Callable[[Task], Result], tasks: Sequence[Task]) -> list[Result]:
    return [work(task) for task in tasks]
