"""`mingzhang learn` as a person runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner, Result

from etl.cli import main
from etl.spec.meta import faults
from tests.learn.test_learn import ROOT, VARIANT

PLACE = Path("schemas", "tables", "expenditure", "template-2024.yml")


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county with schemas of its own."""
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    shutil.copytree(ROOT / "datasets" / "register", tmp_path / "datasets" / "register")
    shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", tmp_path / "datasets" / "jurisdiction.yml")
    return tmp_path


@pytest.fixture
def variant(tmp_path: Path) -> Path:
    return workbook(tmp_path / "variant.xlsx", VARIANT)


def workbook(path: Path, text: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, line in enumerate(text.strip().splitlines(), start=1):
        for column, cell in enumerate(line.split("|"), start=1):
            bare = cell.strip()
            number = bare.replace(".", "", 1).isdigit() and column > 2
            sheet.cell(row, column, float(bare) if number else bare or None)
    book.save(path)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["learn", *map(str, arguments)])


def test_it_is_shown_and_nothing_is_written(county: Path, variant: Path) -> None:
    result = run(variant, "--root", county)
    assert result.exit_code == 0
    assert faults("template", yaml.safe_load(result.stdout)) == []
    assert not (county / PLACE).exists()


def test_learn_check_publishable_in_two_steps(county: Path, variant: Path) -> None:
    before = CliRunner().invoke(main, ["check", str(variant), "--root", str(county), "--format", "csv"])
    assert "header-missing" in before.stdout
    assert run(variant, "--root", county, "--write").exit_code == 0
    after = CliRunner().invoke(main, ["check", str(variant), "--root", str(county), "--format", "csv"])
    assert "header-missing" not in after.stdout
    assert "column-unrecognised" not in after.stdout


def test_a_file_that_stands_is_never_overwritten(county: Path, variant: Path) -> None:
    assert run(variant, "--root", county, "--write").exit_code == 0
    own = (county / PLACE).read_text("utf-8").replace("form: expenditure-2024", "form: edited-by-hand")
    (county / PLACE).write_text(own, "utf-8")
    again = run(variant, "--root", county, "--sheet", "Sheet", "--write")
    assert again.exit_code == 0
    assert (county / PLACE).read_text("utf-8") == own
    assert yaml.safe_load(again.stdout)["form"] == "expenditure-2024"


def test_the_programs_own_schemas_are_left_alone(county: Path, variant: Path) -> None:
    shutil.rmtree(county / "schemas")
    result = run(variant, "--root", county, "--write")
    assert result.exit_code == 0
    assert not (county / "schemas").exists()
    assert yaml.safe_load(result.stdout)["form"] == "expenditure-2024"


@pytest.mark.parametrize("options", [("--sheet", "没有"), ("--table", "no-such-table")])
def test_misuse(county: Path, variant: Path, options: tuple[str, str]) -> None:
    assert run(variant, "--root", county, *options).exit_code == 2


def test_nothing_to_learn_from(county: Path, tmp_path: Path) -> None:
    known = workbook(
        tmp_path / "known.xlsx", VARIANT.replace("支出科目编码", "科目编码").replace("项目经费", "项目支出")
    )
    strange = workbook(tmp_path / "strange.xlsx", "2024年职工通讯录\n姓名|科室|电话\n甲|办公室|无\n乙|财务科|无")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no zip")
    assert [run(path, "--root", county).exit_code for path in (known, strange, broken)] == [1, 1, 1]
    assert run(known, "--root", county, "--sheet", "Sheet").exit_code == 0


def test_the_same_file_gives_the_same_bytes(county: Path, variant: Path) -> None:
    assert run(variant, "--root", county).stdout_bytes == run(variant, "--root", county).stdout_bytes
