"""What one of a table's unit is in yuan; where no unit is printed, the one its own figures leave open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.finding import Finding, Location, error, warning
from etl.spec.model import Spec
from etl.table import Line, Match, cell_name


def settle_unit(match: Match, lines: Sequence[Line], spec: Spec) -> tuple[str, bool, list[Finding]]:
    """Unit, whether it is settled, findings. A table without figures needs none."""
    if match.unit:
        return match.unit, True, []
    figures = [figure for line in lines for figure in line.figures.values() if figure.number]
    if not figures:
        return "元", True, []
    at = Location(match.sheet.name, cell_name(match.title_row, 0), match.title_row + 1, 1)
    inferred = _infer(max(abs(figure.number) for figure in figures), max(f.decimals for f in figures), spec)
    values = {"table": match.title, "unit": inferred}
    if inferred:
        values["situation"] = "inferred"
        return inferred, True, [warning("unit-missing", at, table_id=match.table_id, actual=inferred, values=values)]
    return "元", False, [error("unit-missing", at, table_id=match.table_id, values={"table": match.title})]


def _infer(largest: Decimal, decimals: int, spec: Spec) -> str:
    limits = spec.recognition.infer_unit
    if largest >= limits["yuan_from"]:
        return "元"
    if largest < limits["ten_thousand_below"] and decimals:
        return "万元"
    return ""
