"""Small tables, and the shipped rules one at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from etl.checks import check_between, check_table
from etl.finding import Finding, Outcome
from etl.spec.bilingual import Bilingual
from etl.spec.model import Rule, Spec
from etl.table import Column, Figure, Identity, Line, Table
from tests.sheets import fuyuan

Rows = Sequence[tuple[str, str, Mapping[str, str]]]
WAN, YUAN = Decimal(10000), Decimal(1)


def table(table_id: str, rows: Rows, *, unit: Decimal = WAN, decimals: int = 2, **changes: Any) -> Table:
    """Lines from row 6 down: codes in A, names in B, then the measures from C in the order they are met.

    `side/name` in place of a name puts the line on that side; a measure ending in % is an attribute.
    """
    keys = list(dict.fromkeys(key for _, _, amounts in rows for key in amounts))
    columns = [Column(0, "code", "", "编码"), Column(1, "name", "", "名称")]
    columns += [
        Column(at, "ratio" if key.endswith("%") else "measure", key.rstrip("%"), f"头/{key}")
        for at, key in enumerate(keys, 2)
    ]
    lines = tuple(_line(*row, at, keys) for at, row in enumerate(rows, 5))
    made = Table(
        table_id, "form", "", table_id, f"《{table_id}》", "A1", "万元" if unit == WAN else "元", unit, decimals,
        tuple(columns), lines,
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def _line(code: str, name: str, amounts: Mapping[str, str], row: int, keys: list[str]) -> Line:
    figures = {
        key: Figure(key, Decimal(text), 2, text, row, keys.index(key) + 2)
        for key, text in amounts.items()
        if text and not key.endswith("%")
    }
    attributes = {key.rstrip("%"): text for key, text in amounts.items() if key.endswith("%") and text}
    side, _, bare = name.rpartition("/")
    return Line(code, bare, side, row, figures, attributes, 0, 1)


def who(document: str = "budget", year: int = 2024) -> Identity:
    return Identity("201", "某局", year, document)


def rule(kind: str, finding: str = "sum-mismatch", severity: str = "error", **parameters: Any) -> Rule:
    named = {key.rstrip("_"): value for key, value in parameters.items()}
    return Rule("T-00", kind, finding, severity, "", named, Bilingual("", ""), "")  # type: ignore[arg-type]


def inside(made: Table, one: Rule | str, identity: Identity | None = None) -> tuple[list[Finding], Outcome]:
    """One rule on one table: a rule of ours, or the shipped one of that number."""
    spec = fuyuan()
    declared = spec.tables[made.table_id]
    chosen = one if isinstance(one, Rule) else next(each for each in declared.rules if each.rule == one)
    only = dataclasses.replace(declared, rules=(chosen,))
    findings, outcomes = check_table(made, identity or who(), _with(spec, tables={**spec.tables, made.table_id: only}))
    return findings, outcomes[0]


def among(tables: Sequence[Table], one: Rule | str, identity: Identity | None = None) -> tuple[list[Finding], Outcome]:
    """One rule between tables."""
    spec = fuyuan()
    chosen = one if isinstance(one, Rule) else next(each for each in spec.between_tables if each.rule == one)
    findings, outcomes = check_between(tables, identity or who(), _with(spec, between_tables=(chosen,)))
    return findings, outcomes[0]


def _with(spec: Spec, **changes: Any) -> Spec:
    return dataclasses.replace(spec, **changes)


def said(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Severity, code, cell and difference of each finding."""
    return [(each.severity, each.code, each.location.cell, str(each.difference or "")) for each in findings]


def kind_of(outcome: Outcome) -> tuple[str, str]:
    return outcome.kind, outcome.reason
