"""Bodies that the register does not allow to be named: what gives them away, and the register without it. Pure.

A body that may be named can carry the name of one that may not: as a former name, as its parent, in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from etl.labels import fold
from etl.spec.declarations import Approval, Department

_SHORTEST = 3
"""Characters below which a name inside of a text says too little: 公安 stands in many words."""
_NOTHING = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Names and codes that may not be seen."""

    codes: frozenset[str]
    names: frozenset[str]
    _inside: re.Pattern[str]

    def is_named_in(self, text: str) -> bool:
        """Whether a text names one of the bodies; a longer name of a body that may be named does not."""
        folded = fold(text)
        return folded in self.names or any(found[1] for found in self._inside.finditer(folded))


@lru_cache(maxsize=4)
def unnamed(departments: tuple[Department, ...]) -> Unnamed:
    """What gives away the bodies of a register that may not be named."""
    hidden = [body for body in departments if not body.may_be_named]
    names = frozenset(name for body in hidden for name in _names_of(body))
    long = [name for name in names if len(name) >= _SHORTEST]
    if not long:
        return Unnamed(frozenset(body.code for body in hidden), names, _NOTHING)
    public = {fold(body.name.zh) for body in departments if body.may_be_named}
    around = {name for name in public if any(one in name and one != name for one in long)}
    pattern = "|".join([*_escaped(around), f"({'|'.join(_escaped(long))})"])
    return Unnamed(frozenset(body.code for body in hidden), names, re.compile(pattern))


def public_departments(departments: tuple[Department, ...]) -> tuple[Department, ...]:
    """The bodies that may be named, without what names the others."""
    hidden = unnamed(departments)
    return tuple(_without(body, hidden) for body in departments if body.may_be_named)


def public_approvals(approvals: Sequence[Approval], departments: tuple[Department, ...]) -> tuple[Approval, ...]:
    """Approvals of the bodies that may be named; a remark that names another is left out."""
    hidden, codes = unnamed(departments), {body.code for body in departments if body.may_be_named}
    return tuple(
        replace(one, note=_unless_named(one.note, hidden), published_url=_unless_named(one.published_url, hidden))
        for one in approvals
        if one.department_code in codes
    )


def _without(body: Department, hidden: Unnamed) -> Department:
    return replace(
        body,
        aliases=tuple(alias for alias in body.aliases if not hidden.is_named_in(alias)),
        parent_code="" if body.parent_code in hidden.codes else body.parent_code,
        successor_of=tuple(code for code in body.successor_of if code not in hidden.codes),
        exempt_reason=_unless_named(body.exempt_reason, hidden),
        name_source=_unless_named(body.name_source, hidden),
    )


def _unless_named(text: str, hidden: Unnamed) -> str:
    return "" if text and hidden.is_named_in(text) else text


def _names_of(body: Department) -> Iterator[str]:
    return (fold(name) for name in (body.name.zh, body.name.en, *body.aliases) if name)


def _escaped(names: Iterator[str] | Sequence[str] | set[str]) -> list[str]:
    return [re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))]
