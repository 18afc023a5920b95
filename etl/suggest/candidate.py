"""A change that might be the right one, and the slips that would have made it necessary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from etl.suggest.case import Place
from etl.suggest.change import Edit
from etl.suggest.slips import Kind

TELLING: Mapping[Kind, int] = MappingProxyType(
    {
        **dict.fromkeys(("unit-slip", "sign"), 0),
        **dict.fromkeys(("decimal-point", "rounding"), 1),
        **dict.fromkeys(("row-twice", "row-missing", "subtotal-added", "misplaced-row", "misplaced-column"), 2),
        "digits-swapped": 3,
        "digit-wrong": 4,
    }
)
"""How seldom a difference looks like this by chance: 0 is the most telling."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One slip in one cell."""

    kind: Kind
    number: Decimal | None
    """What should stand in the cell, or in the line that is missing; None where the line should not be there."""
    line: str = ""
    """Another line the slip is about: the one left out, counted twice or changed places with."""
    way: str = ""
    """How the kind came about, where it may come about in ways that are mended otherwise."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change to one table."""

    place: Place
    """The cell that is changed; of a line, its first figure."""
    edits: tuple[Edit, ...]
    cases: frozenset[int]
    """Which cases it would settle, by arithmetic alone."""
    guesses: tuple[Guess, ...] = ()
    row: bool = False
    """True where more than one cell is changed."""
    certain: bool = True
    """False where nothing but the difference itself speaks for it."""

    @property
    def telling(self) -> int:
        return min((TELLING[guess.kind] for guess in self.guesses), default=len(TELLING))
