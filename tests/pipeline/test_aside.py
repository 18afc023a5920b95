"""What is done aside comes back as it was, wherever it was done and whatever became of the copy."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from etl.pipeline.aside import aside


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_result_comes_back(jobs: int) -> None:
    with aside(lambda: {"many": list(range(100_000))}, jobs) as wait:
        assert wait() == {"many": list(range(100_000))}


def test_this_process_goes_on_meanwhile(tmp_path: Path) -> None:
    """What is done aside is done only once this process has done something after it began."""
    sign = tmp_path / "sign"

    def do() -> int:
        until = time.monotonic() + 20
        while not sign.exists():
            assert time.monotonic() < until
            time.sleep(0.01)
        return os.getpid()

    with aside(do, 2) as wait:
        sign.touch()
        assert wait() != os.getpid()


def test_a_copy_that_is_killed_is_made_up_for(tmp_path: Path) -> None:
    mark = tmp_path / "begun"

    def do() -> str:
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    with aside(do, 2) as wait:
        assert wait() == "done"


def test_a_mistake_comes_up_where_its_result_is_asked_for() -> None:
    def do() -> None:
        raise ZeroDivisionError

    with aside(do, 2) as wait, pytest.raises(ZeroDivisionError):
        wait()


def test_a_copy_whose_result_nobody_wants_ends(tmp_path: Path) -> None:
    told = tmp_path / "pid"

    def do() -> None:
        told.write_text(str(os.getpid()), "utf-8")
        time.sleep(60)

    with aside(do, 2):
        while not told.exists() or not told.read_text("utf-8"):
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text("utf-8")), 0)
