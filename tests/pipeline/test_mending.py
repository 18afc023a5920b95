"""Cells that people set right, from the bytes of a file to its figures: what could not be read is read."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from etl.pipeline.settle import decide
from etl.spec.declarations import Correction
from etl.table import Receipt, Submission
from tests.sheets import fuyuan
from tests.workbooks import xlsx

examine_room = import_module("etl.pipeline.examine")  # the package shows the verb of the same name

HEAD = (
    ("支出决算表",),
    ("部门：富源县教育体育局", "", "", "", "", "2023年度", "", "单位：元"),
    ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    ("", "合计", 300.5, 200, 100.5),
    ("205", "教育支出", 300.5, 200, 100.5),
    ("20502", "普通教育", 300.5, 200, 100.5),
    ("2050203", "初中教育", 300.5, 200, 100.5),
)


def sent(folder: Path, *changes: tuple[str, Any], now: dict[str, tuple[str, str]] | None = None) -> Submission:
    """The table with some cells changed, and with corrections: by cell what was and what is to stand there."""

    def fill(book: Any) -> None:
        sheet = book.add_worksheet("支出")
        for row, values in enumerate(HEAD):
            sheet.write_row(row, 0, values)
        for cell, value in changes:
            formula = isinstance(value, tuple)
            sheet.write_formula(cell, value[0], None, value[1]) if formula else sheet.write(cell, value)

    data = xlsx(fill)
    digest = hashlib.sha256(data).hexdigest()
    path = folder / digest
    path.write_bytes(data)
    receipt = Receipt("2023/支出决算表.xlsx", digest, "2024-09-01", len(data), path)
    decided = tuple(
        Correction(digest, "支出", cell, was, new, "来函更正", "预算股", "2024-09-02")
        for cell, (was, new) in (now or {}).items()
    )
    spec = replace(fuyuan(), corrections=decided)
    (judged,) = decide(examine_room.examine(receipt, spec), spec, date(2025, 1, 1))
    return judged


def figure(one: Submission, cell: str) -> tuple[str, str, str]:
    """Amount, text and line of the figure in a cell."""
    found = [(line.code, each) for table in one.tables for line in table.lines for each in line.figures.values()]
    return next((str(each.number), each.text, code) for code, each in found if each.cell == cell)


def codes(one: Submission) -> list[tuple[str, str]]:
    return [(each.code, each.location.cell) for each in one.findings if each.severity != "note"]


def test_the_table_is_right(tmp_path: Path) -> None:
    assert codes(sent(tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "code", "was", "now", "healed"),
    [
        (("E7", "约100元"), "amount-unreadable", "约100元", "100.50", ("100.5", "约100元", "2050203")),
        (("E7", ("=Sheet9!A1", "#REF!")), "cell-error", "#REF!", "100.5", ("100.5", "#REF!", "2050203")),
        (("E7", ("=VLOOKUP(A1,X1:Z9,2)", "")), "formula-not-calculated", "", "100.5", ("100.5", "", "2050203")),
        (("E7", 105.5), "sum-mismatch", "105.50", "100.5", ("100.5", "105.50", "2050203")),
    ],
)
def test_what_was_said_of_a_cell_goes_when_it_is_set_right(
    tmp_path: Path, change: tuple[str, Any], code: str, was: str, now: str, healed: tuple[str, str, str]
) -> None:
    broken = sent(tmp_path, change)
    assert code in {each for each, _ in codes(broken)}
    assert broken.status == "rejected"
    right = sent(tmp_path, change, now={"E7": (was, now)})
    assert codes(right) == []
    assert right.status == "accepted"
    assert figure(right, "E7") == healed
    assert [(one.cell, one.was, one.now) for one in right.mended] == [("E7", was, now)]
    assert right.mended_in(right.tables[0]) == right.mended


def test_a_code_and_a_title_can_be_set_right(tmp_path: Path) -> None:
    broken = sent(tmp_path, ("A7", "2O502O3"), ("A1", "支出情况一览"))
    assert broken.status != "accepted"
    right = sent(
        tmp_path,
        ("A7", "2O502O3"),
        ("A1", "支出情况一览"),
        now={"A7": ("2O502O3", "2050203"), "A1": ("支出情况一览", "支出决算表")},
    )
    assert codes(right) == []
    assert figure(right, "C7")[2] == "2050203"


def test_what_does_not_fit_any_more_is_told_and_changes_nothing(tmp_path: Path) -> None:
    said = sent(tmp_path, ("E7", "约100元"), now={"E7": ("约90元", "100.5")})
    assert ("correction-stale", "E7") in codes(said)
    assert ("amount-unreadable", "E7") in codes(said)
    assert (said.status, said.mended) == ("rejected", ())


def test_what_people_wrote_is_kept_without_personal_numbers(tmp_path: Path) -> None:
    said = sent(tmp_path, ("E7", "联系13912345678"), now={"E7": ("联系13912345678", "100.5")})
    assert "personal-data" in {code for code, _ in codes(said)}
    assert said.status == "withheld"
    assert "13912345678" not in repr((said.mended, said.findings, said.tables))
