"""Rows that number the columns of a form (栏次 1 2 3 …). Bottom room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.amounts import Value, is_blank, parse_amount
from etl.labels import fold_label

_SERIAL_WORDS = frozenset({"栏次", "行次", "项目", "序号", "类", "款", "项"})
_SILENT = frozenset({"项目", "类", "款", "项"})
"""Words that stand in a row of column numbers."""


def is_serial(cells: Sequence[Value]) -> bool:
    """True for a row that numbers the columns: 栏次 1 2 3 …

    Without the word 栏次 at least three consecutive numbers are asked for, since figures may be small and whole too.

    >>> is_serial(["栏次", 1.0, "2", 3]), is_serial(["栏次", "", 1, "栏次", "", 2]), is_serial(["合计", 3, 2, 1])
    (True, True, False)
    >>> is_serial(["类", "款", "项", "栏次", 1, 2])
    True
    """
    numbers: list[int] = []
    marked = False
    for value in cells:
        if is_blank(value):
            continue
        amount = parse_amount(value)
        if amount is None or amount.nil:
            if not isinstance(value, str) or fold_label(value) not in _SERIAL_WORDS:
                return False
            marked = marked or fold_label(value) not in _SILENT
            continue
        if amount.decimals or not 1 <= amount.number <= 99:
            return False
        numbers.append(int(amount.number))
    consecutive = all(later == earlier + 1 for earlier, later in pairwise(numbers))
    return bool(numbers) and consecutive and (marked or len(numbers) >= 3)
