"""The commands as a person runs them, in county folders of their own."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.worksheet.worksheet import Worksheet

from etl.cli import main
from etl.layout import Layout
from etl.pipeline.lock import alone

ROOT = Path(__file__).resolve().parents[1]
GOOD = next((ROOT / "datasets" / "inbox" / "2018").glob("*.xlsx"))
"""The county office's own form of 2018: two lines, budget and previous year."""

NAME = "富源县人民政府办公室2018年部门预算“三公”经费.xlsx"
OFFICE, EXEMPT = "富源县人民政府办公室", "富源县人民武装部"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def county(root: Path) -> Path:
    """The declarations of Fuyuan, without anything that came in."""
    shutil.copytree(ROOT / "datasets" / "register", root / "datasets" / "register")
    shutil.copyfile(ROOT / "datasets" / "jurisdiction.yml", root / "datasets" / "jurisdiction.yml")
    (root / "datasets" / "inbox").mkdir()
    return root


def changed(path: Path, change: Callable[[Worksheet], None]) -> Path:
    """The good file with something changed in it."""
    book = openpyxl.load_workbook(GOOD)
    change(book.worksheets[0])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def rename(new: str) -> Callable[[Worksheet], None]:
    """Give every text that names the office another name."""

    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace(OFFICE, new).replace("富源县政府办公室", new)

    return change


def wrong_total(sheet: Worksheet) -> None:
    sheet["B5"] = 99.99


def personal(sheet: Worksheet) -> None:
    sheet["B20"] = "身份证号"
    sheet["B21"] = "11010519491231002X"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county to which good and bad files came, once published."""
    root = county(tmp_path_factory.mktemp("county"))
    inbox = root / "datasets" / "inbox"
    (inbox / "2018").mkdir()
    shutil.copyfile(GOOD, inbox / "2018" / NAME)
    shutil.copyfile(GOOD, inbox / "again.xlsx")
    changed(inbox / "wrong.xlsx", wrong_total)
    changed(inbox / "personal.xlsx", personal)
    changed(inbox / "exempt.xlsx", rename(EXEMPT))
    (inbox / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    book = openpyxl.Workbook()
    book.active.append(["something", "else", 1])  # type: ignore[union-attr]
    book.save(inbox / "strange.xlsx")
    result = run("publish", "--root", root, "--jobs", 2)
    assert result.exit_code == 0, result.output
    return root


def test_one_bad_file_does_not_stop_another(published: Path) -> None:
    fates = {row["file"]: row["status"] for row in rows(published / "review" / "submissions.csv")}
    assert fates == {
        f"2018/{NAME}": "accepted",
        "again.xlsx": "duplicate",
        "broken.xlsx": "unreadable",
        "exempt.xlsx": "withheld",
        "personal.xlsx": "withheld",
        "strange.xlsx": "unrecognised",
        "wrong.xlsx": "rejected",
    }


def test_what_is_withheld_or_rejected_says_why(published: Path) -> None:
    found = {(row["file"], row["code"]) for row in rows(published / "review" / "findings.csv")}
    assert {
        ("exempt.xlsx", "exempt-department"),
        ("personal.xlsx", "personal-data"),
        ("again.xlsx", "submission-duplicate"),
        ("broken.xlsx", "file-unreadable"),
        ("wrong.xlsx", "sum-mismatch"),
    } <= found


def test_only_what_was_accepted_is_public(published: Path) -> None:
    assert {row["source_file"] for row in rows(published / "site" / "data" / "facts.csv")} == {f"2018/{NAME}"}
    read = {row["source_file"] for row in rows(published / "review" / "facts.csv")}
    assert read == {f"2018/{NAME}", "wrong.xlsx"}


def test_no_page_and_no_table_holds_personal_data(published: Path) -> None:
    for folder in ("site", "review"):
        for path in (published / folder).rglob("*"):
            if path.suffix in {".html", ".csv", ".json", ".xml", ".jsonld"}:
                assert "11010519491231002X" not in path.read_text("utf-8"), path


def test_a_file_at_fault_comes_back_marked(published: Path) -> None:
    marked = {path.parent.name for path in (published / "review").rglob("marked.xlsx")}
    expected = {
        row["submission_id"]
        for row in rows(published / "review" / "submissions.csv")
        if row["status"] in {"rejected", "unrecognised"} or row["file"] == "personal.xlsx"
    }
    assert expected <= marked


def test_the_same_folder_gives_the_same_bytes_and_strict_minds_a_rejection(published: Path) -> None:
    before = {folder: hashes(published / folder) for folder in ("site", "review", "datasets")}
    shutil.rmtree(published / "build")  # as `make clean` does: nothing is kept
    result = run("publish", "--root", published, "--strict", "--lang", "en", "--jobs", 1)
    assert result.exit_code == 1
    assert {folder: hashes(published / folder) for folder in before} == before
    assert sorted(path.name for path in published.iterdir()) == ["build", "datasets", "review", "site"]


def test_where_another_run_is_at_work_the_earlier_site_stands(published: Path) -> None:
    before = hashes(published / "site")
    with alone(Layout(published), "2026-03-01T09:00:00+08:00"):
        result = run("publish", "--root", published)
    assert result.exit_code == 3
    assert "2026-03-01T09:00:00+08:00" in result.output
    assert hashes(published / "site") == before


@pytest.mark.parametrize("problem", [OSError("disk full"), KeyError("a mistake of ours")])
def test_where_the_build_fails_the_earlier_site_stands(
    published: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*arguments: object) -> None:
        raise problem

    before = hashes(published / "site")
    shutil.rmtree(published / "build")
    monkeypatch.setattr("etl.pipeline.build.write_data", fail)
    assert run("publish", "--root", published).exit_code == 3
    assert hashes(published / "site") == before


def test_coverage_for_programs(published: Path) -> None:
    result = run("coverage", "--root", published, "--year", 2018, "--format", "json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert [rate["key"] for rate in answer["rates"]] == ["budget", "final-account", "three-public-expenses"]
    fraction = {"rate", "numerator", "denominator", "exempt", "unknown"}
    assert answer.keys() == {"rates", "axes", "tables", "trend", "rows"}
    assert all(fraction <= one.keys() for key in ("rates", "axes", "tables") for one in answer[key])
    assert {one["key"] for one in answer["axes"]} == {*("timeliness", "completeness", "truthfulness", "detail", "form")}
    assert {one["document"] for one in answer["trend"]} == {"budget", "final-account"}
    assert {one["fiscal_year"] for key in ("rates", "axes", "tables", "trend") for one in answer[key]} == {2018}
    assert {row["fiscal_year"] for row in answer["rows"]} == {2018}
    written = rows(published / "site" / "data" / "coverage.csv")
    assert [row["status"] for row in answer["rows"]] == [
        row["status"] for row in written if row["fiscal_year"] == "2018"
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_coverage_for_people(published: Path, lang: str) -> None:
    assert run("coverage", "--root", published, "--lang", lang).exit_code == 0


# --- check ------------------------------------------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return county(tmp_path / "county")


def test_check_of_a_good_file_says_so_and_leaves_no_trace(empty: Path) -> None:
    before = hashes(empty)
    assert run("check", "--root", empty, GOOD).exit_code == 0
    assert hashes(empty) == before


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_check_of_a_bad_file_exits_with_one(empty: Path, tmp_path: Path, form: str) -> None:
    wrong = changed(tmp_path / "wrong.xlsx", wrong_total)
    assert run("check", "--root", empty, "--format", form, wrong, GOOD).exit_code == 1


def test_check_writes_findings_for_programs(empty: Path, tmp_path: Path) -> None:
    wrong = changed(tmp_path / "wrong.xlsx", wrong_total)
    from_json = json.loads(run("check", "--root", empty, "--format", "json", wrong).stdout)
    from_csv = list(csv.DictReader(io.StringIO(run("check", "--root", empty, "--format", "csv", wrong).stdout)))
    assert "sum-mismatch" in {finding["code"] for finding in from_json}
    assert [finding["fingerprint"] for finding in from_json] == [row["fingerprint"] for row in from_csv]


def test_check_marks_a_copy(empty: Path, tmp_path: Path) -> None:
    wrong = changed(tmp_path / "wrong.xlsx", wrong_total)
    run("check", "--root", empty, "--annotate", tmp_path / "marked", wrong)
    assert [path.name[:5] for path in (tmp_path / "marked").iterdir()] == ["wrong"]


def test_the_name_of_a_file_cannot_act_on_the_terminal(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\u202e[red]b.xlsx"
    path.write_bytes(b"junk")
    for form in ("text", "json", "csv"):
        output = run("check", "--root", empty, "--format", form, path).output
        assert "[red]b" in output
        assert not {"\x1b", "\u202e"} & set(output)


# --- misuse -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "no-such-file.xlsx"],
        ["publish", "--root", "no-such-folder"],
        ["publish", "--jobs", "0"],
        ["coverage", "--format", "xml"],
        ["tidy"],
    ],
)
def test_misuse_exits_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "quoted"),
    [
        (["publish", "--nosuch"], "--nosuch"),
        (["publish", "--nos\x1b[31m"], "--nos"),
        (["--nosuch"], "--nosuch"),
        (["tidy"], "tidy"),
        (["check"], "FILES"),
        (["check", "no/such/file.xlsx"], "FILES"),
        (["publish", "--jobs", "0"], "--jobs"),
        (["publish", "--root"], "--root"),
        (["coverage", "--year", "never"], "--year"),
        (["coverage", "--format", "xml"], "--format"),
        (["publish", "one", "two"], ""),
    ],
)
def test_misuse_is_told_in_chinese_before_the_english(arguments: list[str], quoted: str) -> None:
    result = run(*arguments)
    first, *rest = result.stderr.splitlines()
    assert result.exit_code == 2
    assert re.search("[一-龥]", first)
    assert f"“{quoted}" in first if quoted else True
    assert any(line.startswith("Error: ") and not re.search("[一-龥]", line) for line in rest)
    assert "\x1b" not in first


def test_help_is_no_misuse() -> None:
    assert run().stderr.startswith("Usage: ")
    assert run("publish", "--help").exit_code == 0


def test_every_mistake_in_the_declarations_is_told_with_its_file_before_anything_starts(empty: Path) -> None:
    (empty / "datasets" / "jurisdiction.yml").write_text("code: 530325\nnames: [", "utf-8")
    (empty / "datasets" / "accepted.yml").write_text("- reason: because\n", "utf-8")
    before = hashes(empty)
    for command in (["publish"], ["coverage"], ["check", GOOD]):
        result = run(*command, "--root", empty)
        assert result.exit_code == 2
        assert "datasets/jurisdiction.yml" in result.output
        assert "datasets/accepted.yml" in result.output
    assert hashes(empty) == before


def test_a_code_without_a_page_in_the_rule_book_keeps_the_site_from_being_built(empty: Path) -> None:
    shutil.copytree(ROOT / "schemas", empty / "schemas")
    examples = empty / "schemas" / "examples.yml"
    examples.write_text(examples.read_text("utf-8").replace("  sum-mismatch:", "  sums-mismatch:"), "utf-8")
    result = run("publish", "--root", empty)
    assert result.exit_code == 2
    assert "schemas/examples.yml" in result.output
    assert "sum-mismatch" in result.output
    assert not (empty / "site").exists()


def test_an_epoch_that_is_no_number_is_misuse(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert run("publish", "--root", empty).exit_code == 2


def test_an_empty_inbox_can_be_published(empty: Path) -> None:
    shutil.rmtree(empty / "datasets" / "inbox")
    assert run("publish", "--root", empty).exit_code == 0
    assert (empty / "site" / "index.html").is_file()
    assert (empty / "review" / "index.html").is_file()
