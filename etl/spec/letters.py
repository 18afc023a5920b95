"""`schemas/letters.yml` -> what the bureau's papers say: notices, the circular, receipts, calendars.

Every text may hold `{name}`, a value its paper knows, and `[…]`, a stretch that is left out when a value in it is not
known; what it names and its paper does not know is a mistake of the file. `etl.wording.fill` puts the values in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from etl.spec.bilingual import Bilingual
from etl.spec.files import Source

KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "notice": frozenset(
            {
                *("department", "publisher", "contact", "day", "clock", "count", "last_year", "successors"),
                *("authority", "documents", "parent", "year", "document", "table"),
            }
        ),
        "circular": frozenset(
            {
                *(
                    "county",
                    "day",
                    "year",
                    "publisher",
                    "document",
                    "department",
                    "count",
                    "days",
                    "bodies",
                    "complete",
                ),
                *("partial", "nothing", "not_due", "exempt", "in_time", "late", "undated"),
            }
        ),
        "receipt": frozenset({"count", "errors", "warnings", "notes", "reason", "day", "file"}),
        "calendar": frozenset(
            {"county", "department", "year", "document", "duty", "clock", "clock_en", "authority", "summary"}
        ),
    }
)
"""By paper, the values its texts may name."""

_NAME = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class Letters:
    """The texts of the papers, each by its place."""

    notice: Mapping[str, str] = field(default_factory=dict)
    circular: Mapping[str, str] = field(default_factory=dict)
    receipt: Mapping[str, Bilingual] = field(default_factory=dict)
    calendar: Mapping[str, Bilingual] = field(default_factory=dict)


NO_LETTERS = Letters()


def letters(source: Source) -> Letters:
    """The texts, all of them there and none with an unknown value."""
    for paper, place, text in _texts(source):
        for name in sorted(set(_NAME.findall(text)) - KNOWN[paper]):
            source.wrong((paper, place), f"没有“{{{name}}}”这个值", f'there is no value "{{{name}}}"')
    said = source.data
    return Letters(dict(said["notice"]), dict(said["circular"]), _names(said["receipt"]), _names(said["calendar"]))


def _texts(source: Source) -> Iterator[tuple[str, str, str]]:
    for paper, places in source.data.items():
        for place, said in places.items():
            for text in [said] if isinstance(said, str) else said.values():
                yield paper, place, text


def _names(said: Mapping[str, Mapping[str, str]]) -> dict[str, Bilingual]:
    return {place: Bilingual(text["zh"], text["en"]) for place, text in said.items()}
