"""The words of `schemas/privacy.yml`, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.spec.privacy import Privacy


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Patterns that are ready for use. Compared by identity: what is derived is kept."""

    titles: Mapping[str, re.Pattern[str]]
    any_title: re.Pattern[str]
    named: re.Pattern[str]
    """A label with a name of a person behind it; the group is the name."""
    account: re.Pattern[str]
    """A label with the number of an account behind it."""
    not_name: re.Pattern[str]
    surname: re.Pattern[str]
    public: re.Pattern[str]
    index_number: re.Pattern[str]
    card: re.Pattern[str]
    provinces: frozenset[str]


@lru_cache(maxsize=4)
def compiled(privacy: Privacy) -> Words:
    """The patterns of the declarations."""
    surname = _any(privacy.surnames)
    return Words(
        {kind: re.compile(_any(patterns)) for kind, patterns in privacy.titles.items()},
        re.compile(_any(pattern for patterns in privacy.titles.values() for pattern in patterns)),
        re.compile(rf"{_any(privacy.labels_of_names)}[:：][ \u3000]*({surname}[\u4e00-\u9fff·]{{1,3}})"),
        re.compile(rf"{_any(privacy.labels_of_accounts)}[^\d、，。；,;]{{0,6}}\d(?:[ -]?\d){{8,}}"),
        re.compile(_any(privacy.not_names)),
        re.compile(surname),
        re.compile(_any(privacy.public_numbers)),
        re.compile(_any(privacy.index_numbers)),
        re.compile(_any(privacy.cards)),
        frozenset(privacy.provinces),
    )


def _any(patterns: Iterable[str]) -> str:
    """One of several; of none, nothing fits."""
    return f"(?:{'|'.join(patterns) or '(?!)'})"
