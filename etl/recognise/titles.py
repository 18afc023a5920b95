"""Which rows of a sheet are titles of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from etl.labels import any_of
from etl.spec.model import Form, Spec
from etl.spec.titles import rewrite_title
from etl.table import Sheet

_MOST_TEXTS = 3
"""A title stands alone in its row, or beside a label such as 公开01表 and a unit."""
_LENGTHS = range(4, 80)
_MARKS_BEFORE = r"\)|[—\-:;,._]"
"""How what may stand before a title ends, beside names of bodies and places."""
_REMARK = re.compile(r"(\([^()]{1,20}\)|续表?|\(续表?.{0,3}\))$")
_CONTINUED = re.compile(r"^(续表?|\(续表?.{0,3}\))[:、]?(?=.)")

Carriers = tuple[tuple[Form, tuple[str, ...]], ...]
"""The forms that carry a title, each with the documents in which it does."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, and the forms that carry it. Row -1: it stands before the table, in no cell."""

    row: int
    column: int
    text: str
    forms: Carriers


@lru_cache(maxsize=8)
def _index_titles(forms: tuple[Form, ...]) -> tuple[Mapping[str, Carriers], tuple[str, ...]]:
    """By rewritten title its carriers; and the titles, the longest first."""
    index: dict[str, dict[str, tuple[Form, list[str]]]] = {}
    for form in forms:
        for document, titles in form.titles.items():
            for title in titles:
                entry = index.setdefault(title, {}).setdefault(form.form, (form, []))
                if document not in entry[1]:
                    entry[1].append(document)
    made = {title: tuple((f, tuple(d)) for f, d in entries.values()) for title, entries in index.items()}
    return made, tuple(sorted(made, key=len, reverse=True))


def find_titles(sheet: Sheet, spec: Spec) -> list[Title]:
    """Every row that carries a title, from the top down; where none does, what stands before the table."""
    titles: list[Title] = []
    for row, cells in enumerate(sheet.rows):
        texts = [(column, value) for column, value in enumerate(cells) if value and isinstance(value, str)]
        texts = [(column, text) for column, text in texts if not text.isspace()] if texts else texts
        if not 0 < len(texts) <= _MOST_TEXTS or any(isinstance(value, (int, float)) for value in cells):
            continue
        title = next((title for column, text in texts for title in _of_text(row, column, text, spec)), None)
        if title is not None:
            titles.append(title)
    if titles:
        return titles
    before = [title for text in reversed(sheet.heading) for title in _of_text(-1, 0, text, spec)]
    return before[:1]


def forms_of(text: str, spec: Spec) -> Carriers:
    """The forms that carry a text as their title."""
    if len(text.strip()) not in _LENGTHS:
        return ()
    return _lookup(text, spec)


def _of_text(row: int, column: int, text: str, spec: Spec) -> Iterator[Title]:
    """A cell may hold label, title and unit on lines of their own."""
    for piece in dict.fromkeys((text, *text.splitlines())):
        if forms := forms_of(piece, spec):
            yield Title(row, column, "".join(piece.split()), forms)


@lru_cache(maxsize=8)
def _before(endings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_MARKS_BEFORE}|{any_of(endings)})$")


@lru_cache(maxsize=16384)
def _lookup(text: str, spec: Spec) -> Carriers:
    index, longest_first = _index_titles(spec.forms)
    before = _before(spec.recognition.body_endings)
    rewritten = rewrite_title(text, spec.recognition.title_rewrites)
    for candidate in dict.fromkeys((rewritten, _CONTINUED.sub("", rewritten), _REMARK.sub("", rewritten))):
        if not candidate:
            continue
        if candidate in index:
            return index[candidate]
        for title in longest_first:
            if candidate.endswith(title) and before.search(candidate[: -len(title)]):
                return index[title]
            if title[1:] == candidate and len(candidate) >= 4:
                return index[title]
    return ()
