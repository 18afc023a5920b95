from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest

from etl.finding import Finding, Location, warning
from etl.pipeline import spread as room
from etl.pipeline.spread import Mishap, spread
from etl.table import Column, Figure, Line, Table

GIB = 2**30
HOARD: list[bytes] = []


class LargeDeclarations:
    """Counts how often it travels."""

    def __init__(self) -> None:
        self.travelled = 0

    def __reduce__(self) -> object:
        self.travelled += 1
        return (LargeDeclarations, ())


def double(number: int) -> int:
    return number * 2


def which_process(number: int) -> int:
    return os.getpid()


def read_only(number: int) -> MappingProxyType[str, int]:
    return MappingProxyType({"number": number})


def consult(declarations: LargeDeclarations, number: int) -> int:
    return number


def take(size: int, number: int) -> int:
    return len(bytearray(size)) if number == 3 else number


def wait_for_others(folder: str, number: int) -> int:
    """Ends only when both tasks are at work at the same time."""
    Path(folder, str(number)).touch()
    while len(list(Path(folder).iterdir())) < 2:
        time.sleep(0.01)
    return number


def on_three(bad: Callable[[], object], number: int) -> int:
    if number == 3:
        bad()
    return number


def fail() -> None:
    raise KeyError("three")


def leave() -> None:
    os._exit(1)


def leave_well() -> None:
    os._exit(0)


def give_up() -> None:
    raise SystemExit(3)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def sleep() -> None:
    time.sleep(60)


def sleep_in_a_library() -> None:
    ctypes.PyDLL(None).sleep(60)


def take_everything() -> None:
    """Ten gigabytes at once, as one far cell asks for."""
    bytearray(10 * GIB)


def take_everything_bit_by_bit() -> None:
    held = []
    while True:
        held.append(bytes(64 * 2**20))


def recurse() -> None:
    recurse()


def raise_what_cannot_travel() -> None:
    class LocalError(Exception):
        pass

    raise LocalError("three")


def told(results: list[int | Mishap]) -> list[int | str]:
    return [result.situation if isinstance(result, Mishap) else result for result in results]


HARM = [
    pytest.param(fail, "damaged", id="raises"),
    pytest.param(give_up, "damaged", id="exits"),
    pytest.param(raise_what_cannot_travel, "damaged", id="raises what cannot travel"),
    pytest.param(recurse, "too-slow", id="recurses"),
    pytest.param(leave, "damaged", id="dies"),
    pytest.param(leave_well, "damaged", id="ends well but early"),
    pytest.param(os.abort, "damaged", id="aborts"),
    pytest.param(be_killed, "damaged", id="is killed"),
    pytest.param(take_everything, "too-slow", id="takes all memory"),
    pytest.param(take_everything_bit_by_bit, "too-slow", id="takes all memory bit by bit"),
]
HANGING = [pytest.param(sleep, id="sleeps"), pytest.param(sleep_in_a_library, id="sleeps in a library")]
SURVIVABLE = [param for param in HARM if param.values[0] in (fail, recurse)]


@pytest.fixture
def small_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MEMORY", GIB // 4)


# --- in processes of our own ------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    counts: list[int] = []
    assert spread(double, list(range(40)), jobs=jobs, on_done=counts.append) == [number * 2 for number in range(40)]
    assert counts == list(range(1, 41))


def test_nothing_to_do() -> None:
    assert spread(double, []) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_file_is_read_in_our_own_process(jobs: int) -> None:
    assert os.getpid() not in spread(which_process, [1, 2], jobs=jobs)


def test_two_processes_work_at_the_same_time(tmp_path: Path) -> None:
    assert spread(partial(wait_for_others, str(tmp_path)), [1, 2], jobs=2) == [1, 2]


def a_table(number: int) -> Table:
    figure = Figure("total", Decimal("12.50"), 2, "12.5", 4, 2, sheet="二")
    line = Line("205", "教育支出", "", 4, {"total": figure}, {"unit": "局"}, code_column=1, own_code=True)
    columns = (Column(2, "measure", "total", "合计"),)
    return Table("expenditure", "f", "budget", "一", "支出表", "A1", "元", Decimal(1), 2, columns, (line,), part="b")


def a_finding(number: int) -> Finding:
    return warning("sum-mismatch", Location("一", "C5", 5, 3), difference=Decimal(-1), values={"unit": "元"})


def test_what_travels_arrives_as_it_was() -> None:
    assert [asdict(table) for table in spread(a_table, [0, 1], jobs=2)] == [asdict(a_table(0))] * 2
    assert spread(a_finding, [0, 1], jobs=2) == [a_finding(0)] * 2


def test_read_only_mappings_travel_between_processes() -> None:
    assert spread(read_only, list(range(5)), jobs=2)[4] == {"number": 4}


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_declarations_travel_at_most_once_to_each_process(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    context = multiprocessing.get_context(method)
    monkeypatch.setattr(room, "ProcessPoolExecutor", partial(ProcessPoolExecutor, mp_context=context))
    declarations = LargeDeclarations()
    assert spread(partial(consult, declarations), list(range(20)), jobs=2) == list(range(20))
    assert declarations.travelled == (0 if method == "fork" else 2)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("bad", "situation"), HARM)
def test_a_file_that_does_harm_does_not_stop_the_others(
    small_memory: None, bad: Callable[[], object], situation: str, jobs: int
) -> None:
    assert told(spread(partial(on_three, bad), list(range(6)), jobs=jobs)) == [0, 1, 2, situation, 4, 5]


def test_the_limit_of_memory_as_it_stands_stops_what_asks_for_ten_gigabytes() -> None:
    assert told(spread(partial(on_three, take_everything), list(range(6)), jobs=2)) == [0, 1, 2, "too-slow", 4, 5]


@pytest.mark.parametrize("bad", HANGING)
def test_a_file_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, bad: Callable[[], object]) -> None:
    monkeypatch.setattr(room, "SECONDS", 1)
    assert told(spread(partial(on_three, bad), list(range(6)), jobs=2)) == [0, 1, 2, "too-slow", 4, 5]


def test_harm_done_in_every_process_at_once_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    results = spread(partial(harm_every_second, None), list(range(20)), jobs=2)
    assert told(results) == [number if number % 2 else "damaged" for number in range(20)]


def harm_every_second(_: None, number: int) -> int:
    if number % 2 == 0:
        os.abort()
    return number


def test_what_one_file_left_in_memory_does_not_stop_the_next(small_memory: None) -> None:
    results = spread(hoard_on_three, list(range(6)), jobs=1)
    assert told(results) == [0, 1, 2, "too-slow", 4, 5]


def hoard_on_three(number: int) -> int:
    while number == 3:
        HOARD.append(bytes(16 * 2**20))
    return len(bytes(64 * 2**20)) and number


def test_where_the_program_fails_it_says_why() -> None:
    mishap = spread(partial(on_three, fail), [3], jobs=1)[0]
    assert isinstance(mishap, Mishap)
    assert "KeyError" in mishap.story
    assert "in fail" in mishap.story


def test_no_task_is_done_twice_because_another_did_harm(tmp_path: Path) -> None:
    work = partial(write_down_and_abort_on_three, str(tmp_path))
    assert told(spread(work, list(range(8)), jobs=2)) == [0, 1, 2, "damaged", 4, 5, 6, 7]
    assert sorted(path.stem for path in tmp_path.iterdir()) == [str(number) for number in range(8)]


def write_down_and_abort_on_three(folder: str, number: int) -> int:
    Path(folder, f"{number}.{time.monotonic_ns()}").touch()
    if number == 3:
        os.abort()
    return number


# --- limits -----------------------------------------------------------------------------------------------------


def limit_of_memory(_: int) -> int:
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def test_the_limit_counts_from_what_is_mapped_already(small_memory: None) -> None:
    (limit,) = spread(limit_of_memory, [1], jobs=1)
    assert limit > room.MEMORY
    assert spread(partial(take, room.MEMORY // 2), [3], jobs=1) == [room.MEMORY // 2]


def test_a_narrower_limit_of_the_system_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def narrow_first(limit: Callable[[], None]) -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 * GIB, 2 * GIB))
        limit()

    monkeypatch.setattr(room, "_limit_memory", partial(narrow_first, room._limit_memory))
    assert spread(limit_of_memory, [1], jobs=1) == [2 * GIB]


def test_a_system_without_alarm_and_without_sizes_does_the_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delattr(signal, "alarm")
    monkeypatch.setattr(room, "STATM", tmp_path / "none")
    assert told(spread(partial(on_three, fail), list(range(6)), jobs=2)) == [0, 1, 2, "damaged", 4, 5]


# --- on somebody else's executor --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
@pytest.mark.parametrize("jobs", [None, 1, 40])
def test_any_executor_will_do(kind: type[Executor], jobs: int | None) -> None:
    counts: list[int] = []
    with kind(2) as executor:  # type: ignore[call-arg]
        assert spread(double, list(range(50)), executor=executor, jobs=jobs, on_done=counts.append) == [
            number * 2 for number in range(50)
        ]
    assert counts[-1] == 50


@pytest.mark.parametrize(("bad", "situation"), SURVIVABLE)
def test_in_threads_of_somebody_else_a_file_that_fails_does_not_stop_the_others(
    bad: Callable[[], object], situation: str
) -> None:
    with ThreadPoolExecutor(2) as executor:
        results = spread(partial(on_three, bad), list(range(40)), executor=executor, jobs=2)
    assert told(results) == [situation if number == 3 else number for number in range(40)]


@pytest.mark.parametrize(("bad", "situation"), [param for param in HARM if "memory" not in str(param.id)])
def test_a_broken_pool_of_somebody_else_is_worked_around(bad: Callable[[], object], situation: str) -> None:
    with ProcessPoolExecutor(2) as executor:
        results = spread(partial(on_three, bad), list(range(40)), executor=executor, jobs=2)
    assert told(results) == [situation if number == 3 else number for number in range(40)]


def test_an_executor_that_is_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SECONDS", 1)
    release = threading.Event()
    with ThreadPoolExecutor(1) as executor:
        executor.submit(release.wait)
        results = spread(double, [1, 2, 3], executor=executor, jobs=2)
        release.set()
    assert results == [2, 4, 6]


def test_an_executor_that_was_broken_before_is_worked_around() -> None:
    with ProcessPoolExecutor(1) as executor:
        executor.submit(os.abort).exception()
        assert spread(double, [1, 2, 3], executor=executor, jobs=2) == [2, 4, 6]


def test_futures_that_somebody_else_cancels_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SECONDS", 1)
    release = threading.Event()
    with ThreadPoolExecutor(1) as executor:
        executor.submit(release.wait)
        threading.Timer(0.3, lambda: (executor.shutdown(wait=False, cancel_futures=True), release.set())).start()
        assert spread(double, [1, 2, 3], executor=executor, jobs=1) == [2, 4, 6]
