"""A line is the sum of other lines of its table (T-02 to T-05, T-12, T-13)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.evidence import adds_up, formula, line_title, sum_differs
from etl.checks.result import Result, settle
from etl.checks.select import Part, by_code, filled_line, lines_term, measures_of, minus
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def lines_sum(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare one line with others, measure by measure.

    Parameters:
        line: code of the line that is compared.
        parts: terms about lines that are added (see `etl.checks.select`).
        minus: terms that are taken away.
        side: only lines of this side.
        when, unless: codes of lines of which each must be printed, or none may be.
        situation: of the finding; `lines` where it is not given.

    A part that is not printed counts as nothing. Where all parts are blank in a measure, that measure is not compared;
    a line with an amount whose parts are all printed and all blank leaves the question open.
    """
    side = str(rule.parameters.get("side", ""))
    stated = filled_line(table, str(rule.parameters["line"]), side)
    if stated is None or not _applies(rule, table, side):
        return Result(reason="line-absent" if table.lines else "no-figures")
    findings: list[Finding] = []
    checked = 0
    for measure in measures_of(table):
        if measure in stated.figures and (parts := _parts(rule, table, measure, spec)):
            checked += 1
            finding = _compare(rule, table, Part(stated, stated.figures[measure]), parts, spec)
            findings += [finding] if finding else []
    return settle(findings, checked, "" if checked else _why_not(rule, table, stated, spec))


def _why_not(rule: Rule, table: Table, stated: Line, spec: Spec) -> str:
    """Why nothing was compared."""
    side = str(rule.parameters.get("side", ""))
    if not any(lines_term(table, term, "", spec, side).printed for term in rule.parameters["parts"]):
        return "line-absent"
    return "part-missing" if any(figure.number for figure in stated.figures.values()) else "no-figures"


def _applies(rule: Rule, table: Table, side: str) -> bool:
    wanted, unwanted = rule.parameters.get("when", ()), rule.parameters.get("unless", ())
    return all(by_code(table, code, side) for code in wanted) and not any(
        by_code(table, code, side) for code in unwanted
    )


def _parts(rule: Rule, table: Table, measure: str, spec: Spec) -> list[Part]:
    side = str(rule.parameters.get("side", ""))
    added = (lines_term(table, term, measure, spec, side) for term in rule.parameters["parts"])
    taken = (minus(lines_term(table, term, measure, spec, side)) for term in rule.parameters.get("minus", ()))
    return [part for found in (*added, *taken) for part in found.parts]


def _compare(rule: Rule, table: Table, stated: Part, parts: Sequence[Part], spec: Spec) -> Finding | None:
    if adds_up(stated, parts):
        return None
    named = [(line_title(table, part.line, spec), part.sign) for part in parts]
    more = {"situation": str(rule.parameters.get("situation", "lines")), "parts": formula(named)}
    finding = sum_differs(rule, table, stated, parts, spec, more)
    nameless = _nameless(table, stated)
    if finding is None or finding.severity == "note" or not nameless:
        return finding
    whole = sum_differs(rule, table, stated, [*parts, *nameless], spec, more)
    return finding if whole is not None and whole.severity != "note" else whole


def _nameless(table: Table, stated: Part) -> list[Part]:
    """Figures of lines that could not be placed, printed on the same side: they may be what is missing from the sum."""
    return [Part(line, line.figures[stated.figure.measure]) for line in table.lines if _may_be_part(line, stated)]


def _may_be_part(line: Line, stated: Part) -> bool:
    return not line.code and line.side == stated.line.side and stated.figure.measure in line.figures
