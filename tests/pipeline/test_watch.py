"""The inbox watched by a process of its own, as people run it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = next((ROOT / "datasets" / "inbox" / "2018").glob("*.xlsx"))
LONG = 60.0
"""Seconds after which a test gives up; a busy machine is no mistake of ours."""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    root = tmp_path / "county"
    shutil.copytree(ROOT / "datasets" / "register", root / "datasets" / "register")
    shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", root / "datasets" / "jurisdiction.yml")
    (root / "datasets" / "inbox").mkdir()
    return root


class Watch:
    """A watch that runs, and what it said."""

    def __init__(self, root: Path) -> None:
        self.root, self.said = root, root.parent / "said.txt"
        with self.said.open("wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "etl", "watch", "--root", str(root), "--jobs", "2", "--lang", "en"],
                cwd=ROOT,
                stdout=stream,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self.wait(lambda: "Watching" in self.text)

    @property
    def text(self) -> str:
        return self.said.read_text("utf-8")

    @property
    def reports(self) -> set[str]:
        return {path.parent.name for path in (self.root / "review" / "watch").glob("*/index.html")}

    def wait(self, there: Callable[[], bool]) -> None:
        end = time.monotonic() + LONG
        while not there():
            assert self.process.poll() is None, self.text
            assert time.monotonic() < end, self.text
            time.sleep(0.05)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONG)


@pytest.fixture
def watch(county: Path) -> Iterator[Watch]:
    one = Watch(county)
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.wait()


def wrong(path: Path, total: float = 99.99) -> Path:
    """The good file with a total that is none."""
    book = openpyxl.load_workbook(GOOD)
    book.worksheets[0]["B5"] = total
    book.save(path)
    return path


def test_files_are_reported_on_as_they_land_and_forgotten_as_they_go(watch: Watch, tmp_path: Path) -> None:
    inbox = watch.root / "datasets" / "inbox"
    for number in range(5):
        shutil.copyfile(wrong(tmp_path / "made.xlsx", 99 + number), inbox / f"{number}.xlsx")
    shutil.copyfile(GOOD, inbox / "good \x1b[2J.xlsx")
    watch.wait(lambda: len(watch.reports) == 6)
    watch.wait(lambda: "4.xlsx" in watch.text and "good" in watch.text)
    assert "\x1b" not in watch.text
    marked = {path.parent.name for path in (watch.root / "review" / "watch").glob("*/marked.xlsx")}
    assert len(marked) >= 5
    assert not (watch.root / "datasets" / "ledger.csv").exists()
    assert not (watch.root / "datasets" / "archive").exists()

    (inbox / "0.xlsx").unlink()
    watch.wait(lambda: len(watch.reports) == 5)
    shutil.rmtree(watch.root / "review")  # as a swap does: another review site, without them
    (watch.root / "review").mkdir()
    watch.wait(lambda: len(watch.reports) == 5)
    known = min(watch.reports)
    page = watch.root / "review" / "submissions" / known / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("the publish reports on it", "utf-8")
    (inbox / "more.csv").write_text("1,2\n", "utf-8")
    watch.wait(lambda: known not in watch.reports and len(watch.reports) == 5)

    assert watch.end() == 0
    assert "Traceback" not in watch.text


def test_half_a_file_waits_for_its_other_half(watch: Watch) -> None:
    content, place = GOOD.read_bytes(), watch.root / "datasets" / "inbox" / "slow.xlsx"
    with place.open("wb") as stream:
        for part in (content[:1000], content[1000:2000]):
            stream.write(part)
            stream.flush()
            time.sleep(1.0)
            assert watch.reports == set()
        stream.write(content[2000:])
    watch.wait(lambda: len(watch.reports) == 1)
    assert "slow.xlsx: May be sent" in watch.text


def test_declarations_that_change_are_read_again(watch: Watch) -> None:
    inbox = watch.root / "datasets" / "inbox"
    (watch.root / "datasets" / "accepted.yml").write_text("- reason: because\n", "utf-8")
    shutil.copyfile(GOOD, inbox / "a.xlsx")
    watch.wait(lambda: "datasets/accepted.yml" in watch.text and len(watch.reports) == 1)
    (watch.root / "datasets" / "accepted.yml").unlink()
    (watch.root / "datasets" / "corrections.yml").write_text("[]\n", "utf-8")
    wrong(inbox / "b.xlsx")
    watch.wait(lambda: len(watch.reports) == 2)
    assert watch.text.count("Declaration files were changed") == 1


def test_a_second_watch_hears_who_is_at_it(watch: Watch) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "etl", "watch", "--root", str(watch.root), "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    assert second.returncode == 3
    assert f"process {watch.process.pid}" in second.stderr
