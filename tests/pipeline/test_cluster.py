"""A scheduler and two workers on this machine: the same results, also where one of them is killed."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import get_args

import pytest
from distributed import LocalCluster

from etl.cli.words import WORDS
from etl.layout import PROGRAM, Layout
from etl.pipeline import cluster
from etl.pipeline.cluster import ClusterError, Trouble, look_at, on_executor
from etl.pipeline.spread import spread
from etl.pipeline.stock import Work, take_stock
from etl.spec import load


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def address_of(workers: LocalCluster) -> str:
    return str(workers.scheduler_address).replace("tcp://", "dask://")


def double(number: int) -> int:
    return number * 2


def kill_the_first(task: tuple[int, str]) -> int:
    """The first worker that meets task 3 dies with it; the next one finds the trace and does it."""
    number, trace = task
    if number == 3 and not Path(trace).exists():
        Path(trace).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.02)
    return number * 2


def test_results_come_in_order(workers: LocalCluster, tmp_path: Path) -> None:
    with on_executor(Work(jobs=2), address_of(workers), tmp_path) as work:
        assert isinstance(work.executor, Executor)
        assert spread(double, list(range(50)), executor=work.executor, jobs=2) == [n * 2 for n in range(50)]


def test_a_worker_that_dies_loses_nothing(workers: LocalCluster, tmp_path: Path) -> None:
    tasks = [(number, str(tmp_path / "died")) for number in range(30)]
    with on_executor(Work(jobs=2), address_of(workers), tmp_path) as work:
        results = spread(kill_the_first, tasks, executor=work.executor, jobs=2)
    assert (tmp_path / "died").exists(), "no worker died: the test proved nothing"
    assert results == [number * 2 for number, _ in tasks]


def test_a_county_reads_the_same_on_a_cluster(workers: LocalCluster, tmp_path: Path) -> None:
    shutil.copytree(PROGRAM / "datasets", tmp_path / "datasets")
    layout = Layout(tmp_path)
    spec = load(layout)
    here = take_stock(layout, spec, Work(jobs=1))
    with on_executor(Work(jobs=2), address_of(workers), tmp_path) as work:
        there = take_stock(layout, spec, work)
    assert here.submissions
    assert [repr(one) for one in there.submissions] == [repr(one) for one in here.submissions]
    assert there.mishaps == here.mishaps == {}


def test_without_an_address_nothing_changes(tmp_path: Path) -> None:
    work = Work(jobs=2)
    with on_executor(work, None, tmp_path) as same:
        assert same is work


@pytest.mark.parametrize(
    ("states", "trouble"),
    [
        ({}, "empty"),
        ({"tcp://a": ("mingzhang 0.0.1, Python 3.11", True)}, "program"),
    ],
)
def test_a_cluster_that_would_do_it_otherwise_is_refused(states: dict[str, tuple[str, bool]], trouble: str) -> None:
    with pytest.raises(ClusterError) as told:
        look_at(states, "dask://a:1")
    assert told.value.trouble == trouble


def test_a_worker_that_does_not_see_the_folder_is_refused(workers: LocalCluster, tmp_path: Path) -> None:
    gone = tmp_path / "only-here"
    with pytest.raises(ClusterError) as told, on_executor(Work(jobs=2), address_of(workers), gone):
        pass
    assert told.value.trouble == "folder"


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.pipeline.cluster.PATIENCE", "1s")
    with pytest.raises(ClusterError) as told, on_executor(Work(jobs=2), "dask://127.0.0.1:9", tmp_path):
        pass
    assert told.value.trouble == "unreachable"


def test_the_same_version_with_other_code_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    here = cluster._program()
    monkeypatch.setattr(cluster, "code", lambda: "0" * 64)
    look_at({"tcp://a": (cluster._program(), True)}, "dask://a:1")
    with pytest.raises(ClusterError) as told:
        look_at({"tcp://a": (here, True)}, "dask://a:1")
    assert told.value.trouble == "program"


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "tcp://127.0.0.1:8786", "http://x"])
def test_an_address_of_another_kind_is_told(address: str, tmp_path: Path) -> None:
    with pytest.raises(ClusterError) as told, on_executor(Work(), address, tmp_path):
        pass
    assert told.value.trouble == "address"


def test_every_trouble_is_worded() -> None:
    assert {f"cluster_{trouble}" for trouble in get_args(Trouble)} <= WORDS.keys()
