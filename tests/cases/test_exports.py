"""M-80: what a department has written into a name runs as no formula in what goes out."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import openpyxl
import pytest

from etl.fact import facts, records
from etl.pipeline.examine import examine
from etl.publish.csv_files import write_facts
from etl.publish.data.datasets import Dataset
from etl.publish.data.rows import dataset_rows
from etl.publish.data.xlsx_file import write_xlsx
from etl.table import Receipt, Submission
from tests.sheets import fuyuan

NAMES = ('=HYPERLINK("http://example.org","x")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3项目", "维修费")
SENT = """2024年部门项目支出预算表,,,
部门：富源县审计局,,,单位：元
项目代码,项目名称,合计,一般公共预算
"""


@pytest.fixture
def submission(tmp_path: Path) -> Submission:
    """A budget whose projects bear names that a spreadsheet would run."""
    rows = [f'53032500{place},"{name.replace(chr(34), chr(34) * 2)}",-5,-5\n' for place, name in enumerate(NAMES)]
    data = (SENT + "".join(rows)).encode()
    path = tmp_path / "file"
    path.write_bytes(data)
    receipt = Receipt("x.csv", hashlib.sha256(data).hexdigest(), "2024-01-01", len(data), path)
    (submission,) = examine(receipt, fuyuan())
    return submission


def test_names_come_in_as_they_are(submission: Submission) -> None:
    (table,) = submission.tables
    assert [line.name for line in table.lines] == ["".join(name.split()) for name in NAMES]


def test_no_text_of_the_facts_begins_a_formula(submission: Submission, tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    write_facts(facts("530325", submission, submission.tables), path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["line_name"][0] for row in rows[::2]] == ["'", "'", "'", "'", "维"]
    assert {row["amount_yuan"] for row in rows} == {"-5.00"}


def test_no_cell_of_the_workbook_is_a_formula(submission: Submission, tmp_path: Path) -> None:
    spec = fuyuan()
    (table,) = submission.tables
    rows = tuple(record.values for record in records(submission.identity, table))
    path = tmp_path / "x.xlsx"
    sheet = dataset_rows(Dataset(spec.tables[table.table_id], rows, (submission,)))
    write_xlsx(sheet.title, [sheet], (), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert {"".join(name.split()) for name in NAMES} <= {cell.value for cell in cells}
