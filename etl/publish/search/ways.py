"""The ways in without searching: bodies and datasets from A to Z. In: Public. Out: names under letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.publish.places import dataset_page, department_page
from etl.publish.public import Public
from etl.publish.search.pinyin import initial, syllables
from etl.publish.words import Words


@dataclass(frozen=True, slots=True)
class Way:
    """A name and where it leads."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be found by turning pages."""

    departments: tuple[tuple[str, tuple[Way, ...]], ...]
    """Under the first letter of the name as it is spoken, the county's own name left aside."""
    datasets: tuple[tuple[str, tuple[Way, ...]], ...]


def ways_in(public: Public, words: Words) -> Ways:
    """Bodies that may be named, and every dataset."""
    county = words.name(public.jurisdiction.names)
    bodies = (Way(words.name(body.name), department_page(body.code)) for body in public.departments)
    datasets = (Way(words.name(table.name), dataset_page(key)) for key, table in public.spec.tables.items())
    return Ways(_under_letters(bodies, county), _under_letters(datasets, county))


def without_county(name: str, county: str) -> str:
    """A name without the county's own in front, which all of them share.

    >>> without_county("富源县教育局", "富源县"), without_county("富源县", "富源县")
    ('教育局', '富源县')
    """
    return name.removeprefix(county).strip() or name


def _under_letters(ways: Iterable[Way], county: str) -> tuple[tuple[str, tuple[Way, ...]], ...]:
    letters: dict[str, list[tuple[str, Way]]] = {}
    for way in ways:
        own = without_county(way.name, county)
        spoken = " ".join(reading for _, reading in syllables(own)) or own.lower()
        letters.setdefault(initial(own), []).append((spoken, way))
    return tuple(
        (letter, tuple(way for _, way in sorted(letters[letter], key=lambda each: (each[0], each[1].name))))
        for letter in sorted(letters)
    )
