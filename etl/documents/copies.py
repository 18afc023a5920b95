"""Tables of two bodies, or of two years of one body, with all figures alike (Y-10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from etl.documents.result import Key, Said
from etl.documents.tables import Known, key_of
from etl.finding import Finding, Outcome
from etl.printed import at_title
from etl.spec.model import Rule, Spec
from etl.table import Table

if TYPE_CHECKING:
    from etl.warehouse import Warehouse


def same_figures(rule: Rule, warehouse: Warehouse, known: Known, spec: Spec) -> Mapping[Key, Said]:
    """Find tables that repeat another's figures line by line. The finding stands at the one that came later.

    Parameters:
        figures: how many that are not zero a table must have to be compared.
        different: how many of them must differ from each other: a table of one amount repeated proves nothing.

    A department and its only unit rightly print the same.
    """
    rows = warehouse.ask("same_figures", figures=rule.parameters["figures"], different=rule.parameters["different"])
    told: dict[Key, list[Finding]] = {}
    for row in rows:
        key = key_of(row, "")
        table = _table(known, key, str(row["table_id"]))
        values = {
            "table": table.title,
            "name": str(row["other_department_name"]),
            "year": str(row["other_fiscal_year"]),
        }
        told.setdefault(key, []).append(
            Finding(
                rule.severity,
                rule.finding,
                at_title(table),
                table.table_id,
                expected="",
                actual=str(row["other_file"]),
                rule=rule.rule,
                values=values,
            )
        )
    said: dict[Key, Said] = {}
    for submission, table in known.standing:
        wrong = any(finding.table_id == table.table_id for finding in told.get(submission.key, ()))
        outcome = Outcome(rule.rule, table.table_id, table.sheet, "failed" if wrong else "passed", "", 1)
        said[submission.key] = said.get(submission.key, Said()) + Said((), (outcome,))
    return {key: Said(tuple(told.get(key, ())), one.outcomes) for key, one in said.items()}


def _table(known: Known, key: Key, table_id: str) -> Table:
    return next(table for one, table in known.standing if one.key == key and table.table_id == table_id)
