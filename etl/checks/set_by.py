"""Items that a county or a city set by itself: only the centre and the provinces may (F-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from etl.checks.known_items import known_as
from etl.checks.listing import Entry, column_of, matches, of_kinds, place, quoted, told
from etl.checks.result import Result, settle
from etl.finding import Finding, Severity
from etl.spec.fees import FeeItem
from etl.spec.model import Rule, Spec
from etl.table import Identity, Table


def set_by(rule: Rule, table: Table, identity: Identity, spec: Spec) -> Result:
    """Ask who set an item: by the level that the list states, and by the documents it rests on.

    Parameters:
        level: field; `local` and `higher`, patterns of levels that may not and that may; `cities`, beginnings of
            division codes where a city is a province; `sets_items`, patterns of headers that speak of setting an item
            up. Other headers (批准级次) may speak of who allowed the rate.
        basis: field, the normal form with `;` between documents; `local` and `higher`, patterns of documents of a
            county, and of the centre and the provinces; `own`, what follows the county's name in its own numbers.
        except_types: kinds of charges that are not asked.

    What fits neither `local` nor `higher` is not judged. It is a warning where the level may be that of the rate and
    the item is known nationally or has a document of a higher level, and where a known item rests on documents of the
    county alone.
    """
    asked = of_kinds(table, rule.parameters)
    findings, stated = _levels(rule, table, asked, spec)
    if basis := rule.parameters.get("basis"):
        about, rests = _bases(rule, table, asked, basis, spec)
        findings, stated = [*findings, *about], stated + rests
    return settle(findings, stated, "column-absent" if asked else "line-absent")


def _levels(rule: Rule, table: Table, asked: Sequence[Entry], spec: Spec) -> tuple[list[Finding], int]:
    """Rows whose level is that of a city or a county, and how many state a level."""
    said = rule.parameters["level"]
    field = str(said["field"])
    higher = [*said["higher"], *(["^市"] if spec.jurisdiction.code.startswith(tuple(said["cities"])) else ())]
    stating = [entry for entry in asked if entry.said(field)]
    findings = []
    for entry in stating:
        text = entry.said(field)
        if not entry.is_news(field) or not matches(said["local"], text) or matches(higher, text):
            continue
        column = column_of(table, field, text)
        sets_item = column is not None and matches(said["sets_items"], column.label)
        known = _in_force(entry, spec)
        of_rate = not sets_item and (bool(known) or _has_higher(rule, entry))
        severity: Severity = "warning" if of_rate else rule.severity
        more = {"situation": "rate-level" if of_rate else "default", "name": entry.title, "text": text}
        location = place(table, entry.line, column)
        findings.append(told(rule, table, location, field, more, severity=severity, actual=text))
    return findings, len(stating)


def _bases(
    rule: Rule, table: Table, asked: Sequence[Entry], said: Mapping[str, Any], spec: Spec
) -> tuple[list[Finding], int]:
    """Rows that rest on documents of the county alone, and how many rest on any."""
    field, name = str(said["field"]), spec.jurisdiction.names.zh
    local = [*said["local"], f"^({name[:2]}|{name[:1]}){said['own']}"]
    resting = [entry for entry in asked if entry.said(field)]
    findings = []
    for entry in resting:
        pieces = entry.said(field).split(";")
        if not entry.is_news(field) or not all(_is_local(piece, local, said["higher"]) for piece in pieces):
            continue
        known = _in_force(entry, spec)
        right = "、".join(known[0].bases) if known else ""
        severity: Severity = "warning" if known else rule.severity
        text = quoted("、".join(pieces))
        situation = "known-basis" if known else "basis"
        more = {"situation": situation, "name": entry.title, "text": text, "right_name": right}
        location = place(table, entry.line, column_of(table, "basis"))
        findings.append(told(rule, table, location, field, more, severity=severity, expected=right, actual=text))
    return findings, len(resting)


def _is_local(piece: str, local: Sequence[str], higher: Sequence[str]) -> bool:
    return matches(local, piece) and not matches(higher, piece)


def _has_higher(rule: Rule, entry: Entry) -> bool:
    said = rule.parameters.get("basis", {"field": "", "higher": ()})
    return any(matches(said["higher"], piece) for piece in entry.said(said["field"]).split(";"))


def _in_force(entry: Entry, spec: Spec) -> list[FeeItem]:
    """What is known nationally under the names of a row, and has not ended."""
    return [item for item in known_as(entry.names, spec) if not item.valid_to]
