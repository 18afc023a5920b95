"""Bad days, a dozen of them; `make soak` has hundreds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.soak.kill import ROOT, Soak

KILLS = 12


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory) -> Soak:
    one = Soak(tmp_path_factory.mktemp("county") / "county", random.Random(20261123))
    one.root.mkdir()
    one.begin()
    return one


def test_whatever_kills_a_publish_the_site_is_whole_and_the_next_run_needs_no_cleaning(soak: Soak) -> None:
    for number in range(1, KILLS + 1):
        soak.kill_once(number)
    assert set(soak.left) == {"earlier", "new"}, "no kill came after the swap, or none before it"


@pytest.mark.parametrize("largest", [500, 20_000, 200_000])
def test_where_the_disk_is_full_the_earlier_site_stands(soak: Soak, largest: int) -> None:
    """A limit of the system on the size of a file fails every write beyond it, as a full disk does."""
    soak.change(1000 + largest)
    before, ledger, log = soak.site(), soak.ledger(), soak.log()
    run = soak.publish("--largest", largest)
    assert run.returncode == 1
    assert run.stderr.startswith("3: "), run.stderr
    assert soak.site() == before
    soak.look(ledger, log)
    assert soak.publish().returncode == 0
    soak.is_clean()


def test_of_two_publishes_at_once_one_is_refused_or_waits_its_turn(soak: Soak) -> None:
    soak.change(2000)
    ledger, log = soak.ledger(), soak.log()
    both = [
        subprocess.Popen([sys.executable, "-m", "tests.soak.run", soak.root], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    said = [run.communicate()[1].decode() for run in both]
    assert 0 in {run.returncode for run in both}
    assert all(run.returncode == 0 or text.startswith("3: ") for run, text in zip(both, said, strict=True)), said
    soak.look(ledger, log)
    assert soak.publish().returncode == 0
    soak.is_clean()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_where_nothing_may_be_written_the_earlier_site_stands(soak: Soak) -> None:
    soak.change(3000)
    before = soak.site()
    for folder in (soak.root, soak.root / "build"):
        folder.chmod(0o500)
    try:
        run = soak.publish()
    finally:
        for folder in (soak.root, soak.root / "build"):
            folder.chmod(0o700)
    assert run.stderr.startswith("3: "), run.stderr
    assert soak.site() == before


def test_the_whole_run_needs_no_network(soak: Soak, tmp_path: Path) -> None:
    """Every socket is refused, in the run and in all that it starts, and the site is the same."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket, sys\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.gethostbyname', 'socket.sendto'):\n"
        "        raise RuntimeError('the network: ' + event)\n"
        "sys.addaudithook(refuse)\n",
        "utf-8",
    )
    whole = [sys.executable, "-m", "etl", "publish", "--root", str(soak.root), "--jobs", "2"]
    sites = []
    for blocked in (False, True):
        subprocess.run(["rm", "-r", str(soak.root / "build")], check=True)
        environment = {**os.environ, "PYTHONPATH": str(tmp_path)} if blocked else dict(os.environ)
        run = subprocess.run(whole, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        sites.append(soak.site())
    assert sites[0] == sites[1]
    probe = [sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 9), 1)"]
    refused = subprocess.run(
        probe, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert "RuntimeError: the network: socket." in refused.stderr, "the network was not blocked at all"
