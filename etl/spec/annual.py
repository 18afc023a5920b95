"""`schemas/annual-report.yml` -> sentences, numbers and statistics of the county's yearly report on disclosure.

A sentence may name the numbers, `{year}`, `{county}` and `{blank}`; a cell of the statistics names a number or is
empty. What is named and not declared is a mistake of the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from etl.spec.bilingual import Bilingual
from etl.spec.files import Source

ALSO_KNOWN = frozenset({"year", "county", "blank"})
"""What sentences may name besides the numbers."""

_NAME = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True, slots=True)
class AnnualItem:
    """What counts as one item of a department."""

    key: str
    name: Bilingual
    document: str
    table: str
    """Empty where the whole document counts."""
    years_after: int
    """Its fiscal year, against the year of the report."""


@dataclass(frozen=True, slots=True)
class AnnualNumber:
    """A number, and where it is asked."""

    name: Bilingual
    query: str
    column: str
    where: Mapping[str, str]
    """Columns that tell the row; empty where the query answers with one."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """One table of the report format."""

    clause: Bilingual
    heads: tuple[Bilingual, ...]
    rows: tuple[tuple[Bilingual, tuple[str, ...]], ...]
    """What a row is about, and the number of each cell; empty for what cannot be derived."""
    note: Bilingual


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """What the report says, and of what it is made."""

    items: tuple[AnnualItem, ...] = ()
    numbers: Mapping[str, AnnualNumber] = field(default_factory=dict)
    sentences: Mapping[str, Bilingual] = field(default_factory=dict)
    statistics: tuple[Statistic, ...] = ()
    not_derived: tuple[Bilingual, ...] = ()
    texts: Mapping[str, Bilingual] = field(default_factory=dict)


NO_REPORT = AnnualReport()


def annual_report(source: Source, documents: Collection[str] | None, tables: Collection[str]) -> AnnualReport:
    """The declared report, given the documents and the tables there are."""
    said = source.data
    numbers = {
        name: AnnualNumber(_bilingual(each["name"]), each["query"], each["column"], dict(each.get("where", {})))
        for name, each in said["numbers"].items()
    }
    _check_sentences(source, numbers)
    return AnnualReport(
        tuple(_items(source, documents, tables)),
        numbers,
        {each["key"]: Bilingual(each["zh"], each["en"]) for each in said["sentences"]},
        tuple(_statistics(source, numbers)),
        tuple(map(_bilingual, said["not_derived"])),
        {key: _bilingual(text) for key, text in said["texts"].items()},
    )


def _items(source: Source, documents: Collection[str] | None, tables: Collection[str]) -> Iterator[AnnualItem]:
    for index, each in enumerate(source.data["items"]):
        if documents is not None and each["document"] not in documents:
            source.wrong(("items", index, "document"), "没有这种文件", "there is no such document")
        if each["table"] and each["table"] not in tables:
            source.wrong(("items", index, "table"), "没有这张表", "there is no such table")
        yield AnnualItem(each["key"], _bilingual(each["name"]), each["document"], each["table"], each["years_after"])


def _check_sentences(source: Source, numbers: Collection[str]) -> None:
    for index, each in enumerate(source.data["sentences"]):
        for lang in ("zh", "en"):
            for name in sorted(set(_NAME.findall(each[lang])) - set(numbers) - ALSO_KNOWN):
                source.wrong(("sentences", index, lang), f"没有“{name}”这个数", f'there is no number "{name}"')


def _statistics(source: Source, numbers: Collection[str]) -> Iterator[Statistic]:
    for index, each in enumerate(source.data["statistics"]):
        for place, row in enumerate(each["rows"]):
            path = ("statistics", index, "rows", place, "cells")
            if len(row["cells"]) != len(each["heads"]) - 1:
                source.wrong(path, "格数与栏数不符", "the cells do not fit the heads")
            for name in row["cells"]:
                if name and name not in numbers:
                    source.wrong(path, f"没有“{name}”这个数", f'there is no number "{name}"')
        yield Statistic(
            _bilingual(each["clause"]),
            tuple(map(_bilingual, each["heads"])),
            tuple((_bilingual(row["name"]), tuple(row["cells"])) for row in each["rows"]),
            _bilingual(each["note"]),
        )


def _bilingual(said: Mapping[str, str]) -> Bilingual:
    return Bilingual(said["zh"], said["en"])
