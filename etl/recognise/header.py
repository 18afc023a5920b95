"""Where the header of a table is, and the path of labels above each column.

A year printed in a label says which year only beside another: of 2023年预算数 and 2024年预算数 the first is 上年预算数.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.amounts import Value, is_blank, not_blank, parse_amount
from etl.labels import fold, fold_label, strip_ordinal
from etl.serial import is_serial
from etl.spec.model import Form
from etl.table import Merge, Sheet

_SEARCH = 15
"""Rows below a title in which its header must begin: title, body, unit and date lines stand between."""


_YEAR = re.compile(r"^((?:19|20)\d{2})年度?")
_PREVIOUS = "上年"
_PLAN = ("当年", "下一年", "下两年")
"""What a column is that names nothing but a year, where a plan names several."""
_LEVELS = frozenset({"类", "款", "项"})


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows `first` to `end` (not included) and, by column, the labels from the top down."""

    first: int
    end: int
    paths: tuple[tuple[str, ...], ...]
    """Folded; serial numbers of a 栏次 row left out."""
    printed: tuple[str, ...]
    """As printed, joined with `/`."""


@lru_cache(maxsize=256)
def vocabulary(form: Form, header_words: Sequence[str]) -> frozenset[str]:
    """Every label part that the header of a form may print."""
    words = {fold_label(word) for word in header_words}
    for band in form.bands:
        words.update(band.heads)
        for column in band.columns:
            words.update(part for label in column.labels for part in label)
    for column in form.line_columns:
        words.update(part for label in column.labels for part in label)
    return frozenset(words)


def find_header(sheet: Sheet, start: int, stop: int, words: frozenset[str], totals: frozenset[str]) -> Header | None:
    """The header that begins at or below row `start`; None where no row looks like one."""
    first = _first_row(sheet, start, stop, words)
    if first is None:
        return None
    end = first
    while end < stop and is_header_row(sheet, end, first, words, totals):
        end += 1
    if end == first:
        return None
    return _paths(sheet, first, end)


def is_header_row(sheet: Sheet, row: int, first: int, words: frozenset[str], totals: frozenset[str]) -> bool:
    """True where a row still belongs to the header that began at row `first`."""
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    filled = not_blank(cells)
    if not filled:
        return _is_spanned(sheet, row, first)
    if is_serial(filled):
        return True
    if any(_states_amount(value) for value in filled):
        return False
    texts = [_part(value, 0) for value in filled if isinstance(value, str)]
    known = sum(1 for text in texts if text in words)
    if known == len(texts) == 1 and texts[0] in totals:
        return False
    return known * 2 >= len(filled) or (row > first and _is_spanned(sheet, row, first))


def _first_row(sheet: Sheet, start: int, stop: int, words: frozenset[str]) -> int | None:
    for row in range(start, min(stop, start + _SEARCH, len(sheet.rows))):
        texts = [_part(value, 0) for value in sheet.rows[row] if isinstance(value, str) and value.strip()]
        known = sum(1 for text in texts if text in words)
        if known >= 2 and known * 2 >= len(texts):
            return row
    return None


def _states_amount(value: Value) -> bool:
    amount = parse_amount(value)
    return amount is not None and not amount.nil


def _is_spanned(sheet: Sheet, row: int, first: int) -> bool:
    return any(first <= top < row <= bottom for top, _, bottom, _ in sheet.merges)


def _paths(sheet: Sheet, first: int, end: int) -> Header:
    rows = (*sheet.rows[first:end], *[()] * (end - max(first, len(sheet.rows))))
    merges = tuple(
        [(top - first, left, bottom - first, right) for top, left, bottom, right in sheet.merges if first <= top < end]
    )
    can_merge = bool(sheet.merges)
    is_kept = not any(isinstance(value, bool) for cells in rows for value in cells)  # True is equal to 1, and no amount
    paths, printed = (_labels if is_kept else _labels.__wrapped__)(rows, merges, can_merge)
    return Header(first, end, paths, printed)


@lru_cache(maxsize=512)
def _labels(
    rows: tuple[tuple[Value, ...], ...], merges: tuple[Merge, ...], can_merge: bool
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """By column: the labels from the top down, folded and as printed. The same headers stand in many files."""
    width = max(map(len, rows))
    width = max([width, *(right + 1 for _, _, _, right in merges)])
    grid: list[list[Value]] = [[*cells, *[None] * (width - len(cells))] for cells in rows]
    for top, left, bottom, right in merges:
        label = rows[top][left] if left < len(rows[top]) else None
        for line in grid[top : bottom + 1]:
            line[left : right + 1] = [label] * (right + 1 - left)
    if not can_merge:
        _spread([line for line in grid if not is_serial(line)])
    serial = [is_serial(line) for line in grid]
    year = _this_year(value for line in grid for value in line)
    plan = _plan(value for line in grid for value in line)
    paths: list[tuple[str, ...]] = []
    printed: list[str] = []
    for column in range(width):
        parts: list[str] = []
        shown: list[str] = []
        for line, skip in zip(grid, serial, strict=True):
            value = line[column]
            if not isinstance(value, str) or not value.strip() or (skip and fold_label(value) not in _LEVELS):
                continue
            parts += _new(parts, (plan.get(fold(value)) or _part(value, year)).split("/"))
            text = "".join(value.split())
            if not shown or shown[-1] != text:
                shown.append(text)
        paths.append(tuple(parts))
        printed.append("/".join(shown))
    return tuple(paths), tuple(printed)


def _spread(grid: list[list[Value]]) -> None:
    """Where a file cannot say which cells are merged, a label above other labels reaches to the next one of its row."""
    for row, line in enumerate(grid[:-1]):
        group: Value = None
        for column, value in enumerate(line):
            below = any(not is_blank(under[column]) for under in grid[row + 1 :])
            if not is_blank(value):
                group = value if below else None
            elif not below:
                group = None
            elif group is not None:
                line[column] = group


def _new(parts: Sequence[str], more: Iterable[str]) -> list[str]:
    """Labels that do not repeat the one above them."""
    return [label for label in more if label and (not parts or parts[-1] != label)]


@lru_cache(maxsize=16384)
def _part(value: str, year: int) -> str:
    """One label folded, without its ordinal; with last year's number in front where `year` is the year before this."""
    label = fold_label(strip_ordinal(value) or value)
    stated = _YEAR.match(fold(value))
    if year and stated and int(stated[1]) == year - 1 and not label.startswith(_PREVIOUS):
        return _PREVIOUS + label
    return label


def _plan(values: Iterable[Value]) -> dict[str, str]:
    """By label: what a column is that names nothing but a year, where three follow each other (中期规划)."""
    bare = sorted({text for value in values if isinstance(value, str) and _YEAR.fullmatch(text := fold(value))})
    return dict(zip(bare, _PLAN, strict=True)) if len(bare) == len(_PLAN) else {}


def _this_year(values: Iterable[Value]) -> int:
    """The later of the years that a header names; 0 where it names fewer than two."""
    years = {int(match[1]) for value in values if isinstance(value, str) and (match := _YEAR.match(fold(value)))}
    return max(years) if len(years) > 1 else 0
