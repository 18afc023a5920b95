"""增减幅度 = 增减额 ÷ 上年; on a base of nothing there is no rate (T-15)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from etl.amounts import format_amount
from etl.checks.evidence import line_title, values
from etl.checks.result import Result, settle
from etl.finding import Finding
from etl.printed import at
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table

_HUNDRED = Decimal(100)


def rate(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare a printed percentage with the one its amounts give.

    Parameters:
        current, previous: the measures.
        percent: field of the line that holds the rate, as percent.

    It may differ by half of its last decimal and by what the rounding of the two amounts can do to it.
    """
    field = str(rule.parameters["percent"])
    if not {field, str(rule.parameters["current"])} <= {column.key for column in table.columns}:
        return Result(reason="column-absent")
    findings: list[Finding] = []
    checked = 0
    for line in table.lines:
        printed = _number(line.attributes.get(field, ""))
        current, previous = (_yuan(table, line, str(rule.parameters[name])) for name in ("current", "previous"))
        if printed is None or (current is None and previous is None):
            continue
        checked += 1
        expected = _expected(current or Decimal(0), previous or Decimal(0))
        if expected is None:
            findings.append(_finding(rule, table, line, field, printed, None, spec))
        elif abs(printed - expected) > _tolerance(table, printed, expected, previous or Decimal(0)):
            findings.append(_finding(rule, table, line, field, printed, expected, spec))
    return settle(findings, checked, "base-zero")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().rstrip("%")) if text.strip() else None
    except InvalidOperation:
        return None


def _yuan(table: Table, line: Line, measure: str) -> Decimal | None:
    return table.yuan(line.figures[measure]) if measure in line.figures else None


def _expected(current: Decimal, previous: Decimal) -> Decimal | None:
    return (current - previous) / previous * _HUNDRED if previous else None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _tolerance(table: Table, printed: Decimal, expected: Decimal, previous: Decimal) -> Decimal:
    half = Decimal("0.5").scaleb(-_decimals(printed))
    quotient = 1 + expected / _HUNDRED  # this year over last year
    return half + (1 + abs(quotient)) * table.step / 2 / abs(previous) * _HUNDRED


def _finding(
    rule: Rule, table: Table, line: Line, field: str, printed: Decimal, expected: Decimal | None, spec: Spec
) -> Finding:
    column = next(column for column in table.columns if column.key == field)
    decimals = max(_decimals(printed), 2)
    computed = "" if expected is None else f"{format_amount(expected, decimals)}%"
    return Finding(
        rule.severity,
        rule.finding,
        at(table, line, column.index),
        table_id=table.table_id,
        field=field,
        expected=computed.rstrip("%").replace(",", ""),
        actual=f"{printed:f}",
        rule=rule.rule,
        values=values(
            table,
            situation="base-zero" if expected is None else "rate",
            line=line_title(table, line, spec),
            column=column.label.rsplit("/", 1)[-1],
            stated=f"{printed:f}%",
            computed=computed,
        ),
    )
