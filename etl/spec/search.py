"""`schemas/search.yml` -> the words that people type for things that are called otherwise, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.spec.files import Source
from etl.spec.glossary import same


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people say, and the stretches of official names that it means."""

    typed: tuple[str, ...]
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What `search.yml` holds."""

    spoken: tuple[Spoken, ...] = ()
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By address: further words for a page."""


NO_WORDS = SearchWords()


def search_words(source: Source) -> SearchWords:
    """The words of searching; one that stands twice is said to the source."""
    spoken = tuple(Spoken(tuple(one["typed"]), tuple(one["means"])) for one in source.data["words"])
    seen: set[str] = set()
    for number, one in enumerate(spoken):
        for place, word in enumerate(one.typed):
            if same(word) in seen:
                source.wrong(("words", number, "typed", place), f"“{word}”写了两次", f'"{word}" stands twice')
            seen.add(same(word))
    return SearchWords(spoken, {path: tuple(said) for path, said in source.data["pages"].items()})
