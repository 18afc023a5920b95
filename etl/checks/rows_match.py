"""Rows of a list in which one field asks for another: only education fees go to a special fiscal account."""

from __future__ import annotations

from etl.checks.listing import Entry, column_of, matches, of_kinds, place, told
from etl.checks.result import Result, settle
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def rows_match(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Ask that rows of one kind are of another kind too.

    Parameters:
        where: a field and patterns; the rows in which one is found are asked. The finding stands at this field.
        needs: fields and patterns, one of which must be found.
        except_types: kinds of charges that are not asked.
    """
    (field, patterns), *_ = rule.parameters["where"].items()
    column = column_of(table, field)
    asked = [entry for entry in of_kinds(table, rule.parameters) if matches(patterns, entry.said(field))]
    findings: list[Finding] = []
    for entry in asked:
        if entry.is_news(field) and not _has(entry, rule.parameters["needs"]):
            text = entry.said(field)
            location = place(table, entry.line, column)
            findings.append(told(rule, table, location, field, {"name": entry.title, "text": text}, actual=text))
    return settle(findings, len(asked), "line-absent" if column else "column-absent")


def _has(entry: Entry, needs: dict[str, list[str]]) -> bool:
    return any(matches(patterns, entry.said(field)) for field, patterns in needs.items())
