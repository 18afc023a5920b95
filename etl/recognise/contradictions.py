"""Where cover, titles, file name and folders disagree about who and when; and a supervision number of another place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from etl.finding import Finding, warning
from etl.recognise.bodies import bodies_of
from etl.recognise.texts import NAME, TITLES, Text, labelled, years_in
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Identity

_SUPERVISION = re.compile(r"监督索引号[:：]?(\d{6})\d{11}(?!\d)")
"""Seventeen digits, of which the first six are the division code of the publisher (domain: all twelve specimens)."""
_PLACE_DIGITS = 6


def contradictions(texts: Sequence[Text], identity: Identity, is_declared: bool, spec: Spec) -> list[Finding]:
    """At most one warning for each question on which two places disagree. What a person has declared overrides."""
    found = _about_supervision(texts, spec)
    if is_declared:
        return found
    for one in (_about_year(texts, identity), _about_body(texts, identity, spec)):
        found += [one] if one is not None else []
    return found


def _about_year(texts: Sequence[Text], identity: Identity) -> Finding | None:
    year = identity.fiscal_year
    for text in texts if year else ():
        years = years_in(text)
        if years and year not in years:
            values = {"stated": str(year), "computed": str(years[0]), "text": text.place}
            return warning("year-differs", text.at, expected=str(year), actual=str(years[0]), values=values)
    return None


def _about_body(texts: Sequence[Text], identity: Identity, spec: Spec) -> Finding | None:
    own = spec.department(identity.department_code)
    if own is None:
        return None
    bodies = bodies_of(spec)
    said = [(bodies.named(name, identity.fiscal_year), text) for name, text in labelled(texts, spec)]
    said += [(bodies.contained(text.text, identity.fiscal_year), text) for text in texts if text.rank in (TITLES, NAME)]
    said += [(bodies.contained(text.text, identity.fiscal_year), text) for text in texts if text.rank > NAME]
    for other, text in said:
        if other is not None and not _is_kin(own, other):
            values = {"stated": own.name.zh, "computed": other.name.zh, "text": text.place}
            return warning("department-differs", text.at, expected=own.name.zh, actual=other.name.zh, values=values)
    return None


def _is_kin(own: Department, other: Department) -> bool:
    """The same body, its superior or subordinate, one that it followed or that followed it, or the county itself."""
    related = {own.code, own.parent_code, *own.successor_of, "000"}
    return other.code in related or own.code in {other.parent_code, *other.successor_of}


def _about_supervision(texts: Sequence[Text], spec: Spec) -> list[Finding]:
    place = spec.jurisdiction.code[:_PLACE_DIGITS]
    for text in texts:
        match = _SUPERVISION.search("".join(unicodedata.normalize("NFKC", text.text).split()))
        if match and match[1] != place:
            values = {"situation": "supervision-number", "stated": match[1], "computed": place}
            return [warning("department-differs", text.at, expected=place, actual=match[1], values=values)]
    return []
