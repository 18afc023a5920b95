"""Two amounts of two tables that should be one: agreed, apart by rounding, apart by ten thousand, or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from etl.amounts import FEN
from etl.checks.evidence import differs, formula, in_yuan, line_title
from etl.checks.magnitude import is_ten_thousandfold
from etl.checks.operand import Side
from etl.checks.tolerance import EXACT, same_when_rounded
from etl.finding import Finding, Severity
from etl.printed import column_title, in_unit
from etl.spec.model import Rule, Spec


def tolerance(left: Side, right: Side) -> Decimal:
    return EXACT if left.step == right.step == FEN else left.rounding + right.rounding


def agree(left: Side, right: Side) -> bool:
    """True where the coarser table prints the finer one's amount."""
    return same_when_rounded(left.yuan, left.step, right.yuan, right.step)


def near(left: Side, right: Side) -> bool:
    """True where the two agree, or rounding explains what is between them."""
    return agree(left, right) or abs(left.yuan - right.yuan) <= tolerance(left, right)


def compare(rule: Rule, left: Side, right: Side, spec: Spec, more: Mapping[str, str]) -> Finding | None:
    """What to say where the two should be equal. The finding stands at the left."""
    if left.yuan == right.yuan or agree(left, right):
        return None
    if abs(left.yuan - right.yuan) <= tolerance(left, right):
        return apart(rule, left, right, spec, {**more, "situation": "between"}, "rounding-difference", "note")
    if is_ten_thousandfold(left, right) or is_ten_thousandfold(right, left):
        return apart(rule, left, right, spec, {**more, "situation": "default"}, "unit-suspect", "error")
    return apart(rule, left, right, spec, more)


def apart(
    rule: Rule,
    left: Side,
    right: Side,
    spec: Spec,
    more: Mapping[str, str],
    code: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding at the left that names the right."""
    stated, amount = left.parts[0], left.yuan
    finding = differs(
        rule,
        left.table,
        stated,
        right.yuan,
        spec,
        code=code,
        severity=severity,
        location=left.location,
        more={**other_values(right, spec), **_several(left, spec), **more},
    )
    if left.addends == 1:
        return finding
    return Finding(
        finding.severity,
        finding.code,
        finding.location,
        table_id=finding.table_id,
        field=finding.field,
        expected=finding.expected,
        actual=in_yuan(amount),
        difference=amount - right.yuan,
        rule=finding.rule,
        values={
            **finding.values,
            "stated": in_unit(left.table, amount),
            "diff": in_unit(left.table, abs(amount - right.yuan)),
        },
    )


def other_values(side: Side, spec: Spec) -> dict[str, str]:
    """What a finding says of the table it is compared with."""
    told = {
        "other_table": side.table.title,
        "other_table_id": side.table.table_id,
        "other_line": formula([(line_title(side.table, part.line, spec), part.sign) for part in side.parts]),
    }
    return told | (
        {"parts": "＋".join(f"《{each.table.title}》" for each in (side, *side.beside))} if side.beside else {}
    )


def _several(side: Side, spec: Spec) -> dict[str, str]:
    if side.addends == 1:
        return {}
    lines = {line_title(side.table, part.line, spec): part.sign for part in side.parts}
    columns = {column_title(side.table, part.figure): part.sign for part in side.parts}
    return {"line": formula(list(lines.items())), "column": formula(list(columns.items()))}
