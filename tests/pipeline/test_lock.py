from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from etl.layout import Layout
from etl.pipeline.lock import AnotherRunError, Holder, alone

SINCE = "2026-03-01T09:00:00+08:00"

HOLD_AND_FORK = """
import os, sys, time
from pathlib import Path
from etl.layout import Layout
from etl.pipeline.lock import alone
with alone(Layout(Path(sys.argv[1])), "2026-03-01T09:00:00+08:00"):
    child = os.fork()
    if child:
        print(child, flush=True)
    time.sleep(60)
"""
"""Holds a folder, and has started a process that outlives it."""


def refused(layout: Layout) -> Holder:
    with pytest.raises(AnotherRunError) as problem, alone(layout, SINCE):
        pass
    return problem.value.holder


def test_two_runs_at_once_are_refused_and_two_after_each_other_are_not(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with alone(layout, SINCE):
        refused(layout)
    with alone(layout, SINCE):
        pass


def test_who_is_refused_hears_who_is_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/mingzhang", "publish", "--root", "县"])
    with alone(Layout(tmp_path), SINCE):
        holder = refused(Layout(tmp_path))
    assert holder == Holder(os.getpid(), socket.gethostname(), SINCE, "mingzhang publish --root 县")


def test_words_of_a_run_that_is_gone_hold_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "lock").write_text('{"pid": 1, "host": "h", "since": "s", "command": "c"}', "utf-8")
    with alone(Layout(tmp_path), SINCE):
        assert refused(Layout(tmp_path)).pid == os.getpid()


@pytest.mark.parametrize("words", ["", "{", "[]", '{"pid": "x"}', "\x1b[2J"])
def test_words_that_mean_nothing_name_nobody(tmp_path: Path, words: str) -> None:
    with alone(Layout(tmp_path), SINCE):
        (tmp_path / "build" / "lock").write_text(words, "utf-8")
        assert refused(Layout(tmp_path)) == Holder()


def test_a_lock_that_somebody_deleted_is_made_anew(tmp_path: Path) -> None:
    with alone(Layout(tmp_path), SINCE):
        pass
    (tmp_path / "build" / "lock").unlink()
    with alone(Layout(tmp_path), SINCE):
        refused(Layout(tmp_path))


def test_the_hold_ends_with_a_killed_process_and_not_with_those_it_started(tmp_path: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", HOLD_AND_FORK, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    child = int(run.stdout.readline())
    try:
        assert refused(Layout(tmp_path)).pid == run.pid
        run.kill()
        run.wait()
        os.kill(child, 0)  # it is still there
        with alone(Layout(tmp_path), SINCE):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        run.stdout.close()
