"""增减额 = 本年 − 上年, and 增减幅度 = 增减额 ÷ 上年 (T-15)."""

from __future__ import annotations

from etl.checks.evidence import formula, sum_differs
from etl.checks.rate import rate
from etl.checks.result import Result, settle
from etl.checks.select import Part, measures_of
from etl.finding import Finding
from etl.printed import column_title
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def change(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare the change with this year less last year, line by line, or the rate of change with the one they give.

    Parameters:
        current, previous: the measures.
        change: the measure of the change; or
        percent: the field of the rate (see `etl.checks.rate`).

    A blank year beside a filled one counts as nothing; a blank change is not compared.
    """
    if "percent" in rule.parameters:
        return rate(rule, table, identity, spec)
    current, previous, difference = (str(rule.parameters[name]) for name in ("current", "previous", "change"))
    if not {difference, current} <= set(measures_of(table)):
        return Result(reason="column-absent" if table.lines else "no-figures")
    findings: list[Finding] = []
    checked = 0
    for line in table.lines:
        parts = [
            Part(line, line.figures[measure], sign)
            for measure, sign in ((current, 1), (previous, -1))
            if measure in line.figures
        ]
        if difference in line.figures and parts:
            checked += 1
            more = {
                "situation": "default",
                "parts": formula([(column_title(table, part.figure), part.sign) for part in parts]),
            }
            finding = sum_differs(rule, table, Part(line, line.figures[difference]), parts, spec, more)
            findings += [finding] if finding else []
    return settle(findings, checked, "part-missing")
