"""Folding of printed labels, so that two ways of printing the same words compare equal. Bottom room.

Folding is for comparing only: what is published is always the text as printed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_QUOTES = re.compile("[\"'`“”‘’＂＇「」『』《》〈〉]")
_YEAR_PREFIX = re.compile(r"^(?:19|20)\d{2}年度?")
_UNIT_SUFFIX = re.compile(r"\((?:单位:?)?(?:人民币)?(?:元|千元|万元|亿元)\)$")
_ORDINAL = re.compile(
    r"^(?:其中:?)?(?:第?[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十\d]{1,3}\)[、.]?|\d{1,2}[、.](?!\d)|[①-⑳])"
)
_CONTINUED = re.compile(r"续表|\(续|续\)|^续")
_CHINESE_COLON = str.maketrans({"：": ":", "．": ".", "，": ",", "。": ".", "﹝": "(", "﹞": ")"})

RADICALS = {
    "⻔": "门",
    "⻋": "车",
    "⻓": "长",
    "⻅": "见",
    "⻚": "页",
    "⻉": "贝",
    "⻢": "马",
    "⻥": "鱼",
    "⻛": "风",
    "⻬": "齐",
}
"""Radical forms that PDF converters write for characters and that NFKC leaves alone."""
_RADICALS = str.maketrans(RADICALS)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Width, spaces, quotes, radical look-alikes and brackets made alike; nothing else changes.

    >>> fold("因公出国（境） 费")
    '因公出国(境)费'
    """
    folded = unicodedata.normalize("NFKC", text.translate(_RADICALS)).translate(_CHINESE_COLON)
    return _QUOTES.sub("", _SPACES.sub("", folded)).replace("[", "(").replace("]", ")")


@lru_cache(maxsize=65536)
def fold_label(text: str) -> str:
    """A header label folded: a leading year, a trailing unit in brackets and a trailing colon dropped too.

    >>> fold_label("2024年“三公”经费预算数（万元）")
    '三公经费预算数'
    """
    return _UNIT_SUFFIX.sub("", _YEAR_PREFIX.sub("", fold(text))).rstrip(":")


@lru_cache(maxsize=65536)
def strip_ordinal(text: str) -> str:
    """A line's name as printed, spaces and ordinals removed (contract, section 5).

    >>> strip_ordinal("其中：（1）公务用车购置费")
    '公务用车购置费'
    >>> strip_ordinal("十四、资源勘探工业信息等支出")
    '资源勘探工业信息等支出'
    """
    bare = _SPACES.sub("", text)
    while True:
        plain = unicodedata.normalize("NFKC", bare)
        match = _ORDINAL.match(plain.translate(_CHINESE_COLON))
        if match is None:
            break
        if len(plain) != len(bare):
            bare = plain
        bare = bare[match.end() :]
    return re.sub("^其中[:：]?", "", bare)


@lru_cache(maxsize=256)
def any_of(words: tuple[str, ...]) -> str:
    r"""A pattern that stands for any of the words; for nothing at all where there is none.

    >>> print(any_of(("局", "(办)")), any_of(()))
    (?:局|\(办\)) (?!)
    """
    return f"(?:{'|'.join(map(re.escape, words))})" if words else "(?!)"


def says_continued(title: str) -> bool:
    """True for the title of a further page of a table: 支出决算表（续）."""
    return _CONTINUED.search(fold(title)) is not None


def fold_name(text: str) -> str:
    """A line's name without ordinal, folded: how lines are looked up."""
    return fold(strip_ordinal(text)).rstrip(":")
