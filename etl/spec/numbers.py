"""`numbers.yml` -> what the pages on coverage say of their numbers and states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.spec.bilingual import Bilingual
from etl.spec.files import Source

_PARTS = ("numerator", "denominator", "exempt", "unknown")


@dataclass(frozen=True, slots=True)
class Number:
    """What one query is asked, and what its numbers are made of."""

    key: str
    """Name of the query."""
    name: Bilingual
    asks: Bilingual
    counts: str
    """`bodies`, `documents` or `tables`."""
    is_axis: bool
    parts: Mapping[str, Bilingual]
    """`numerator`, `denominator`, `exempt`, `unknown`; empty where the query gives no fraction."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """What `numbers.yml` says."""

    all: tuple[Number, ...] = ()
    verdicts: Mapping[str, Bilingual] = field(default_factory=dict)
    """`late` and `unknown`: what no status of coverage.csv says."""
    meanings: Mapping[str, Bilingual] = field(default_factory=dict)
    """By state of the board."""

    def of(self, key: str) -> Number | None:
        """What is said of a query; None of one that no page shows."""
        return next((number for number in self.all if number.key == key), None)


def numbers(source: Source) -> Numbers:
    """Everything the file says; a query that is named twice is a mistake."""
    said = source.data
    made: list[Number] = []
    for index, each in enumerate(said["numbers"]):
        if any(number.key == each["key"] for number in made):
            source.wrong(("numbers", index, "key"), f"“{each['key']}”出现了两次", f'"{each["key"]}" is there twice')
        parts = {part: _bilingual(each[part]) for part in _PARTS if part in each}
        made.append(
            Number(
                each["key"],
                _bilingual(each["name"]),
                _bilingual(each["asks"]),
                each["counts"],
                each.get("axis", False),
                parts,
            )
        )
    return Numbers(tuple(made), _names(said["verdicts"]), _names(said["meanings"]))


def _bilingual(said: Mapping[str, str]) -> Bilingual:
    return Bilingual(said["zh"], said["en"])


def _names(said: Mapping[str, Mapping[str, str]]) -> dict[str, Bilingual]:
    return {key: _bilingual(text) for key, text in said.items()}
