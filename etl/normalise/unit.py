"""What one of a table's unit is in yuan; where no unit is printed, the one its own figures leave open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.finding import Finding, Location, error, warning
from etl.spec.model import Spec
from etl.table import Figure, Line, Match, cell_name

_TEN_THOUSAND = Decimal(10_000)
_GOVERNMENT = "gov-"
"""How the ids of tables begin that are a government's own, and not a department's (contract, section 4)."""


def settle_unit(match: Match, lines: Sequence[Line], spec: Spec) -> tuple[str, bool, list[Finding]]:
    """Unit, whether it is settled, findings. A table without figures needs none."""
    figures = [figure for line in lines for figure in line.figures.values() if figure.number]
    if match.unit:
        return match.unit, True, _too_large(match, figures, spec)
    if not figures:
        return "元", True, []
    at = Location(match.sheet.name, cell_name(match.title_row, 0), match.title_row + 1, 1)
    inferred = _infer(max(abs(figure.number) for figure in figures), max(f.decimals for f in figures), spec)
    values = {"table": match.title, "unit": inferred}
    if inferred:
        values["situation"] = "inferred"
        return inferred, True, [warning("unit-missing", at, table_id=match.table_id, actual=inferred, values=values)]
    return "元", False, [error("unit-missing", at, table_id=match.table_id, values={"table": match.title})]


def _too_large(match: Match, figures: Sequence[Figure], spec: Spec) -> list[Finding]:
    """Said where a table in 10,000 yuan has amounts of which, without a unit, it would be taken to be in yuan."""
    if spec.recognition.units[match.unit] != _TEN_THOUSAND or match.table_id.startswith(_GOVERNMENT):
        return []
    if max((abs(figure.number) for figure in figures), default=0) < spec.recognition.infer_unit["yuan_from"]:
        return []
    at = Location(match.sheet.name, cell_name(match.title_row, 0), match.title_row + 1, 1)
    values = {"situation": "table", "table": match.title, "unit": match.unit}
    return [warning("unit-suspect", at, table_id=match.table_id, actual=match.unit, values=values)]


def _infer(largest: Decimal, decimals: int, spec: Spec) -> str:
    limits = spec.recognition.infer_unit
    if largest >= limits["yuan_from"]:
        return "元"
    if largest < limits["ten_thousand_below"] and decimals:
        return "万元"
    return ""
