"""The bodies of the register by their names, in labels and in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.labels import fold
from etl.spec.declarations import Department
from etl.spec.model import Spec

_AFTER_NAME = re.compile(
    r"$|[\d(（〔_\-.,，、 ]|年|部门|单位|本级|预算|决算|三公|收入|支出|公开|关于|财政|一般|政府性"
    r"|国有|社会保险|收费|汇总"
)
"""What may follow the name of a body in running text, so that 县人民政府 is not found in 县人民政府办公室."""
_BEFORE_SHORT = re.compile(r"(^|[^一-龥]|年|度)$")
_SHORTEST = 3
_REMARK = re.compile(r"\((本级|汇总|部门|单位|公章|盖章|签章)\)$")


class Bodies:
    """Finds a body by any name it has or had."""

    def __init__(self, spec: Spec) -> None:
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
        self._longest_first = sorted(self._by_name, key=len, reverse=True)

    def named(self, name: str, year: int) -> Department | None:
        """The body whose name stands behind a label such as 编制单位：."""
        return _of_year(self._by_name.get(_REMARK.sub("", fold(name)), ()), year)

    def contained(self, text: str, year: int) -> Department | None:
        """The body with the longest name that stands in a text; of two of one length the one that existed."""
        folded = fold(text)
        longest: list[Department] = []
        length = _SHORTEST
        for name in self._longest_first:
            if len(name) < length:
                break
            at = folded.find(name)
            if at < 0 or (name in self._short and not _BEFORE_SHORT.search(folded[:at])):
                continue
            if _AFTER_NAME.match(folded[at + len(name) :]):
                longest += self._by_name[name]
                length = len(name)
        return _of_year(longest, year)


def _names(department: Department) -> set[str]:
    return {fold(known) for known in (department.name.zh, *department.aliases)}


def _of_year(departments: Sequence[Department], year: int) -> Department | None:
    existing = [department for department in departments if not year or department.existed(year)]
    return next(iter(existing or departments), None)
