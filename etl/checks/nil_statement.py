"""An empty table says that it is empty, and only an empty one does (D-13, D-14)."""

from __future__ import annotations

import dataclasses

from etl.checks.evidence import values
from etl.checks.result import Result
from etl.finding import Finding
from etl.printed import at_title, location_of
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def nil_statement(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Hold the statement below a table against the table.

    Parameters:
        where: `empty`, an empty table must have a statement; `filled`, one with figures must not.
    """
    if rule.parameters["where"] == "empty":
        return _empty(rule, table, identity)
    return _filled(rule, table, identity)


def _empty(rule: Rule, table: Table, identity: Identity) -> Result:
    if not table.is_empty:
        return Result(reason="not-empty")
    if table.nil_note >= 0:
        return Result(checked=1)
    year = str(identity.fiscal_year or "")
    finding = Finding(
        rule.severity,
        rule.finding,
        at_title(table),
        table_id=table.table_id,
        rule=rule.rule,
        values=values(table, situation="default", year=year),
    )
    return Result((finding,), 1)


def _filled(rule: Rule, table: Table, identity: Identity) -> Result:
    if table.nil_note < 0:
        return Result(reason="no-statement")
    if table.is_empty:
        return Result(checked=1)
    figures = [figure for line in table.lines for figure in line.figures.values() if figure.number]
    place = location_of(table, figures[0]) if figures else at_title(table)
    finding = Finding(
        rule.severity,
        rule.finding,
        dataclasses.replace(place, row=table.nil_note + 1),
        table_id=table.table_id,
        rule=rule.rule,
        values=values(table, situation="default"),
    )
    return Result((finding,), 1)
