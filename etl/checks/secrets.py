"""Bodies of which some items are secret: what is lawfully left out is short, and no mistake."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.checks.result import Result
from etl.checks.select import CLASSES
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity

PARTLY = "partly"
"""How the register marks such a body."""


def relax(result: Result, rule: Rule, identity: Identity, spec: Spec) -> Result:
    """What a rule came to, where items may be hidden: a sum of lines that falls short asks for nothing.

    The rule could not be asked then, and did not pass. Lines that come to more than their sum are as wrong as ever.
    """
    if not result.findings:
        return result
    body = spec.department(identity.department_code)
    if body is None or body.exempt != PARTLY or not _asks_for_all_lines(rule):
        return result
    if not any(_is_short(finding) for finding in result.findings):
        return result
    told = tuple(replace(each, severity="note") if _is_short(each) else each for each in result.findings)
    wrong = any(finding.severity != "note" for finding in told)
    return Result(told, result.checked if wrong else 0, "" if wrong else "part-secret")


def _asks_for_all_lines(rule: Rule) -> bool:
    """True for rules that take every line of a table, or of a level, to be printed."""
    if rule.kind == "lines-sum":
        return CLASSES in _words(rule.parameters["parts"])
    return rule.kind in {"hierarchy", "rows-sum", "all-zero", "lines-within", "detail"}


def _words(term: Any) -> set[str]:
    if isinstance(term, dict):
        return _words(term["sum"])
    return {word for each in term for word in _words(each)} if isinstance(term, list) else {str(term)}


def _is_short(finding: Finding) -> bool:
    """True where more is stated than the printed lines come to, or where lines are missing."""
    return finding.severity != "note" and (finding.difference is None or finding.difference > 0)
