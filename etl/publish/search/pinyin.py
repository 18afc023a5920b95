"""Chinese read aloud. In: texts. Out: the syllables of their characters, without tones, ü as v as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_HAN = re.compile("[㐀-鿿]+")


def syllables(text: str) -> tuple[tuple[str, str], ...]:
    """Each Chinese character with its reading in this text; one whose reading nobody knows is left out.

    >>> syllables("重庆 12 重要")
    (('重', 'chong'), ('庆', 'qing'), ('重', 'zhong'), ('要', 'yao'))
    """
    from pypinyin import lazy_pinyin

    return tuple(
        (character, reading)
        for run in _HAN.findall(text)
        for character, reading in zip(run, lazy_pinyin(run, errors=_unread), strict=True)
        if reading.isascii()
    )


def _unread(run: str) -> Any:
    """Characters whose reading nobody knows stay, one by one: pypinyin takes a list, which its types do not say."""
    return list(run)


def readings(texts: Iterable[str]) -> dict[str, str]:
    """Character -> its readings in these texts, `chong zhong`; in the order of the characters."""
    found: dict[str, set[str]] = {}
    for text in texts:
        for character, reading in syllables(text):
            found.setdefault(character, set()).add(reading)
    return {character: " ".join(sorted(found[character])) for character in sorted(found)}


def initial(text: str) -> str:
    """The letter under which a name stands in a list from A to Z; `#` where it begins with none.

    >>> initial("教育局"), initial("health"), initial("“三公”经费"), initial("12345")
    ('J', 'H', 'S', '#')
    """
    for character in text:
        spoken = syllables(character)
        letter = (spoken[0][1] if spoken else character)[0].upper()
        if letter.isascii() and letter.isalnum():
            return letter if letter.isalpha() else "#"
    return "#"
