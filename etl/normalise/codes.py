"""Classification codes as departments type them, made 3, 5 or 7 digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.amounts import Value, is_blank

_RESIDUE = frozenset({"类", "款", "项", "栏次", "无", "科目编码"})
"""Header words and nil marks that stand in code cells."""
_JOINED = re.compile(r"[\[(【〔]?(\d[\d.\-|/ ]*)(?:[\])】〕]|[—:、_]+)?(?:(?<!\d)|(?![A-Za-z]))\s*(\D.*)?$")
_LONGEST = 60
"""Characters of code cells whose reading is kept: the same stand in several tables, and longer ones are no codes."""
_LOST = "#"
"""Stands before a number of which digits are lost."""
_SCIENTIFIC = re.compile(r"(\d)\.?(\d*)[Ee]\+?(\d{1,2})")
_SEPARATORS = re.compile(r"[.\-|/ ]")


@dataclass(frozen=True, slots=True)
class Code:
    """A code read from one cell or from three."""

    digits: str
    name: str = ""
    """What stands behind the code in the same cell."""
    padded: tuple[int, ...] = ()
    """Positions of the cells (in the order given) in which a leading zero was missing from a text."""
    unreadable: bool = False
    lost: bool = False
    """True where a spreadsheet has turned the code into a number with fewer digits: 2.01E+06."""


NO_CODE = Code("")


def read_code(cells: Sequence[Value]) -> Code:
    """Read a code from its cells, 类 款 项 or one.

    >>> read_code(["201", "06", "01"]).digits
    '2010601'
    >>> read_code([201.0, 6.0, ""]).digits
    '20106'
    >>> read_code(["301", "2"]).digits, read_code(["301", "2"]).padded
    ('30102', (1,))
    >>> read_code(["2010301 行政运行"]).digits, read_code(["2010301 行政运行"]).name
    ('2010301', '行政运行')
    """
    texts = [value for value in cells if isinstance(value, str)]
    return _read(*cells) if sum(map(len, texts)) <= _LONGEST else _read.__wrapped__(*cells)


@lru_cache(maxsize=16384, typed=True)
def _read(*cells: Value) -> Code:
    parts = [_part(value) for value in cells]
    filled = [(position, part) for position, part in enumerate(parts) if part]
    if not filled:
        return NO_CODE
    if len(filled) == 1 and not any(character.isdigit() for character in filled[0][1]):
        return Code("", filled[0][1])
    if any(part.startswith(_LOST) for _, part in filled):
        return Code("", "", (), unreadable=True, lost=True)
    if [place for place, _ in filled] != list(range(len(filled))):
        return Code("", "", (), True)
    digits, name, padded = "", "", []
    for position, part in filled:
        match = _JOINED.fullmatch(part)
        if match is None:
            is_name = len(filled) == 1 and not part[0].isdigit()
            return Code("", part) if is_name else Code("", "", (), True)
        own = _join(match.group(1))
        name = name or (match.group(2) or "").strip()
        if digits and len(own) == 1:
            if isinstance(cells[position], str):
                padded.append(position)
            own = own.zfill(2)
        digits = own if own.startswith(digits) and len(own) > len(digits) >= 3 else digits + own
    return Code(digits, name, tuple(padded))


def _whole(scientific: re.Match[str]) -> str:
    """2.010301E+06 is 2010301; 2.01E+06 has lost digits and stays as it is, which no code does."""
    digits, exponent = scientific[1] + scientific[2], int(scientific[3])
    return digits if len(scientific[2]) == exponent else _LOST + scientific[0]


def _join(text: str) -> str:
    pieces = [piece for piece in _SEPARATORS.split(text) if piece]
    return pieces[0] + "".join(piece.zfill(2) for piece in pieces[1:]) if pieces else ""


def _part(value: Value) -> str:
    if is_blank(value):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    text = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if re.fullmatch(r"\d+\.0+", text):
        text = text.split(".")[0]
    if scientific := _SCIENTIFIC.fullmatch(text):
        text = _whole(scientific)
    return "" if text in _RESIDUE or text.strip(".…。") == "" else text
