from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.demo import Plan, make
from etl.fact import facts
from etl.layout import PROGRAM, Layout
from etl.pipeline import Stock, Work, check
from etl.spec import load
from etl.table import Submission

BETWEEN_DOCUMENTS = {"copied-template", "over-budget", "budget-differs", "carry-over-mismatch", "table-missing"}
"""Found when all files are there, not by looking at one."""


@dataclass(frozen=True)
class County:
    root: Path
    stock: Stock

    def truth(self, name: str) -> Iterator[dict[str, str]]:
        with (self.root / "truth" / name).open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)

    @property
    def submissions(self) -> dict[str, Submission]:
        return {one.receipt.file: one for one in self.stock.submissions}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    root = tmp_path_factory.mktemp("demo") / "county"
    make(root, Plan(departments=6, years=2, seed=1, share=1))
    layout = Layout(root)
    files = sorted(path for path in layout.inbox.rglob("*") if path.is_file() and path.name != "submission.yml")
    return County(root, check(files, load(layout), layout, Work(jobs=2)))


def contents(root: Path) -> dict[str, str]:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_makes_the_same_county_byte_for_byte(tmp_path: Path) -> None:
    for folder, seed in (("one", 7), ("two", 8)):
        make(tmp_path / folder, Plan(departments=3, years=1, seed=seed))
    program = "import sys; from pathlib import Path; from etl.demo import *; make(Path(sys.argv[1]), Plan(3, 1, 7))"
    other = {**os.environ, "PYTHONHASHSEED": "5", "PYTHONPATH": str(PROGRAM)}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "again")], env=other, check=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "again")
    assert contents(tmp_path / "one") != contents(tmp_path / "two")


def test_every_figure_is_read_from_its_cell_and_no_other(county: County) -> None:
    stated: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in county.truth("facts.csv"):
        stated[row["layout"]].add(tuple(row[key] for key in KEYS))
    read: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in county.truth("submissions.csv"):
        submission = county.submissions[row["file"]]
        for fact in facts("999999", submission, submission.tables):
            read[row["layout"]].add(tuple(str(getattr(fact, key)) for key in KEYS))
    assert {layout.rsplit("-", 1)[0] for layout in stated} >= {
        "national-xlsx-codes:one",
        "national-xlsx-codes:three",
        "national-xlsx-codes:named",
        "national-xlsx-codes:number",
        "national-csv-gb18030-codes:one",
        "yunnan-xlsx-codes:one",
        "yunnan-xlsx-codes:three",
    }
    for layout, figures in stated.items():
        assert sorted(figures - read[layout])[:5] == [], layout
        assert sorted(read[layout] - figures)[:5] == [], layout


KEYS = (
    *("fiscal_year", "document", "department_code", "table_id", "line_code", "measure", "amount_yuan"),
    *("source_file", "source_sheet", "source_cell"),
)


def test_what_was_planted_is_found_at_its_cell(county: County) -> None:
    missed = []
    planted = [row for row in county.truth("planted.csv") if row["file"] and row["code"] not in BETWEEN_DOCUMENTS]
    for row in planted:
        found = [
            finding
            for finding in county.submissions[row["file"]].findings
            if finding.code == row["code"] and (not row["sheet"] or finding.location.sheet == row["sheet"])
        ]
        cells = [cell for finding in found for cell in finding.location.cell.split(",")]
        if not found or (row["cell"] and row["cell"] not in cells):
            missed.append((row["file"], row["cell"], row["code"]))
    assert missed == []
    assert len({row["code"] for row in planted}) >= 15


def test_every_file_comes_to_what_was_meant_for_it(county: County) -> None:
    between = {row["file"] for row in county.truth("planted.csv") if row["code"] in BETWEEN_DOCUMENTS}
    fates = {
        row["file"]: (row["expected_status"], county.submissions[row["file"]].status)
        for row in county.truth("submissions.csv")
        if row["file"] not in between and row["expected_status"] != "superseded"
    }
    assert {file: fate for file, fate in fates.items() if fate[0] != fate[1]} == {}
    assert {fate for fate, _ in fates.values()} >= {"accepted", "rejected", "withheld", "duplicate", "unreadable"}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    result = CliRunner().invoke(main, ["demo", str(tmp_path), "--departments", "1", "--years", "1"])
    assert result.exit_code == 2
    assert contents(tmp_path).keys() == {"mine.txt"}


def test_a_county_can_be_made_without_publishing_it(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    result = CliRunner().invoke(main, ["demo", str(folder), "--departments", "1", "--years", "1", "--no-publish"])
    assert result.exit_code == 0, result.output
    assert {path.name for path in folder.iterdir()} == {"datasets", "truth"}
    spec = load(Layout(folder))
    assert "虚构" in spec.jurisdiction.names.zh
    assert all("虚构" in body.name.zh for body in spec.departments)
