"""Columns of persons: what stands beneath titles such as 姓名, 账号, 住址. A sheet in, places and kinds out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from etl.amounts import Value
from etl.labels import fold, fold_label
from etl.privacy.numbers import MOBILE
from etl.privacy.texts import GAPS, is_mobile
from etl.privacy.words import Words
from etl.table import Sheet

Hit = tuple[int, int, str]
"""Row, column and kind."""

_LONGEST_TITLE = 24
_NAMES = ("names", "payees")
_NAME = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff]{2,6}|[\u3400-\u4dbf\u4e00-\u9fff]{1,10}(?:·[\u3400-\u4dbf\u4e00-\u9fff]{1,10})+"
)
_LONGEST_PAYEE = 4
_BETWEEN_NAMES = re.compile("[、，,;；/和及\n]")
_DIGITS = re.compile(r"\d{6}")
_SHORTEST_ADDRESS = 4


def in_columns(sheet: Sheet, texts: Collection[str], words: Words) -> Iterator[Hit]:
    """What stands beneath the titles of personal data, title by title. `texts` are those of the sheet."""
    titles = list(_titles(sheet, texts, words))
    if not titles:
        return
    ends = {(row, column) for row, column, _ in titles}
    hits = [
        hit
        for row, column, title in titles
        if title != "status"
        for hit in _beneath(sheet, row, column, title, ends, words)
    ]
    yield from hits
    about = {row for row, _, kind in hits if kind in {"name", "id-number"}}
    for row, column, title in titles:
        if title == "status":
            yield from (hit for hit in _beneath(sheet, row, column, title, ends, words) if hit[0] in about)


def texts_of(sheet: Sheet) -> set[str]:
    """Every text of a sheet once: most stand in it many times."""
    return {value for row in sheet.rows for value in row if isinstance(value, str)}


def _titles(sheet: Sheet, texts: Collection[str], words: Words) -> Iterator[tuple[int, int, str]]:
    """Row, column and title of every cell that is one."""
    known = {text: _title(text, words) for text in texts if 1 < len(text) <= _LONGEST_TITLE}
    titles = {text: title for text, title in known.items() if title}
    if not titles:
        return
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            if isinstance(value, str) and value in titles:
                yield row, column, titles[value]


@lru_cache(maxsize=16384)
def _title(text: str, words: Words) -> str:
    folded = fold_label(text)
    if words.any_title.fullmatch(folded) is None:
        return ""
    return next(kind for kind, pattern in words.titles.items() if pattern.fullmatch(folded))


def _beneath(
    sheet: Sheet, row: int, column: int, title: str, ends: set[tuple[int, int]], words: Words
) -> Iterator[Hit]:
    """Cells beneath a title with a value of its kind, down to the next title of the column."""
    kind = "name" if title in _NAMES else title
    for below in range(row + 1, len(sheet.rows)):
        if (below, column) in ends:
            return
        if _fits(sheet.value(below, column), title, words):
            yield below, column, kind


def _fits(value: Value, title: str, words: Words) -> bool:
    """Whether a value is one of a person. What is masked with `*` is not: what is left does not tell who it is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number_fits(value, title)
    if not isinstance(value, str) or "*" in value or "＊" in value or not value.strip():
        return False
    if title in _NAMES:
        return any(_is_name(piece, words, is_payee=title == "payees") for piece in _BETWEEN_NAMES.split(value))
    text = GAPS.sub("", value.strip())
    if title == "address":
        return len(text) >= _SHORTEST_ADDRESS
    if title == "mobile":
        return is_mobile(value)
    return title == "status" or _DIGITS.search(text) is not None


def _number_fits(value: float, title: str) -> bool:
    if title == "mobile":
        return value == value and value < 1e14 and MOBILE.fullmatch(f"{value:.0f}") is not None
    return title in {"id-number", "account"} and value >= 1e5


def _is_name(text: str, words: Words, *, is_payee: bool) -> bool:
    """Han characters that are no word for something else; a payee, which may be an office, begins with a surname."""
    name = fold(text)
    if _NAME.fullmatch(name) is None or words.not_name.search(name):
        return False
    return not is_payee or ("·" in name or (len(name) <= _LONGEST_PAYEE and words.surname.match(name) is not None))
