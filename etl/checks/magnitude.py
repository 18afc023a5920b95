"""Amounts that are ten thousand times apart: yuan in a table of 万元, or the other way round."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from etl.checks.evidence import values
from etl.checks.operand import Side
from etl.checks.tolerance import between
from etl.finding import Finding
from etl.printed import at_title
from etl.table import Table

_FACTOR = Decimal(10_000)
_ROOT = Decimal(100)
"""Between amounts that are ten thousand times apart."""
_NEAR = Decimal("0.005")
_SEVERAL = 2
"""One figure may be a slip in its cell; with two the table is meant."""


def is_ten_thousandfold(large: Side, small: Side) -> bool:
    """True where one amount is some ten thousand times the other: within 0.5 %, or as near as rounding lets it be.

    The small one's rounding grows with it: 0.83 beside 8265 is near enough.
    """
    if not small.yuan or not large.yuan:
        return False
    off = abs(large.yuan - small.yuan * _FACTOR)
    rounding = between(large.step, small.step * _FACTOR, large.addends, small.addends)
    return off <= abs(large.yuan) * _NEAR or (off <= rounding and rounding * 10 <= abs(large.yuan))


def gather(findings: Sequence[Finding], tables: Sequence[Table]) -> list[Finding]:
    """Where a table is off by ten thousand against others in several figures, one finding about the table."""
    rest = [finding for finding in findings if finding.code != "unit-suspect"]
    suspects = [finding for finding in findings if finding.code == "unit-suspect"]
    if not suspects:
        return rest
    wrong = _may_be_wrong(tables)
    while suspects:
        involved = Counter(table_id for finding in suspects for table_id in sorted(_involved(finding)))
        table_id, times = max(involved.items(), key=lambda item: (item[1], item[0] in wrong, item[0]))
        table = next((table for table in tables if table.table_id == table_id), None)
        if times < _SEVERAL or table is None:
            break
        about = [finding for finding in suspects if table_id in _involved(finding)]
        rest.append(_about_table(about, table))
        suspects = [finding for finding in suspects if table_id not in _involved(finding)]
    return rest + suspects


def _may_be_wrong(tables: Sequence[Table]) -> set[str]:
    """Of two tables that differ, the larger is wrong where it says 10,000 yuan, the smaller where it says yuan."""
    largest = {
        table.table_id: max((abs(table.yuan(f)) for line in table.lines for f in line.figures.values()), default=0)
        for table in tables
    }
    middle = max(largest.values(), default=Decimal(0)) / _ROOT
    return {table.table_id for table in tables if (largest[table.table_id] > middle) == (table.unit_yuan == _FACTOR)}


def _involved(finding: Finding) -> set[str]:
    return {finding.table_id, finding.values.get("other_table_id", "")}


def _about_table(findings: Sequence[Finding], table: Table) -> Finding:
    first = findings[0]
    is_left = first.table_id == table.table_id
    prefix = "other_table" if is_left else "table"
    other = {"other_table": first.values.get(prefix, ""), "other_table_id": first.values.get(f"{prefix}_id", "")}
    return dataclasses.replace(
        first,
        location=at_title(table),
        table_id=table.table_id,
        field="",
        expected="",
        actual="",
        difference=None,
        values=values(table, situation="table", **other),
    )
