"""The index of one language, as a script that sets one value. In: kinds of entries and Public. Out: text.

    window.mingzhangIndex = {
      "county": [...],      what stands in front of many names and nobody types: 富源县, 县
      "neutral": [...],     words that narrow nothing: the documents, which every body has
      "pinyin": {"重": "chong zhong", ...},
      "words": [[typed...], [means...], ...],
      "paths": [...],       each once
      "kinds": [{"key", "name", "coded", "entries": [[path, title, also, note], ...]}, ...]
    }

A script and not JSON, because a page that lies on a memory stick may load a script beside it and may not fetch a file.
The sound of what is searched by sound stands once a character: a character with two readings answers to both.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from etl.publish.public import Public
from etl.publish.search.entries import Entry, Kind
from etl.publish.search.pinyin import readings
from etl.publish.words import clean

_WIDTH = 110
"""Of a note, a Chinese character counting two: more does not fit beneath a title."""
_WIDE = "\u2e80"
"""From here on characters take the room of two letters."""


def index_script(kinds: Sequence[Kind], public: Public) -> str:
    """The index, written compactly; what it holds is cleaned as texts of pages are."""
    paths = list(dict.fromkeys(entry.path for kind in kinds for entry in kind.entries))
    numbers = {path: number for number, path in enumerate(paths)}
    names = public.jurisdiction.names
    spoken = (text for kind in kinds if not kind.coded for entry in kind.entries for text in (entry.title, *entry.also))
    value = {
        "county": [names.zh, names.zh[-1:], names.en],
        "neutral": sorted({text for name in public.spec.documents.values() for text in (name.zh, name.en)}),
        "pinyin": readings(spoken),
        "words": [[list(one.typed), list(one.means)] for one in public.spec.search.spoken],
        "paths": paths,
        "kinds": [_kind(kind, numbers) for kind in kinds],
    }
    written = json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))
    return f"window.mingzhangIndex={written};\n"


def _kind(kind: Kind, numbers: dict[str, int]) -> dict[str, Any]:
    entries = [_entry(entry, numbers[entry.path]) for entry in kind.entries]
    return {"key": kind.key, "name": kind.name, "coded": int(kind.coded), "entries": entries}


def _entry(entry: Entry, path: int) -> list[Any]:
    """Path, title, further names, note; without what is empty at the end."""
    row: list[Any] = [path, entry.title, "\n".join(entry.also), _short(entry.note)]
    while not row[-1]:
        row.pop()
    return row


def _short(note: str) -> str:
    """As much of a note as fits.

    >>> _short("公开情况"), len(_short("公" * 60)), len(_short("a" * 111))
    ('公开情况', 55, 110)
    """
    room = _WIDTH
    for place, character in enumerate(note):
        room -= 2 if character >= _WIDE else 1
        if room < 0:
            return f"{note[: place - 1]}…"
    return note


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    return clean(str(value)) if isinstance(value, str) else value
