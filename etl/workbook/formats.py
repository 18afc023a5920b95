r"""A number format code -> how many decimals it prints, and by which power of ten it makes a number smaller.

    #,##0.00                  2 decimals
    _ * #,##0.00_ ;_ * \-… ;… 2 decimals: the accounting format
    0!.0,                     1 decimal, scale 4: 万 by format, the point is a literal between digits
    0.00,,"亿"                2 decimals, scale 6
    General, 0.0#, 0%, yyyy-m-d, @, [DBNum2]General: nothing is said

Takes the code as a file stores it (ECMA-376 part 1, 18.8.31; the same in xls and xlsb); decides nothing about cells.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Shown:
    """How a format with fixed decimals shows a number."""

    decimals: int
    scale: int = 0
    """Shown is stored divided by ten to this power."""


BUILT_IN: Mapping[int, str] = MappingProxyType(
    {
        1: "0",
        2: "0.00",
        3: "#,##0",
        4: "#,##0.00",
        **dict.fromkeys((5, 6, 37, 38, 41, 42), "#,##0"),
        **dict.fromkeys((7, 8, 39, 40, 43, 44), "#,##0.00"),
    }
)
"""Formats that files name by number only (18.8.30); of those that print fixed decimals, what matters of them. A file
that gives a code for one of the numbers is believed."""

_POINT, _DIGIT = "\x00", "\x01"
"""Stand for literals that change how the digits beside them read."""
_LITERAL = re.compile(
    r'"([^"]*)"|[\\!](.)|_.|\*.|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+|\$[^\]]*)\]'
)
_PLAIN = re.compile(r"[#?,]*[#0?,]*0?(?:\.(0*)|\x00(0+))?(,*)")
_AROUND = " -+()$¥￥"


def shown(code: str) -> Shown | None:
    """What a format says of decimals; None where it does not fix them or is no format of plain numbers."""
    return _shown(code) if len(code) <= _LONGEST else None


_LONGEST = 255
"""Excel accepts no longer format; a longer one in a file was made by hand."""


@lru_cache(maxsize=1024)
def _shown(code: str) -> Shown | None:
    sections = [_section(section) for section in _sections(code)[:2]]
    if len(sections) == 2 and sections[1] is not None and sections[0] != sections[1]:
        return None
    return sections[0]


def _sections(code: str) -> list[str]:
    """The format for positive numbers, for negative ones, … with literals taken out."""
    return _LITERAL.sub(_literal, code).split(";")


def _literal(match: re.Match[str]) -> str:
    """A literal leaves nothing, but for a point, which may stand between digits, and for digits."""
    text = match[1] or match[2] or ""
    if text == ".":
        return _POINT
    return _DIGIT if any(sign.isdigit() for sign in text) else ""


def _section(section: str) -> Shown | None:
    plain = section.strip(_AROUND)
    match = _PLAIN.fullmatch(plain)
    if match is None or not re.search("[#0?]", plain):
        return None
    decimals, printed, commas = len(match[1] or ""), len(match[2] or ""), len(match[3])
    return Shown(decimals + printed, 3 * commas + printed)
