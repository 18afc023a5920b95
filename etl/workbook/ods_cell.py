"""One cell of an OpenDocument spreadsheet -> its value, and its formula as Excel would write it.

office:value-type="float" office:value="12.5"     12.5
calcext:value-type="error", or a formula that shows #DIV/0! or Err:502: an error
table:formula="of:=SUM([.B2:.B5];[$表.C1])"       =SUM(B2:B5,'表'!C1)
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from etl.amounts import Value
from etl.workbook.sheet_xml import BadXmlError

_SPACE = re.compile(r"[ \t\r\n]+")
_ERROR = re.compile(r"#[A-Z0-9/!?]+|Err:\d{3}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_LANGUAGE = re.compile(r"\A[a-z]+:")
_REFERENCE = re.compile(r"\[(?:\$?('(?:[^']|'')*'|[^.\[\]':]*))?\.([$A-Za-z0-9]+)(?::\.([$A-Za-z0-9]+))?\]")
_OTHER_FILE = re.compile(r"\['[a-z]+:/")
_NUMBERS = frozenset({"float", "percentage", "currency"})
_MOST = 2_000_000


class OdsCell:
    """A cell while it is read."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.attributes = attributes
        self.columns = count(attributes, "table:number-columns-repeated")
        self.spans = count(attributes, "table:number-rows-spanned"), count(attributes, "table:number-columns-spanned")
        self._texts: list[str] = []
        self._paragraphs = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in {"p", "h"}:
            if self._paragraphs:
                self._texts.append("\n")
            self._paragraphs += 1
        elif name == "s":
            self._texts.append(" " * min(count(attributes, "text:c"), 1000))
        elif name in {"tab", "line-break"}:
            self._texts.append("\t" if name == "tab" else "\n")

    def text(self, text: str) -> None:
        if self._paragraphs:
            self._texts.append(_SPACE.sub(" ", text))

    @property
    def shown(self) -> str:
        """What the cell prints."""
        return "".join(self._texts)

    @property
    def error(self) -> str:
        """The error it shows; empty for any other cell."""
        if self.attributes.get("calcext:value-type") == "error":
            return self.shown or "#N/A"
        if "table:formula" not in self.attributes:
            return ""
        constant = self.formula.removeprefix("=")
        return next((text for text in (self.shown, constant) if _ERROR.fullmatch(text)), "")

    @property
    def is_uncalculated(self) -> bool:
        """Whether it has a formula and no result of any kind."""
        return "table:formula" in self.attributes and "office:value-type" not in self.attributes and not self.shown

    @property
    def names_other_file(self) -> bool:
        return _OTHER_FILE.search(self.attributes.get("table:formula", "")) is not None

    @property
    def formula(self) -> str:
        """Its formula as Excel would write it."""
        text = _LANGUAGE.sub("", self.attributes.get("table:formula", ""), count=1)
        return _REFERENCE.sub(_reference, text).replace(";", ",")

    def value(self) -> Value:
        """What stands in it; an empty text for a blank and for an error."""
        kind = self.attributes.get("office:value-type", "")
        if self.error:
            return ""
        if kind in _NUMBERS:
            text = self.attributes.get("office:value", "")
            return float(text) if _FLOAT.fullmatch(text) else self.shown
        if kind == "boolean":
            return self.attributes.get("office:boolean-value") == "true"
        if kind == "date":
            return _date(self.attributes.get("office:date-value", ""), self.shown)
        if kind == "time":
            return _duration(self.attributes.get("office:time-value", ""), self.shown)
        return self.attributes.get("office:string-value") or self.shown


def _reference(match: re.Match[str]) -> str:
    name = match[1] or ""
    if name and not name.startswith("'"):
        name = f"'{name}'"
    cells = match[2] if match[3] is None else f"{match[2]}:{match[3]}"
    return f"{name}!{cells}" if name else cells


def _date(text: str, shown: str) -> Value:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return shown


def _duration(text: str, shown: str) -> Value:
    match = _DURATION.fullmatch(text)
    return shown if match is None else timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3]))


def count(attributes: dict[str, str], key: str) -> int:
    """A count among the attributes; 1 where it is not there."""
    text = attributes.get(key, "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadXmlError(key)
    return max(int(text), 1)
