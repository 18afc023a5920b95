"""`mingzhang annual-report` over the real county's one table."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from etl.cli import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """The register and the office's budget of 2018, of which the one table came."""
    for part in ("register", "inbox/2018"):
        shutil.copytree(ROOT / "datasets" / part, tmp_path / "datasets" / part)
    shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", tmp_path / "datasets" / "jurisdiction.yml")
    return tmp_path


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["annual-report", "--root", str(root), "--year", "2018", "--jobs", "1", *arguments])


def test_the_report_is_printed_and_written_as_markdown_and_docx(county: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(county, "--out", str(out))
    assert done.exit_code == 0, done.output
    text = (out / "annual-report-2018.md").read_text("utf-8")
    assert text.strip() in done.output
    first = next(p.text for p in docx.Document(str(out / "annual-report-2018.docx")).paragraphs if "2018年，" in p.text)
    assert first in text
    assert not (county / "site").exists()


def test_one_table_is_one_budget_and_one_of_the_three_public_expenses(county: Path) -> None:
    done = run(county, "--format", "json")
    assert done.exit_code == 0, done.output
    value = json.loads(done.stdout)
    numbers = {name: number["value"] for name, number in value["numbers"].items()}
    assert (numbers["items"], numbers["budgets"], numbers["three_public"], numbers["tables"]) == (2, 1, 1, 1)
    assert numbers["items_in_year"] == 0  # its page is of February 2019
    assert "201" not in {gap["department_code"] for gap in value["gaps"]}
    assert value["unmeasured"] == ["final-account"]  # of 2017: before the first year that is counted


def test_no_exempt_body_is_among_the_gaps(county: Path) -> None:
    assert "富源县人民武装部" not in run(county).output
