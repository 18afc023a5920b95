"""A line is the sum of the lines printed below it: 合计 of the classes, 类 of its 款, 款 of its 项 (T-10, T-14)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.evidence import adds_up, names, sum_differs
from etl.checks.result import Result, settle
from etl.checks.select import TOTAL, Part, any_figure, by_code, classified, filled_line, measures_of
from etl.finding import Finding
from etl.printed import name_of
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def hierarchy(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare every line that has lines below it with their sum, measure by measure.

    Parameters:
        classification: code list whose levels the codes have, `functional` or `economic`.
        unless: codes of lines; where the form prints one of them, the total is not held to the lines of the first
            level: a county's 合计 stands above debt, transfers and a grand total of their own.

    The lines below a line are those of the next level that is printed. A blank one counts as nothing where others are
    filled; where none is filled there is nothing to compare. A code that stands twice counts twice.
    """
    lengths = spec.codes[str(rule.parameters["classification"])].lengths
    coded = [line for line in classified(table) if len(line.code) in lengths]
    groups = [(parents, children, "hierarchy") for parents, children in _families(coded, lengths)]
    top = min((len(line.code) for line in coded), default=0)
    classes = [line for line in coded if len(line.code) == top]
    apart = any(line.code in rule.parameters.get("unless", ()) and line.figures for line in table.lines)
    groups = [*(([total], classes, "rows-total") for total in _totals(table) if classes and not apart), *groups]
    findings: list[Finding] = []
    checked = 0
    measures = measures_of(table)
    for parents, children, situation in groups:
        for measure in measures:
            if situation == "rows-total" and not any_figure(coded, measure):
                continue  # the whole column is empty or zero: one finding about the column says it
            compared, finding = _compare(rule, table, parents, children, measure, situation, spec)
            checked += compared
            findings += [finding] if finding else []
    return settle(findings, checked, "no-children" if table.lines else "no-figures")


def _totals(table: Table) -> list[Line]:
    """The total; where it is printed again, above and below the lines, the other one too."""
    first = filled_line(table, TOTAL)
    if first is None:
        return []
    columns = {figure.column for figure in first.figures.values()}
    again = [line for line in by_code(table, TOTAL) if line is not first and not (line.attributes or first.attributes)]
    return [first, *(line for line in again if columns & {figure.column for figure in line.figures.values()})]


def _families(coded: Sequence[Line], lengths: Sequence[int]) -> list[tuple[list[Line], list[Line]]]:
    same: dict[str, list[Line]] = {}
    below: dict[str, list[Line]] = {}
    for line in coded:
        same.setdefault(line.code, []).append(line)
        for length in lengths:
            if length < len(line.code):
                below.setdefault(line.code[:length], []).append(line)
    families = []
    for code, parents in same.items():
        level = min((len(line.code) for line in below.get(code, ())), default=0)
        if level:
            families.append((parents, [line for line in below[code] if len(line.code) == level]))
    return families


def _compare(
    rule: Rule,
    table: Table,
    parents: Sequence[Line],
    children: Sequence[Line],
    measure: str,
    situation: str,
    spec: Spec,
) -> tuple[bool, Finding | None]:
    addends = [figure.number for line in children if (figure := line.figures.get(measure)) is not None]
    if not addends or not any(measure in line.figures for line in parents):
        return False, None
    if len(parents) == 1 and parents[0].figures[measure].number == sum(addends):
        return True, None
    stated = [Part(line, line.figures[measure]) for line in parents if measure in line.figures]
    parts = [Part(line, line.figures[measure]) for line in children if measure in line.figures]
    others = [Part(part.line, part.figure, -1) for part in stated[1:]]
    if adds_up(stated[0], [*parts, *others]):
        return True, None
    more = {"situation": situation, "parts": names([name_of(line) for line in children])}
    return True, sum_differs(rule, table, stated[0], [*parts, *others], spec, more)
