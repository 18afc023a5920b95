"""Every rule that concerns a table or a document, run; each leaves an outcome, for silence is not a pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from etl.checks.all_zero import all_zero
from etl.checks.change import change
from etl.checks.classes_equal import classes_equal
from etl.checks.classification import classification
from etl.checks.detail import detail
from etl.checks.document_numbers import document_numbers
from etl.checks.fields_filled import fields_filled
from etl.checks.figures_equal import figures_equal
from etl.checks.hierarchy import hierarchy
from etl.checks.in_force import in_force
from etl.checks.lines_equal import lines_equal
from etl.checks.lines_sum import lines_sum
from etl.checks.lines_within import lines_within
from etl.checks.magnitude import gather
from etl.checks.measures_sum import measures_sum
from etl.checks.negative import negative
from etl.checks.nil_elsewhere import nil_elsewhere
from etl.checks.nil_statement import nil_statement
from etl.checks.numbering import numbering
from etl.checks.operand import tables_of, unsettled
from etl.checks.part_of_whole import part_of_whole
from etl.checks.presence import tables_listed, tables_owed
from etl.checks.result import Result
from etl.checks.rows_match import rows_match
from etl.checks.rows_sum import rows_sum
from etl.checks.secrets import relax
from etl.checks.set_by import set_by
from etl.finding import Finding, Outcome
from etl.sheet_report import SheetReport
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table

InTable = Callable[[Rule, Table, Identity, Spec], Result]
BetweenTables = Callable[[Rule, Sequence[Table], Identity, Spec], Result]
OfDocument = Callable[[Rule, Sequence[Table], Sequence[SheetReport], Identity, Spec], Result]

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
        "detail": detail,
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
        "lines-within": lines_within,
    }
)
"""Kinds of rules between the tables of one document."""

OF_DOCUMENT: Mapping[str, OfDocument] = MappingProxyType({"tables-owed": tables_owed, "tables-listed": tables_listed})
"""Kinds of rules about which tables a document holds; they ask for no figure."""


def check_table(table: Table, identity: Identity, spec: Spec) -> tuple[list[Finding], list[Outcome]]:
    """Run the rules of a table's own file on it."""
    declared = spec.tables.get(table.table_id)
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for rule in declared.rules if declared else ():
        result = _not_run(rule, identity, table) or IN_TABLE[rule.kind](rule, table, identity, spec)
        result = relax(result, rule, identity, spec)
        findings += result.findings
        outcomes.append(result.outcome(rule, table.table_id, table.sheet))
    return _distinct(findings), outcomes


def check_between(tables: Sequence[Table], identity: Identity, spec: Spec) -> tuple[list[Finding], list[Outcome]]:
    """Run the rules between the tables of one document."""
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for rule in spec.between_tables:
        if rule.kind not in BETWEEN_TABLES:
            continue
        result = _not_run(rule, identity) or BETWEEN_TABLES[rule.kind](rule, tables, identity, spec)
        result = relax(result, rule, identity, spec)
        findings += result.findings
        table_id = _subject(rule)
        sheet = next((table.sheet for table in tables_of(tables, table_id)), "")
        outcomes.append(result.outcome(rule, table_id, sheet))
    return _distinct(gather(findings, tables)), outcomes


def check_presence(
    tables: Sequence[Table], sheets: Sequence[SheetReport], identity: Identity, spec: Spec
) -> tuple[list[Finding], list[Outcome]]:
    """Run the rules about which tables there are. One that is missing is told once, where it is listed if it is."""
    findings: dict[str, Finding] = {}
    outcomes: list[Outcome] = []
    for rule in spec.between_tables:
        if rule.kind not in OF_DOCUMENT:
            continue
        result = _not_run(rule, identity) or OF_DOCUMENT[rule.kind](rule, tables, sheets, identity, spec)
        for finding in result.findings:
            if finding.table_id not in findings or finding.location.cell:
                findings[finding.table_id] = finding
        outcomes.append(result.outcome(rule, "", ""))
    return list(findings.values()), outcomes


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
