"""The documents on which a charge rests, cut out of one cell and written in one way: 机关代字〔年〕号."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from etl.spec.model import Spec

_OUTSIDE = r"(?![^《]*》)(?![^〔(（]*[〕)）])"
"""Not between 《 and 》, nor inside round or hexagonal brackets."""
_BETWEEN = re.compile(
    r"[,，、;；\n]+" + _OUTSIDE + r"|(?<=[号》)）])[.。．]|(?<=[号》)）\d])[ \t\u3000]+(?=[\[〔﹝【《一-龥])(?!号)"
)
"""What separates documents: marks and line ends; a stop behind 号; a space between two documents."""
_NUMBER_BEHIND_NAME = re.compile(r".*[(]([^()]*[〔\[﹝【][^()]*)[)]")
"""《关于…的通知》(云财综〔2012〕74号): the number stands in brackets behind the name."""
_REMARK_BEHIND_NUMBER = re.compile(r"(.*\d号?)\([^()]*\)")
"""国发〔1986〕50号(国务院令第60号修改发布)"""
_SHORT = re.compile(r"第?(\d{1,4})号")
_WHOLE = re.compile(r"(.+〔\d{4}〕)\d+号")


def normal_bases(basis: str, spec: Spec, above: Sequence[str] = ()) -> list[str]:
    """The documents a basis names, in normal form; laws in 《》 and what cannot be read stay as printed.

    The elided number of `国发明电〔1994〕2号、23号` is given its document again; `同上` is what the row above names.
    """
    found: list[str] = []
    for piece in _BETWEEN.split(basis):
        text = piece.strip(" \t\u3000.。")
        if not text:
            continue
        short, whole = _SHORT.fullmatch(text), _WHOLE.fullmatch(found[-1]) if found else None
        if text in spec.recognition.same_as_above and above:
            found += above
        elif short and whole:
            found.append(f"{whole.group(1)}{short.group(1)}号")
        else:
            found.append(_normal(text, spec))
    return list(dict.fromkeys(found))


def _normal(text: str, spec: Spec) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    named, remarked = _NUMBER_BEHIND_NAME.fullmatch(plain), _REMARK_BEHIND_NUMBER.fullmatch(plain)
    for known in (plain, *(match.group(1) for match in (named, remarked) if match)):
        for pattern, form in spec.recognition.document_numbers:
            if match := re.fullmatch(pattern, known):
                return match.expand(form)
    return text
