from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from etl.expectations import expect
from etl.fact import Fact, facts
from etl.warehouse import FACTS, Warehouse
from tests.factories import SCHEMAS, identity, spec, submission, table

SUITE = SCHEMAS / "expectations" / "facts.json"


def test_the_suite_over_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One test, because the library takes seconds to start: what is met, what is not, what cannot be tried, nothing."""
    monkeypatch.chdir(tmp_path)
    called: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_: called.append(where))
    monkeypatch.setattr(socket.socket, "connect", lambda _, where: called.append(where))
    lines = [("2010101", "行政运行", {"total": "2940.05"}), ("total", "合计", {"total": "2940.05"})]
    good = submission("a", identity(), [table("revenue", lines)])
    bad = submission("b", identity(year=1924), [table("revenue", [("total", "合计", {"total": "200000000"})])])

    def load(*submissions: object) -> Warehouse:
        found: list[Fact] = [fact for each in submissions for fact in facts("530325", each, each.tables)]  # type: ignore[attr-defined]
        return Warehouse(spec(), submissions, found)  # type: ignore[arg-type]

    results, raw = expect(load(good), SUITE)
    declared = json.loads(SUITE.read_text("utf-8"))
    assert [result.expectation for result in results] == [entry["type"] for entry in declared["expectations"]]
    assert [result for result in results if not result.success] == []
    assert all(result.suite == "facts" and result.reason_zh and result.reason_en for result in results)
    assert raw["success"] is True

    results, raw = expect(load(good, bad), SUITE)
    assert [(result.expectation, result.column, result.unexpected) for result in results if not result.success] == [
        ("expect_column_values_to_be_between", "fiscal_year", 1),
        ("expect_column_values_to_be_between", "amount_yuan", 1),
    ]
    text = json.dumps(raw, ensure_ascii=False)
    assert text == json.dumps(expect(load(good, bad), SUITE)[1], ensure_ascii=False)
    assert "Traceback" not in text

    results, _ = expect(load(), SUITE)
    assert [result for result in results if not result.success] == []

    stray = {
        **declared["expectations"][-1],
        "type": "expect_column_values_to_not_be_null",
        "kwargs": {"column": "nowhere"},
    }
    (tmp_path / "facts.json").write_text(json.dumps({**declared, "expectations": [stray]}), "utf-8")
    results, raw = expect(load(good), tmp_path / "facts.json")
    assert [(result.column, result.success, "nowhere" in result.observed) for result in results] == [
        ("nowhere", False, True)
    ]
    assert "site-packages" not in json.dumps(raw)

    assert [path.name for path in tmp_path.iterdir()] == ["facts.json"]
    assert called == []


def test_the_suite_names_the_columns_of_the_facts() -> None:
    suite = json.loads(SUITE.read_text("utf-8"))
    assert suite["expectations"][0]["kwargs"]["column_list"] == list(FACTS)
    assert len({entry["id"] for entry in suite["expectations"]}) == len(suite["expectations"])
