"""A figure of one document against a figure of another of the same body (Y-01 to Y-05, Y-11)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from etl.documents.result import Key, Said
from etl.documents.tables import Known, key_of
from etl.finding import Finding, Outcome
from etl.printed import column_title, in_unit, location_of, name_of
from etl.spec.model import Rule, Spec
from etl.table import Figure, Line, Table

if TYPE_CHECKING:
    from etl.warehouse import Warehouse

_HALF = Decimal("0.5")


def figures_across(rule: Rule, warehouse: Warehouse, known: Known, spec: Spec) -> Mapping[Key, Said]:
    """Compare figures of two documents of one body.

    Parameters:
        here: document, table, lines (codes), measure (alternatives). The finding stands here.
        there: the same of the other document, and `years` added to the fiscal year. Of several lines the one of the
            same code counts; where there is none, and here names one line only, the first that is printed.
        relation: `equal`; `at-most`; `{ratio: [low, high]}`, here divided by there; `{change: share, over: yuan}`, the
            largest change that needs no word.
        situation: of the finding; `default` where it is not given.

    A body that follows another one is not held to what that one left. Blanks are not compared.
    """
    here, there = rule.parameters["here"], rule.parameters["there"]
    rows = warehouse.ask(
        "figures_across",
        document=here["document"],
        table_id=here["table"],
        lines=here["lines"],
        measures=here["measure"],
        other_document=there["document"],
        other_table_id=there["table"],
        other_lines=there["lines"],
        other_measures=there["measure"],
        years=there["years"],
    )
    compared: dict[Key, int] = {}
    found: dict[Key, list[Finding]] = {}
    for row in rows:
        key = key_of(row, "")
        compared[key] = compared.get(key, 0) + 1
        if (finding := _compare(rule, row, known, spec)) is not None:
            found.setdefault(key, []).append(finding)
    return {
        key: Said(tuple(found.get(key, ())), (_outcome(rule, here["table"], compared.get(key, 0), found.get(key, ())),))
        for key in known.keys(here["document"], here["table"])
    }


def _compare(rule: Rule, row: Mapping[str, Any], known: Known, spec: Spec) -> Finding | None:
    table, line, figure = known.place(row, "")
    other, _, _ = known.place(row, "other_")
    stated, computed = row["amount_yuan"], row["other_amount_yuan"]
    tolerance = (table.step + other.step) * _HALF
    if _holds(rule.parameters["relation"], stated, computed, tolerance):
        return None
    values = {
        "situation": str(rule.parameters.get("situation", "default")),
        "table": table.title,
        "line": name_of(line),
        "column": column_title(table, figure),
        "stated": in_unit(table, stated),
        "computed": in_unit(table, computed),
        "diff": in_unit(table, abs(stated - computed)),
        "unit": table.unit,
        "year": str(row["other_fiscal_year"]),
    }
    return _finding(rule, table, line, figure, stated, computed, values)


def _holds(relation: Any, stated: Decimal, computed: Decimal, tolerance: Decimal) -> bool:
    if relation == "equal":
        return abs(stated - computed) <= tolerance
    if relation == "at-most":
        return stated - computed <= tolerance
    if "ratio" in relation:
        low, high = (Decimal(str(limit)) for limit in relation["ratio"])
        return not computed or low * computed - tolerance <= stated <= high * computed + tolerance
    change = abs(stated - computed)
    return change <= Decimal(str(relation["over"])) or change <= Decimal(str(relation["change"])) * abs(computed)


def _finding(
    rule: Rule, table: Table, line: Line, figure: Figure, stated: Decimal, computed: Decimal, values: Mapping[str, str]
) -> Finding:
    return Finding(
        rule.severity,
        rule.finding,
        location_of(table, figure),
        table.table_id,
        f"{line.code}/{figure.measure}",
        f"{computed:f}",
        f"{stated:f}",
        stated - computed,
        rule.rule,
        values,
    )


def _outcome(rule: Rule, table_id: str, compared: int, findings: object) -> Outcome:
    if not compared:
        return Outcome(rule.rule, table_id, "", "could-not-run", "other-document-absent")
    failed = bool(findings) and rule.severity != "note"
    return Outcome(rule.rule, table_id, "", "failed" if failed else "passed", "", compared)
