"""coverage.csv of a made-up county against what was known of its files before they were written.

Every row whose fate follows from the truth is derived from it, and from the two registers: which document of which body has
files, what should become of each, which tables have figures, and the days. Where the truth does not say which table of a
document was left out, or left without a word, the row must be one of the states that are left.
"""

from __future__ import annotations

import csv
import dataclasses
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from etl.answer import CoverageRow
from etl.demo import Plan, make
from etl.layout import Layout
from etl.pipeline import Work, measure
from etl.pipeline.build import measured
from etl.pipeline.stock import take_stock
from etl.spec import load
from etl.table import Submission

Key = tuple[str, int, str]
EMPTY = {"nil-declared", "nil-undeclared"}


@dataclass(frozen=True)
class County:
    root: Path
    rows: tuple[CoverageRow, ...]

    def read(self, path: str) -> Iterator[dict[str, str]]:
        with (self.root / path).open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    root = tmp_path_factory.mktemp("demo") / "county"
    make(root, Plan(departments=6, years=2, seed=1, share=3))
    rows = measure(Layout(root), Work(jobs=2)).rows
    return County(root, rows)


def who(one: Submission) -> Key:
    return one.identity.department_code, one.identity.fiscal_year, one.identity.document


def key_of(row: dict[str, str]) -> Key:
    return row["department_code"], int(row["fiscal_year"]), row["document"]


def fates(county: County) -> dict[Key, set[str]]:
    made: dict[Key, set[str]] = defaultdict(set)
    for row in county.read("truth/submissions.csv"):
        made[key_of(row)].add(row["expected_status"])
    return made


def filled(county: County) -> set[tuple[Key, str]]:
    """Tables with money in them."""
    return {(key_of(row), row["table_id"]) for row in county.read("truth/facts.csv") if Decimal(row["amount_yuan"])}


def test_every_row_that_the_truth_decides(county: County) -> None:
    known, with_money = fates(county), filled(county)
    planted: dict[Key, set[str]] = defaultdict(set)
    for each in county.read("truth/planted.csv"):
        planted[key_of(each)].add(each["code"])
    wrong, decided = [], 0
    for row in county.rows:
        key = (row.department_code, row.fiscal_year, row.document)
        is_list = row.document.endswith("-list")  # records without money: no list of the county is empty
        expected = fate(known.get(key, set()), is_list or (key, row.table_id) in with_money, planted[key])
        if row.obligation == "conditional" and expected == {"nil-declared"}:
            expected = {"missing"}  # forms of the county print nothing that is not required of it
        decided += len(expected) == 1
        if row.status not in expected:
            wrong.append((key, row.table_id, row.status, expected))
    assert wrong == []
    assert decided > len(county.rows) * 9 / 10


def fate(files: set[str], has_money: bool, planted: set[str]) -> set[str]:
    """What the row may be, by what should become of the files of its document and what was done to it on purpose."""
    if not files:
        return {"missing"}
    doubt = {"missing"} if "table-missing" in planted else set()
    if files & {"rejected", "withheld"}:  # of several files one may be accepted; of one none is
        return {"rejected", *doubt} if len(files) == 1 else {"rejected", "published", *EMPTY, "missing"}
    if has_money:
        return {"published"}
    return {"nil-declared", *doubt} if "nil-statement-missing" not in planted else EMPTY


def test_every_day_that_the_register_decides(county: County) -> None:
    approvals = {key_of(row): row for row in county.read("datasets/register/approvals.csv")}
    there = {"published", "nil-declared", "nil-undeclared"}
    for row in county.rows:
        said = approvals.get((row.department_code, row.fiscal_year, row.document))
        if said is None:  # a list: nobody entered when it was made
            assert (row.due_on, row.days_late) == ("", None)
            continue
        due = date.fromisoformat(said["approved_on"]) + timedelta(days=20) if said["approved_on"] else None
        assert row.due_on == (due.isoformat() if due else "")
        assert row.published_on == (said["published_on"] if row.status in there else "")
        late = (date.fromisoformat(said["published_on"]) - due).days if due and row.published_on else None
        assert row.days_late == (None if late is None else max(late, 0))


def test_everybody_owes_what_the_register_says(county: County) -> None:
    bodies = {row["department_code"]: row for row in county.read("datasets/register/departments.csv")}
    years = {row.fiscal_year for row in county.rows}
    expected = {
        (code, year)
        for code, body in bodies.items()
        for year in years
        if int(body["valid_from"] or 0) <= year <= int(body["valid_to"] or 9999)
        if not (body["exempt"] == "yes" and body["public_name"] == "no")
    }
    assert {(row.department_code, row.fiscal_year) for row in county.rows} == expected
    owed: dict[tuple[str, int, str], int] = defaultdict(int)
    for row in county.rows:
        owed[row.department_code, row.fiscal_year, row.document] += 1
    of_departments = {count for (code, _, document), count in owed.items() if code != "000"}
    assert of_departments == {9}


def test_what_was_planted_with_the_documents_is_in_the_rows(county: County) -> None:
    planted = {(key_of(row), row["code"]) for row in county.read("truth/planted.csv")}
    late = {key for key, code in planted if code == "disclosure-late"}
    undated = {key for key, code in planted if code == "approval-date-missing"}
    unsaid = {key for key, code in planted if code == "nil-statement-missing"}
    rows = [((row.department_code, row.fiscal_year, row.document), row) for row in county.rows]
    assert {key for key, row in rows if row.days_late} >= late
    assert {key for key, row in rows if row.published_on and not row.due_on} >= undated
    assert {key for key, row in rows if row.status == "nil-undeclared"} == unsaid
    assert late
    assert undated


def test_a_statement_in_the_inbox_moves_its_row_and_no_other(county: County) -> None:
    (unsaid,) = [row for row in county.rows if row.status == "nil-undeclared"]
    statement = {
        "department_code": unsaid.department_code,
        "fiscal_year": unsaid.fiscal_year,
        "document": unsaid.document,
        "tables": [unsaid.table_id],
        "statement": "本单位本年没有此项收支，故为空表。",
        "on": unsaid.published_on,
    }
    folder = county.root / "datasets" / "inbox" / "空表"
    folder.mkdir()
    (folder / "nil.yml").write_text(json.dumps(statement, ensure_ascii=False), "utf-8")
    spec, work = load(Layout(county.root)), Work(jobs=2)
    stock = take_stock(Layout(county.root), spec, work)
    with measured(stock, spec, work) as found:
        rows = [row for row in found.coverage if (body := spec.department(row.department_code)) and body.may_be_named]
    doubted = {
        (*who(one), finding.table_id)
        for one in stock.submissions
        for finding in one.findings
        if finding.code == "nil-statement-missing"
    }
    assert (unsaid.department_code, unsaid.fiscal_year, unsaid.document, unsaid.table_id) not in doubted
    changed = [(old, new) for old, new in zip(county.rows, rows, strict=True) if old != new]
    assert changed == [(unsaid, dataclasses.replace(unsaid, status="nil-declared"))]
