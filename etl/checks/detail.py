"""What must be shown in detail: lines down to the last level (D-06, D-07), items and columns of their own (D-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from etl.checks.evidence import names, values
from etl.checks.result import Result
from etl.checks.select import classified, lines_term, measures_of, measures_term
from etl.finding import Finding, Location
from etl.printed import at, at_title, name_of
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def detail(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Ask whether a table goes as far down as the law wants it.

    Parameters, one of:
        classification: code list; a line with an amount and no line below it must be of the last level, as far as the
            list knows anything below it. One above a code that nobody knows may have its item there.
        lines: terms about lines (see `etl.checks.select`), each of which must be printed.
        measures: terms about measures, each of which must be printed.

    An empty table shows nothing in detail. Everything that is missing is told at once.
    """
    if table.is_empty:
        return Result(reason="no-figures")
    if "classification" in rule.parameters:
        return _depth(rule, table, str(rule.parameters["classification"]), spec)
    wanted = rule.parameters.get("lines") or rule.parameters["measures"]
    lacking = [term for term in wanted if not _printed(rule, table, term, spec)]
    if not lacking:
        return Result(checked=len(wanted))
    situation = "lines" if "lines" in rule.parameters else "measures"
    parts = names([_title(table, term, situation, spec) for term in lacking])
    return Result((_finding(rule, table, at_title(table), situation, parts),), len(wanted))


def _depth(rule: Rule, table: Table, classification: str, spec: Spec) -> Result:
    codes, divided = spec.codes[classification], _divided(classification, spec)
    lines = classified(table)
    printed = _beginnings(line.code for line in lines)
    leaves = [
        line
        for line, after in zip_longest(lines, lines[1:])
        if len(line.code) in codes.lengths
        and line.code not in printed
        and any(figure.number for figure in line.figures.values())
        and (after is None or after.code in codes.entries)
    ]
    if not leaves:
        return Result(reason="line-absent")
    short = [line for line in leaves if len(line.code) < max(codes.lengths) and line.code in divided]
    if not short:
        return Result(checked=len(leaves))
    cells = ",".join(dict.fromkeys(at(table, line, line.code_column).cell for line in short))
    place = replace(at(table, short[0], short[0].code_column), cell=cells)
    level = "item" if max(codes.lengths) > _ITEM else "section"
    return Result((_finding(rule, table, place, level, names([name_of(line) for line in short])),), len(leaves))


_ITEM = 5
"""Digits of the last level of an economic classification (款); a functional one goes down to 项."""


@lru_cache(maxsize=16)
def _divided(classification: str, spec: Spec) -> frozenset[str]:
    """What has codes below it in a classification."""
    return _beginnings(spec.codes[classification].entries)


def _beginnings(codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code[:end] for code in codes for end in range(1, len(code)))


def _printed(rule: Rule, table: Table, term: Any, spec: Spec) -> bool:
    if "measures" in rule.parameters:
        return bool(measures_term(term, {*measures_of(table), *(column.key for column in table.columns)}))
    if lines_term(table, term, "", spec).printed:
        return True
    return any(column.line in _leaves(term) for column in table.columns if column.line)


def _leaves(term: Any) -> list[str]:
    if isinstance(term, dict):
        return _leaves(term["sum"])
    return [leaf for each in term for leaf in _leaves(each)] if isinstance(term, list) else [str(term)]


def _title(table: Table, term: Any, situation: str, spec: Spec) -> str:
    first = _leaves(term)[0]
    known = spec.measures.get(first) if situation == "measures" else spec.line_name(table.table_id, first, 0)
    return first if known is None else known.zh


def _finding(rule: Rule, table: Table, place: Location, situation: str, parts: str) -> Finding:
    return Finding(
        rule.severity,
        rule.finding,
        place,
        table_id=table.table_id,
        rule=rule.rule,
        values=values(table, situation=situation, parts=parts),
    )
