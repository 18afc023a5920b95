"""What is on the disk when, asked of the calls of one publish: after a loss of power, what is there is what was settled.

A kill cannot show it, because what was written outlives the process in the memory of the system.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.soak.moments import Moments

LEDGER = "fsync datasets/ledger.csv"
LOG = "fsync datasets/releases/log.jsonl"


@pytest.fixture(scope="module", params=["first", "later"])
def calls(request: pytest.FixtureRequest, soak: Moments, tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """What a publish does to names and disks: of a county that has published nothing yet, and of one that has."""
    mine = soak.twin(tmp_path_factory.mktemp("other") / "county")
    root = mine.county.root
    if request.param == "first":
        for made in ("build", "site", "review", "datasets/archive", "datasets/releases"):
            shutil.rmtree(root / made)
        (root / "datasets" / "ledger.csv").unlink()
    mine.county.change(9)  # stands before the file of the folder 2018/, so that the data change
    file = tmp_path_factory.mktemp("calls") / "calls"
    run = mine.publish("--calls", file)
    assert run.returncode == 0, run.stderr
    return [call.replace(str(root), "ROOT") for call in file.read_text("utf-8").splitlines()]


def in_order(calls: Sequence[str], *wanted: str) -> None:
    """Each of them, after the one before."""
    place = -1
    for call in wanted:
        assert call in calls[place + 1 :], f"no {call!r} after {calls[place] if place >= 0 else 'the beginning'!r}"
        place = calls.index(call, place + 1)


def only(calls: Sequence[str], beginning: str) -> str:
    found = [call for call in calls if call.startswith(beginning)]
    assert len(found) == 1, found
    return found[0]


def test_a_line_of_the_ledger_comes_after_the_copy_it_speaks_of_has_its_name(calls: Sequence[str]) -> None:
    renames = [call.split(" ") for call in calls if call.startswith("rename datasets/archive/")]
    assert renames
    for _, part, copy in renames:
        folders = [f"fsync {Path(copy).parent.as_posix()}", "fsync datasets/archive", "fsync datasets"]
        in_order(calls, f"fsync {part}", f"rename {part} {copy}", *folders, LEDGER, "fsync datasets")


def test_a_line_of_the_log_comes_after_the_pack_it_names_and_before_the_site(calls: Sequence[str]) -> None:
    _, part, pack = only(calls, "rename datasets/releases/").split(" ")
    in_order(
        calls,
        LEDGER,
        f"fsync {part}",
        f"rename {part} {pack}",
        "fsync datasets/releases",
        LOG,
        "fsync datasets/releases",
        only(calls, "syncfs "),
    )


def test_the_site_takes_its_place_when_all_of_it_is_there_and_the_earlier_one_goes_after(calls: Sequence[str]) -> None:
    run = only(calls, "syncfs ").removeprefix("syncfs ")
    changes = [call for call in calls if call.endswith((f"{run}/site site", f"{run}/review review"))]
    assert len(changes) == 2, changes
    in_order(calls, f"syncfs {run}", *changes, "fsync ROOT", f"fsync {run}", f"rmtree {run}/site")
    assert calls.index("fsync ROOT") < calls.index(f"rmtree {run}/site")
