"""Places of a file that are no cells: comments, properties, names, caches, and what only the markup holds.

Takes the workbook and the bytes it was read from, so the bytes are whole and within the limits of the reader. A package
of XML is looked at part by part; of other formats the whole text is, and what stands in cells is left out: it has been
judged there, by its neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from etl.finding import NOWHERE, Finding, Location
from etl.privacy.findings import personal
from etl.privacy.numbers import MOBILE, is_id
from etl.privacy.packages import comments, texts_of_parts
from etl.privacy.streams import texts_of_markup, texts_of_records
from etl.privacy.texts import GAPS, kinds, numbers
from etl.privacy.words import Words, compiled
from etl.spec.model import Spec
from etl.table import Workbook

_PACKAGES = frozenset({"xlsx", "xlsb"})


def outside_cells(workbook: Workbook, data: bytes, spec: Spec) -> list[Finding]:
    """One finding for each kind in a comment that has a cell, and one for each kind anywhere else."""
    words = compiled(spec.privacy)
    findings: list[Finding] = []
    found: dict[str, None] = {}
    if workbook.format in _PACKAGES:
        findings = [personal(kind, place, spec, hidden=True) for place, kind in _in_comments(data, words)]
        found = dict.fromkeys(kind for text in texts_of_parts(data) for kind in kinds(text, words))
    if workbook.format in {"xls", "xlsb"}:
        found |= dict.fromkeys(_beside_cells(workbook, texts_of_records(workbook.format, data), words))
    if workbook.format in {"ods", "html", "xml"}:
        found |= dict.fromkeys(_beside_cells(workbook, texts_of_markup(workbook.format, data), words))
    return [*findings, *(personal(kind, NOWHERE, spec, hidden=True) for kind in found)]


def _in_comments(data: bytes, words: Words) -> Iterator[tuple[Location, str]]:
    """For each sheet and kind the cells whose comments hold it."""
    cells: dict[tuple[str, str], dict[str, Location]] = {}
    for place, text in comments(data):
        for kind in kinds(text, words):
            cells.setdefault((place.sheet, kind), {})[place.cell] = place
    for (_, kind), places in cells.items():
        yield replace(next(iter(places.values())), cell=",".join(places)), kind


def _beside_cells(workbook: Workbook, texts: Iterable[str], words: Words) -> Iterator[str]:
    """Kinds of the numbers in texts that no cell holds. Nothing says what such a number is, so its digits must."""
    suspects = {
        digits: kind
        for text in texts
        for digits, kind in numbers(text, words)
        if is_id(digits, words) or MOBILE.fullmatch(digits)
    }
    if suspects:
        written = "\n".join(_written(workbook))
        yield from (kind for digits, kind in suspects.items() if digits not in written)


def _written(workbook: Workbook) -> Iterator[str]:
    """Everything that cells hold, in the form in which numbers are compared."""
    for sheet in workbook.sheets:
        values = (value for row in sheet.rows for value in row)
        for value in (*sheet.heading, *values):
            if isinstance(value, str):
                yield re.sub(GAPS, "", unicodedata.normalize("NFKC", value)).upper()
            elif isinstance(value, (int, float)) and 1e10 <= value < 1e19:
                yield f"{value:.0f}"
