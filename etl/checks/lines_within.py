"""What one table lists, another lists too: codes of a part (X-11), projects that must have goals (X-14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.checks.evidence import figure_values, names
from etl.checks.operand import tables_of, unsettled
from etl.checks.result import Result, settle
from etl.checks.select import is_classified
from etl.finding import Finding
from etl.labels import fold_name
from etl.printed import at
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def lines_within(rule: Rule, tables: Sequence[Table], identity: Identity, spec: Spec) -> Result:
    """Look for every line of one table in another.

    Parameters:
        part: {table, measure}, the lines with an amount in it are looked for; the finding stands there.
        whole: {table}, all tables of that id together.
        by: `code`, codes of the levels that the whole prints; of a code and those below it the first is told.
            `project`, names or codes of projects; all that are missing are told at once.
    """
    part_id, whole_id = (str(rule.parameters[name]["table"]) for name in ("part", "whole"))
    parts, wholes = tables_of(tables, part_id), tables_of(tables, whole_id)
    if not parts or not wholes:
        return Result(reason="other-table-absent" if parts else "table-absent")
    doubtful = next((table for table in (*parts, *wholes) if not table.settled), None)
    if doubtful is not None:
        return Result(reason=unsettled(doubtful))
    measure = str(rule.parameters["part"]["measure"])
    asked = [
        (table, line)
        for table in parts
        for line in table.lines
        if measure in line.figures and line.figures[measure].number
    ]
    look = {"code": _codes, "project": _projects}[str(rule.parameters["by"])]
    asked, missing = look(asked, [line for table in wholes for line in table.lines])
    findings = _told(rule, missing, measure, wholes[0], spec)
    return settle(findings, len(asked), "line-absent")


_Lines = list[tuple[Table, Line]]


def _codes(asked: _Lines, whole: Sequence[Line]) -> tuple[_Lines, list[_Lines]]:
    """The lines that can be looked for, and those that are not there, each by itself."""
    known = {line.code for line in whole if is_classified(line)}
    levels = {len(code) for code in known}
    asked = [(table, line) for table, line in asked if is_classified(line) and len(line.code) in levels]
    missing: dict[str, _Lines] = {}
    for table, line in sorted(asked, key=lambda each: len(each[1].code)):
        if line.code not in known and not any(line.code.startswith(code) for code in missing):
            missing[line.code] = [(table, line)]
    return asked, list(missing.values())


def _projects(asked: _Lines, whole: Sequence[Line]) -> tuple[_Lines, list[_Lines]]:
    """The lines of projects, and all that are not there together."""
    asked = [(table, line) for table, line in asked if line.name and (line.own_code or not line.code)]
    codes = {line.code for line in whole if line.own_code}
    titles = {fold_name(line.name) for line in whole if line.name}
    missing: dict[str, tuple[Table, Line]] = {}
    for table, line in asked:
        if line.code not in codes and not any(fold_name(line.name) in title for title in titles):
            missing.setdefault(fold_name(line.name), (table, line))
    return asked, [list(missing.values())] if missing else []


def _told(rule: Rule, missing: Sequence[_Lines], measure: str, whole: Table, spec: Spec) -> list[Finding]:
    findings = []
    for lines in missing:
        table, line = lines[0]
        figure = line.figures[measure]
        cells = dict.fromkeys(at(where, each, each.code_column).cell for where, each in lines)
        place = at(table, line, line.code_column)
        more = {
            "situation": str(rule.parameters["by"]),
            "code": line.code,
            "name": line.name,
            "parts": names([each.name for _, each in lines]),
            "other_table": whole.title,
            "other_table_id": whole.table_id,
        }
        findings.append(
            Finding(
                rule.severity,
                rule.finding,
                replace(place, cell=",".join(cells)) if len(cells) > 1 else place,
                table_id=table.table_id,
                field="line_code",
                actual=line.code or line.name,
                rule=rule.rule,
                values={**figure_values(table, line, figure, spec), **more},
            )
        )
    return findings
