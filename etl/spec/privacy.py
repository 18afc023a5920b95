"""`schemas/privacy.yml` -> the words by which personal data is known, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.spec.bilingual import Bilingual
from etl.spec.files import Source


@dataclass(frozen=True, slots=True, eq=False)
class Privacy:
    """Patterns over folded text. Compared by identity: what is compiled from one is kept beside it."""

    kinds: Mapping[str, Bilingual] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By what stands beneath: patterns that fit whole titles of columns."""
    labels_of_names: tuple[str, ...] = ()
    labels_of_accounts: tuple[str, ...] = ()
    not_names: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    """Single and double."""
    public_numbers: tuple[str, ...] = ()
    index_numbers: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()


def privacy(source: Source) -> Privacy:
    """The words of `privacy.yml`."""
    said = source.data
    return Privacy(
        {kind: Bilingual(name["zh"], name["en"]) for kind, name in said["kinds"].items()},
        {kind: tuple(patterns) for kind, patterns in said["titles"].items()},
        tuple(said["labels_of_names"]),
        tuple(said["labels_of_accounts"]),
        tuple(said["not_names"]),
        tuple(dict.fromkeys([*said["double_surnames"], *said["surnames"].replace(" ", "")])),
        tuple(said["public_numbers"]),
        tuple(said["index_numbers"]),
        tuple(said["cards"]),
        tuple(said["provinces"]),
    )
