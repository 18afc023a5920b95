"""An earlier release, made again from the archive and from what is kept."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.demo import Plan, make
from etl.releases.again import NoSuchReleaseError, find, lay_out
from etl.releases.book import ReleasesDamagedError
from tests.releases.county import DAYS, County, account, other_account


@pytest.fixture
def county(tmp_path: Path) -> County:
    made = County(tmp_path / "county")
    (made.layout.inbox / "submission.yml").write_text("department_code: '101'\n")
    made.layout.corrections.write_text("[]\n")
    made.send("a.xlsx", "a", account())
    made.publish()
    (made.layout.inbox / "submission.yml").write_text("department_code: '102'\n")
    made.layout.corrections.unlink()
    made.send("b.xlsx", "b", other_account(), DAYS["c"])
    (made.layout.inbox / "a.xlsx").unlink()
    made.publish()
    return made


def test_the_folder_of_a_release_is_as_it_was_and_comes_to_the_same_line(county: County, tmp_path: Path) -> None:
    wanted = find(county.layout, 1)
    assert wanted.differs == ()
    again = lay_out(county.layout, wanted.line, tmp_path / "again")
    assert sorted(path.name for path in again.inbox.iterdir()) == ["a.xlsx", "submission.yml"]
    assert (again.inbox / "submission.yml").read_text() == "department_code: '101'\n"
    assert again.corrections.read_text() == "[]\n"
    assert county.layout.ledger.read_bytes().startswith(again.ledger.read_bytes())
    assert len(again.ledger.read_text().splitlines()) == 2
    county.layout = again
    county.publish()
    assert county.log == [json.loads(wanted.line.text)]


def test_what_differs_is_named(county: County) -> None:
    (county.layout.root / "schemas" / "rules.yml").write_text("rules: [{}]\n")
    assert find(county.layout, 1).differs == ("schemas",)
    with pytest.raises(NoSuchReleaseError):
        find(county.layout, 3)


def test_what_is_not_in_the_archive_is_named(county: County, tmp_path: Path) -> None:
    wanted = find(county.layout, 1)
    next(path for path in county.layout.archive.rglob("*.xlsx") if path.read_text() == "a").unlink()
    with pytest.raises(ReleasesDamagedError, match="archive/"):
        lay_out(county.layout, wanted.line, tmp_path / "again")


def test_the_command_refuses_what_it_cannot_promise(county: County, tmp_path: Path) -> None:
    run, root = CliRunner(), str(county.layout.root)
    assert run.invoke(main, ["publish", "--root", root, "--release", "9", "--to", str(tmp_path / "x")]).exit_code == 2
    assert run.invoke(main, ["publish", "--root", root, "--release", "1", "--to", str(tmp_path)]).exit_code == 2
    (county.layout.root / "schemas" / "rules.yml").write_text("rules: [{}]\n")
    assert run.invoke(main, ["publish", "--root", root, "--release", "1", "--to", str(tmp_path / "x")]).exit_code == 2
    assert not (tmp_path / "x").exists()


def test_a_whole_county_published_corrected_and_made_again_byte_for_byte(tmp_path: Path) -> None:
    root, run = tmp_path / "county", CliRunner()
    make(root, Plan(1, 1, 1))
    assert run.invoke(main, ["publish", "--root", str(root), "--jobs", "1"]).exit_code == 0
    shutil.copytree(root / "site", tmp_path / "first")
    fact = _reception(root)
    _correct(root, fact)
    _overwrite_another(root, fact)
    assert run.invoke(main, ["publish", "--root", str(root), "--jobs", "1"]).exit_code == 0
    told = json.loads((root / "site" / "data" / "releases.json").read_text())["releases"][0]
    figures = [figure for document in told["documents"] for figure in document["figures"]]
    assert [(figure["source_cell"], figure["reason"]) for figure in figures] == [(fact["source_cell"], "correction")]
    assert figures[0]["old_yuan"] == fact["amount_yuan"]
    assert run.invoke(main, ["verify", "--root", str(root)]).exit_code == 0
    made = run.invoke(main, ["publish", "--root", str(root), "--release", "1", "--to", str(tmp_path / "again")])
    assert made.exit_code == 0, made.output
    assert _files(tmp_path / "again") == _files(tmp_path / "first")


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def _reception(root: Path) -> dict[str, str]:
    """A figure that stands for itself: the reception line of a final account, whose budget column no rule adds up."""
    facts = _rows(root / "site" / "data" / "facts.csv")
    return next(
        fact
        for fact in facts
        if (fact["table_id"], fact["line_code"], fact["measure"]) == ("three-public-expenses", "reception", "budget")
        and fact["document"] == "final-account"
        and float(fact["amount_yuan"])
    )


def _correct(root: Path, fact: dict[str, str]) -> None:
    from python_calamine import CalamineWorkbook

    path = root / "datasets" / "inbox" / fact["source_file"]
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(fact["source_sheet"])
    column, row = fact["source_cell"][0], int(fact["source_cell"][1:])
    was = sheet.to_python(skip_empty_area=False)[row - 1][ord(column) - ord("A")]
    sha256 = next(
        one["sha256"] for one in _rows(root / "review" / "submissions.csv") if one["file"] == fact["source_file"]
    )
    decision = {
        "file_sha256": sha256,
        "sheet": fact["source_sheet"],
        "cell": fact["source_cell"],
        "was": str(was),
        "now": str(float(was) + 0.01),  # type: ignore[arg-type]
        "reason": "笔误",
        "by": "预算股",
        "on": "2026-01-01",
    }
    (root / "datasets" / "corrections.yml").write_text(json.dumps([decision], ensure_ascii=False), "utf-8")


def _overwrite_another(root: Path, fact: dict[str, str]) -> None:
    accepted = [one for one in _rows(root / "review" / "submissions.csv") if one["status"] == "accepted"]
    other = next(one for one in accepted if one["file"] != fact["source_file"])
    (root / "datasets" / "inbox" / other["file"]).write_bytes(b"no workbook")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
