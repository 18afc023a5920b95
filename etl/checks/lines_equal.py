"""Two lines of one table are equal: 收入总计 = 支出总计 (T-01)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.evidence import sum_differs
from etl.checks.result import Result, settle
from etl.checks.select import Part, filled_line, measures_of
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def lines_equal(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare two lines. The finding stands at the right one.

    Parameters:
        left, right: codes of the lines.
        left_measure, right_measure: alternatives, the first that the line has; where they are not given, every measure
            that both lines have.
    """
    left = filled_line(table, str(rule.parameters["left"]))
    right = filled_line(table, str(rule.parameters["right"]))
    if left is None or right is None:
        return Result(reason="line-absent" if table.lines else "no-figures")
    findings: list[Finding] = []
    pairs = _pairs(rule, table, left, right)
    for stated, other in pairs:
        finding = sum_differs(rule, table, stated, [other], spec, {"situation": "default"}, rounding="balance")
        findings += [finding] if finding else []
    return settle(findings, len(pairs), "part-missing")


def _pairs(rule: Rule, table: Table, left: Line, right: Line) -> Sequence[tuple[Part, Part]]:
    if "left_measure" not in rule.parameters:
        shared = (measure for measure in measures_of(table) if measure in left.figures and measure in right.figures)
        return [(Part(right, right.figures[measure]), Part(left, left.figures[measure])) for measure in shared]
    ours = next((each for each in rule.parameters["left_measure"] if each in left.figures), None)
    theirs = next((each for each in rule.parameters["right_measure"] if each in right.figures), None)
    if ours is None or theirs is None:
        return []
    return [(Part(right, right.figures[theirs]), Part(left, left.figures[ours]))]
