"""Bytes of a text file -> its text, by the encoding that is sure, or not at all.

    byte order mark, NUL bytes (UTF-16), what the file declares, UTF-8, GB18030 — each strictly

Strict decoding is no proof: almost anything can be read as GB18030. So a text in it must look Chinese, and UTF-8 with a
broken byte must not pass for it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_DECLARED = MappingProxyType(
    {
        **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "UTF-8"),
        **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "ms936", "gb18030"), "GB18030"),
        **dict.fromkeys(("big5", "big5-hkscs", "cp950"), "Big5-HKSCS"),
        "us-ascii": "ASCII",
    }
)
"""What files declare, and what that means; browsers too read all names of the GB family as its largest. Western
encodings are not among them: who declares one here has not set it."""

_NEVER = re.compile("[\x00\ufffe\uffff]")
"""No text has these, and no workbook can hold them."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TEXT_PER_CONTROL = 200
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 100_000
"""Characters (or bytes) that are looked at where a share decides."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read."""

    text: str
    encoding: str
    declared: bool
    """Whether the file itself says so."""

    @property
    def is_guess(self) -> bool:
        """Whether a person should be told: neither declared nor what every program takes for granted."""
        return not self.declared and self.encoding != "UTF-8"


def decode(data: bytes, declared: Sequence[str] = ()) -> Decoded | None:
    """The text in some bytes; None where no encoding is sure, or where it is no text."""
    found = _by_mark(data) if data.startswith(tuple(mark for mark, _, _ in _MARKS)) else _without_mark(data, declared)
    return found if found is not None and is_text(found.text) else None


def is_text(text: str) -> bool:
    """Whether these are characters to be read; a stray control character is left in by old programs."""
    return _NEVER.search(text) is None and len(_CONTROL.findall(text)) * _TEXT_PER_CONTROL <= len(text)


def _by_mark(data: bytes) -> Decoded | None:
    codec, name = next((codec, name) for mark, codec, name in _MARKS if data.startswith(mark))
    return _strict(data, codec, name, declared=name == "UTF-8")


def _without_mark(data: bytes, declared: Sequence[str]) -> Decoded | None:
    if b"\x00" in data:
        return _utf_16(data)
    for stated in declared:
        name = _DECLARED.get(stated.strip().lower(), "")
        found = _strict(data, name, name, declared=True) if name else None
        if found is not None:
            return found
    return _strict(data, "utf-8", "UTF-8") or _gb_18030(data)


def _strict(data: bytes, codec: str, name: str, *, declared: bool = False) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), name, declared)
    except UnicodeDecodeError:
        return None


def _utf_16(data: bytes) -> Decoded | None:
    """UTF-16 without mark: the NUL bytes of its digits and separators stand on one side; 一 puts few on the other."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if min(even, odd) * 3 > max(even, odd):
        return None
    found = _strict(data, "utf-16-be" if even > odd else "utf-16-le", "UTF-16")
    return found if found is not None and _looks_chinese(found.text) else None


def _gb_18030(data: bytes) -> Decoded | None:
    found = _strict(data, "gb18030", "GB18030")
    return found if found is not None and _looks_chinese(found.text) and not _is_broken_utf_8(data) else None


def _looks_chinese(text: str) -> bool:
    """Whether enough of the letters are common ones: of traditional Chinese six in ten are, of other encodings read as
    GB18030 few, or some fall into the private area.
    """
    letters = [sign for sign in text[:_SAMPLE] if sign > "\x7f" and (sign.isalpha() or "\ue000" <= sign <= "\uf8ff")]
    private = sum("\ue000" <= sign <= "\uf8ff" for sign in letters)
    common = len("".join(letters).encode("gb2312", "ignore")) // 2
    return common * 5 >= len(letters) * 2 and private * 20 <= len(letters)


def _is_broken_utf_8(data: bytes) -> bool:
    """Whether nearly all bytes beyond ASCII belong to UTF-8's Chinese: one byte is wrong, or the end is missing."""
    runs = b" ".join(_HIGH.findall(data[:_SAMPLE]))
    chinese = sum(sign > "\u07ff" for sign in runs.decode("utf-8", "ignore"))
    return chinese * 3 * 10 >= (len(runs) - runs.count(b" ")) * 8
