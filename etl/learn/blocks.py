"""Where the tables of a sheet stand: title, header, what is below it. By words where they are known, else by structure.

| 部门支出总体情况表            |        a title is a line of its own that ends as titles do
| 部门：…             单位：万元 |        captions
| 科目编码 | 科目  | 本年支出      |   ┐    the lowest line above the first figures with text over a figure,
|          |       | 合计  | 其中  |   ┘    and what stands on it
| 201      | …     | 12.5  | 10    |        first figures
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.amounts import is_blank, parse_amount
from etl.labels import fold, fold_label, strip_ordinal
from etl.learn.content import kind_of
from etl.learn.values import Block
from etl.recognise.header import Header, find_header, vocabulary
from etl.recognise.titles import find_titles
from etl.serial import is_serial
from etl.spec.model import Spec
from etl.spec.titles import rewrite_title
from etl.table import Sheet

_TITLE = re.compile(r"(表|清单|目录|一览|台账)(\([^()]*\))*$")
"""How titles end."""
_LENGTHS = range(4, 80)
_MOST_TEXTS = 3
"""Texts in the line of a title, and in a caption."""
_DEEPEST = 6
"""Rows of a header."""
_LONGEST = 30
"""Characters of a label where only its place says that it is one."""


def find_blocks(sheet: Sheet, spec: Spec) -> list[Block]:
    """Every part of a sheet under a header; parts between two titles that have none are left out."""
    titles = _titles(sheet, spec)
    starts = titles if titles and titles[0][0] < 0 else [(-1, ""), *titles]
    found: list[Block] = []
    for number, (row, text) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(sheet.rows)
        header = _header(sheet, row + 1, stop, spec)
        if header is not None:
            title, title_row = (text, row) if text else _caption(sheet, header.first, spec)
            rows = range(header.end, stop)
            kinds = tuple(kind_of(sheet, column, rows, spec) for column in range(len(header.paths)))
            found.append(Block(sheet, title, title_row, stop, header, kinds))
    return found


def _titles(sheet: Sheet, spec: Spec) -> list[tuple[int, str]]:
    """Rows that carry a title, known or looking like one, with its text."""
    known = {title.row: title.text for title in find_titles(sheet, spec)}
    for row, cells in enumerate(sheet.rows):
        texts = _texts(cells)
        if row in known or not 0 < len(texts) <= _MOST_TEXTS or any(_states(value) for value in cells):
            continue
        for text in texts:
            if len(text) in _LENGTHS and _TITLE.search(fold(text)):
                rewritten = rewrite_title(text, spec.recognition.title_rewrites)
                if rewritten and not _is_caption([text], spec):
                    known[row] = "".join(text.split())
    return sorted(known.items())


def _caption(sheet: Sheet, end: int, spec: Spec) -> tuple[str, int]:
    """Where no text ends as titles do: the longest line of its own above the header, and its row."""
    lines = [(row, _texts(sheet.rows[row])) for row in range(end)]
    alone = [(texts[0], row) for row, texts in lines if len(texts) == 1 and not _is_caption(texts, spec)]
    rewrites = spec.recognition.title_rewrites
    fits = [(text, row) for text, row in alone if len(text) in _LENGTHS and rewrite_title(text, rewrites)]
    text, row = max(fits, key=lambda fit: len(fit[0]), default=("", -1))
    return "".join(text.split()), row


def _header(sheet: Sheet, start: int, stop: int, spec: Spec) -> Header | None:
    totals = frozenset(spec.recognition.totals)
    span = _span(sheet, start, stop, spec)
    if span is not None:
        rows = range(*span)
        words = frozenset(fold_label(strip_ordinal(text) or text) for row in rows for text in _texts(sheet.rows[row]))
        header = find_header(sheet, span[0], stop, words, totals)
        if header is not None:
            return header
    every: frozenset[str] = frozenset().union(*(vocabulary(form, spec.recognition.header_words) for form in spec.forms))
    return find_header(sheet, start, stop, every, totals)


def _span(sheet: Sheet, start: int, stop: int, spec: Spec) -> tuple[int, int] | None:
    """Rows of the header as structure has it, the last not included; None where nothing looks like one."""
    first = next((row for row in range(start, min(stop, len(sheet.rows))) if _is_data(sheet, row)), None)
    if first is None:
        return _wide_row(sheet, start, stop, spec)
    figures = {
        column
        for row in range(first, min(stop, len(sheet.rows)))
        for column, value in enumerate(sheet.rows[row])
        if _states(value)
    }
    for last in range(first - 1, start - 1, -1):
        texts = _texts(sheet.rows[last])
        above_figures = any(_is_word(sheet.value(last, column)) for column in figures)
        if len(texts) >= 2 and above_figures and not _is_caption(texts, spec) and not is_serial(_filled(sheet, last)):
            return _top(sheet, start, last, spec), last + 1
    return None


def _wide_row(sheet: Sheet, start: int, stop: int, spec: Spec) -> tuple[int, int] | None:
    """Without any figure: the first row of several short texts."""
    for row in range(start, min(stop, len(sheet.rows))):
        texts = _texts(sheet.rows[row])
        if len(texts) >= 3 and all(len(text) <= _LONGEST for text in texts) and not _is_caption(texts, spec):
            return row, row + 1
    return None


def _top(sheet: Sheet, start: int, last: int, spec: Spec) -> int:
    """First row of a header whose last text row is known."""
    top = last
    width = max(map(len, sheet.rows[start : last + 1]))
    for row in range(last - 1, max(start, last - _DEEPEST) - 1, -1):
        texts = _texts(sheet.rows[row])
        if is_serial(_filled(sheet, row)):
            continue
        wide = [right - left for at, left, _, right in sheet.merges if at == row and right > left]
        if _is_caption(texts, spec) or any(_states(value) for value in sheet.rows[row]):
            break
        if len(texts) < 2 and not (texts and wide and max(wide) + 1 < width):
            break
        top = row
    return top


def _is_data(sheet: Sheet, row: int) -> bool:
    filled = _filled(sheet, row)
    return len(filled) >= 2 and any(_states(value) for value in filled) and not is_serial(filled)


def _is_caption(texts: Sequence[str], spec: Spec) -> bool:
    """True for lines such as `部门：…  单位：万元`."""
    patterns = (*spec.recognition.unit_patterns, *spec.recognition.department_patterns)
    few = len(texts) <= _MOST_TEXTS
    return few and any(re.search(pattern, fold(text)) for text in texts for pattern in patterns)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and parse_amount(value) is None


def _states(value: object) -> bool:
    amount = parse_amount(value) if isinstance(value, str | int | float) and not is_blank(value) else None
    return amount is not None and not amount.nil


def _texts(cells: Sequence[object]) -> list[str]:
    return [value for value in cells if isinstance(value, str) and value.strip()]


def _filled(sheet: Sheet, row: int) -> list[str | int | float | bool | None]:
    return [value for value in sheet.rows[row] if not is_blank(value)]  # type: ignore[misc]
