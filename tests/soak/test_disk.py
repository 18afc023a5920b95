"""A disk on which there is no room left: a real one of few megabytes where one may be mounted, and pretended ones."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.cli.words import WORDS
from tests.soak.county import County
from tests.soak.moments import Moments

SIZE = 64
"""Megabytes: room for the county, for a second site, and for what MkDocs lays beside it."""
WITH_DATA = 9000
"""Kilobytes: room for the data and the letters of the county, and not for its pages."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A small disk of its own."""

    root: Path

    def leave(self, kilobytes: int) -> None:
        """Fill it but for so much."""
        left = os.statvfs(self.root)
        with self._filler.open("wb") as stream:
            os.posix_fallocate(stream.fileno(), 0, left.f_bavail * left.f_frsize - kilobytes * 1024)

    def make_room(self) -> None:
        self._filler.unlink()

    @property
    def _filler(self) -> Path:
        return self.root / "filler"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    root = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(root)]
    try:
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if mounted.returncode:
        pytest.skip(f"nothing may be mounted here: {mounted.stderr.strip()}")
    try:
        yield Disk(root)
    finally:
        subprocess.run(["umount", str(root)], check=True)


@pytest.fixture(scope="module")
def there(disk: Disk, soak: Moments) -> Moments:
    """The county on the small disk; the one it was copied from is its twin."""
    return soak.twin(disk.root / "county")


def change(mine: Moments, twin: Moments, number: int) -> None:
    """A file comes in, here and there."""
    mine.county.change(number)
    twin.county.follow(mine.county)


@contextmanager
def nothing_is_lost(county: County) -> Iterator[None]:
    """The earlier site stands, and all that was written down."""
    before, ledger, log = county.site(), county.ledger(), county.log()
    yield
    assert county.site() == before
    county.look(ledger, log)


def come_to_the_same(mine: Moments, twin: Moments) -> None:
    """With room again, the next run needs no cleaning and comes to what it would have come to."""
    for each in (mine, twin):
        run = each.publish()
        assert run.returncode == 0, run.stderr
    mine.county.is_clean()
    mine.county.is_like(twin.county)


@pytest.mark.parametrize("kilobytes", [0, 40, 400, 4000])
def test_where_a_disk_is_full_the_earlier_site_stands(
    disk: Disk, there: Moments, soak: Moments, kilobytes: int
) -> None:
    change(there, soak, 100 + kilobytes)
    with nothing_is_lost(there.county):
        disk.leave(kilobytes)
        run = there.publish()
        assert (run.returncode, run.stderr[:8]) == (1, "3: full:"), run.stderr
    disk.make_room()
    come_to_the_same(there, soak)


def test_who_publishes_is_told_in_chinese_that_the_disk_is_full(disk: Disk, there: Moments, soak: Moments) -> None:
    """The whole command, which comes as far as MkDocs."""
    change(there, soak, 200)
    with nothing_is_lost(there.county):
        disk.leave(WITH_DATA)
        run = there.county.publish()
        assert run.returncode == 3
        assert WORDS["trouble_full"]["zh"] in run.stderr
        assert "Traceback" not in run.stderr
    disk.make_room()
    for each in (there.county, soak.county):
        assert each.publish().returncode == 0
    there.county.is_like(soak.county)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_where_a_disk_seems_full_from_a_moment_on_the_earlier_site_stands(
    soak: Moments, tmp_path: Path, share: float
) -> None:
    """Wherever nothing can be mounted, too: from then on nothing is opened for writing, and no folder made."""
    twin = soak.twin(tmp_path / "county")
    change(soak, twin, 300 + round(share * 100))
    with nothing_is_lost(soak.county):
        run = soak.publish("--full-at", round(soak.moments * share))
        assert (run.returncode, run.stderr[:8]) == (1, "3: full:"), run.stderr
    come_to_the_same(soak, twin)


def test_what_finds_no_room_when_the_new_site_stands_does_not_take_it_down(soak: Moments, tmp_path: Path) -> None:
    """Only what would spare the next run some work is written then."""
    twin = soak.twin(tmp_path / "county")
    change(soak, twin, 400)
    before = soak.county.site()
    run = soak.publish("--full-at", "swapped")
    assert run.returncode == 0, run.stderr
    assert soak.county.site() != before
    come_to_the_same(soak, twin)


@pytest.mark.parametrize("largest", [500, 20_000, 200_000])
def test_where_a_file_may_not_grow_the_earlier_site_stands(soak: Moments, tmp_path: Path, largest: int) -> None:
    """A limit of the system on the size of a file fails every write beyond it, also those of libraries."""
    twin = soak.twin(tmp_path / "county")
    change(soak, twin, 1000 + largest)
    with nothing_is_lost(soak.county):
        run = soak.publish("--largest", largest)
        assert (run.returncode, run.stderr[:3]) == (1, "3: "), run.stderr
    come_to_the_same(soak, twin)
