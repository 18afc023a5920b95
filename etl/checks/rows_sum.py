"""The total is the sum of lines that no classification orders: bodies (01-2), projects (05-1), items bought (07)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.evidence import names, sum_differs
from etl.checks.result import Result, settle
from etl.checks.select import TOTAL, Part, any_figure, filled_line, measures_of
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def rows_sum(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare the total with the lines that make it up, measure by measure.

    Parameters:
        details: fields of which a line that counts has at least one; a line without any is a subtotal. Where it is not
            given, the lines that count are those with a code of their own; a code that others begin with is a subtotal.

    Where it cannot be told which lines are subtotals, nothing is compared; a column of zeros is another rule's (T-19).
    """
    total = filled_line(table, TOTAL)
    others = [line for line in table.lines if line.code != TOTAL and line.figures]
    if total is None or not others:
        return Result(reason="line-absent" if table.lines else "no-figures")
    lines = _with_details(others, rule.parameters["details"]) if "details" in rule.parameters else _with_codes(others)
    if not lines:
        return Result(reason="no-children")
    findings: list[Finding] = []
    checked = 0
    for measure in measures_of(table):
        parts = [Part(line, line.figures[measure]) for line in lines if measure in line.figures]
        if measure in total.figures and parts and (any_figure(others, measure) or not total.figures[measure].number):
            checked += 1
            more = {"situation": "rows", "parts": names([line.name or line.code for line in lines])}
            finding = sum_differs(rule, table, Part(total, total.figures[measure]), parts, spec, more)
            findings += [finding] if finding else []
    return settle(findings, checked, "part-missing")


def _with_details(lines: Sequence[Line], fields: Sequence[str]) -> list[Line]:
    return [line for line in lines if any(line.attributes.get(field) for field in fields)]


def _with_codes(lines: Sequence[Line]) -> list[Line]:
    """The lines below which no other stands; none where a line without a code may be one of them or their sum."""
    if not all(line.own_code for line in lines):
        return []
    codes = {line.code for line in lines}
    return [line for line in lines if not any(code != line.code and code.startswith(line.code) for code in codes)]
