"""Each class of a summary is the same class of a coded table (X-02, X-04)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.compare import compare
from etl.checks.operand import Operand, Side, tables_of, unsettled
from etl.checks.result import Result, settle
from etl.checks.select import Part, by_code, classes, measures_of, measures_term, parts_of
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def classes_equal(rule: Rule, tables: Sequence[Table], identity: Identity, spec: Spec) -> Result:
    """Compare class by class.

    Parameters:
        left: table and measure of the summary; the finding stands there.
        right: table and measure of the coded table.

    A class that only one of them prints is left to the totals.
    """
    pair = [tables_of(tables, str(rule.parameters[name]["table"])) for name in ("left", "right")]
    if not all(pair):
        return Result(reason="other-table-absent" if pair[0] else "table-absent")
    left, right = pair[0][0], pair[1][0]
    doubtful = next((table for table in (left, right) if not table.settled), None)
    if doubtful is not None:
        return Result(reason=unsettled(doubtful))
    ours, theirs = _classes(left, rule.parameters["left"]), _classes(right, rule.parameters["right"])
    findings: list[Finding] = []
    shared = [code for code in ours if code in theirs]
    for code in shared:
        name = theirs[code].parts[0].line.name
        finding = compare(rule, ours[code], theirs[code], spec, {"situation": "classes", "code": code, "name": name})
        findings += [finding] if finding else []
    return settle(findings, len(shared), "line-absent")


def _classes(table: Table, operand: Operand) -> dict[str, Side]:
    sides = {}
    measures = measures_term(operand["measure"], measures_of(table))
    for code in dict.fromkeys(line.code for line in classes(table)):
        parts: list[Part] = []
        for line in by_code(table, code):
            parts += parts_of(line, measures)
        if parts:
            sides[code] = Side(table, tuple(parts))
    return sides
