"""The texts of a workbook that may say who and when, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.finding import Location
from etl.spec.model import Spec
from etl.table import Match, Sheet, Workbook, cell_name

TITLES, COVERS, NAME, FOLDERS = range(4)
"""Ranks of texts: titles and headings, covers, the file's name, its folders."""
HEADERS = -1
"""Rank of the labels of columns, which say 预算数 or 决算数 and nothing of who and when."""

_COVER = 40
"""Rows of a sheet without a table, such as a cover, that may name the body."""
_YEAR = re.compile(r"((?:19|20)\d{2})年(?!\d{1,2}月)")
_CHINESE_YEAR = re.compile(r"([一二][〇○零０Ｏ一二三四五六七八九]{3})年(?![一二三四五六七八九十]{1,2}月)")
"""A year with a month behind it is a day on which something was written, and not the year it is about."""
_DAY = re.compile(r"((?:19|20)\d{2})(?:年|[.\-/])\d{1,2}(?:月|[.\-/])\d{1,2}")
_LABEL = re.compile(r"[:：]\s*$")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_DIGITS = str.maketrans("〇○零０Ｏ一二三四五六七八九", "00000123456789")
_MONEY = re.compile(r"(百万|亿|万|千)?元")


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may say who and when."""

    text: str
    place: str
    at: Location
    rank: int
    order: int = 0
    """Of the texts of a sheet without a table: which it is, from 0."""


def texts_of(workbook: Workbook, matches: Sequence[Match], file: str) -> list[Text]:
    """Every text that may say something, the most trustworthy first."""
    titled = {match.sheet.name for match in matches}
    texts: list[Text] = []
    for match in matches:
        texts += own_texts(match)
    for sheet in workbook.sheets:
        if sheet.name not in titled and sheet.visibility == "visible":
            texts += _rows(sheet, range(min(_COVER, len(sheet.rows))), COVERS)
    return [*texts, *_name_texts(file)]


def own_texts(match: Match) -> list[Text]:
    """What stands above the header of one table."""
    sheet = match.sheet
    heading = [
        Text(value, sheet.name or "1", Location(sheet.name), TITLES, order) for order, value in enumerate(sheet.heading)
    ]
    return [*heading, *_rows(sheet, match.top, TITLES)]


def labelled(texts: Iterable[Text], spec: Spec) -> list[tuple[str, Text]]:
    """Names of bodies that stand behind a label, with where."""
    found: list[tuple[str, Text]] = []
    for text in sorted((text for text in texts if text.rank <= COVERS), key=lambda text: text.rank):
        name = _labelled(text.text, spec.recognition.department_patterns)
        if name is not None:
            found.append((name, text))
    return found


@lru_cache(maxsize=16384)
def _labelled(text: str, patterns: tuple[str, ...]) -> str | None:
    plain = unicodedata.normalize("NFKC", text)
    for pattern in patterns:
        match = re.search(pattern, plain)
        if match and not _MONEY.match(match.group(1)):
            return match.group(1)
    return None


def years_in(text: Text) -> tuple[int, ...]:
    """The fiscal years that a text names: `2024年`, `二〇二四年`; in names of files and folders 2024 alone too."""
    return _years(text.text, text.rank >= NAME)


@lru_cache(maxsize=16384)
def _years(text: str, is_name: bool) -> tuple[int, ...]:
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    pattern = _FILE_YEAR if is_name else _YEAR
    chinese = [int(found.translate(_DIGITS)) for found in _CHINESE_YEAR.findall("".join(text.split()))]
    return (*(int(found) for found in pattern.findall(folded)), *(year for year in chinese if 1900 < year < 2100))


def _rows(sheet: Sheet, rows: Iterable[int], rank: int) -> list[Text]:
    return [
        Text(value, f"{at.sheet}!{at.cell}", at, rank, order) for order, (at, value) in enumerate(_written(sheet, rows))
    ]


def _written(sheet: Sheet, rows: Iterable[int]) -> Iterator[tuple[Location, str]]:
    for row in rows:
        for column, value in enumerate(sheet.rows[row] if row < len(sheet.rows) else ()):
            if isinstance(value, str) and value.strip():
                at = Location(sheet.name, cell_name(row, column), row + 1, column + 1)
                yield at, with_value(sheet, row, column, value)


def days_in(text: Text) -> list[int]:
    """The years of the days that a text names: `2024年5月20日`, `2024-05-20`."""
    return [int(found) for found in _DAY.findall("".join(unicodedata.normalize("NFKC", text.text).split()))]


def with_value(sheet: Sheet, row: int, column: int, text: str) -> str:
    """A label that ends with a colon, together with what stands in the next cell: `单位：` and `万元`."""
    if not _LABEL.search(text):
        return text
    beside = (value for value in sheet.rows[row][column + 1 :] if isinstance(value, str) and value.strip())
    return text + next(beside, "")


def _name_texts(file: str) -> list[Text]:
    *folders, name = file.split("/")
    return [
        Text(name.rsplit(".", 1)[0], file, Location(), NAME),
        *(Text(folder, file, Location(), FOLDERS) for folder in reversed(folders)),
    ]
