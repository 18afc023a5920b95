"""Files that need not be made again: laid out as they were, made anew where anything differs, and never the wrong ones."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline.kept import Kept
from etl.pipeline.pieces import do_pieces
from etl.pipeline.travel import state_of
from etl.publish.abreast import Files
from etl.table import Submission, know_by
from tests.publish.builders import submission as make_submission

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, name: str, text: str, log: Path) -> None:
    """A file of its own folder; the log is how a test sees that it was written and not laid out."""
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{name}\n")
    path = folder / "sub" / name
    path.parent.mkdir()
    path.write_text(text, "utf-8")


def write_otherwise(folder: Path, name: str, text: str, log: Path) -> None:
    write(folder, name, text.upper(), log)


@dataclasses.dataclass
class Bench:
    """Pieces done in one place, with what is kept between the runs."""

    root: Path
    depends: str = "as it was"

    def do(self, *pieces: tuple[Any, str, str]) -> tuple[dict[str, str], list[str]]:
        """What lies in the folder after a run, and which files were written for it."""
        log, site = self.root / "log", self.root / "site"
        log.write_text("", "utf-8")
        for left in site.rglob("*.txt"):
            left.unlink()
        (self.root / "place").mkdir(exist_ok=True)
        kept = Kept(self.root / "kept", self.depends)
        files = [Files(how, site, (name, text), (log,)) for how, name, text in pieces]
        do_pieces(files, 1, kept, self.root / "place")
        kept.sweep()
        found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.rglob("*.txt"))}
        return found, log.read_text("utf-8").split()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_only_what_is_made_from_something_else_is_made_again(bench: Bench) -> None:
    before = ((write, "a.txt", "1"), (write, "b.txt", "2"))
    assert bench.do(*before) == ({"sub/a.txt": "1", "sub/b.txt": "2"}, ["a.txt", "b.txt"])
    assert bench.do(*before) == ({"sub/a.txt": "1", "sub/b.txt": "2"}, [])
    after = ((write, "a.txt", "1"), (write, "b.txt", "3"))
    assert bench.do(*after) == ({"sub/a.txt": "1", "sub/b.txt": "3"}, ["b.txt"])


def test_what_another_function_writes_is_not_taken(bench: Bench) -> None:
    bench.do((write, "a.txt", "x"))
    assert bench.do((write_otherwise, "a.txt", "x")) == ({"sub/a.txt": "X"}, ["a.txt"])


def test_another_state_of_program_and_declarations_takes_nothing(bench: Bench) -> None:
    bench.do((write, "a.txt", "x"))
    bench.depends = "something else"
    assert bench.do((write, "a.txt", "x"))[1] == ["a.txt"]


def test_a_damaged_entry_is_made_again(bench: Bench) -> None:
    bench.do((write, "a.txt", "x"))
    (entry,) = (path for path in (bench.root / "kept").rglob("*") if path.is_file())
    content = bytearray(entry.read_bytes())
    content[3] ^= 1
    entry.write_bytes(content)
    assert bench.do((write, "a.txt", "x")) == ({"sub/a.txt": "x"}, ["a.txt"])


def test_where_nothing_is_kept_everything_is_written_in_its_place(tmp_path: Path) -> None:
    do_pieces([Files(write, tmp_path, ("a.txt", "x"), (tmp_path / "log",))], 1, None, tmp_path)
    assert (tmp_path / "sub" / "a.txt").read_text("utf-8") == "x"


def test_a_piece_leaves_nothing_in_the_place_of_the_run(bench: Bench) -> None:
    bench.do((write, "a.txt", "x"))
    assert list((bench.root / "place").iterdir()) == []


# --- by what a value is known -------------------------------------------------------------------------------------


def parted() -> Submission:
    """A submission of which several tables stand."""
    one = make_submission()
    return dataclasses.replace(one, standing=frozenset({"revenue", "expenditure", "basic-expenditure", "projects"}))


def test_equal_values_have_one_state_whether_their_parts_are_one_object_or_two() -> None:
    text = "".join(["五", "四"])
    assert state_of([text, text]) == state_of([text, "".join(["五", "四"])])


def test_everything_in_a_submission_counts() -> None:
    one = parted()
    others = [
        dataclasses.replace(one, status="rejected"),
        dataclasses.replace(one, standing=frozenset({"revenue"})),
        dataclasses.replace(one, findings=one.findings[1:] if one.findings else (), tables=()),
        dataclasses.replace(one, receipt=dataclasses.replace(one.receipt, file="another.xlsx")),
        dataclasses.replace(one, identity=dataclasses.replace(one.identity, fiscal_year=1999)),
    ]
    assert len({state_of(each) for each in (one, *others)}) == len(others) + 1


def test_a_table_is_known_by_its_hash_until_it_is_changed() -> None:
    table = parted().tables[0]
    unknown = state_of(table)
    know_by(table, "the first")
    known = state_of(table)
    changed = dataclasses.replace(table, unit_yuan=Decimal(10_000), unit="万元", title=f"{table.title}！")
    assert len({unknown, known, state_of(changed)}) == 3
    assert changed.known_by == ""


def test_the_state_does_not_depend_on_the_order_of_hash_tables() -> None:
    told = "from tests.pipeline.test_pieces import parted, state_of; print(state_of(parted()))"
    found = {
        subprocess.run(
            [sys.executable, "-c", told],
            cwd=ROOT,
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3, 4)
    }
    assert len(found) == 1
