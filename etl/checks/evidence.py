"""What a finding brings along: the cell, the figures in the unit of the table, and names as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.amounts import to_fen
from etl.checks.select import Part, total_of
from etl.checks.tolerance import inside
from etl.finding import Finding, Location, Severity
from etl.printed import column_title, in_unit, location_of, name_of
from etl.spec.model import Rule, Spec
from etl.table import Figure, Line, Table

_NAMED_PARTS = 12
"""More names than this help nobody to find the one that is wrong."""


def in_yuan(amount: Decimal) -> str:
    """An amount in yuan as plain text."""
    return f"{to_fen(amount):f}"


def line_title(table: Table, line: Line, spec: Spec) -> str:
    """The same; where nothing is printed, what we call the line."""
    known = None if line.name else spec.line_name(table.table_id, line.code, 0)
    return name_of(line) if known is None else known.zh


def names(lines: Sequence[str]) -> str:
    """Names in a row, cut off where there are too many."""
    distinct = list(dict.fromkeys(name for name in lines if name))
    return "、".join(distinct[:_NAMED_PARTS]) + ("……" if len(distinct) > _NAMED_PARTS else "")


def formula(named: Sequence[tuple[str, int]]) -> str:
    """Names joined as they are added: `年初＋本年收入－本年支出`."""
    text = "".join(("＋" if sign > 0 else "－") + name for name, sign in named if name)
    return text.removeprefix("＋")


def values(table: Table, **more: str) -> dict[str, str]:
    """What every finding about a table says of it."""
    return {"table": table.title, "unit": table.unit} | more


def figure_values(table: Table, line: Line, figure: Figure, spec: Spec) -> dict[str, str]:
    """What every finding about a figure says of it."""
    return values(
        table,
        line=line_title(table, line, spec),
        column=column_title(table, figure),
        stated=in_unit(table, table.yuan(figure)),
    )


def differs(
    rule: Rule,
    table: Table,
    stated: Part,
    computed: Decimal,
    spec: Spec,
    *,
    code: str = "",
    severity: Severity | None = None,
    location: Location | None = None,
    more: Mapping[str, str] | None = None,
) -> Finding:
    """A figure that is not what it should be; both in yuan."""
    amount = table.yuan(stated.figure)
    return Finding(
        severity or rule.severity,
        code or rule.finding,
        location or location_of(table, stated.figure),
        table_id=table.table_id,
        field=stated.figure.measure,
        expected=in_yuan(computed),
        actual=in_yuan(amount),
        difference=amount - computed,
        rule=rule.rule,
        values={
            **figure_values(table, stated.line, stated.figure, spec),
            "computed": in_unit(table, computed),
            "diff": in_unit(table, abs(amount - computed)),
            **(more or {}),
        },
    )


def adds_up(stated: Part, parts: Sequence[Part]) -> bool:
    """Whether a printed figure is the sum of others to the last digit, and there is nothing to be told."""
    return stated.figure.number == sum([part.sign * part.figure.number for part in parts])


def sum_differs(
    rule: Rule,
    table: Table,
    stated: Part,
    parts: Sequence[Part],
    spec: Spec,
    more: Mapping[str, str],
    rounding: str = "default",
) -> Finding | None:
    """A printed figure against a sum of others of its table: nothing, a note about rounding, or what the rule says."""
    if adds_up(stated, parts):
        return None
    computed = total_of(table, parts)
    difference = abs(table.yuan(stated.figure) - computed)
    if difference <= inside(table.step, sum(1 for part in parts if not part.figure.nil)):
        noted = {**more, "situation": rounding}
        return differs(rule, table, stated, computed, spec, code="rounding-difference", severity="note", more=noted)
    return differs(rule, table, stated, computed, spec, more=more)
