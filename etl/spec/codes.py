"""`schemas/codes/` -> classifications with every name a code has had."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.labels import fold_name
from etl.spec.bilingual import Bilingual
from etl.spec.files import Reader, Row, Sheet, Source
from etl.spec.model import CodeList, Entry
from etl.spec.words import bilingual
from etl.spec.years import OPEN_YEAR, overlap, span

COLUMNS = (
    "code",
    "system",
    "level",
    "name_zh",
    "name_en",
    "parent",
    "valid_from",
    "valid_to",
    "confidence",
    "source",
    "note",
)
_SUFFIX = "支出"


def code_lists(reader: Reader, folder: Path, index: Source) -> dict[str, CodeList]:
    """Every list that the index names."""
    made = {}
    for key, said in index.data.items():
        sheet = reader.csv(folder / said["file"], COLUMNS, required=True)
        if sheet is not None:
            made[key] = _code_list(sheet, key, said)
    return made


def _code_list(sheet: Sheet, key: str, said: Mapping[str, Any]) -> CodeList:
    lengths = tuple(said["lengths"])
    entries: dict[str, list[Entry]] = {}
    rows = [row for row in sheet.rows if row["system"] in said.get("systems", (row["system"],))]
    codes = {row["code"] for row in rows}
    for row in rows:
        entry = _entry(sheet, row)
        if not row["code"].isdecimal() or len(row["code"]) not in lengths:
            sheet.wrong(row.line, "code", "编码的位数不对", "the code has the wrong length")
        if row["parent"] and row["parent"] not in codes:
            sheet.wrong(row.line, "parent", "没有这个上级编码", "there is no such code above")
        others = entries.setdefault(entry.code, [])
        if any(overlap((entry.valid_from, entry.valid_to), (each.valid_from, each.valid_to)) for each in others):
            sheet.wrong(row.line, "code", "同一年度有两个名称", "the code has two names in one year")
        others.append(entry)
    ordered = {code: tuple(sorted(known, key=lambda each: each.valid_from)) for code, known in entries.items()}
    first = {code: known for code, known in ordered.items() if len(code) == lengths[0]}
    return CodeList(
        key,
        bilingual(said["name"]),
        lengths,
        tuple(said["complete_lengths"]),
        ordered,
        _by_name(first),
        _named(ordered),
    )


def _entry(sheet: Sheet, row: Row) -> Entry:
    if not row["name_zh"]:
        sheet.wrong(row.line, "name_zh", "缺少名称", "the name is missing")
    first, last = span(sheet, row)
    return Entry(row["code"], Bilingual(row["name_zh"], row["name_en"] or row["name_zh"]), first, last)


def _by_name(entries: Mapping[str, tuple[Entry, ...]]) -> dict[str, str]:
    """Names as printed and, where no other code is meant, with and without the word 支出 behind them."""
    named = {fold_name(entry.name.zh): code for code, entry in _by_age(entries)}
    variants: dict[str, set[str]] = {}
    for name, code in named.items():
        variant = name.removesuffix(_SUFFIX) if name.endswith(_SUFFIX) else name + _SUFFIX
        variants.setdefault(variant, set()).add(code)
    for variant, codes in variants.items():
        if variant and variant not in named and len(codes) == 1:
            named[variant] = next(iter(codes))
    return named


def _named(entries: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[str, ...]]:
    """Every code under each of its names."""
    named: dict[str, dict[str, None]] = {}
    for code, known in entries.items():
        for entry in known:
            named.setdefault(fold_name(entry.name.zh), {})[code] = None
    return {name: tuple(codes) for name, codes in named.items()}


def _by_age(entries: Mapping[str, tuple[Entry, ...]]) -> Iterable[tuple[str, Entry]]:
    """Oldest names first, so that of two codes that bore one name the later keeps it."""
    pairs = [(code, entry) for code, known in entries.items() for entry in known]
    return sorted(pairs, key=lambda pair: (min(pair[1].valid_to, OPEN_YEAR), pair[1].valid_from, pair[0]))
