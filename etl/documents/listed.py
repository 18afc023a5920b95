"""Items of one list that are not on another: what enterprises are charged is a part of all that is charged (F-03)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from etl.documents.result import Key, Said
from etl.documents.tables import Known
from etl.finding import Finding, Location, Outcome, OutcomeKind
from etl.labels import fold_name
from etl.spec.model import Rule, Spec
from etl.table import Line, Submission, Table, cell_name

if TYPE_CHECKING:
    from etl.warehouse import Warehouse

_REMARK = re.compile(r"\([^()]*\)")
Body = tuple[str, int]
"""Whose list, and of which year."""


def listed_in(rule: Rule, warehouse: Warehouse, known: Known, spec: Spec) -> Mapping[Key, Said]:
    """Look for every item of one list in another of the same body and year. The finding stands at the item.

    Parameters:
        table: both lists are of this table.
        part: the forms of the list whose items are looked for, and the list_types of the rows that are.
        whole: the forms of the list in which they must be; of several lists any.
        situation: of the finding.

    Items are compared by name, without ordinal and without remarks in brackets; an item may be a part there.
    """
    parameters = rule.parameters
    whole: dict[Body, set[str]] = {}
    for submission, table in known.standing:
        if table.table_id == parameters["table"] and table.form in parameters["whole"]["forms"]:
            names = (name for line in table.lines for name in _names(line))
            whole.setdefault(_body(submission), set()).update(names)
    said: dict[Key, Said] = {}
    for submission, table in known.standing:
        if table.table_id == parameters["table"] and table.form in parameters["part"]["forms"]:
            found = _look(rule, table, whole.get(_body(submission)), parameters["part"]["list_types"])
            said[submission.key] = said.get(submission.key, Said()) + found
    return said


def _look(rule: Rule, table: Table, listed: set[str] | None, list_types: list[str]) -> Said:
    if listed is None:
        outcome = Outcome(rule.rule, table.table_id, table.sheet, "could-not-run", "other-document-absent")
        return Said((), (outcome,))
    findings: list[Finding] = []
    asked: dict[str, None] = {}
    for line in table.lines:
        item = line.attributes.get("item", "")
        if line.attributes.get("list_type", "") not in list_types or _bare(item) in asked:
            continue
        asked[_bare(item)] = None
        if _bare(item) not in listed:
            findings.append(_finding(rule, table, line, item))
    kind: OutcomeKind = "passed" if asked else "not-applicable"
    if findings and rule.severity != "note":
        kind = "failed"
    reason = "" if asked else "line-absent"
    outcome = Outcome(rule.rule, table.table_id, table.sheet, kind, reason, len(asked))
    return Said(tuple(findings), (outcome,))


def _finding(rule: Rule, table: Table, line: Line, item: str) -> Finding:
    column = next((each.index for each in table.columns if each.key == "item"), line.name_column)
    location = Location(table.sheet, cell_name(line.row, column), line.row + 1, column + 1)
    values = {"situation": _situation(rule.parameters), "table": table.title, "name": item}
    return Finding(rule.severity, rule.finding, location, table.table_id, "item", "", item, None, rule.rule, values)


def _situation(parameters: Mapping[str, Any]) -> str:
    return str(parameters.get("situation", "default"))


def _body(submission: Submission) -> Body:
    return submission.identity.department_code, submission.identity.fiscal_year


def _names(line: Line) -> list[str]:
    parts = (line.attributes.get("item", ""), *line.attributes.get("sub_item", "").split(" "))
    return [name for part in parts if (name := _bare(part))]


def _bare(name: str) -> str:
    return _REMARK.sub("", fold_name(name)).strip("()")
