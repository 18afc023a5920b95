"""Negative amounts where there usually are none (T-17)."""

from __future__ import annotations

from etl.checks.evidence import figure_values, in_yuan
from etl.checks.result import Result, settle
from etl.finding import Finding
from etl.printed import location_of
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def negative(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Point at every negative amount.

    Parameters:
        measures: those that may be negative: opening and closing balances, adjustments, changes.
        lines: codes of lines that may be negative.
    """
    measures, lines = tuple(rule.parameters.get("measures", ())), tuple(rule.parameters.get("lines", ()))
    findings: list[Finding] = []
    checked = 0
    for line in table.lines:
        for figure in line.figures.values():
            if line.code in lines or figure.measure in measures:
                continue
            checked += 1
            if figure.number < 0:
                findings.append(
                    Finding(
                        rule.severity,
                        rule.finding,
                        location_of(table, figure),
                        table_id=table.table_id,
                        field=figure.measure,
                        actual=in_yuan(table.yuan(figure)),
                        rule=rule.rule,
                        values=figure_values(table, line, figure, spec),
                    )
                )
    return settle(findings, checked, "no-figures")
