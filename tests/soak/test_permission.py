"""Folders in which nothing may be written, for root as well."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from etl.cli.words import WORDS
from tests.soak.county import ROOT
from tests.soak.moments import Moments

PLAIN = (sys.executable, "-m", "tests.soak.plain")


@contextmanager
def closed(folders: Sequence[Path]) -> Iterator[None]:
    """Folders that may be read and not written."""
    for folder in folders:
        folder.chmod(0o500)
    try:
        yield
    finally:
        for folder in folders:
            folder.chmod(0o700)


def run_plain(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PLAIN, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )


def test_a_plain_program_may_not_write_where_nobody_may(tmp_path: Path) -> None:
    write = "import sys; open(sys.argv[1] + '/a', 'w')"
    start = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {write!r}, sys.argv[1]]))"
    with closed([tmp_path]):
        for program in (write, start):
            refused = run_plain("-c", program, tmp_path)
            assert "PermissionError" in refused.stderr
    assert run_plain("-c", start, tmp_path).returncode == 0


@pytest.mark.parametrize(
    "names",
    [
        (".", "build"),
        ("build",),
        ("datasets/archive",),
        ("datasets/releases",),
        (".",),  # found out when the new site is to take its place
        ("site",),
        ("review",),  # found out when the site has changed places already
    ],
)
def test_where_nothing_may_be_written_the_earlier_site_stands(soak: Moments, names: Sequence[str]) -> None:
    county = soak.county
    county.change(3000 + sum(map(ord, "".join(names))))
    before, ledger, log = county.site(), county.ledger(), county.log()
    with closed([county.root / name for name in names]):
        run = run_plain("-m", "tests.soak.run", county.root)
    assert (run.returncode, run.stderr[:13]) == (1, "3: forbidden:"), run.stderr
    assert county.site() == before
    county.look(ledger, log)
    assert soak.publish().returncode == 0
    county.is_clean()


def test_who_publishes_is_told_in_chinese_that_it_is_not_allowed(soak: Moments) -> None:
    county = soak.county
    county.change(4000)
    before = county.site()
    with closed([county.root / "build"]):
        run = run_plain("-m", "etl", "publish", "--root", county.root)
    assert run.returncode == 3
    assert WORDS["trouble_forbidden"]["zh"] in run.stderr
    assert str(county.root / "build") in run.stderr
    assert county.site() == before
