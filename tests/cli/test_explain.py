"""`mingzhang explain`: what it finds, what it suggests, and that it names everything there is."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from etl.cli import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = yaml.safe_load((ROOT / "schemas" / "examples.yml").read_text("utf-8"))
CODES = list(yaml.safe_load((ROOT / "schemas" / "findings.yml").read_text("utf-8"))["findings"])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", "--root", str(ROOT), *arguments])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["sum-mismatch", "personal-data", "SUM-MISMATCH"])
def test_a_code_is_shown_wrong_and_right(code: str, lang: str) -> None:
    result = run(code, "--lang", lang)
    example = EXAMPLES["findings"][code.lower()]
    assert result.exit_code == 0
    assert example["wrong"][lang] in result.output
    assert example["right"][lang] in result.output


def test_a_code_names_the_rules_that_find_it() -> None:
    assert "T-01" in run("total-unbalanced").output.split()


def test_a_number_that_means_two_things_shows_both() -> None:
    output = run("t-05").output
    assert EXAMPLES["rules"]["T-05"]["wrong"]["zh"] in output
    assert EXAMPLES["rules"]["T-05/assets"]["wrong"]["zh"] in output
    assert EXAMPLES["rules"]["T-05a"]["wrong"]["zh"] not in output


def test_without_a_code_everything_is_listed() -> None:
    told = set(run("--lang", "en").output.split())
    assert set(CODES) <= told
    assert {name.partition("/")[0] for name in EXAMPLES["rules"]} <= told


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("sum-mismach", "sum-mismatch"), ("t-100", "T-10"), ("缺表", "table-missing"), ("unit_missing", "unit-missing")],
)
def test_what_is_not_known_is_misuse_and_the_nearest_is_named(asked: str, meant: str) -> None:
    result = run(asked)
    assert result.exit_code == 2
    assert meant in result.stderr.split()
    assert not result.stdout


def test_what_is_like_nothing_cannot_act_on_the_terminal() -> None:
    result = run("\x1b[2Jzzzz")
    assert result.exit_code == 2
    assert "\x1b" not in result.output


def test_it_reads_no_workbook_and_starts_at_once() -> None:
    """Nothing heavier than the declarations is imported; the time is generous, for machines at work."""
    asked = "import sys; from etl.cli import main; main(['explain', 'T-10'], standalone_mode=False); print(sys.modules.keys())"
    began = time.monotonic()
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert time.monotonic() - began < 5
    assert not [room for room in ("etl.pipeline", "etl.workbook", "python_calamine", "pandas") if f"'{room}'" in told]
