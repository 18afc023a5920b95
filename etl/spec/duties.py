"""`obligations.yml` -> who owes what, the documents, the clock and the headline rates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Obligation, Rate
from etl.spec.files import Source
from etl.spec.words import bilingual, names


@dataclass(frozen=True, slots=True)
class Duties:
    """What `obligations.yml` says."""

    obligations: tuple[Obligation, ...]
    clock_days: int
    rates: tuple[Rate, ...]
    documents: dict[str, Bilingual]


def duties(source: Source, tables: Collection[str]) -> Duties:
    """The duties, given the tables that have a folder."""
    said = source.data
    documents, known = names(said["documents"]), {*tables, *said["tables"]}
    made = Duties(
        tuple(Obligation(**each) for each in said["obligations"]),
        said["clock_days"],
        tuple(
            Rate(each["key"], bilingual(each["name"]), each["document"], tuple(each["tables"]))
            for each in said["rates"]
        ),
        documents,
    )
    for index, duty in enumerate(made.obligations):
        path = ("obligations", index)
        if duty.document not in documents:
            source.wrong((*path, "document"), f"没有“{duty.document}”这种文件", f'no document "{duty.document}"')
        if duty.table_id not in known:
            source.wrong((*path, "table_id"), f"没有“{duty.table_id}”这张表", f'no table "{duty.table_id}"')
        if duty.until < duty.since:
            source.wrong((*path, "until"), "止年早于起年", "ends before it begins")
    _check_overlaps(source, made.obligations)
    for index, rate in enumerate(made.rates):
        for table in rate.tables:
            if table not in known:
                source.wrong(("rates", index, "tables"), f"没有“{table}”这张表", f'no table "{table}"')
    return made


def _check_overlaps(source: Source, obligations: tuple[Obligation, ...]) -> None:
    held: dict[tuple[str, str, bool], list[Obligation]] = {}
    for index, duty in enumerate(obligations):
        others = held.setdefault((duty.document, duty.table_id, duty.government), [])
        if any(duty.since <= other.until and other.since <= duty.until for other in others):
            zh, en = "同一年度有两条规定", "two duties hold for the same year"
            source.wrong(("obligations", index), zh, en)
        others.append(duty)
