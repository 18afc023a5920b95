"""Sheets as they were read, the hidden ones too -> findings by column and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from etl.finding import Finding, Location, note
from etl.privacy.findings import cells, personal
from etl.privacy.numbers import MOBILE, kind_of_stored
from etl.privacy.persons import Hit, in_columns, texts_of
from etl.privacy.texts import SHORTEST, holds_credit_code, kinds
from etl.privacy.words import Words, compiled
from etl.spec.model import Spec
from etl.table import Sheet, Workbook

_LEFT, _ABOVE, _NEAR, _MOST_PHONES = 2, 60, 3, 2
"""Cells left of a number and rows above it in which its label may stand; rows above and below a stored number in which
amounts of millions show that it is one, too; phones that a row may hold."""
_LARGE = 1e10
"""Numbers below this have fewer digits than any that is a person's."""
_LONG = 8
"""Digits of the codes that stand between a title and a number, if the title is to speak of the number."""
_SHORT = 40
"""Characters of texts that are worth remembering."""
_CREDIT = "credit-code"


def in_sheets(workbook: Workbook, spec: Spec) -> list[Finding]:
    """One finding for each kind and column, with all its cells; what stands before a table has no cell."""
    words = compiled(spec.privacy)
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        hits: dict[tuple[int, str], set[int]] = {}
        texts = texts_of(sheet)
        for row, column, kind in (*_numbers(sheet, texts, words), *in_columns(sheet, texts, words)):
            hits.setdefault((column, kind), set()).add(row)
        findings.extend(
            _finding(sheet, column, kind, sorted(rows), spec) for (column, kind), rows in sorted(hits.items())
        )
        before = dict.fromkeys(kind for text in sheet.heading for kind in kinds(text, words))
        findings.extend(
            personal(kind, Location(sheet.name), spec, hidden=sheet.visibility != "visible") for kind in before
        )
    return findings


def _numbers(sheet: Sheet, texts: Collection[str], words: Words) -> Iterator[Hit]:
    """Row, column and kind of every number that is a person's; and of codes of organisations, which are not."""
    telling = {text for text in texts if len(text) >= SHORTEST and _is_telling(text, words)}
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if value.__class__ is str:
                if value in telling:
                    yield from ((row, column, kind) for kind in _that_stand(sheet, row, column, str(value), words))
            elif value and isinstance(value, (int, float)) and value >= _LARGE:
                kind = kind_of_stored(value, words)
                if kind and not _is_harmless(sheet, row, column, kind, words):
                    yield row, column, kind


def _is_telling(text: str, words: Words) -> bool:
    return _tells(text, words) if len(text) <= _SHORT else bool(_all_kinds(text, words))


@lru_cache(maxsize=16384)
def _tells(text: str, words: Words) -> bool:
    """The same short texts stand on many sheets."""
    return bool(_all_kinds(text, words))


def _all_kinds(text: str, words: Words) -> list[str]:
    return [*kinds(text, words), *([_CREDIT] if holds_credit_code(text, words) else [])]


def _that_stand(sheet: Sheet, row: int, column: int, text: str, words: Words) -> list[str]:
    """Kinds in the text of a cell, given what stands around it."""
    is_number = text.strip().isdecimal()
    if is_number and MOBILE.fullmatch(text.strip()) and _is_among_amounts(sheet, row, column):
        return []
    found = kinds(text, words, is_public=_is_labelled(sheet, row, column, words))
    return [*found, *([_CREDIT] if holds_credit_code(text, words) else [])]


def _is_harmless(sheet: Sheet, row: int, column: int, kind: str, words: Words) -> bool:
    """Whether a stored number of a kind is rather a public number, or an amount among amounts."""
    if kind == "mobile" and _is_among_amounts(sheet, row, column):
        return True
    return kind in {"bank-card", "mobile"} and _is_labelled(sheet, row, column, words)


def _is_among_amounts(sheet: Sheet, row: int, column: int) -> bool:
    """Whether amounts of millions stand beside a number, or more numbers of its length than a row has telephones."""
    mates = [sheet.value(near, column) for near in range(max(0, row - _NEAR), row + _NEAR + 1)]
    numbers = [value for value in (*sheet.rows[row], *mates) if isinstance(value, (int, float)) and value < 1e12]
    if any(abs(number) >= 1e6 and MOBILE.fullmatch(f"{number:.15g}") is None for number in numbers):
        return True
    return sum(isinstance(value, (int, float)) and value >= 1e10 for value in sheet.rows[row]) > _MOST_PHONES


def _is_labelled(sheet: Sheet, row: int, column: int, words: Words) -> bool:
    """Whether a word left of a cell says that its number is public, or the title of a column of such numbers."""
    beside = (sheet.value(row, left) for left in range(max(0, column - _LEFT), column))
    if any(isinstance(value, str) and words.public.search(value) for value in beside):
        return True
    longest = 0
    for upper in range(row - 1, max(-1, row - _ABOVE), -1):
        value = sheet.value(upper, column)
        if value is None or value == "":
            continue
        text = value if isinstance(value, str) else f"{value:.0f}" if isinstance(value, (int, float)) else ""
        if words.public.search(text):
            return True
        if not text.strip().isdecimal() or not (longest := max(longest, len(text))) >= _LONG:
            return False
    return False


def _finding(sheet: Sheet, column: int, kind: str, rows: list[int], spec: Spec) -> Finding:
    location = Location(sheet.name, cells(rows, column), rows[0] + 1, column + 1)
    if kind == _CREDIT:
        return note("credit-code", location)
    is_hidden = sheet.visibility != "visible" or column in sheet.hidden_columns
    return personal(kind, location, spec, hidden=is_hidden or all(row in sheet.hidden_rows for row in rows))
