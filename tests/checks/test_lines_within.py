"""Codes and projects that one table has and another lacks (X-11, X-14)."""

from __future__ import annotations

import dataclasses

import pytest

from etl.table import Table
from tests.checks.tables import among, kind_of, said, table


def spending(table_id: str, *codes: str, amount: str = "1.00") -> Table:
    return table(table_id, [(code, f"科目{code}", {"total": amount}) for code in codes])


GENERAL = "general-budget-expenditure"


@pytest.mark.parametrize(
    ("part", "whole", "cells"),
    [
        (["205", "20502", "2050202"], ["205", "20502", "2050202", "208"], []),
        (["205", "20502", "2050202"], ["205", "20502"], []),  # the whole goes less deep
        (["205", "208", "20805"], ["205"], ["A7"]),  # the first of a branch is told
        (["205", "20502", "2050202"], ["205", "20502", "2050203"], ["A8"]),
        (["205", "208", "210"], ["205"], ["A7", "A8"]),
    ],
)
def test_codes(part: list[str], whole: list[str], cells: list[str]) -> None:
    findings, outcome = among([spending(GENERAL, *part), spending("expenditure", *whole)], "X-11")
    assert said(findings) == [("warning", "line-missing", cell, "") for cell in cells]
    assert outcome.kind == ("failed" if cells else "passed")


def test_a_line_without_money_is_not_looked_for() -> None:
    findings, outcome = among([spending(GENERAL, "205", amount="0.00"), spending("expenditure", "208")], "X-11")
    assert (findings, kind_of(outcome)) == ([], ("not-applicable", "line-absent"))


def test_income_may_lack_what_was_carried_over() -> None:
    findings, _ = among([spending(GENERAL, "205"), spending("revenue", "208")], "X-11a")
    assert said(findings) == [("note", "line-missing", "A6", "")]


def test_a_table_is_missing_or_in_doubt() -> None:
    part, whole = spending(GENERAL, "205"), spending("expenditure", "208")
    assert kind_of(among([part], "X-11")[1]) == ("could-not-run", "other-table-absent")
    assert kind_of(among([whole], "X-11")[1]) == ("not-applicable", "table-absent")
    doubtful = dataclasses.replace(whole, settled=False)
    assert kind_of(among([part, doubtful], "X-11")[1]) == ("could-not-run", "header-unsettled")


def own(made: Table) -> Table:
    lines = tuple(dataclasses.replace(line, own_code=line.code not in ("", "total")) for line in made.lines)
    return dataclasses.replace(made, lines=lines)


def projects(*named: tuple[str, str]) -> Table:
    rows = [("total", "合计", {"total": "9.00"}), *((code, name, {"total": "3.00"}) for code, name in named)]
    return own(table("project-expenditure", rows))


def goals(*named: tuple[str, str]) -> Table:
    return own(table("project-performance", [(code, name, {}) for code, name in named]))


def test_every_project_has_goals() -> None:
    asked = projects(("P1", "道路养护"), ("", "防汛 抗旱"), ("P3", "教师培训"), ("P3", "教师培训"))
    assert among([asked, goals(("", "道路养护"), ("", "防汛抗旱"), ("P3", "培训"))], "X-14d")[0] == []
    findings, _ = among([asked, goals(("", "道路养护"))], "X-14d")
    assert said(findings) == [("warning", "line-missing", "A8,A9", "")]
    assert findings[0].values["parts"] == "防汛 抗旱、教师培训"


def test_goals_may_stand_in_several_tables() -> None:
    tables = [projects(("P1", "甲项目"), ("P2", "乙项目")), goals(("P1", "")), goals(("", "乙项目"))]
    assert among(tables, "X-14d")[0] == []


def test_goals_may_come_in_another_file() -> None:
    assert kind_of(among([projects(("P1", "甲项目"))], "X-14d")[1]) == ("could-not-run", "other-table-absent")
