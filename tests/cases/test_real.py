"""Real workbooks that hold no filing of ours: nothing breaks, and no figure is made up."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from etl.pipeline.examine import examine
from etl.table import Receipt, Submission
from tests.sheets import fuyuan

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "workbooks"
TEMPLATES = sorted(REAL.glob("*tianbaoxitong/*.xlsx"))
"""Blank forms of a district of Shanghai, with sample rows in them that are no data."""
FOREIGN = [
    path
    for path in sorted(REAL.rglob("*"))
    if path.suffix in {".xls", ".xlsx", ".csv"} and "zxj6827111" not in str(path)
]
"""Budgets of other countries."""

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real workbooks are not part of the repository")


def read(path: Path) -> tuple[Submission, ...]:
    data = path.read_bytes()
    return examine(Receipt(path.name, hashlib.sha256(data).hexdigest(), "2025-01-01", len(data), path), fuyuan())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_blank_form_is_recognised_and_holds_no_figure(path: Path) -> None:
    (submission,) = read(path)
    assert submission.identity.fiscal_year == 2026
    assert len({table.table_id for table in submission.tables}) == 9
    assert [
        figure
        for table in submission.tables
        for line in table.lines
        for figure in line.figures.values()
        if figure.number
    ] == []


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_foreign_budget_gives_no_figure(path: Path) -> None:
    submissions = read(path)
    assert [table.table_id for submission in submissions for table in submission.tables] == []
