"""What stands below the lines of a table: notes, and statements that the table is empty on purpose."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from etl.amounts import Value, is_blank, parse_amount
from etl.labels import fold
from etl.spec.model import Spec

_LONG = 30
"""A single text longer than this in a row of its own is a note: no line of any form is named at such length."""


def note_of(cells: Sequence[Value], spec: Spec, items: Collection[int] = ()) -> str:
    """The text of a note row; empty where the row is not one. A long text in one of the columns `items` is an item."""
    filled = [value for value in cells if not is_blank(value)]
    if not filled or not isinstance(filled[0], str):
        return ""
    text = fold(filled[0])
    if any(re.search(pattern, text) for pattern in spec.recognition.notes):
        return " ".join(str(value) for value in filled)
    is_item = any(column < len(cells) and not is_blank(cells[column]) for column in items)
    if len(filled) == 1 and not is_item and (len(text) > _LONG or says_nil(text, spec)):
        return filled[0]
    return ""


def goes_on(cells: Sequence[Value], *, after_note: bool) -> str:
    """The text of a row that goes on with the note right above it: it stands alone, and has no figure."""
    filled = [value for value in cells if not is_blank(value)]
    if not after_note or len(filled) != 1 or not isinstance(filled[0], str):
        return ""
    return filled[0] if parse_amount(filled[0]) is None else ""


def says_nil(text: str, spec: Spec) -> bool:
    """True for a statement that a table has no data.

    A template's instruction (“无…的，仍保留该表格式，并在本表下方作下述说明”) is none.
    """
    folded = fold(text)
    if any(re.search(pattern, folded) for pattern in spec.recognition.template_instructions[:2]):
        return False
    return any(re.search(pattern, folded) for pattern in spec.recognition.nil_statements)


def is_instruction(text: str, spec: Spec) -> bool:
    """True for words of a blank form that were meant to be deleted."""
    folded = fold(text)
    return any(re.search(pattern, folded) for pattern in spec.recognition.template_instructions)
