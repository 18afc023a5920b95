"""The county's own table beside all departments together: information only, with the share covered (Y-07, Y-08)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from etl.amounts import format_percent
from etl.documents.result import Key, Said
from etl.documents.tables import Known, key_of
from etl.finding import Finding, Outcome
from etl.printed import in_unit, location_of, name_of
from etl.spec.model import Rule, Spec

if TYPE_CHECKING:
    from etl.warehouse import Warehouse


def county_share(rule: Rule, warehouse: Warehouse, known: Known, spec: Spec) -> Mapping[Key, Said]:
    """Say how much of the county's spending its departments have published.

    Parameters:
        table, measure (alternatives): the county's table, by class and in total.
        departments, of_measure: the departments' table and measure.

    Never an error: transfers, debt, reserves and exempt bodies are the county's and no department's.
    """
    parameters = rule.parameters
    rows = warehouse.ask(
        "county_share",
        table_id=parameters["table"],
        measures=parameters["measure"],
        departments=parameters["departments"],
        of_measures=parameters["of_measure"],
    )
    said: dict[Key, Said] = {}
    for row in rows:
        table, line, figure = known.place(row, "")
        stated, covered = row["amount_yuan"], row["departments_yuan"]
        values = {
            "table": table.title,
            "line": name_of(line),
            "stated": in_unit(table, stated),
            "computed": in_unit(table, covered),
            "unit": table.unit,
            "text": format_percent(covered / stated if stated else Decimal(0)),
            "parts": str(row["bodies"]),
        }
        finding = Finding(
            rule.severity,
            rule.finding,
            location_of(table, figure),
            table.table_id,
            line.code,
            f"{covered:f}",
            f"{stated:f}",
            stated - covered,
            rule.rule,
            values,
        )
        outcome = Outcome(rule.rule, table.table_id, table.sheet, "passed", "", 1)
        key = key_of(row, "")
        said[key] = said.get(key, Said()) + Said((finding,), (outcome,))
    return said
