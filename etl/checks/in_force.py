"""Items that had ended before the day of the list and are listed as if they had not (F-04)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from etl.checks.known_items import known_as, of_department
from etl.checks.listing import Entry, column_of, matches, of_kinds, place, told
from etl.checks.result import Result, settle
from etl.finding import Finding
from etl.spec.fees import FeeItem
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table

_DAY = len("2024-11-30")


def in_force(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Hold every row against the days on which its item may be charged.

    Parameters:
        says_ended: patterns of words by which a row says itself that the item has ended; such a row is right.
        said_in: fields in which they may stand.
        except_types: kinds of charges that are not asked.

    An item is known by its whole name, never by a part of it. Where the list names another department, where only the
    year of the list is known and the item ended within it, it is a warning: somebody has to look.
    """
    findings: list[Finding] = []
    checked = 0
    undated = False
    column = column_of(table, "item")
    for entry in of_kinds(table, rule.parameters):
        known = known_as(entry.new_names, spec)  # an item is judged where it is first named, a part where it is
        if not known:
            continue
        day = entry.said("list_date") or str(identity.fiscal_year or "")
        if not day:
            undated = True
            continue
        checked += 1
        ended = _ended(known, day)
        if ended is None or _says_so(rule, entry, day):
            continue
        certain = ended.valid_to < _first(day) and of_department(entry, known)
        more = {
            "situation": "default" if ended.valid_to < _first(day) else "within",
            "name": entry.title,
            "text": _next(ended.valid_to),
            "parts": ended.ended_by,
            "year": day,
        }
        severity = rule.severity if certain else "warning"
        location = place(table, entry.line, column)
        findings.append(told(rule, table, location, "item", more, severity=severity, actual=entry.title))
    return settle(findings, checked, "list-undated" if undated else "item-unknown")


def _ended(known: tuple[FeeItem, ...], day: str) -> FeeItem | None:
    """What had ended by the last day that `day` may be; None where something of the name still held."""
    last = _last(day)
    if any(not item.valid_to or item.valid_to >= last for item in known):
        return None
    return max(known, key=lambda item: item.valid_to)


def _says_so(rule: Rule, entry: Entry, day: str) -> bool:
    if any(matches(rule.parameters["says_ended"], entry.said(field)) for field in rule.parameters["said_in"]):
        return True
    ends = entry.said("valid_to")
    return bool(ends) and ends[:1].isdigit() and ends <= _last(day)


def _first(day: str) -> str:
    return day if len(day) >= _DAY else day + "-01-01"[len(day) - 4 :]


def _last(day: str) -> str:
    if len(day) >= _DAY:
        return day
    year, month = int(day[:4]), int(day[5:] or 12)
    return f"{year}-{month:02d}-{monthrange(year, month)[1]}"


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
