"""A column is the sum of columns beside it, line by line (T-05 to T-09), or what they leave over (T-11)."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checks.evidence import formula, sum_differs
from etl.checks.result import Result, settle
from etl.checks.select import Part, measures_of, measures_term, parts_of
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Line, Table


def measures_sum(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Compare one measure with others of the same line.

    Parameters:
        measure: the one that is compared.
        parts: terms about measures that are added (see `etl.checks.select`).
        minus: terms that are taken away.
        side: only lines of this side.
        except: codes of lines that print no parts.
        when: measures that the form must print; without them a part may be all that is printed of the whole.
        situation: of the finding; `measures` where it is not given.

    The parts are those the form prints. Where a form prints the measure and none of its parts, there is nothing to
    compare.
    """
    measure, filled = str(rule.parameters["measure"]), measures_of(table)
    if not {measure, *rule.parameters.get("when", ())} <= set(filled):
        return Result(reason="column-absent" if table.lines else "no-figures")
    signed = [
        (name, sign)
        for key, sign in (("parts", 1), ("minus", -1))
        for term in rule.parameters.get(key, ())
        for name in measures_term(term, filled)
    ]
    lines = _lines(rule, table)
    if not any(name in line.figures for line in lines for name, _ in signed):
        return Result(reason="column-absent")
    more = {"situation": str(rule.parameters.get("situation", "measures")), "parts": _titles(table, signed)}
    findings: list[Finding] = []
    checked = 0
    for line in lines:
        stated = line.figures.get(measure)
        if stated is None:
            continue
        checked += 1
        addends = [sign * part.number for name, sign in signed if (part := line.figures.get(name)) is not None]
        if stated.number != sum(addends):
            parts = [part for name, sign in signed for part in parts_of(line, [name], sign)]
            finding = sum_differs(rule, table, Part(line, stated), parts, spec, more)
            findings += [finding] if finding else []
    return settle(findings, checked, "part-missing")


def _lines(rule: Rule, table: Table) -> list[Line]:
    side, left_out = str(rule.parameters.get("side", "")), tuple(rule.parameters.get("except", ()))
    return [line for line in table.lines if side in ("", line.side) and line.code not in left_out]


def _titles(table: Table, signed: Sequence[tuple[str, int]]) -> str:
    """What is added, by the headers of the columns."""
    titles = {column.key: column.label.rsplit("/", 1)[-1] for column in table.columns if column.key}
    return formula([(titles.get(name, name), sign) for name, sign in signed])
