"""Which tables a document holds: those its body owes (D-09, D-11, D-12), and those its own contents list (X-17)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.result import Result
from etl.finding import Finding, Location
from etl.sheet_report import Listed, SheetReport
from etl.spec.model import COUNTY, Rule, Spec
from etl.table import Identity, Table


def tables_owed(
    rule: Rule, tables: Sequence[Table], sheets: Sequence[SheetReport], identity: Identity, spec: Spec
) -> Result:
    """Every table that the body must publish with the document in that year.

    Parameters:
        government: true for what the county government owes, false for every other body.

    One document may come in several files: a file with half of the tables or fewer is taken for one of several. A table
    whose sheet was seen and could not be read has been spoken of.
    """
    there = {table.table_id for table in tables}
    who = _who(identity, there, spec)
    if (who == "county") != rule.parameters["government"]:
        return Result(reason="other-body")
    owed = [
        duty.table_id
        for duty in spec.obligations
        if (duty.document, duty.level, duty.who) == (identity.document, "required", who)
        and duty.since <= identity.fiscal_year <= duty.until
        and spec.jurisdiction.code.startswith(duty.division)
    ]
    if not owed:
        return Result(reason="year-out-of-range")
    if 2 * len(there & set(owed)) <= len(owed):
        return Result(reason="part-of-document")
    seen = there | _unread(sheets)
    findings = [_missing(rule, table_id, Location(), spec) for table_id in owed if table_id not in seen]
    return Result(tuple(findings), len(owed))


def tables_listed(
    rule: Rule, tables: Sequence[Table], sheets: Sequence[SheetReport], identity: Identity, spec: Spec
) -> Result:
    """Every table that the sheet of contents names. Parameters: none."""
    listed = [(sheet.sheet, entry) for sheet in sheets for entry in sheet.listed]
    if not listed or not tables:
        return Result(reason="no-contents" if tables else "table-absent")
    there = {(table.table_id, table.part) for table in tables}
    unread = _unread(sheets)
    findings = [
        _missing(rule, entry.tables[0][0], Location(name, entry.cell, entry.row), spec, entry)
        for name, entry in listed
        if not there & set(entry.tables) and not unread & {table_id for table_id, _ in entry.tables}
    ]
    return Result(tuple(findings), len(listed))


def _who(identity: Identity, there: set[str], spec: Spec) -> str:
    """Which kind of body the document is of; where nobody knows the body, what its tables and its scope say."""
    body = spec.department(identity.department_code)
    if identity.department_code == COUNTY or (body is None and there & spec.county_tables):
        return "county"
    if identity.scope == "unit" or body is None:
        return "unit" if identity.scope == "unit" else "department"
    return spec.who(body)


def _unread(sheets: Sequence[SheetReport]) -> set[str]:
    return {sheet.table_id for sheet in sheets if sheet.fate == "unrecognised"}


def _missing(rule: Rule, table_id: str, place: Location, spec: Spec, listed: Listed | None = None) -> Finding:
    name = (
        listed.title if listed is not None else spec.tables[table_id].name.zh if table_id in spec.tables else table_id
    )
    situation = "default" if listed is None else "listed"
    return Finding(
        rule.severity,
        rule.finding,
        place,
        table_id=table_id,
        rule=rule.rule,
        values={"situation": situation, "table": name},
    )
