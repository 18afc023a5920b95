"""The shipped rules against the code, the wordings and the names they use: what no type can hold together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from etl.checks import BETWEEN_TABLES, IN_TABLE, OF_DOCUMENT
from etl.checks.result import LACKING
from etl.checks.select import CLASSES
from etl.spec.model import Rule
from tests.sheets import fuyuan

SPEC = fuyuan()
INSIDE = [rule for table in SPEC.tables.values() for rule in table.rules]
ALL = [*INSIDE, *SPEC.between_tables]
LINE_KEYS = {"line", "left", "right", "parts", "minus", "when", "unless", "except", "lines", "total", "part", "whole"}


def test_kinds_are_closed() -> None:
    assert {rule.kind for rule in INSIDE} == set(IN_TABLE)
    assert {rule.kind for rule in SPEC.between_tables} == {*BETWEEN_TABLES, *OF_DOCUMENT}


def test_every_fiscal_table_has_rules() -> None:
    assert [key for key, table in SPEC.tables.items() if table.kind == "fiscal" and not table.rules] == []


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: f"{rule.table_id}:{rule.rule}")
def test_findings_and_situations_have_words(rule: Rule) -> None:
    wordings = SPEC.findings[rule.finding].wordings
    assert rule.parameters.get("situation", "default") in wordings


def test_reasons_are_declared() -> None:
    assert set(SPEC.outcome_reasons) >= LACKING


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
    else:
        yield str(value)


def _operands(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "table" in value and isinstance(value["table"], str):
            yield value
        for each in value.values():
            yield from _operands(each)
    elif isinstance(value, list):
        for each in value:
            yield from _operands(each)


NAMED = {line.code for names in SPEC.lines.sets.values() for line in names} | set(SPEC.lines.groups) | {CLASSES}


def _is_line(word: str) -> bool:
    return word in NAMED or word.isdigit()


@pytest.mark.parametrize("rule", INSIDE, ids=lambda rule: f"{rule.table_id}:{rule.rule}")
def test_names_in_table_rules_exist(rule: Rule) -> None:
    measures = set(SPEC.tables[rule.table_id].measures)
    parameters = rule.parameters
    if rule.kind == "measures-sum":
        used = set(_words([parameters[key] for key in ("measure", "parts", "minus") if key in parameters]))
        assert used <= measures
    if rule.kind == "change":
        assert {parameters[key] for key in ("current", "previous", "change") if key in parameters} <= measures
    if rule.kind in ("lines-sum", "lines-equal"):
        used = {word for key in LINE_KEYS if key in parameters for word in _words(parameters[key])}
        assert [word for word in used if not _is_line(word)] == []
    if rule.kind == "negative":
        assert set(parameters.get("measures", ())) <= measures
        assert [word for word in parameters.get("lines", ()) if not _is_line(word)] == []


@pytest.mark.parametrize("rule", SPEC.between_tables, ids=lambda rule: rule.rule)
def test_names_in_rules_between_tables_exist(rule: Rule) -> None:
    for operand in _operands(dict(rule.parameters)):
        if "measure" not in operand:
            continue
        assert set(_words(operand["measure"])) & set(SPEC.tables[operand["table"]].measures)
        assert [word for word in _words(operand.get("line", [])) if not _is_line(word)] == []
