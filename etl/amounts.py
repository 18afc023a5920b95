"""Printed text to Decimal, and back. Bottom room: imports nothing of ours.

Takes the value of one cell as the reader gave it; returns what amount it states and how it was written. Decides
nothing about units or columns, and guesses nothing: what is left over after the known marks makes it unreadable.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache

Value = str | int | float | bool | date | datetime | time | timedelta | None
"""What a reader gives for a cell; None and "" are blanks."""

NIL_MARKS = frozenset({"-", "--", "—", "——", "－", "–", "/", "\\", "无"})
"""Marks that print a nil. `0` and `0.00` are figures like any other. Contract, section 9."""

_TENTH = Decimal("0.1")
FEN = Decimal("0.01")
_MONEY = Context(prec=40)
_SIGNIFICANT = 15
"""Excel keeps fifteen significant digits; what stands behind them is noise of binary floating point."""
_MOST_DIGITS, _LARGEST = 25, 1e22
"""What has more digits, or is larger, is no amount: it could not be added up exactly."""
_REMEMBERED, _LONGEST = 16384, 40
"""Texts and numbers of which the amount is kept: the same ones stand in several tables of a workbook. Longer texts are
no amounts and would fill the memory."""
_NOTHING = frozenset({None, ""})
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CURRENCY = re.compile(r"^[¥$]|元$")
_SPACES = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
"""Spaces, and signs without width that web pages leave in what is copied from them."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as stated in its cell, in the unit of its table."""

    number: Decimal
    decimals: int
    """Decimals it is written with; for a stored number, those it needs."""
    nil: bool = False
    """True where a nil mark stands for it."""


def parse_amount(value: Value) -> Amount | None:
    """Read an amount of money from a cell that is not blank; None where it cannot be read.

    >>> parse_amount("1,202.95").number
    Decimal('1202.95')
    >>> parse_amount(" （12.5） ").number
    Decimal('-12.5')
    >>> parse_amount("—").nil
    True
    >>> parse_amount("约3万") is None
    True
    """
    if isinstance(value, str):
        return _written(value) if len(value) <= _LONGEST else _written.__wrapped__(value)
    if isinstance(value, float):
        return _stored(value + 0.0)  # one zero: -0.0 prints as 0
    if isinstance(value, int) and not isinstance(value, bool):
        return Amount(Decimal(value), 0)
    return None


def is_blank(value: Value) -> bool:
    """True for a cell in which nothing stands: a blank is not a zero."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))


def not_blank(cells: Iterable[Value]) -> list[Value]:
    """What stands in some cells, without the blanks."""
    return [value for value in cells if value not in _NOTHING and not (isinstance(value, str) and value.isspace())]


@lru_cache(maxsize=_REMEMBERED)
def _stored(value: float) -> Amount | None:
    if not abs(value) < _LARGEST:  # not a number, infinite, or beyond all money
        return None
    number = Decimal(repr(value))
    if len(number.as_tuple().digits) > _SIGNIFICANT:
        with localcontext(Context(prec=_SIGNIFICANT, rounding=ROUND_HALF_UP)):
            number = +number
    number = number.normalize()
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Amount(number.quantize(Decimal(1).scaleb(-decimals), context=_MONEY), decimals)


@lru_cache(maxsize=_REMEMBERED)
def _written(text: str) -> Amount | None:
    stripped = text.strip()
    if stripped in NIL_MARKS:
        return Amount(Decimal(0), 0, nil=True)
    folded = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    if folded in NIL_MARKS:
        return Amount(Decimal(0), 0, nil=True)
    plain = _CURRENCY.sub("", folded.replace("−", "-"))
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1], True
    if plain.startswith(("△", "▲")):
        plain, negative = plain[1:], True
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        return None
    digits = plain.replace(",", "")
    if (negative and digits[0] in "+-") or len(digits) > _MOST_DIGITS:
        return None
    number = _MONEY.plus(Decimal(digits))
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Amount(-number if negative else number, decimals)


@dataclass(frozen=True, slots=True)
class Percentage:
    """One percentage, as percent (not as ratio)."""

    number: Decimal
    decimals: int


def parse_percentage(value: Value) -> Percentage | None:
    """Read a percentage: `-13%` is -13 with no decimals; a stored number is a ratio, 0.1463 is 14.63.

    None where it cannot be read, and for nil marks (a rate on a base of nothing is no number).
    """
    if isinstance(value, str):
        folded = _SPACES.sub("", unicodedata.normalize("NFKC", value)).replace("−", "-")
        if not folded.endswith("%"):
            return None
        amount = _written(folded[:-1])
        return None if amount is None or amount.nil else Percentage(amount.number, amount.decimals)
    amount = parse_amount(value)
    if amount is None:
        return None
    return Percentage(amount.number * 100, max(amount.decimals - 2, 0))


def to_fen(number: Decimal) -> Decimal:
    """Round an amount in yuan half up to the fen; there is one zero, which has no sign."""
    return _MONEY.plus(number.quantize(FEN, rounding=ROUND_HALF_UP, context=_MONEY))


def format_amount(number: Decimal, decimals: int = 2) -> str:
    """An amount with thousands separators, as a form prints it.

    >>> format_amount(Decimal("2940.05"))
    '2,940.05'
    """
    return f"{_MONEY.plus(number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_MONEY)):,f}"


def format_percent(ratio: Decimal | None, signed: bool = False) -> str:
    """A ratio as a percentage with one decimal, a dash where there is none: everywhere the same.

    Rounded half up, but what is not all is never called all: 1,999 of 2,000 are 99.9 %.

    >>> format_percent(Decimal("0.1463")), format_percent(Decimal("-0.1277"), signed=True), format_percent(None)
    ('14.6%', '-12.8%', '–')
    >>> format_percent(Decimal("0.9996")), format_percent(Decimal(1)), format_percent(Decimal("1.0004"))
    ('99.9%', '100.0%', '100.0%')
    """
    if ratio is None:
        return "–"
    number = (ratio * 100).quantize(_TENTH, rounding=ROUND_HALF_UP)
    if ratio < 1 and number == 100:
        number -= _TENTH
    return f"{number:+f}%" if signed else f"{number:f}%"
