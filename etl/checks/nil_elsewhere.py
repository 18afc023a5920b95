"""A table is empty while another table of the document has an amount for it (X-18)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.compare import other_values
from etl.checks.evidence import in_yuan, values
from etl.checks.operand import Lack, side_of, tables_of, unsettled
from etl.checks.result import Result
from etl.finding import Finding
from etl.printed import at_title, in_unit
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def nil_elsewhere(rule: Rule, tables: Sequence[Table], identity: Identity, spec: Spec) -> Result:
    """Hold an empty table against the amount another table gives.

    Parameters:
        table: the one that may be empty; the finding stands at its title.
        other: operand (see `etl.checks.operand`) of the amount.
    """
    found = tables_of(tables, str(rule.parameters["table"]))
    if not found:
        return Result(reason="table-absent")
    table = found[0]
    if not table.settled:
        return Result(reason=unsettled(table))
    if not table.is_empty:
        return Result(reason="not-empty")
    other = side_of(tables, rule.parameters["other"], spec)
    if isinstance(other, Lack):
        return Result(reason="other-table-absent" if other.table is None else other.reason)
    if not other.yuan:
        return Result(checked=1)
    finding = Finding(
        rule.severity,
        rule.finding,
        at_title(table),
        table_id=table.table_id,
        expected=in_yuan(other.yuan),
        rule=rule.rule,
        values=values(
            table,
            **other_values(other, spec),
            situation="elsewhere",
            computed=in_unit(other.table, other.yuan),
            unit=other.table.unit,
        ),
    )
    return Result((finding,), 1)
