"""What stands below a header: codes, names, figures. Says nothing of what the header says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from etl.amounts import Value, is_blank, parse_amount, parse_percentage
from etl.labels import fold_name
from etl.learn.values import Kind
from etl.spec.model import Spec
from etl.table import Sheet

_CODE = re.compile(r"(\d{3,9})([^\d.,%].*)?")
"""A code, alone or with its name."""


def kind_of(sheet: Sheet, column: int, rows: Iterable[int], spec: Spec) -> Kind:
    """What most of the written cells of a column are; the words of a total line say nothing."""
    written = [value for row in rows if not is_blank(value := sheet.value(row, column))]
    cells = [value for value in written if not (isinstance(value, str) and fold_name(value) in spec.recognition.totals)]
    if not cells:
        return "text" if written else "blank"
    if _most(cells, lambda value: bool(list_of(value, spec))):
        return "code"
    if _most(cells, lambda value: isinstance(value, str) and parse_percentage(value) is not None):
        return "ratio"
    amounts = [amount for value in cells if (amount := parse_amount(value)) is not None]
    if len(amounts) * 2 < len(cells):
        return "text"
    numbers = [amount.number for amount in amounts if not amount.nil]
    whole = len(numbers) == len(cells) > 2 and numbers[0] == 1
    return "serial" if whole and all(later == earlier + 1 for earlier, later in pairwise(numbers)) else "figure"


def list_of(value: Value, spec: Spec) -> str:
    """Key of the first code list that has the code in a cell; empty where none has."""
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    match = _CODE.fullmatch(text)
    if match is None:
        return ""
    code = match[1]
    fits = (key for key, codes in spec.codes.items() if len(code) in codes.lengths and code[:3] in codes.entries)
    return next(fits, "")


def _most(cells: Sequence[Value], is_one: Callable[[Value], bool]) -> bool:
    return sum(1 for value in cells if is_one(value)) * 3 > len(cells) * 2
