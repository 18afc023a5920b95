"""What stands below the lines of a table: notes, and statements that the table is empty on purpose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from etl.amounts import Value, parse_amount
from etl.labels import fold
from etl.spec.model import Spec

_LONG = 30
"""A single text longer than this in a row of its own is a note: no line of any form is named at such length."""


def note_of(filled: Sequence[Value], spec: Spec, *, is_item: bool = False) -> str:
    """The text of a row that is a note, by its cells without the blanks; empty where the row is none.

    With `is_item` a long text that stands alone is an item of a list.
    """
    if not filled or not isinstance(filled[0], str):
        return ""
    text = fold(filled[0])
    if _fits(text, spec.recognition.notes):
        return " ".join(str(value) for value in filled)
    if len(filled) == 1 and not is_item and (len(text) > _LONG or says_nil(text, spec)):
        return filled[0]
    return ""


def goes_on(filled: Sequence[Value], *, after_note: bool) -> str:
    """The text of a row that goes on with the note right above it: it stands alone, and has no figure."""
    if not after_note or len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    return filled[0] if parse_amount(filled[0]) is None else ""


def says_nil(text: str, spec: Spec) -> bool:
    """True for a statement that a table has no data.

    A template's instruction (“无…的，仍保留该表格式，并在本表下方作下述说明”) is none.
    """
    folded = fold(text)
    if _fits(folded, spec.recognition.template_instructions[:2]):
        return False
    return _fits(folded, spec.recognition.nil_statements)


def is_instruction(text: str, spec: Spec) -> bool:
    """True for words of a blank form that were meant to be deleted."""
    return _fits(fold(text), spec.recognition.template_instructions)


@lru_cache(maxsize=16384)
def _fits(folded: str, patterns: tuple[str, ...]) -> bool:
    return any(re.search(pattern, folded) for pattern in patterns)
