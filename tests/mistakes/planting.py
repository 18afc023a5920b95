"""What a kind of mistake is: how it is planted, what should be said of it, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.mistakes.county import Paper

Plant = Callable[[Paper, Random], bool]
"""Plants a mistake in a document and notes the cells at which it shows (`Paper.expect`); False, and nothing changed,
where the document has nothing to get wrong in that way. No cell noted: it is a mistake of the file as a whole."""

SUMS = frozenset(
    {
        *("sum-mismatch", "total-unbalanced", "roll-forward-mismatch", "change-mismatch", "rounding-difference"),
        *("amounts-differ", "part-exceeds-whole", "unit-suspect"),
    }
)
"""What one wrong figure may cause, in its table and in those that repeat it."""


@dataclass(frozen=True)
class Kind:
    """One kind of mistake."""

    key: str
    plant: Plant
    codes: frozenset[str]
    """Any of these should be said."""
    follows: frozenset[str] = frozenset()
    """These may be said as well, as they follow from it."""
    cause: str = ""
    """The cause of `etl.suggest` that should be among three; empty where none is looked for."""


def kind(key: str, plant: Plant, codes: str, follows: str = "", cause: str = "") -> Kind:
    """A row of the table of kinds; codes are parted by blanks, `sums` stands for all of them."""
    return Kind(key, plant, _codes(codes), _codes(follows), cause)


def _codes(text: str) -> frozenset[str]:
    words = set(text.split())
    return frozenset(words - {"sums"} | (SUMS if "sums" in words else frozenset()))
