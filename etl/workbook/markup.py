"""HTML text -> its tags and the texts before them, in one pass that never looks at a character twice.

`html.parser` of the standard library takes time quadratic in the file on tags and comments that are never closed, and
half a second on a table of 5,000 rows. A page of tables needs little of the HTML standard's tokeniser: tags with
quoted attributes, comments, and the contents of scripts and styles, which are no text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

Token = tuple[str, str, str]
"""The text before a tag with its entities as written, the tag (`td`, `/td`, `!` for a comment, empty where there is
none), and its attributes or what the comment says."""

_TAG = re.compile(r"([^<]*+)<(/?[A-Za-z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_PLAIN_TAG = re.compile(r"([^<]*+)<(/?[A-Za-z][^\s/>]*+)([^>]*+)>")
_NO_TAG = re.compile(r"[^<]*+")
_ATTRIBUTE = re.compile(r"([^\s/=>\"']++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?")
_RAW = frozenset({"script", "style", "title", "noframes", "iframe", "xmp"})
"""Elements whose content is no text of the page."""


def tokens(text: str) -> Iterator[Token]:
    """Every tag and comment with the text before it, and the text after the last."""
    position, tag = 0, _TAG
    while position < len(text):
        match = tag.match(text, position)
        if match is None and tag is _TAG and (plain := _PLAIN_TAG.match(text, position)):
            match, tag = plain, _PLAIN_TAG  # a quotation mark that is never closed: from here on none counts
        if match is None:
            token, position = _no_tag(text, position)
            yield token
            continue
        position = match.end()
        before, name, rest = match.groups()
        name = name.lower()
        yield before, name, rest
        if name in _RAW:
            position = _end_of_raw(text, name, position)


def _no_tag(text: str, position: int) -> tuple[Token, int]:
    """A comment, a declaration, or a `<` that is only a character; what is not closed reaches to the end."""
    match = _NO_TAG.match(text, position)
    before = match[0] if match else ""
    opening = position + len(before)
    if text.startswith("<!--", opening):
        end = text.find("-->", opening + 4)
        comment = text[opening + 4 : end if end >= 0 else len(text)]
        return (before, "!", comment), end + 3 if end >= 0 else len(text)
    following = text[opening + 1 : opening + 2]
    if following and (following in "!?/" or (following.isascii() and following.isalpha())):
        end = text.find(">", opening)
        return (before, "", ""), end + 1 if end >= 0 else len(text)
    return (text[position : opening + 1], "", ""), opening + 1


def _end_of_raw(text: str, name: str, position: int) -> int:
    match = _closing(name).search(text, position)
    return match.start() if match else len(text)


@lru_cache(maxsize=16)
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def attributes(text: str) -> Mapping[str, str]:
    """Attributes by name in small letters; the first of a name counts. One without a value has an empty one."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def unescape(text: str) -> str:
    """Entities decoded; a number too long to be one is left as it stands."""
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # digits beyond what an int may be read from
        return text
