"""Tables that stand beside each other on one sheet, each with a title of its own, looked at one by one.

| 支出决算表 |    |    | 一般公共预算财政拨款支出决算表 |        two sheets of the same cells: in the first
| 科目编码 | 基本支出 |    | 科目编码 | 基本支出 |       ->      all right of the gap is blank, in the second
| 201     | 7      |    | 201     | 7       |              all left of it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from etl.amounts import Value, is_blank
from etl.recognise.titles import forms_of
from etl.spec.model import Spec
from etl.table import Sheet


def apart(sheet: Sheet, spec: Spec) -> list[Sheet]:
    """The sheet as often as titles stand beside each other with a blank column between them; cells keep their place."""
    for row, cells in enumerate(sheet.rows):
        texts = [(place, value) for place, value in enumerate(cells) if isinstance(value, str) and len(value) > 3]
        titles = [place for place, text in texts if forms_of(text, spec)] if len(texts) > 1 else []
        if len(titles) > 1:
            gaps = [_gap(sheet, row, left, right) for left, right in pairwise(titles)]
            if all(gaps):
                width = max(map(len, sheet.rows))
                return [_part(sheet, left, right) for left, right in pairwise([0, *gaps, width])]
    return [sheet]


def _gap(sheet: Sheet, row: int, left: int, right: int) -> int:
    """The last column between two titles in which nothing stands from their row on; 0 where there is none."""
    rows = sheet.rows[row:]
    blank = (
        column
        for column in range(right - 1, left, -1)
        if all(column >= len(cells) or is_blank(cells[column]) for cells in rows)
        and not any(bottom >= row and first <= column <= last for _, first, bottom, last in sheet.merges)
    )
    return next(blank, 0)


def _part(sheet: Sheet, left: int, right: int) -> Sheet:
    def seen(cells: Sequence[Value]) -> tuple[Value, ...]:
        return tuple(value if left <= column < right else "" for column, value in enumerate(cells[:right]))

    merges = tuple(merge for merge in sheet.merges if left <= merge[1] and merge[3] < right)
    return replace(sheet, rows=tuple(seen(cells) for cells in sheet.rows), merges=merges)
