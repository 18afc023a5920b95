"""Every rule that concerns a table or a document, run; each leaves an outcome, for silence is not a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from etl.checks.all_zero import all_zero
from etl.checks.change import change
from etl.checks.classes_equal import classes_equal
from etl.checks.classification import classification
from etl.checks.document_numbers import document_numbers
from etl.checks.fields_filled import fields_filled
from etl.checks.figures_equal import figures_equal
from etl.checks.hierarchy import hierarchy
from etl.checks.in_force import in_force
from etl.checks.lines_equal import lines_equal
from etl.checks.lines_sum import lines_sum
from etl.checks.magnitude import gather
from etl.checks.measures_sum import measures_sum
from etl.checks.negative import negative
from etl.checks.nil_elsewhere import nil_elsewhere
from etl.checks.nil_statement import nil_statement
from etl.checks.numbering import numbering
from etl.checks.operand import tables_of, unsettled
from etl.checks.part_of_whole import part_of_whole
from etl.checks.result import Result
from etl.checks.rows_match import rows_match
from etl.checks.rows_sum import rows_sum
from etl.checks.set_by import set_by
from etl.finding import Finding, Outcome
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table

InTable = Callable[[Rule, Table, Identity, Spec], Result]
BetweenTables = Callable[[Rule, Sequence[Table], Identity, Spec], Result]

IN_TABLE: Mapping[str, InTable] = MappingProxyType(
    {
        "hierarchy": hierarchy,
        "all-zero": all_zero,
        "measures-sum": measures_sum,
        "lines-sum": lines_sum,
        "rows-sum": rows_sum,
        "lines-equal": lines_equal,
        "change": change,
        "nil-statement": nil_statement,
        "classification": classification,
        "negative": negative,
        "fields-filled": fields_filled,
        "document-numbers": document_numbers,
        "in-force": in_force,
        "set-by": set_by,
        "rows-match": rows_match,
        "numbering": numbering,
    }
)
"""Kinds of rules about one table. Closed: a new identity is data, a new kind is a decision."""

BETWEEN_TABLES: Mapping[str, BetweenTables] = MappingProxyType(
    {
        "figures-equal": figures_equal,
        "classes-equal": classes_equal,
        "part-of-whole": part_of_whole,
        "nil-statement": nil_elsewhere,
    }
)
"""Kinds of rules between the tables of one document."""


def check_table(table: Table, identity: Identity, spec: Spec) -> tuple[list[Finding], list[Outcome]]:
    """Run the rules of a table's own file on it."""
    declared = spec.tables.get(table.table_id)
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for rule in declared.rules if declared else ():
        result = _not_run(rule, identity, table) or IN_TABLE[rule.kind](rule, table, identity, spec)
        result = _with_secrets(result, rule, identity, spec)
        findings += result.findings
        outcomes.append(result.outcome(rule, table.table_id, table.sheet))
    return _distinct(findings), outcomes


def check_between(tables: Sequence[Table], identity: Identity, spec: Spec) -> tuple[list[Finding], list[Outcome]]:
    """Run the rules between the tables of one document."""
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for rule in spec.between_tables:
        result = _not_run(rule, identity) or BETWEEN_TABLES[rule.kind](rule, tables, identity, spec)
        findings += result.findings
        table_id = _subject(rule)
        sheet = next((table.sheet for table in tables_of(tables, table_id)), "")
        outcomes.append(result.outcome(rule, table_id, sheet))
    return _distinct(gather(findings, tables)), outcomes


def _with_secrets(result: Result, rule: Rule, identity: Identity, spec: Spec) -> Result:
    """Where some items of a body are secret, what the lines below a line fall short by asks for nothing."""
    body = spec.department(identity.department_code)
    if rule.kind != "hierarchy" or body is None or body.exempt != "partly":
        return result
    told = (replace(one, severity="note") if (one.difference or 0) > 0 else one for one in result.findings)
    return replace(result, findings=tuple(told))


def _not_run(rule: Rule, identity: Identity, table: Table | None = None) -> Result | None:
    if rule.documents and identity.document not in rule.documents:
        return Result(reason="not-this-document")
    if table is not None and not table.settled:
        return Result(reason=unsettled(table))
    return None


def _subject(rule: Rule) -> str:
    """Id of the table at which a rule's findings stand."""
    if "table" in rule.parameters:
        return str(rule.parameters["table"])
    side = "left" if "left" in rule.parameters else str(rule.parameters.get("at", "part"))
    return str(rule.parameters[side]["table"])


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    """The same cell, found wrong in the same way by the same rule, is said once."""
    seen: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        place = (finding.code, finding.rule, finding.location, finding.field, finding.expected, finding.actual)
        seen.setdefault(place, finding)
    return list(seen.values())
