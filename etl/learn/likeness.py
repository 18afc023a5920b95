"""How much one label is like another, by the characters they share in order.

A character that many labels have (支, 出, 预, 算) says little, one that few have says much; how much is counted over
the labels of the declared forms, so that no list of synonyms is kept here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from math import log

from etl.spec.model import Form

Label = Sequence[str]


_ALONE, _UNDER = 0.92, 0.75
"""What a like last part counts for, where the known label says no more and where it says under what it stands."""


class Likeness:
    """Compares labels with the weights that some labels give to their characters.

    `loose` words (合计, 预算数) below a label say which figure and not of what: where more is said, they do not count.
    """

    def __init__(self, labels: Iterable[Label], loose: Iterable[str]) -> None:
        self.loose = frozenset(loose)
        parts = {part for label in labels for part in label}
        counts = Counter(character for part in parts for character in set(part))
        rare = log(1 + len(parts))
        self._weights = {character: rare - log(count) for character, count in counts.items()}
        self._unknown = rare / 2
        self._cached = lru_cache(maxsize=65536)(self._compare)

    def of(self, label: Label, known: Label) -> float:
        """0 for nothing in common to 1 for the same; the last parts count for most, what stands above them for some."""
        if tuple(label) == tuple(known):
            return 1.0
        own, theirs = self._bare(label), self._bare(known)
        if own[-1] == theirs[-1] and _stands_in(theirs, own):
            return 0.98
        whole = self._cached("".join(own), "".join(theirs))
        last = self._cached(own[-1], theirs[-1])
        return 0.98 * max(whole, (_ALONE if len(theirs) == 1 else _UNDER) * last)

    def _bare(self, label: Label) -> Label:
        end = len(label)
        while end > 1 and label[end - 1] in self.loose:
            end -= 1
        return label[:end] if label[end - 1] not in self.loose else label

    def _compare(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        shared, own, theirs = self._shared(one, other), self._weight(one), self._weight(other)
        if not shared:
            return 0.0
        return 0.5 * (2 * shared / (own + theirs)) + 0.45 * (shared / min(own, theirs))

    def _weight(self, text: str) -> float:
        return sum(self._weights.get(character, self._unknown) for character in text)

    def _shared(self, one: str, other: str) -> float:
        """Weight of the heaviest common subsequence."""
        before = [0.0] * (len(other) + 1)
        for character in one:
            row = [0.0]
            for place, theirs in enumerate(other):
                here = before[place] + self._weights.get(character, self._unknown) if character == theirs else 0.0
                row.append(max(here, before[place + 1], row[-1]))
            before = row
        return before[-1]


def _stands_in(label: Label, other: Label) -> bool:
    """True where the parts of a label stand in another in their order."""
    rest = iter(other)
    return all(part in rest for part in label)


def labels_of(forms: Iterable[Form]) -> list[Label]:
    """Every label of the columns of some forms."""
    return [
        label
        for form in forms
        for column in (*form.line_columns, *(column for band in form.bands for column in band.columns))
        for label in column.labels
    ]


def title_likeness(title: str, known: str) -> float:
    """0 to 1, of two rewritten titles."""
    return SequenceMatcher(None, title, known, autojunk=False).ratio() if title and known else 0.0
