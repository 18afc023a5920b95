"""Number formats of an xlsx: styles part -> what each cell style prints; sheet -> what its number cells print.

A style part names a format for each cell style by number; cells name their style by its place in the list. Reading
goes over the bytes of a sheet with one expression, since most cells of a report have such a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.workbook.formats import BUILT_IN, Shown, shown
from etl.workbook.sheet_xml import CellReader, SheetPart, parse

_LISTS = re.compile(rb"<(numFmts|cellXfs)[\s>].*?</\1>", re.DOTALL)
_NUMBER = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="([0-9]+)"(?: t="n")?><[vf]')


def read_styles(part: bytes) -> dict[str, Shown]:
    """Cell styles whose format fixes decimals, by their place in the list."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    is_cells = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal is_cells
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and is_cells:
            formats.append(attributes.get("numFmtId", ""))
        elif name in {"numFmts", "cellXfs"}:
            is_cells = name == "cellXfs"

    parse(b"<lists>" + b"".join(match[0] for match in _LISTS.finditer(part)) + b"</lists>", start)
    known = {str(number): code for number, code in BUILT_IN.items()} | codes
    found = {number: shown(code) for number, code in known.items()}
    return {
        str(place): format_shown
        for place, number in enumerate(formats)
        if (format_shown := found.get(number)) is not None
    }


def number_formats(sheet: SheetPart, styles: Mapping[str, Shown]) -> dict[tuple[int, int], Shown]:
    """What the number cells of a sheet print, by row and column."""
    if not styles:
        return {}
    if not sheet.is_tidy:
        reader = CellReader()
        parse(sheet.xml, reader.start, reader.end, reader.text)
        return {(row, column): styles[style] for row, column, style in reader.styles if style in styles}
    by_style = {style.encode(): format_shown for style, format_shown in styles.items()}
    cells = [cell for cell in _NUMBER.findall(sheet.xml) if cell[2] in by_style]
    columns = {letters: _column(letters) for letters in {cell[0] for cell in cells}}
    return {(int(row) - 1, columns[letters]): by_style[style] for letters, row, style in cells}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
