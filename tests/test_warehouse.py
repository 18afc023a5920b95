from __future__ import annotations

import dataclasses
import hashlib
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.answer import CoverageRow
from etl.fact import facts
from etl.spec.model import Spec
from etl.table import Submission
from etl.warehouse import COVERAGE, QUERIES, Warehouse
from tests.factories import approval, department, identity, listing, obligation, spec, submission, table

ROOT = Path(__file__).resolve().parents[1]

SPEC = spec(
    tables=("revenue", "three-public-expenses", "fees"),
    departments=(department("000"), department("201"), department("900", exempt="yes", public_name=False)),
    approvals=(approval("201", 2024, "budget", "2024-02-01"),),
    obligations=(obligation("budget", "revenue"),),
)

REVENUE = table(
    "revenue", [("total", "合计", {"total": "2940.05"}), ("201", "服务", {"total": "0.00", "other": "-0.015"})]
)
THREE = table("three-public-expenses", [("total", "合计", {"budget": "16.4"})])
FEES = listing("fees", [{"list_type": "行政事业性收费", "item": "证照费", "basis": "财综〔2004〕60号"}])

SUBMISSIONS = (
    submission("a", identity("201"), [REVENUE, THREE], standing=["three-public-expenses"]),
    submission("b", identity("201"), [REVENUE], received_on="2024-05-01"),
    submission("c", identity("201", 2023), [REVENUE], status="rejected"),
    submission("d", identity("000", document="fee-list"), [FEES]),
    submission("e", identity("900"), [REVENUE]),
)


def warehouse(submissions: Sequence[Submission] = SUBMISSIONS, declared: Spec = SPEC) -> Warehouse:
    standing = [
        fact
        for each in submissions
        for fact in facts("530325", each, tuple(one for one in each.tables if one.table_id in each.standing))
    ]
    return Warehouse(declared, submissions, standing)


def rows(loaded: Warehouse, query: str) -> list[tuple[Any, ...]]:
    return loaded._connection.execute(query).fetchall()


def test_facts_are_exact_and_only_of_what_stands() -> None:
    with warehouse() as loaded:
        assert rows(
            loaded, "SELECT table_id, line_code, measure, amount_yuan, source_cell, submission_id FROM facts"
        ) == [
            ("three-public-expenses", "total", "budget", Decimal("164000.00"), "C6", "a" * 16),
            ("revenue", "total", "total", Decimal("29400500.00"), "C6", "b" * 16),
            ("revenue", "201", "total", Decimal("0.00"), "C7", "b" * 16),
            ("revenue", "201", "other", Decimal("-150.00"), "D7", "b" * 16),
        ]


def test_datasets_keep_a_blank_and_a_zero_apart() -> None:
    query = (
        "SELECT fiscal_year, department_code, line_no, line_code, total_yuan, other_yuan, operating_yuan FROM revenue"
    )
    with warehouse() as loaded:
        assert rows(loaded, query) == [
            (2024, "201", 1, "total", Decimal("29400500.00"), None, None),
            (2024, "201", 2, "201", Decimal("0.00"), Decimal("-150.00"), None),
        ]
        assert rows(loaded, "SELECT item, basis, payer FROM fees") == [("证照费", "财综〔2004〕60号", None)]


def test_the_largest_amount_that_validation_lets_through() -> None:
    huge = table("revenue", [("total", "合计", {"total": "1000000000000000"})], unit_yuan=1)
    with warehouse([submission("a", identity(), [huge])]) as loaded:
        assert rows(loaded, "SELECT total_yuan FROM revenue") == [(Decimal("1000000000000000.00"),)]


def test_datasets_run_by_year_document_and_body() -> None:
    made = [
        submission("a", identity("202", 2024, "final-account"), [REVENUE]),
        submission("b", identity("202", 2024, "budget"), [REVENUE]),
        submission("c", identity("201", 2024, "budget"), [REVENUE]),
        submission("d", identity("202", 2023, "budget"), [REVENUE]),
    ]
    with warehouse(made) as loaded:
        assert rows(loaded, "SELECT fiscal_year, document, department_code FROM revenue WHERE line_no = 1") == [
            (2023, "budget", "202"),
            (2024, "budget", "201"),
            (2024, "budget", "202"),
            (2024, "final-account", "202"),
        ]


NIL = table("revenue", [])
STATES = [
    ([REVENUE], "filled"),
    ([NIL], "nil-undeclared"),
    ([dataclasses.replace(NIL, nil_note=9)], "nil-declared"),
    ([table("revenue", [("total", "合计", {"total": "0.00"})], nil_note=0)], "nil-declared"),
    ([NIL, REVENUE], "filled"),
    ([NIL, dataclasses.replace(NIL, nil_note=9)], "nil-undeclared"),
]


@pytest.mark.parametrize(("tables", "state"), STATES)
def test_what_is_in_a_table(tables: list[Any], state: str) -> None:
    with warehouse([submission("a", identity(), tables)]) as loaded:
        assert rows(loaded, "SELECT table_id, stands, state FROM received_tables") == [("revenue", True, state)]


def test_nothing_at_all() -> None:
    with warehouse(()) as loaded:
        assert rows(loaded, "SELECT COUNT(*) FROM facts") == [(0,)]
        assert loaded.ask("rates", document="", tables=[]) == []
    with warehouse((), spec()) as loaded:
        assert loaded.ask("disclosures") == []


def test_text_is_not_read_as_anything_else() -> None:
    line = ("2010101", "'); DROP TABLE facts; --", {"total": "1.00"})
    with warehouse([submission("0", identity("201"), [table("revenue", [line])])]) as loaded:
        assert rows(loaded, "SELECT line_code, line_name, submission_id FROM facts") == [
            ("2010101", "'); DROP TABLE facts; --", "0" * 16)
        ]


def test_every_query_says_what_it_asks() -> None:
    for path in sorted(QUERIES.glob("*.sql")):
        assert path.read_text("utf-8").splitlines()[0].startswith("-- "), path.name
        assert "?" in path.read_text("utf-8").split("\n\n", maxsplit=1)[0].split("SELECT")[0], path.name


# --- files ------------------------------------------------------------------------------------------------------


def test_parquet_holds_what_the_table_holds(tmp_path: Path) -> None:
    path = tmp_path / "it's" / "three-public-expenses.parquet"
    with warehouse() as loaded:
        loaded.export_parquet("three-public-expenses", path)
        assert duckdb.sql(
            f"SELECT line_code, budget_yuan FROM '{str(path).replace(chr(39), chr(39) * 2)}'"
        ).fetchall() == [("total", Decimal("164000.00"))]


def test_the_database_holds_what_is_public(tmp_path: Path) -> None:
    path = tmp_path / "mingzhang.duckdb"
    coverage = [
        CoverageRow(code, "单位", 2024, "budget", "revenue", "required", "missing", "2024-02-21", "", None, "")
        for code in ("201", "900")
    ]
    with warehouse() as loaded:
        loaded.load("coverage", COVERAGE, (dataclasses.astuple(row) for row in coverage))
        loaded.export_database(path)
        loaded.export_database(path)
    assert [file.name for file in tmp_path.iterdir()] == ["mingzhang.duckdb"]
    with duckdb.connect(path, read_only=True) as database:
        tables = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        assert tables == ["coverage", "departments", "facts", "fees", "revenue", "three_public_expenses"]
        assert database.execute("SELECT department_code FROM departments").fetchall() == [("000",), ("201",)]
        assert database.execute("SELECT department_code, days_late FROM coverage").fetchall() == [("201", None)]
        assert database.execute("SELECT DISTINCT department_code FROM facts").fetchall() == [("201",)]
        assert database.execute("SELECT DISTINCT department_code FROM revenue").fetchall() == [("201",)]
    assert "单位900".encode() not in path.read_bytes()
    # The storage version stands at byte 12: 64 is that of DuckDB 1.0, which DuckDB-WASM reads.
    assert int.from_bytes(path.read_bytes()[12:20], "little") == 64


def many() -> list[Submission]:
    """Enough rows for several row groups: texts of all lengths, and blanks among the amounts."""
    lines = [
        (f"{2010101 + number}", "行政运行" * (number % 6), {"total": f"{number}.{number % 100:02d}"})
        if number % 3
        else (f"{number}", "", {"other": f"-{number}.5"})
        for number in range(1500)
    ]
    names = [f"{number:02d}" for number in range(6)]
    return [submission(name, identity(name), [table("revenue", lines), FEES]) for name in names]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """In another process too: what differs from run to run (addresses, hashes, clocks) must not reach a file."""
    script = """
import sys
from pathlib import Path
from tests.test_warehouse import many, warehouse
folder = Path(sys.argv[1])
with warehouse(many()) as loaded:
    loaded.export_database(folder / "mingzhang.duckdb")
    loaded.export_parquet("facts", folder / "facts.parquet")
    loaded.export_parquet("revenue", folder / "revenue.parquet")
"""
    sums = []
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        subprocess.run([sys.executable, "-c", script, str(tmp_path / run)], check=True, cwd=ROOT)
        sums.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((tmp_path / run).iterdir())])
    assert sums[0] == sums[1]
    assert len(sums[0]) == 3
