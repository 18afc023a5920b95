from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from etl.answer import CoverageRow, ExpectationResult
from etl.expectations import expect, suites
from etl.fact import facts
from etl.table import Submission
from etl.warehouse import COVERAGE, FACTS, QUERIES, Warehouse, in_columns
from tests.factories import SCHEMAS, identity, spec, submission, table

SUITES = sorted((SCHEMAS / "expectations").glob("*.json"))


def load(*submissions: Submission, coverage: Sequence[CoverageRow] = ()) -> Warehouse:
    found = [fact for each in submissions for fact in facts("530325", each, each.tables)]
    warehouse = Warehouse(spec(), submissions, found)
    warehouse.load("coverage", COVERAGE, in_columns(COVERAGE, coverage))
    return warehouse


def sent(digits: str, year: int, amount: str, table_id: str = "revenue") -> Submission:
    lines = [("2010101", "行政运行", {"total": amount}), ("total", "合计", {"total": amount})]
    return submission(digits, identity(year=year), [table(table_id, lines)])


def duty(table_id: str, status: str, year: int = 2024, **changes: Any) -> CoverageRow:
    values = {"obligation": "required", "due_on": "", "published_on": "", "days_late": None, "submission_id": ""}
    if status == "published":
        values["submission_id"] = "a" * 16
    values |= {"department_code": "201", "department_name": "单位201", "fiscal_year": year, "document": "budget"}
    return CoverageRow(**{**values, "table_id": table_id, "status": status, **changes})  # type: ignore[arg-type]


GOOD = (sent("a", 2023, "2940.05"), sent("b", 2024, "3010.40"))
DUTIES = tuple(duty(table_id, "published", year) for table_id in ("revenue", "expenditure") for year in (2023, 2024))


def unmet(results: Sequence[ExpectationResult]) -> set[tuple[str, str, int]]:
    """Suite, column and how many rows, of what is not met."""
    return {(result.suite, result.column, result.unexpected) for result in results if not result.success}


def test_the_suites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, because the library takes seconds to start: what is met, what is not, what cannot be tried, nothing."""
    monkeypatch.chdir(tmp_path)
    called: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: called.append(where))
    monkeypatch.setattr(socket.socket, "connect", lambda _, where: called.append(where))

    results, validations = expect(suites(load(*GOOD, coverage=DUTIES), SUITES))
    declared = [(path.stem, entry["type"]) for path in SUITES for entry in json.loads(path.read_text())["expectations"]]
    assert [(result.suite, result.expectation) for result in results] == declared
    assert unmet(results) == set()
    assert all(result.reason_zh and result.reason_en for result in results)
    assert {name: validation["success"] for name, validation in validations.items()} == {
        path.stem: True for path in SUITES
    }
    assert validations["jumps"]["results"][0]["result"]["element_count"] == 1
    assert not any(
        each["exception_info"]["raised_exception"] for one in validations.values() for each in one["results"]
    )

    results, _ = expect(suites(load(), SUITES))
    assert unmet(results) == set()

    old = submission("c", identity(year=1924), [table("revenue", [("total", "合计", {"total": "200000000"})])])
    results, validations = expect(suites(load(*GOOD, old), SUITES))
    wrong = {("facts", "fiscal_year", 1), ("facts", "amount_yuan", 1)}
    assert unmet(results) == wrong
    assert [result.success for result in results if (result.suite, result.column) == ("facts", "amount_yuan")].count(
        False
    ) == 2, "a county, and a department"
    assert validations["facts"]["success"] is False
    text = json.dumps(validations, ensure_ascii=False)
    assert text == json.dumps(expect(suites(load(*GOOD, old), SUITES))[1], ensure_ascii=False)
    assert "Traceback" not in text

    # The unit of a year is wrong; the year after nearly nothing came, what came is nil or unplaced, and one row is twice.
    empty = [("2010101", "行政运行", {"total": "0"}), *(("", f"第{row}行", {"total": "0"}) for row in range(9))]
    poor = (sent("d", 2024, "30104000"), submission("e", identity(year=2025), [table("expenditure", empty)]))
    duties = [
        *(duty(table_id, "missing", 2025) for table_id in ("revenue", "expenditure", "assets")),
        duty("revenue", "published", 2024, submission_id="", days_late=2000),
        duty("revenue", "published", 2024),
        duty("assets", "vanished", 2024, obligation="conditional"),
    ]
    results, _ = expect(suites(load(GOOD[0], *poor, coverage=duties), SUITES))
    assert unmet(results) >= {
        ("coverage", "status", 1),
        ("coverage", "days_late", 1),
        ("coverage", "submission_id", 1),
        ("coverage", "department_code, fiscal_year, document, table_id", 2),
        ("completeness", "share", 1),
        ("years", "share", 1),
        ("years", "figures_ratio", 1),
        ("tables", "zero_share", 1),
        ("tables", "uncoded_share", 1),
        ("tables", "largest_yuan", 1),
        ("jumps", "ratio", 1),
        ("facts", "line_code", 9),
        ("facts", "amount_yuan", 10),
    }

    suite = json.loads((SCHEMAS / "expectations" / "facts.json").read_text("utf-8"))
    stray = {
        **suite["expectations"][-1],
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "nowhere"},
    }
    (tmp_path / "facts.json").write_text(json.dumps({**suite, "expectations": [stray]}), "utf-8")
    results, validations = expect(suites(load(*GOOD), [tmp_path / "facts.json"]))
    assert [(result.column, result.success, "nowhere" in result.observed) for result in results] == [
        ("nowhere", False, True)
    ]
    assert validations["facts"]["results"][0]["exception_info"]["raised_exception"] is True
    assert "site-packages" not in json.dumps(validations)

    assert [path.name for path in tmp_path.iterdir()] == ["facts.json"]
    assert called == []


def test_the_suite_of_facts_names_their_columns() -> None:
    suite = json.loads((SCHEMAS / "expectations" / "facts.json").read_text("utf-8"))
    assert suite["expectations"][0]["kwargs"]["column_list"] == list(FACTS)


@pytest.mark.parametrize("path", SUITES, ids=lambda path: path.stem)
def test_a_suite_is_named_after_its_file_and_what_it_is_about(path: Path) -> None:
    suite = json.loads(path.read_text("utf-8"))
    assert suite["name"] == path.stem
    assert len({entry["id"] for entry in suite["expectations"]}) == len(suite["expectations"])
    assert path.stem in {"facts", "coverage"} or (QUERIES / f"plausible_{path.stem}.sql").is_file()


def test_every_query_of_plausibility_has_a_suite() -> None:
    asked = {path.stem.removeprefix("plausible_") for path in QUERIES.glob("plausible_*.sql")}
    assert asked <= {path.stem for path in SUITES}
