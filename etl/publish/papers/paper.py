"""A paper as a value: a title, and blocks in their order. Knows nothing of formats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a section, with its number where the paper numbers its sections."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    style: Literal["body", "flush", "signature", "note"] = "body"
    """`body` is indented, `flush` is not, `signature` stands at the right, `note` is smaller."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in relation to each other."""
    figures: frozenset[int] = frozenset()
    """Columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class Code:
    """A stretch of program text, such as a query."""

    text: str


Block = Heading | Paragraph | Grid | Code


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper."""

    title: str
    blocks: tuple[Block, ...]
    made_on: date
    mark: str = ""
    """Stands above the title: 草稿."""
    lang: str = "zh"


def numeral(number: int) -> str:
    """The number of a section, up to twenty.

    >>> numeral(3), numeral(12)
    ('三', '十二')
    """
    return _NUMERALS[number] if number < len(_NUMERALS) else f"十{_NUMERALS[number - 10]}"


def day_in_words(day: date) -> str:
    """A day as Chinese letters write it.

    >>> day_in_words(date(2026, 3, 1))
    '2026年3月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
