from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.publish.bound import bound, held

SOON = 20.0
BEATS = "import sys, time\nwhile True:\n    open(sys.argv[1], 'a').write('.')\n    time.sleep(0.02)\n"
"""A program that goes on for ever; as long as it is there, a file grows."""
STARTS_IT = """
import subprocess, sys, time
from etl.publish.bound import bound, held
with held() as hold:
    subprocess.Popen(bound("beats", sys.argv[1]), stdin=hold)
    time.sleep(60)
"""


@pytest.fixture
def beats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "beats.py").write_text(BEATS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path / "heard"


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.05)


def is_still(heard: Path) -> bool:
    before = heard.stat().st_size
    time.sleep(0.5)
    return heard.stat().st_size == before


def test_a_program_ends_when_the_one_that_started_it_is_killed(beats: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", STARTS_IT, str(beats)])
    wait_for(beats.exists)
    assert not is_still(beats), "it never went on at all"
    run.kill()
    run.wait()
    wait_for(lambda: is_still(beats))


def test_a_program_ends_when_nobody_holds_it_any_more(beats: Path) -> None:
    with held() as hold:
        run = subprocess.Popen(bound("beats", str(beats)), stdin=hold)
        wait_for(beats.exists)
        assert run.poll() is None
    assert run.wait(SOON) != 0


def test_a_program_that_is_held_says_what_it_says_and_ends_as_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "says.py").write_text("import sys\nprint(__name__, sys.argv[1:])\nsys.exit(7)\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with held() as hold:
        run = subprocess.run(bound("says", "a", "--b"), stdin=hold, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (7, "__main__ ['a', '--b']\n")
