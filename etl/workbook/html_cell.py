"""What one cell of an HTML table says: its text as a browser shows it, or the value that Excel keeps beside it.

Takes the pieces of text between the tags of a cell and its attributes; gives a value.

    <td x:num="1234.5">1,234.50</td>   1234.5, shown with 2 decimals
    <td x:num>12.50</td>               "12.50": nothing is stored but what is shown
    <td x:err="#REF!">#REF!</td>       an error
    <td x:fmla="=A1+1"></td>           a formula without a result
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

from etl.amounts import Value, parse_amount
from etl.workbook.grid import error_text
from etl.workbook.markup import unescape

LINE, BLOCK = "\x0b", "\x0c"
"""Pieces that stand for `<br>` and for where a paragraph begins or ends."""

_SPACES = re.compile(r"[ \t\r\n]+")
_BREAKS = re.compile(rf" ?(?:{BLOCK} ?)+|(?: ?{LINE} ?)")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,2})?", re.ASCII)
_LONGEST = 40
"""Characters of a stored number, and of what is shown of it, beyond which they are not compared."""
_MAX_SCALE = 8
"""100 million, 亿: no format shows an amount smaller."""
_EXACT = Context(prec=4 * _LONGEST)
_FILLER = re.compile(
    r"(?<=[\u3400-\u9fff])[(（](?=[^)）]{0,6}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ])[a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜüńňǹḿ]{1,7}[)）]"
    r"|@@"
)
"""What mirrors of web pages put between characters: the reading of the one before, with its tone, and `@@`."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says."""

    value: Value
    decimals: int = -1
    """Decimals that a stored number is shown with; -1 where that is not known."""
    scale: int = 0
    fault: str = ""
    """Code of the finding where there is no value, and `value` is what is shown instead."""


def clean(pieces: Sequence[str]) -> str:
    """The text of a cell or of a paragraph: spaces run together, a line for each `<br>` and each paragraph."""
    if len(pieces) == 1 and "&" not in pieces[0]:
        text = pieces[0]
        return text if text.isalnum() else _SPACES.sub(" ", text).strip(f" {LINE}{BLOCK}")
    text = _SPACES.sub(" ", "".join(map(unescape, pieces)))
    return _BREAKS.sub("\n", text.strip(f" {LINE}{BLOCK}"))


def without_filler(text: str) -> str:
    """The text without what mirrors of web pages put into it."""
    return _FILLER.sub("", text) if "@@" in text or "(" in text or "（" in text else text


def say(text: str, attributes: Mapping[str, str]) -> Said:
    """The value of a cell from its shown text and its attributes."""
    if "x:err" in attributes:
        return Said(attributes["x:err"] or text, fault="cell-error")
    stored = attributes.get("x:num", "").strip()
    if stored and _NUMBER.fullmatch(stored) and isfinite(float(stored)):
        return _number(stored, text)
    if "x:str" in attributes:
        return Said(attributes["x:str"] or text)
    if error_text(text):
        return Said(text, fault="cell-error")
    if "x:fmla" in attributes and not text.strip():
        return Said("", fault="formula-not-calculated")
    return Said(text)


def _number(stored: str, text: str) -> Said:
    """A stored number with the way it is shown, where the shown text is that number rounded, or made smaller."""
    number = float(stored)
    if max(len(stored), len(text)) > _LONGEST:
        return Said(number)
    decimals = len(text) - text.index(".") - 1 if "." in text else 0
    if text.replace(",", "") == f"{number:.{decimals}f}":
        return Said(number, decimals)
    shown = parse_amount(text)
    if shown is None or shown.nil:
        return Said(number)
    step = Decimal(1).scaleb(-shown.decimals)
    for scale in range(_MAX_SCALE + 1):
        if _rounded(Decimal(stored).scaleb(-scale), step) == shown.number:
            return Said(number, shown.decimals, scale)
    return Said(number)


def _rounded(number: Decimal, step: Decimal) -> Decimal:
    return number.quantize(step, ROUND_HALF_UP, _EXACT)
