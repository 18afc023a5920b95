"""A figure of one table is a figure of another (X-01, X-03 to X-07, X-12 to X-14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.checks.compare import compare, near
from etl.checks.operand import Lack, Side, side_of
from etl.checks.result import Result
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def figures_equal(rule: Rule, tables: Sequence[Table], identity: Identity, spec: Spec) -> Result:
    """Compare two figures, or sums of figures.

    Parameters:
        left, right: operands (see `etl.checks.operand`). The finding stands at the left.
        accept: operands any of which may stand in place of the left one: where forms differ in what they count in.
        situation: of the finding; `default` where it is not given.
        bodies: {scope, kind}: only documents of this scope, of bodies that have it in the register too and whose
            kind there fits the pattern.
    """
    if not _is_meant(rule, identity, spec):
        return Result(reason="other-body")
    left, right = (side_of(tables, rule.parameters[name], spec) for name in ("left", "right"))
    if isinstance(left, Lack):
        return Result(reason=left.reason)
    if isinstance(right, Lack):
        return Result(reason="other-table-absent" if right.table is None else right.reason)
    finding = compare(rule, left, right, spec, {"situation": str(rule.parameters.get("situation", "default"))})
    if finding is None or (finding.severity != "note" and _accepted(rule, tables, right, spec)):
        return Result(checked=1)
    if finding.severity != "note" and not (left.complete and right.complete):
        return Result(reason="other-table-absent")
    return Result((finding,), 1)


def _is_meant(rule: Rule, identity: Identity, spec: Spec) -> bool:
    if "bodies" not in rule.parameters:
        return True
    bodies, body = rule.parameters["bodies"], spec.department(identity.department_code)
    if body is None or not identity.scope == body.scope == bodies["scope"]:
        return False  # a unit that the register does not have goes by its department's code, and may be anything
    return re.search(bodies["kind"], body.kind) is not None


def _accepted(rule: Rule, tables: Sequence[Table], right: Side, spec: Spec) -> bool:
    others = (side_of(tables, operand, spec) for operand in rule.parameters.get("accept", ()))
    return any(isinstance(other, Side) and near(other, right) for other in others)
