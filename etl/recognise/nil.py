"""The tables that a text on empty tables names: 关于2024年预算公开空表说明, one for all that come without data.

Takes the sheet, gives ids of tables. Such a text names its tables one a line, in 《》, or in a sentence:

    本县2024年没有国有资本经营预算收支，故国有资本经营预算收入表、《国有资本经营预算支出表》为空表。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.labels import any_of, strip_ordinal
from etl.recognise.titles import forms_of
from etl.spec.model import Spec
from etl.table import Sheet

_APART = re.compile(r"[《》、，,;；。：:\n]|以及|[和及与](?=.{4,}表)")
_NUMBER = r"表?\d+([-—－.]\d+)*表?"
"""Of a table, before its title."""
_TITLE = re.compile(r"^.{3,}表([(（][^()（）]+[)）])?")
"""Up to the last 表 of a piece."""


def stated_nil(sheet: Sheet, spec: Spec) -> tuple[str, ...]:
    """Every table that a name in the text may mean, in the order of the text."""
    return tuple(dict.fromkeys(_tables(sheet, spec)))


def _tables(sheet: Sheet, spec: Spec) -> Iterator[str]:
    words = spec.recognition
    leading = re.compile(f"^(?:{any_of(words.nil_leading)}|{_NUMBER})+")
    texts = (value for row in sheet.rows for value in row if isinstance(value, str))
    for text in (*sheet.heading, *texts):
        for piece in _APART.split(text):
            title = leading.sub("", strip_ordinal("".join(piece.split())))
            named = _TITLE.match(re.sub(words.nil_saying, "", title))
            if named:
                yield from (form.table_id for form, _ in forms_of(named[0], spec))
