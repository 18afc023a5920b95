"""A text -> the kinds of personal data in it. The text itself never comes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from etl.labels import fold
from etl.privacy.numbers import CREDIT_CODE, MOBILE, is_credit_code, is_id, is_old_id, kind_of
from etl.privacy.words import Words

RUN = re.compile(
    r"(?<!\d)(?<!\d[A-Za-z])(?<!\d[A-Za-z]{2})(?<!\d\.)"
    r"\d(?:[ \u00a0\u3000-]?\d){10,20}[xXｘＸ]?(?![\dA-Za-z])(?!\.\d)(?![ \u3000]?[十百千万亿]*[元万亿])"
)
"""Eleven digits and more in one piece or in groups, that are not part of a decimal, an amount, a longer number or a
code."""
GAPS = re.compile(r"[ \u00a0\u3000-]")
SHORTEST = 5
"""Characters below which a text can hold neither a number nor a name with its label."""

_MAY = re.compile(
    r"\d(?:[ \u00a0\u3000-]?\d){8}|[0-9A-Z]{2}\d{6}[0-9A-Z]{10}|[\u4e00-\u9fff][:：][ \u3000]*[\u4e00-\u9fff]"
)
"""What a text must have to be looked at: one look for nearly all texts."""
_SHAPES = frozenset({(3, 4, 4), (2, 3, 4, 4), (3, 3, 5), (6, 8, 4), (6, 4, 4, 4), (6, 6, 3)})
"""How people group mobile and identity numbers; cards come in fours."""
_CREDIT_CODE_LENGTH = 18
_NEAR = 14
"""Characters before a number in which a word may say that it is public."""


def kinds(text: str, words: Words, *, is_public: bool = False) -> list[str]:
    """Kinds of the personal data in a text, each once. `is_public` where a label near by says so of its numbers."""
    if len(text) < SHORTEST or _MAY.search(text) is None:
        return []
    found = [kind for _, kind in numbers(text, words, is_public=is_public)]
    if _names_a_person(text, words):
        found.append("name")
    if words.account.search(text):
        found.append("account")
    return list(dict.fromkeys(found))


def numbers(text: str, words: Words, *, is_public: bool = False) -> Iterator[tuple[str, str]]:
    """Digits and kind of every personal number in a text."""
    for run in RUN.finditer(text):
        labelled = is_public or words.public.search(text, max(0, run.start() - _NEAR), run.start()) is not None
        for digits in _pieces(run[0]):
            kind = kind_of(digits, words)
            if kind and not (labelled and _gives_way(digits, kind, words)):
                yield digits, kind


def masked(text: str, words: Words) -> str:
    """The text with an asterisk for every digit of its personal numbers, whatever stands beside them."""

    def hide(run: re.Match[str]) -> str:
        is_personal = any(kind_of(digits, words) for digits in _pieces(run[0]))
        return re.sub(r"[\dxXｘＸ]", "＊", run[0]) if is_personal else run[0]

    return _hide_accounts(RUN.sub(hide, text), words)


def holds_credit_code(text: str, words: Words) -> bool:
    """Whether a text holds a unified social credit code; one identity number in thirty would be one, too."""
    if len(text) < _CREDIT_CODE_LENGTH:
        return False
    found = (code[0] for code in CREDIT_CODE.finditer(text))
    return any(is_credit_code(code) and not is_id(code, words) for code in found)


def _hide_accounts(text: str, words: Words) -> str:
    return words.account.sub(lambda found: re.sub(r"\d", "＊", found[0]), text)


def _pieces(run: str) -> list[str]:
    """A run as the numbers it is made of: one in groups, or several side by side."""
    digits = [unicodedata.normalize("NFKC", group).upper() for group in GAPS.split(run)]
    groups = tuple(len(group) for group in digits)
    if groups in _SHAPES or (len(groups) > 3 and set(groups[:-1]) == {4} and groups[-1] <= 4):
        return ["".join(digits)]
    return digits


def _gives_way(digits: str, kind: str, words: Words) -> bool:
    """Whether a number may be a public one after all.

    An identity number with its check digit is one under any title, and so is a mobile number with its country.
    """
    return kind == "bank-card" or (kind == "mobile" and len(digits) == 11) or is_old_id(digits, words)


def _names_a_person(text: str, words: Words) -> bool:
    found = words.named.search(fold(text))
    return found is not None and words.not_name.search(fold(found[1])) is None


def is_mobile(text: str) -> bool:
    """Whether a text holds a mobile number, alone or among others."""
    return any(MOBILE.fullmatch(digits) for run in RUN.finditer(text) for digits in _pieces(run[0]))
