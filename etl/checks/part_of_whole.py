"""A part is not larger than the whole it belongs to (X-08 to X-10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.checks.classification import is_name_of
from etl.checks.compare import agree, apart, tolerance
from etl.checks.magnitude import is_ten_thousandfold
from etl.checks.operand import Lack, Side, side_of, tables_of, unsettled
from etl.checks.result import Result, settle
from etl.checks.select import TOTAL
from etl.checks.tolerance import inside, round_to
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def part_of_whole(rule: Rule, tables: Sequence[Table], identity: Identity, spec: Spec) -> Result:
    """Compare parts with their wholes.

    Parameters:
        part, whole: operands (see `etl.checks.operand`); without `line`, every code both tables print.
        pairs: where lines are given by pairs, a list of {part, whole}, terms about lines.
        at: `part` or `whole`, where the finding stands; `part` where it is not given.
        situation: of the finding; `default` where it is not given.
        classification: code list by which the parts' lines are named; one with another name is not the part meant.
        total: term about the whole's lines: where every pair agrees, it must be the sum of the parts too, and what is
            missing came from rounding them one by one.
    """
    reason = _lacking(rule, tables)
    if reason:
        return Result(reason=reason)
    findings: list[Finding] = []
    pairs = [(part, whole) for part, whole in _pairs(rule, tables, spec) if _is_meant(rule, part, identity, spec)]
    for part, whole in pairs:
        finding = _compare(rule, part, whole, spec)
        findings += [finding] if finding else []
    if "total" in rule.parameters and not findings:
        noted = _rounded_one_by_one(rule, tables, pairs, spec)
        findings += [noted] if noted else []
    return settle(findings, len(pairs), "line-absent")


def _lacking(rule: Rule, tables: Sequence[Table]) -> str:
    for name, reason in (("part", "table-absent"), ("whole", "other-table-absent")):
        found = tables_of(tables, str(rule.parameters[name]["table"]))
        if not found:
            return reason
        if not any(table.settled for table in found):
            return unsettled(found[0])
    return ""


def _pairs(rule: Rule, tables: Sequence[Table], spec: Spec) -> Iterator[tuple[Side, Side]]:
    for part_line, whole_line in _line_pairs(rule, tables):
        part = side_of(tables, _at_line(rule.parameters["part"], part_line), spec)
        whole = side_of(tables, _at_line(rule.parameters["whole"], whole_line), spec)
        if isinstance(part, Side) and isinstance(whole, Side):
            yield part, whole


def _is_meant(rule: Rule, part: Side, identity: Identity, spec: Spec) -> bool:
    if "classification" not in rule.parameters:
        return True
    codes = spec.codes[str(rule.parameters["classification"])]
    return all(
        is_name_of(codes, each.line.code, each.line.name, identity.fiscal_year) for each in part.parts if each.line.name
    )


def _line_pairs(rule: Rule, tables: Sequence[Table]) -> list[tuple[Any, Any]]:
    if "pairs" in rule.parameters:
        return [(pair["part"], pair["whole"]) for pair in rule.parameters["pairs"]]
    codes = [
        dict.fromkeys(
            line.code for table in tables_of(tables, str(rule.parameters[name]["table"])) for line in table.lines
        )
        for name in ("part", "whole")
    ]
    return [(code, code) for code in codes[0] if code and code in codes[1]]


def _at_line(operand: Mapping[str, Any], line: Any) -> Mapping[str, Any]:
    return {"line": line, **operand}


def _compare(rule: Rule, part: Side, whole: Side, spec: Spec) -> Finding | None:
    if part.yuan <= whole.yuan or agree(part, whole):
        return None
    at_whole = rule.parameters.get("at", "part") == "whole"
    left, right = (whole, part) if at_whole else (part, whole)
    if part.yuan - whole.yuan <= tolerance(part, whole):
        return apart(rule, left, right, spec, {"situation": "between"}, "rounding-difference", "note")
    if is_ten_thousandfold(part, whole):
        return apart(rule, left, right, spec, {"situation": "default"}, "unit-suspect", "error")
    return apart(rule, left, right, spec, {"situation": str(rule.parameters.get("situation", "default"))})


def _rounded_one_by_one(
    rule: Rule, tables: Sequence[Table], pairs: Sequence[tuple[Side, Side]], spec: Spec
) -> Finding | None:
    """A note where a total of rounded items is not the rounded total of the items."""
    total = side_of(tables, {**rule.parameters["whole"], "line": rule.parameters.get("total", TOTAL)}, spec)
    if isinstance(total, Lack) or not pairs or not all(agree(part, whole) for part, whole in pairs):
        return None
    if any(round_to(whole.yuan, total.table.step) != whole.yuan for _, whole in pairs):
        return None
    parts = Side(pairs[0][0].table, tuple(each for part, _ in pairs for each in part.parts))
    if agree(total, parts) or abs(total.yuan - parts.yuan) > inside(total.table.step, len(pairs)):
        return None
    return apart(rule, total, parts, spec, {"situation": "between"}, "rounding-difference", "note")
