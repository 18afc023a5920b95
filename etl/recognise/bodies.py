"""The bodies of the register by their names, in labels and in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from etl.labels import any_of, fold
from etl.spec.declarations import Department
from etl.spec.model import Spec

_MARK_AFTER_NAME = r"$|[\d(（〔_\-.,，、 ]|"
"""What may follow the name of a body in running text, beside the words that are declared."""
_BEFORE_SHORT = re.compile(r"(^|[^一-龥]|年|度)$")
_SHORTEST = 3


@lru_cache(maxsize=8)
def bodies_of(spec: Spec) -> Bodies:
    """The bodies of a register, made ready once."""
    return Bodies(spec)


class Bodies:
    """Finds a body by any name it has or had."""

    def __init__(self, spec: Spec) -> None:
        self._after = re.compile(_MARK_AFTER_NAME + any_of(spec.recognition.after_bodies))
        self._remark = re.compile(rf"\({any_of(spec.recognition.body_remarks)}\)$")
        self._by_name: dict[str, list[Department]] = {}
        for department in spec.departments:
            for name in _names(department):
                self._by_name.setdefault(name, []).append(department)
        full = set(self._by_name)
        county = fold(spec.jurisdiction.names.zh)
        for department in spec.departments:
            for name in _names(department):
                short = name.removeprefix(county)
                if short not in full and len(short) >= _SHORTEST:
                    self._by_name.setdefault(short, []).append(department)
        self._short = frozenset(self._by_name) - full
        """Names without that of the county: 财政局 is ours, in 曲靖市财政局 it is not."""
        self._order = {name: place for place, name in enumerate(self._by_name) if len(name) >= _SHORTEST}
        self._beginnings = {name[:end] for name in self._order for end in range(1, len(name) + 1)}

    def named(self, name: str, year: int) -> Department | None:
        """The body whose name stands behind a label such as 编制单位：."""
        return _of_year(self._by_name.get(self._remark.sub("", fold(name)), ()), year)

    def contained(self, text: str, year: int) -> Department | None:
        """The body with the longest name that stands in a text; of two of one length the one that existed."""
        return _of_year(_longest_in(fold(text), self), year)

    def longest_in(self, folded: str) -> list[Department]:
        """The bodies with the longest name that stands in a folded text."""
        longest: list[Department] = []
        length = _SHORTEST
        for name, at in self._standing_in(folded):
            if len(name) < length:
                break
            if name in self._short and not _BEFORE_SHORT.search(folded[:at]):
                continue
            if self._after.match(folded[at + len(name) :]):
                longest += self._by_name[name]
                length = len(name)
        return longest

    def _standing_in(self, folded: str) -> list[tuple[str, int]]:
        """Names that stand in a text with the place where each stands first, the longest first."""
        found: dict[str, int] = {}
        for at in range(len(folded) - _SHORTEST + 1):
            end = at + 1
            while (piece := folded[at:end]) in self._beginnings and end <= len(folded):
                if piece in self._order:
                    found.setdefault(piece, at)
                end += 1
        return sorted(found.items(), key=lambda one: (-len(one[0]), self._order[one[0]]))


@lru_cache(maxsize=4096)
def _longest_in(folded: str, bodies: Bodies) -> tuple[Department, ...]:
    """The same texts stand above many tables, and are asked twice: whose the table is, and whose the file."""
    return tuple(bodies.longest_in(folded))


def _names(department: Department) -> set[str]:
    return {fold(known) for known in (department.name.zh, *department.aliases)}


def _of_year(departments: Sequence[Department], year: int) -> Department | None:
    existing = [department for department in departments if not year or department.existed(year)]
    return next(iter(existing or departments), None)
