"""Marks before the names of a list (一、 (一) 1. (1) ① a.), and fields that are published in one way of writing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.labels import any_of, fold_name
from etl.normalise.dates import iso_date
from etl.spec.model import Spec

_LEVELS = (
    re.compile(r"第?(?P<number>[一二三四五六七八九十]{1,3})(?:[、.．:：\s?？]+|$)"),
    re.compile(r"[(（](?P<number>[一二三四五六七八九十]{1,3})[)）]"),
    re.compile(r"(?P<number>\d{1,3})(?:[.、．]\s*(?!\d)|$)"),
    re.compile(r"[(（]?(?P<number>\d{1,3})[)）]"),
    re.compile(r"(?P<number>[①-⑳])"),
    re.compile(r"(?P<number>[a-zA-Z])[.、．)）]"),
)
"""From the highest to the lowest. A list may begin at any of them and leave some out."""
_ITEM = 3
"""The level at which a list numbers its items."""
_LOST_INDENT = re.compile(r"^[?？\s\u3000]+")
"""Blanks that an indent was made of, some of them lost in a change of encoding."""
_INNER_BLANKS = re.compile(r"(?<=[一-龥]{2})\s+(?=[一-龥])")
"""Where a name was broken; behind a single character it may be an ordinal that stands apart (一 公安)."""
_ENTERPRISE = "▲△★"
_SETS = {"enterprise_related": "fee-enterprises", "set_by": "fee-levels"}
"""Fields whose words stand in a set of lines.yml, the published word as its Chinese name."""
_DATES = ("valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a name."""

    level: int
    """1 for 一、 to 6 for a. and 0 where there is none."""
    number: str
    rest: str
    """The name behind it."""

    @property
    def names_item(self) -> bool:
        """True where the mark numbers an item, and not a part of one."""
        return 0 < self.level <= _ITEM


def mark_of(text: str) -> Mark:
    """The mark that a text begins with.

    >>> mark_of("（1）代办外国签证").level, mark_of("12.认证费"), mark_of("0.5元").level
    (4, Mark(level=3, number='12', rest='认证费'), 0)
    """
    for level, pattern in enumerate(_LEVELS, start=1):
        if match := pattern.match(text):
            return Mark(level, match["number"], text[match.end() :].strip())
    return Mark(0, "", text)


def clean(name: str) -> str:
    """A name without lost indent before it and line ends within it."""
    return _INNER_BLANKS.sub("", _LOST_INDENT.sub("", name)).strip()


def split_enterprise(name: str) -> tuple[str, bool]:
    """A name without the sign that marks what enterprises are charged, and whether it was there."""
    bare = name.strip(_ENTERPRISE).strip()
    return bare, bare != name


def is_department(name: str, number: str, spec: Spec) -> bool:
    """True where a text that stands alone in its row (beside a number) names the department of the rows below."""
    words, mark = spec.recognition, mark_of(name)
    if re.search(any_of(words.charges) + r"(?:[(（].*)?$", name):
        return False
    return name.endswith(words.listed_departments) or 1 in (mark.level, mark_of(number).level)


def department_of(name: str) -> str:
    """A department without ordinal and blanks: 一、发展 改革 is 发展改革."""
    mark = mark_of(clean(name))
    return "".join((mark.rest or name).split())


def normal_fields(fields: Mapping[str, str], spec: Spec) -> dict[str, str]:
    """Those fields that have one way of writing, in that way; what is not known stays as printed."""
    made = {}
    for key, name in _SETS.items():
        if said := fields.get(key, ""):
            lines = spec.lines.sets.get(name, ())
            made[key] = next((line.name.zh for line in lines if fold_name(said) in line.labels), said)
    for key in _DATES:
        if said := fields.get(key, ""):
            made[key] = iso_date(said) or said
    return made
