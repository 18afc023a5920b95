"""Styles of an OpenDocument spreadsheet -> what cell styles print, and which table styles hide.

    <number:number-style style:name="N4"><number:number number:decimal-places="2" number:min-decimal-places="2"/>
    <style:style style:name="ce2" style:family="table-cell" style:data-style-name="N4">

Both styles.xml and content.xml hold styles; those of content.xml may build on those of styles.xml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from etl.workbook.formats import Shown
from etl.workbook.sheet_xml import parse

_SCALES = MappingProxyType({"1": 0, "10": 1, "100": 2, "1000": 3, "10000": 4, "1000000": 6})
_MOST_PARENTS = 20


@dataclass(frozen=True, slots=True)
class Styles:
    """What is known of styles by name."""

    formats: Mapping[str, Shown] = field(default_factory=dict)
    """Number formats that fix decimals."""
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of each cell style, its number format (or none) and the style it builds on."""
    hidden: frozenset[str] = frozenset()
    """Table styles that hide their sheet."""

    def shown(self, style: str) -> Shown | None:
        """What a cell of a style prints; None where that is not fixed."""
        for _ in range(_MOST_PARENTS):
            number_format, parent = self.cells.get(style, ("", ""))
            if number_format or not parent:
                return self.formats.get(number_format)
            style = parent
        return None


NO_STYLES = Styles()


def read_styles(part: bytes, base: Styles) -> Styles:
    """The styles of one part, on top of those of another."""
    reader = _StyleReader(base)
    parse(part, reader.start, reader.end)
    return Styles(reader.formats, reader.cells, frozenset(reader.hidden))


class _StyleReader:
    def __init__(self, base: Styles) -> None:
        self.formats = dict(base.formats)
        self.cells = dict(base.cells)
        self.hidden = set(base.hidden)
        self._style = ""
        self._format = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        own = attributes.get("style:name", "")
        if name == "style":
            self._style = own
            if attributes.get("style:family") == "table-cell":
                number_format = attributes.get("style:data-style-name", "")
                self.cells[own] = (number_format, attributes.get("style:parent-style-name", ""))
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self._style)
        elif name in {"number-style", "currency-style", "text-style"}:
            self._format = own
        elif self._format:
            self._in_format(name, attributes)

    def _in_format(self, name: str, attributes: dict[str, str]) -> None:
        if name == "number":
            shown = _shown(attributes)
            if shown is not None:
                self.formats[self._format] = shown
        elif name in {"scientific-number", "fraction"}:
            self.formats.pop(self._format, None)
        elif name == "map" and attributes.get("style:condition", "").replace(" ", "").startswith("value()>"):
            positive = self.formats.get(attributes.get("style:apply-style-name", ""))
            if positive is not None:  # the accounting format says what it prints only by the sign of the number
                self.formats[self._format] = positive

    def end(self, name: str) -> None:
        if name in {"number-style", "currency-style", "text-style"}:
            self._format = ""
        elif name == "style":
            self._style = ""


def _shown(attributes: Mapping[str, str]) -> Shown | None:
    places = attributes.get("number:decimal-places", "")
    scale = _SCALES.get(attributes.get("number:display-factor", "1"))
    if not (places.isascii() and places.isdigit()) or int(places) > 30 or scale is None:
        return None
    is_fixed = attributes.get("number:min-decimal-places", places) == places
    return Shown(int(places), scale) if is_fixed else None
