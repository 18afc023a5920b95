"""Lines that are printed by name only: which line of the declarations they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.labels import fold, fold_name
from etl.spec.model import CodeList, LineName, Spec
from etl.spec.words import PRINTED, list_of_names


@dataclass(frozen=True, slots=True)
class _Words:
    """What the declarations say of the lines of some sets."""

    names: Mapping[str, Sequence[LineName]]
    headings: frozenset[str]
    classes: Mapping[str, str]
    lists: Sequence[CodeList]


class LineReader:
    """Finds the code of a line by its name, remembering under which line it stands.

    The same words mean different things in two places of one table: 一般公共预算财政拨款 is an income at the top and an
    opening balance under 年初财政拨款结转和结余.
    """

    def __init__(self, sets: tuple[str, ...], spec: Spec) -> None:
        self._words = _words(sets, spec)
        self._counted = spec.recognition.counted_lines
        self.takes_any = PRINTED in sets
        """True where any printed name is a line, whether a declaration has it or not."""
        self._under = ""
        self._last = ""

    def counts(self, name: str) -> bool:
        """True for a line of people, vehicles or visits, whose figures are no money."""
        return _is_counted(name, self._counted)

    def heads(self, name: str) -> bool:
        """True for a line that some forms print as a heading only: nil marks on it are no figures."""
        return fold_name(name) in self._words.headings

    def code(self, name: str) -> str:
        """Code of a line; empty where no declaration has the name."""
        folded = fold_name(name)
        candidates = self._words.names.get(folded, ())
        for line in candidates:
            if line.under and line.under == self._under:
                return line.code
        for line in candidates:
            if not line.under:
                self._under = line.code
                return line.code
        if folded in self._words.classes:
            self._under, self._last = "", self._words.classes[folded]
            return self._last
        return next((code for codes in self._words.lists if (code := self._listed(folded, codes))), "")

    def _listed(self, folded: str, codes: CodeList) -> str:
        """The code that bears the name; of several the one nearest to the line above; empty where a choice is left."""
        known = codes.named.get(folded, ()) or codes.named.get(folded.removesuffix("支出"), ())
        near = {code: _common(code, self._last) for code in known}
        best = [code for code in known if near[code] == max(near.values())]
        if len(best) != 1:
            return ""
        self._last = best[0]
        return best[0]


@lru_cache(maxsize=64)
def _words(sets: tuple[str, ...], spec: Spec) -> _Words:
    lines = [line for key in sets for line in spec.lines.sets.get(key, ())]
    names: dict[str, list[LineName]] = {}
    for line in lines:
        for label in line.labels:
            names.setdefault(label, []).append(line)
    return _Words(
        names,
        frozenset(label for line in lines if line.heading for label in line.labels),
        spec.codes["functional"].by_name if "classes" in sets and "functional" in spec.codes else {},
        [spec.codes[key] for name in sets if (key := list_of_names(name)) in spec.codes],
    )


@lru_cache(maxsize=16384)
def _is_counted(name: str, patterns: tuple[str, ...]) -> bool:
    return any(re.search(pattern, fold(name)) for pattern in patterns)


def _common(code: str, other: str) -> int:
    """How many digits two codes share from the left."""
    pairs = enumerate(zip(code, other, strict=False))
    return next((at for at, (own, theirs) in pairs if own != theirs), min(len(code), len(other)))
