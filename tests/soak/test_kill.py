"""Bad days, a dozen of them; `make soak` has hundreds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.county import ROOT, WHOLE
from tests.soak.moments import Moments
from tests.soak.whole import SOON, Whole, programs_of

KILLS = 12


def test_whatever_kills_a_publish_the_site_is_whole_and_the_next_run_needs_no_cleaning(soak: Moments) -> None:
    for number in range(1, KILLS + 1):
        soak.kill_once(number)
    assert set(soak.left) == {"earlier", "new"}, "no kill came after the swap, or none before it"


def test_the_whole_command_may_be_killed_with_all_it_started_or_alone(tmp_path: Path) -> None:
    one = Whole.of(tmp_path, random.Random(7))
    one.kill_once(1, alone=True)
    one.kill_once(2, alone=False)
    assert one.left["earlier"] + one.left["new"] == 2


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the system does not tell of its processes")
def test_what_a_command_has_started_is_found_by_its_session() -> None:
    sleep = "import time; time.sleep(60)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{sleep}'])"
    run = subprocess.Popen([sys.executable, "-c", start], start_new_session=True)
    try:
        wait_until(lambda: len(programs_of(run.pid)) == 2)
        run.kill()
        run.wait()
        assert len(programs_of(run.pid)) == 1
    finally:
        os.killpg(run.pid, signal.SIGKILL)
    wait_until(lambda: not programs_of(run.pid))


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.05)


def test_of_two_publishes_at_once_one_is_refused_or_waits_its_turn(soak: Moments) -> None:
    county = soak.county
    county.change(2000)
    ledger, log = county.ledger(), county.log()
    both = [
        subprocess.Popen([sys.executable, "-m", "tests.soak.run", county.root], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [run.communicate()[1].decode() for run in both]
    assert 0 in {run.returncode for run in both}
    assert all(run.returncode == 0 or text.startswith("3: ") for run, text in zip(both, said, strict=True)), said
    county.look(ledger, log)
    assert soak.publish().returncode == 0
    county.is_clean()


def test_the_whole_run_needs_no_network(soak: Moments, tmp_path: Path) -> None:
    """Every socket is refused, in the run and in all that it starts, and the site is the same."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, sys\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.gethostbyname', 'socket.sendto'):\n"
        "        raise RuntimeError('the network: ' + event)\n"
        "sys.addaudithook(refuse)\n",
        "utf-8",
    )
    county = soak.county
    whole = [*WHOLE, "--root", str(county.root), "--jobs", "2"]
    sites = []
    for blocked in (False, True):
        subprocess.run(["rm", "-r", str(county.root / "build")], check=True)
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)} if blocked else dict(os.environ)
        run = subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        sites.append(county.site())
    assert sites[0] == sites[1]
    probe = [sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 9), 1)"]
    refused = subprocess.run(
        probe, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert "RuntimeError: the network: socket." in refused.stderr, "the network was not blocked at all"
