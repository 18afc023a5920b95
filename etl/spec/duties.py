"""`obligations.yml` -> who owes what, the documents, the clocks and the headline rates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Clock, FurtherDuty, InternationalClock, Latest, Obligation, Rate
from etl.spec.files import Source
from etl.spec.words import bilingual, names

_LEAP_YEAR = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Duties:
    """What `obligations.yml` says."""

    obligations: tuple[Obligation, ...]
    """One for each kind of body and table, in the order in which they are declared."""
    further: tuple[FurtherDuty, ...]
    clocks: dict[str, Clock]
    rates: tuple[Rate, ...]
    documents: dict[str, Bilingual]
    township_kinds: tuple[str, ...]
    latest: dict[str, Latest]
    """By document."""
    international: tuple[InternationalClock, ...]
    international_source: Bilingual


def duties(source: Source, tables: Collection[str]) -> Duties:
    """The duties, given the tables there are; what they name and is not there is a mistake."""
    said = source.data
    for name, listed in said["table_sets"].items():
        _check_tables(source, ("table_sets", name), listed, tables)
        if name in tables:
            source.wrong(("table_sets", name), "与一张表同名", "a table has this name")
    rates = tuple(
        Rate(each["key"], bilingual(each["name"]), each["document"], tuple(each["tables"])) for each in said["rates"]
    )
    for index, rate in enumerate(rates):
        _check_tables(source, ("rates", index, "tables"), rate.tables, tables)
    return Duties(
        tuple(_obligations(source, tables)),
        tuple(_further(source, tables)),
        dict(_clocks(source)),
        rates,
        names(said["documents"]),
        tuple(said["township_kinds"]),
        dict(_latest(source)),
        tuple(
            InternationalClock(each["key"], bilingual(each["name"]), each["document"], each["after"], each["months"])
            for each in said["international"]["clocks"]
        ),
        bilingual(said["international"]["source"]),
    )


def _clocks(source: Source) -> Iterator[tuple[str, Clock]]:
    for key, said in source.data["clocks"].items():
        month, day = said.get("month", 0), said.get("day", 0)
        _check_day(source, ("clocks", key, "day"), month, day)
        yield (
            key,
            Clock(
                key,
                bilingual(said["name"]),
                said["kind"],
                said.get("days", 0),
                month,
                day,
                bilingual(said["starts"]),
                said["authority"],
            ),
        )


def _latest(source: Source) -> Iterator[tuple[str, Latest]]:
    for document, said in source.data["latest"].items():
        last = said["approved"]
        _check_day(source, ("latest", document, "approved", "day"), last["month"], last["day"])
        yield (
            document,
            Latest(
                last["years"], last["month"], last["day"], said["days"], bilingual(said["reason"]), said["authority"]
            ),
        )


def _check_day(source: Source, path: tuple[str | int, ...], month: int, day: int) -> None:
    if day and month and day > _LEAP_YEAR[month - 1]:
        source.wrong(path, f"{month} 月没有 {day} 日", f"month {month} has no day {day}")


def _obligations(source: Source, tables: Collection[str]) -> Iterator[Obligation]:
    held: dict[tuple[str, str, str], list[Obligation]] = {}
    sets = source.data["table_sets"]
    for index, said in enumerate(source.data["obligations"]):
        path = ("obligations", index)
        _check_tables(source, (*path, "tables"), said["tables"], {*tables, *sets})
        _check_span_and_clock(source, path, said)
        for duty in _expanded(said, sets):
            others = held.setdefault((duty.who, duty.document, duty.table_id), [])
            if any(_meet(duty, other) for other in others):
                zh = f"同一年度有两条规定（{duty.table_id}）"
                source.wrong(path, zh, f"two duties hold for the same year ({duty.table_id})")
            others.append(duty)
            yield duty


def _expanded(said: Mapping[str, Any], sets: Mapping[str, list[str]]) -> Iterator[Obligation]:
    for who in said["who"]:
        for name in said["tables"]:
            for table_id in sets.get(name, [name]):
                yield Obligation(
                    said["document"],
                    table_id,
                    said["since"],
                    said["until"],
                    said["level"],
                    who,
                    said["authority"],
                    said["clock"],
                    said.get("division", ""),
                )


def _meet(one: Obligation, other: Obligation) -> bool:
    """True where a county could owe both in one year."""
    together = one.division.startswith(other.division) or other.division.startswith(one.division)
    return together and one.since <= other.until and other.since <= one.until


def _further(source: Source, tables: Collection[str]) -> Iterator[FurtherDuty]:
    for index, said in enumerate(source.data["further"]):
        path = ("further", index)
        _check_tables(source, (*path, "tables"), said["tables"], tables)
        _check_span_and_clock(source, path, said)
        yield FurtherDuty(
            said["key"],
            bilingual(said["name"]),
            tuple(said["who"]),
            tuple(said["documents"]),
            tuple(said["tables"]),
            said["since"],
            said["until"],
            said["clock"],
            said["checked_by"],
            said["authority"],
        )


def _check_tables(source: Source, path: tuple[str | int, ...], named: Collection[str], known: Collection[str]) -> None:
    for table in named:
        if table not in known:
            source.wrong(path, f"没有“{table}”这张表", f'no table "{table}"')


def _check_span_and_clock(source: Source, path: tuple[str | int, ...], said: Mapping[str, Any]) -> None:
    if said["until"] < said["since"]:
        source.wrong((*path, "until"), "止年早于起年", "ends before it begins")
    if said["clock"] and said["clock"] not in source.data["clocks"]:
        source.wrong((*path, "clock"), f"没有“{said['clock']}”这种期限", f'no clock "{said["clock"]}"')
