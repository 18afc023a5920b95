"""What a number is, by its own digits: a person's, or nobody's. Digits in, the kind out; empty for nobody's."""

from __future__ import annotations

import re
from datetime import date

from etl.privacy.words import Words

MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[1-9ANY][1-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Za-z])")
"""The shape of a unified social credit code: GB 32100."""

_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def kind_of(digits: str, words: Words) -> str:
    """What digits are: `id-number`, `mobile`, `bank-card`, or empty."""
    if is_id(digits, words) or is_old_id(digits, words):
        return "id-number"
    if MOBILE.fullmatch(digits):
        return "mobile"
    return "bank-card" if _is_card(digits, words) else ""


def kind_of_stored(value: float, words: Words) -> str:
    """What a stored number is. One with decimals is an amount; one of 16 digits and more has lost its last ones."""
    if value != value or value >= 1e19 or value != int(value):
        return ""
    digits = str(int(value))
    if len(digits) == 18:
        return "id-number" if digits[:2] in words.provinces and _is_birthday(digits[6:14]) else ""
    if len(digits) == 11 and digits.endswith("0000"):
        return ""  # a round amount in yuan
    return kind_of(digits, words)


def is_id(digits: str, words: Words) -> bool:
    """GB 11643: province, day of birth, check digit modulo 11."""
    if len(digits) != 18 or digits[:2] not in words.provinces or not _is_birthday(digits[6:14]):
        return False
    total = sum(int(digit) * (1 << (17 - place)) for place, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17]


def is_old_id(digits: str, words: Words) -> bool:
    """The form before 1999, without century and check digit."""
    return (
        len(digits) == 15 and digits.isdigit() and digits[:2] in words.provinces and _is_birthday(f"19{digits[6:12]}")
    )


def is_credit_code(code: str) -> bool:
    """GB 32100: check digit modulo 31 over digits and the letters that cannot be taken for one."""
    if CREDIT_CODE.fullmatch(code) is None:
        return False
    total = sum(_CREDIT_DIGITS.index(digit) * pow(3, place, 31) for place, digit in enumerate(code[:17]))
    return _CREDIT_DIGITS[-total % 31] == code[17]


def _is_birthday(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return _FIRST_YEAR <= day.year <= _LAST_YEAR


def _is_card(digits: str, words: Words) -> bool:
    """First digits and length of a card, and Luhn's test; and nothing else that has so many digits."""
    if words.card.fullmatch(digits) is None or words.index_number.fullmatch(digits) or is_credit_code(digits):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) << (place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0
