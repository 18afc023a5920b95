"""A column whose total has an amount while every line is zero or blank (T-19)."""

from __future__ import annotations

from decimal import Decimal

from etl.checks.evidence import differs
from etl.checks.result import Result, settle
from etl.checks.select import TOTAL, Part, any_figure, filled_line, is_code, measures_of
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def all_zero(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Look at the total of every measure, in a table that prints other lines at all.

    Parameters:
        among: `coded`, the lines with a code of digits; `all`, every line but the total. `coded` where it is not given.

    A table that prints nothing but totals has no lines that could be missing.
    """
    total = filled_line(table, TOTAL)
    lines = [line for line in table.lines if line.code != TOTAL]
    if rule.parameters.get("among", "coded") == "coded":
        lines = [line for line in lines if is_code(line.code)]
    if total is None or not lines:
        return Result(reason="line-absent" if table.lines else "no-figures")
    findings: list[Finding] = []
    measures = [measure for measure in measures_of(table) if measure in total.figures]
    for measure in measures:
        if total.figures[measure].number and not any_figure(lines, measure):
            stated = Part(total, total.figures[measure])
            findings.append(differs(rule, table, stated, Decimal(0), spec, more={"situation": "all-zero"}))
    return settle(findings, len(measures), "no-figures")
