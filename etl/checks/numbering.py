"""Numbers of items that leave one out, come twice, or go back (lists are copied by hand, and rows are lost)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from etl.checks.listing import Entry, column_of, entries, place, told
from etl.checks.result import Result
from etl.finding import Finding
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def numbering(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Follow the numbers down the list. The finding stands at the row after the gap.

    Parameters:
        fields: numbers of items and of rows; each that is printed is followed for itself.
        selection: how many gaps, and what share of all steps, make a list one that keeps the numbers of another: items
            were taken from it, and nothing is missing.

    A number may begin again at 1: with a department, with a kind of charge, within a part. Rows of one item have one
    number, and numbers that are no figures (①) belong to parts.
    """
    findings: list[Finding] = []
    checked = 0
    selected = False
    for field in rule.parameters["fields"]:
        numbers = list(_numbers(table, field))
        steps = list(pairwise(numbers))
        wrong = [(entry, was, number) for (_, was), (entry, number) in steps if number not in (1, was + 1)]
        least, share = rule.parameters["selection"]
        gaps = sum(number > was for _, was, number in wrong)
        if gaps >= least and gaps > share * len(steps):
            selected = True
            continue
        checked += len(steps)
        findings += [_finding(rule, table, field, *each) for each in wrong]
    return Result(tuple(findings), checked, "" if checked else "numbers-selected" if selected else "line-absent")


def _numbers(table: Table, field: str) -> Iterator[tuple[Entry, int]]:
    before: Entry | None = None
    for entry in entries(table):
        number = entry.line.attributes.get(field, "").strip()
        same_item = before is not None and entry.before is not None and field == "item_no"
        before = entry
        if number.isascii() and number.isdigit() and not same_item:
            yield entry, int(number)


def _finding(rule: Rule, table: Table, field: str, entry: Entry, was: int, number: int) -> Finding:
    column = column_of(table, field) or column_of(table, "row_no") or column_of(table, "item")
    situation = "default" if number > was + 1 else "repeat" if number == was else "back"
    more = {"situation": situation, "name": entry.title, "stated": str(was), "computed": str(number)}
    location = place(table, entry.line, column)
    return told(rule, table, location, field, more, expected=str(was + 1), actual=str(number))
