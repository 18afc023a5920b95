"""Rows of a list that leave blank what a list has to say: basis, rate, who collects, who pays (F-01, F-02, F-07)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.listing import Entry, column_of, in_column, matches, of_kinds, place, told
from etl.checks.result import Result, settle
from etl.finding import Finding
from etl.printed import at_title
from etl.spec.model import Rule, Spec
from etl.table import Column, Identity, Table

_WHOLE_COLUMN = 3
"""As many rows that are all blank are one thing to be said, of the column."""


def fields_filled(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Ask that fields are filled.

    Parameters:
        fields: of the dataset.
        column_in: patterns of titles; a list of such a title must have a column for each field. Others are asked only
            about the columns they have.
        note_in: patterns of titles of lists that are made without the column; there its absence is a note.
        links: fields in which an address stands for what is not told in the list itself.
        except_types: kinds of charges that are not asked.

    What an item says holds for its parts, and what all its parts say need not stand beside the item.
    """
    findings: list[Finding] = []
    checked = 0
    asked = of_kinds(table, rule.parameters)
    for field in rule.parameters["fields"]:
        column = column_of(table, field)
        if column is None:
            missing = _no_column(rule, table, field, spec)
            findings += missing
            checked += sum(finding.severity != "note" for finding in missing)
            continue
        rows = [entry for entry in asked if not entry.is_head or entry.said(field)]
        checked += len(rows)
        findings += _blank(rule, table, rows, column, field)
    return settle(findings, checked, "column-absent" if asked else "line-absent")


def _no_column(rule: Rule, table: Table, field: str, spec: Spec) -> list[Finding]:
    if not table.lines or not matches(rule.parameters.get("column_in", ()), table.title):
        return []
    noted = matches(rule.parameters.get("note_in", ()), table.title)
    more = {"situation": "column-national" if noted else "column", "label": _title(table, field, spec)}
    return [told(rule, table, at_title(table), field, more, severity="note" if noted else None)]


def _blank(rule: Rule, table: Table, rows: Sequence[Entry], column: Column, field: str) -> list[Finding]:
    blank = [entry for entry in rows if not entry.said(field) and not _linked(rule, entry)]
    label = column.label.rsplit("/", 1)[-1]
    places = [place(table, entry.line, column) for entry in blank]
    if len(blank) == len(rows) >= _WHOLE_COLUMN:
        return [told(rule, table, in_column(places), field, {"situation": "blank-column", "label": label})]
    return [
        told(rule, table, location, field, {"name": entry.title, "label": label})
        for entry, location in zip(blank, places, strict=True)
    ]


def _linked(rule: Rule, entry: Entry) -> bool:
    return any("http" in entry.said(field) for field in rule.parameters.get("links", ()))


def _title(table: Table, field: str, spec: Spec) -> str:
    fields = spec.tables[table.table_id].schema["fields"]
    return next((str(each["title"]) for each in fields if each["name"] == field), field)
