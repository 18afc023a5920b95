"""Which rows of a sheet are titles of tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.spec.model import Form, Spec
from etl.spec.titles import rewrite_title
from etl.table import Sheet

_MOST_TEXTS = 3
"""A title stands alone in its row, or beside a label such as 公开01表 and a unit."""
_LENGTHS = range(4, 80)
_BODY = re.compile(r"(局|委|办|室|府|院|校|中心|站|会|所|部|处|队|镇|乡|街道|馆|园|社|厅|公司|联|\)|单位|部门)$")
"""How the name of a body ends, which may stand before a title."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed, and the forms that carry it, each with its documents."""

    row: int
    column: int
    text: str
    forms: tuple[tuple[Form, tuple[str, ...]], ...]


Index = Mapping[str, tuple[tuple[Form, tuple[str, ...]], ...]]


def index_titles(forms: Iterable[Form]) -> Index:
    """By rewritten title: the forms that carry it, with the documents in which they do."""
    index: dict[str, dict[str, tuple[Form, list[str]]]] = {}
    for form in forms:
        for document, titles in form.titles.items():
            for title in titles:
                entry = index.setdefault(title, {}).setdefault(form.form, (form, []))
                if document not in entry[1]:
                    entry[1].append(document)
    return {title: tuple((f, tuple(d)) for f, d in entries.values()) for title, entries in index.items()}


def find_titles(sheet: Sheet, index: Index, spec: Spec) -> list[Title]:
    """Every row that carries a title, from the top down."""
    titles: list[Title] = []
    for row, cells in enumerate(sheet.rows):
        texts = [(column, value) for column, value in enumerate(cells) if isinstance(value, str) and value.strip()]
        if not 0 < len(texts) <= _MOST_TEXTS or any(isinstance(value, int | float) for value in cells):
            continue
        for column, text in texts:
            forms = _lookup(text, index, spec) if len(text.strip()) in _LENGTHS else ()
            if forms:
                titles.append(Title(row, column, "".join(text.split()), forms))
                break
    return titles


def _lookup(text: str, index: Index, spec: Spec) -> tuple[tuple[Form, tuple[str, ...]], ...]:
    rewritten = rewrite_title(text, spec.recognition.title_rewrites)
    if not rewritten:
        return ()
    if rewritten in index:
        return index[rewritten]
    for title in sorted(index, key=len, reverse=True):
        if rewritten.endswith(title) and _BODY.search(rewritten[: -len(title)]):
            return index[title]
        if title[1:] == rewritten and len(rewritten) >= 4:
            return index[title]
    return ()
