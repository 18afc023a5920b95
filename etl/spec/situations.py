"""`schemas/situations.yml` -> the situations of life in which a fee is met, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.labels import fold
from etl.spec.bilingual import Bilingual
from etl.spec.files import Source

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation: its name, and the stretches of text by which a fee belongs to it."""

    key: str
    name: Bilingual
    words: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


def situations(source: Source) -> tuple[Situation, ...]:
    """In the order in which they are tried and shown; what fits none comes last."""
    said = source.data
    declared = (
        Situation(
            key,
            Bilingual(one["zh"], one["en"]),
            tuple(fold(word) for word in one["words"]),
            tuple(fold(word) for word in one["departments"]),
        )
        for key, one in said["situations"].items()
    )
    return (*declared, Situation(OTHER, Bilingual(said["other"]["zh"], said["other"]["en"])))


def situation_of(names: Iterable[str], department: str, known: Iterable[Situation]) -> Situation:
    """The situation of a fee, by its own names first and by its department's name after.

    >>> one, two = Situation("a", Bilingual("", ""), ("水",), ()), Situation("b", Bilingual("", ""), (), ("水利",))
    >>> [situation_of([name], "水利", (one, two)).key for name in ("污水处理费", "采砂费")]
    ['a', 'b']
    """
    candidates = tuple(known)
    folded = [fold(name) for name in names]
    for situation in candidates:
        if any(word in name for word in situation.words for name in folded):
            return situation
    where = fold(department)
    return next((one for one in candidates if any(word in where for word in one.departments)), candidates[-1])
