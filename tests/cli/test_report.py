"""What `check` shows on a terminal: grouping, order, cutting, the last line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.cli.report import LONGEST, may_be_sent, show_conclusion, show_findings
from etl.cli.words import WORDS
from etl.fact import FactsOf
from etl.finding import Finding, Location, error, note, warning
from etl.pipeline import Stock
from etl.sheet_report import SheetReport
from etl.table import Identity, Receipt, Submission
from tests.publish.builders import spec

SHEETS = (SheetReport("一", "recognised", "expenditure"), SheetReport("二", "recognised", "expenditure"))


def at(sheet: str, cell: str, row: int, money: str) -> Finding:
    return error("sum-mismatch", Location(sheet, cell, row, 2), difference=Decimal(money), rule="T-10")


def stock(*findings: Finding, status: str = "rejected", files: int = 1) -> Stock:
    made = tuple(
        Submission(
            Receipt(f"{number}.xlsx", f"{number:064}", "2024-01-01", 1, Path("x")),
            Identity(),
            status,
            sheets=SHEETS,
            findings=findings,
        )
        for number in range(files)
    )
    return Stock(made, made, (), {}, FactsOf("530325"))


def shown(capsys: pytest.CaptureFixture[str], one: Stock, *, whole: bool = False, lang: str = "zh") -> list[str]:
    show_findings(one, spec(), lang, whole=whole)
    show_conclusion(one, lang)
    return capsys.readouterr().out.splitlines()


def place(lines: list[str], word: str) -> int:
    return next(number for number, line in enumerate(lines) if word in line.split())


def test_structure_comes_first_then_the_money_at_stake(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(
        capsys,
        stock(at("一", "B5", 5, "1"), at("一", "B9", 9, "-700"), at("二", "B7", 7, "30"), error("year-unknown")),
    )
    cells = [place(lines, word) for word in ("year-unknown", "B9", "B5", "B7")]
    assert cells == sorted(cells)


def test_findings_stand_under_their_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, stock(at("一", "B5", 5, "1"), at("二", "B7", 7, "30"), at("一", "B6", 6, "2")))
    heads = [number for number, line in enumerate(lines) if "“一”" in line or "“二”" in line]
    assert len(heads) == 2
    assert heads[0] < place(lines, "B7") < heads[1] < place(lines, "B6") < place(lines, "B5")


def test_cells_are_aligned(capsys: pytest.CaptureFixture[str]) -> None:
    lines = shown(capsys, stock(at("一", "B5", 5, "1"), at("一", "AB105", 105, "2")), lang="en")
    rows = [line for line in lines if line.split()[1:2] in (["B5"], ["AB105"])]
    assert len(rows) == 2
    assert len({line.index("In ") for line in rows}) == 1


def test_a_long_list_is_cut_and_says_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    many = stock(*(at("一", f"B{row}", row, "1") for row in range(1, LONGEST + 8)))
    cut = shown(capsys, many)
    assert sum(line.split()[-1:] == ["T-10"] for line in cut) == LONGEST
    assert any(" 7 " in line and "--all" in line for line in cut)
    whole = shown(capsys, many, whole=True)
    assert sum(line.split()[-1:] == ["T-10"] for line in whole) == LONGEST + 7
    assert not any("--all" in line for line in whole)


@pytest.mark.parametrize(
    ("one", "sent"),
    [
        (stock(status="accepted"), True),
        (stock(warning("unit-missing"), note("rounding-difference"), status="accepted"), True),
        (stock(at("一", "B5", 5, "1")), False),
        (stock(status="unreadable"), False),
        (stock(note("exempt-department"), status="withheld"), False),
    ],
)
def test_the_last_line_says_whether_it_may_be_sent(capsys: pytest.CaptureFixture[str], one: Stock, sent: bool) -> None:
    assert may_be_sent(one) is sent
    last = shown(capsys, one)[-1]
    assert last.startswith("可以报送" if sent else "不能报送")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_taken_back_is_not_called_wrong(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    taken = stock(note("submission-withdrawn"), status="withheld")
    lines = shown(capsys, taken, lang=lang)
    assert not may_be_sent(taken)
    assert spec().findings["submission-withdrawn"].title[lang] in lines[0]
    assert lines[-1].startswith(WORDS["may_not_be_sent_again"][lang])


def test_the_list_of_commands_cuts_no_sentence_off() -> None:
    listed = " ".join(CliRunner().invoke(main, ["--help"]).output.split())
    for command in main.commands.values():
        assert " ".join(str(command.help).split()) in listed


def test_what_is_piped_is_plain(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["something", "else", 1])  # type: ignore[union-attr]
    book.save(tmp_path / "strange.xlsx")
    runner = CliRunner()
    plain = runner.invoke(main, ["check", str(tmp_path / "strange.xlsx")])
    assert plain.exit_code == 1
    assert "\x1b" not in plain.output
    assert "\x1b[" in runner.invoke(main, ["check", str(tmp_path / "strange.xlsx")], color=True).output
    quiet = {"NO_COLOR": "1"}
    assert "\x1b" not in runner.invoke(main, ["check", str(tmp_path / "strange.xlsx")], color=True, env=quiet).output


def test_programs_get_every_finding(tmp_path: Path) -> None:
    """Cutting is for eyes: what is written for programs is whole."""
    book = openpyxl.Workbook()
    for number in range(LONGEST + 5):
        book.create_sheet(f"甲{number}").append(["something", "else", number])
    book.save(tmp_path / "strange.xlsx")
    written = CliRunner().invoke(main, ["check", "--format", "csv", str(tmp_path / "strange.xlsx")]).stdout
    assert written.count("sheet-unrecognised") >= LONGEST + 5
