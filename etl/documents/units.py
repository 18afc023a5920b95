"""A department against its units together (Y-06)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.documents.result import Key, Said
from etl.documents.tables import Known, key_of
from etl.finding import Finding, Outcome
from etl.printed import in_unit, location_of, name_of
from etl.spec.model import Rule, Spec

if TYPE_CHECKING:
    from etl.warehouse import Warehouse


def units_together(rule: Rule, warehouse: Warehouse, known: Known, spec: Spec) -> Mapping[Key, Said]:
    """Compare a department's figure with the sum over its own office and its units.

    Parameters:
        table, line, measure (alternatives): the figure.

    Only where every unit of the register that existed, and the department's own office, have published theirs.
    """
    parameters = rule.parameters
    rows = warehouse.ask(
        "units_together", table_id=parameters["table"], line=parameters["line"], measures=parameters["measure"]
    )
    said: dict[Key, Said] = {}
    for row in rows:
        table, line, figure = known.place(row, "")
        stated, computed = row["amount_yuan"], row["units_yuan"]
        tolerance = table.step * (int(row["units"]) + 1) / 2
        outcome = Outcome(rule.rule, table.table_id, table.sheet, "passed", "", 1)
        findings: tuple[Finding, ...] = ()
        if abs(stated - computed) > tolerance:
            outcome = Outcome(rule.rule, table.table_id, table.sheet, "failed", "", 1)
            values = {
                "table": table.title,
                "line": name_of(line),
                "stated": in_unit(table, stated),
                "computed": in_unit(table, computed),
                "diff": in_unit(table, abs(stated - computed)),
                "unit": table.unit,
                "text": str(row["units"]),
            }
            findings = (
                Finding(
                    rule.severity,
                    rule.finding,
                    location_of(table, figure),
                    table.table_id,
                    line.code,
                    f"{computed:f}",
                    f"{stated:f}",
                    stated - computed,
                    rule.rule,
                    values,
                ),
            )
        said[key_of(row, "")] = Said(findings, (outcome,))
    return said
