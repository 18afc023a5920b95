"""SpreadsheetML 2003 (“XML 表格 2003”, often named .xls) -> Workbook.

Takes the bytes of one XML file; gives its sheets with merges, formats and what is hidden. Walked with expat: document
types and entities are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import isfinite

from etl.amounts import Value
from etl.finding import Finding, Location, error, warning
from etl.table import Visibility, Workbook
from etl.workbook.encoding import decode
from etl.workbook.formats import Shown, shown
from etl.workbook.grid import Allowance, FarCellError, Grid
from etl.workbook.sheet_xml import BadXmlError, parse

MAX_SHEETS = 10_000

_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.-]{1,40})[\"']")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,2})?", re.ASCII)
_NAMED_FORMATS = {"Standard": "#,##0.00", "Fixed": "0.00"}
_OTHER_FILE = re.compile(r"\[[^\[\]]{1,250}\.(?:xls|xlt|et|csv)\w?\]", re.IGNORECASE)
_MAX_LINKED = 20
_FIRST_YEAR = 1900
_VISIBILITIES: Mapping[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very-hidden"}


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the bytes of a file; None where an error says why not."""
    stated = _ENCODING.search(data[:300])
    decoded = decode(data, (stated[1].decode("ascii"),) if stated else ())
    if decoded is None:
        return None, [error("file-unreadable", values={"situation": "encoding"})]
    reader = _Reader()
    try:
        plain = _DECLARATION.sub("", decoded.text, count=1).lstrip()
        parse(plain.encode(), reader.start, reader.end, reader.text)
    except FarCellError as far:
        return None, [far.finding]
    except BadXmlError:
        return None, [error("file-unreadable", values={"situation": "damaged"})]
    sheets = tuple(grid.sheet(visibility) for grid, visibility in reader.sheets)
    findings = [finding for grid, _ in reader.sheets for finding in grid.findings]
    return Workbook("xml", sheets), [*findings, *map(_linked, reader.linked.values())]


def _linked(cells: list[Location]) -> Finding:
    """Formulas of one sheet that refer to other files."""
    first = cells[0]
    joined = ",".join(cell.cell for cell in cells[:_MAX_LINKED])
    return warning("file-has-external-links", Location(first.sheet, joined, first.row, first.column))


class _Reader:
    """Walks the elements of a workbook; positions are one-based in the file and zero-based here."""

    def __init__(self) -> None:
        self.sheets: list[tuple[Grid, Visibility]] = []
        self.linked: dict[str, list[Location]] = {}
        self._allowance = Allowance()
        self._formats: dict[str, Shown] = {}
        self._style = ""
        self._row = self._column = self._last_column = -1
        self._cell: Mapping[str, str] | None = None
        self._kind: str | None = None
        """Type of the cell's data; None where it has none."""
        self._texts: list[str] = []
        self._listening = ""
        self._in_comment = False
        self._rows_on = self._across = 0
        """Rows that repeat the last one; columns that the last cell takes beyond its own."""
        self._starts: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "Style": self._start_style,
            "NumberFormat": self._start_format,
            "Worksheet": self._start_sheet,
            "Column": self._start_column,
            "Row": self._start_row,
            "Cell": self._start_cell,
            "Data": self._start_data,
            "Comment": self._start_comment,
            "Visible": self._start_visible,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        handler = self._starts.get(name)
        if handler is not None:
            handler({key.rpartition(":")[2]: value for key, value in attributes.items()})

    def text(self, text: str) -> None:
        """Characters within an element."""
        if self._listening:
            self._texts.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if name == self._listening:
            self._listening = ""
            if name == "Visible":
                self._end_visible()
        elif name == "Comment":
            self._in_comment = False
        elif name == "Cell" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("ID", "")

    def _start_format(self, attributes: Mapping[str, str]) -> None:
        code = attributes.get("Format", "")
        found = shown(_NAMED_FORMATS.get(code, code))
        if found is not None:
            self._formats[self._style] = found

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        if len(self.sheets) >= MAX_SHEETS:
            raise BadXmlError("sheets")
        self.sheets.append((Grid(attributes.get("Name", ""), self._allowance), "visible"))
        self._row = self._last_column = -1
        self._rows_on = 0

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        first = _number(attributes, "Index", self._last_column + 2) - 1
        self._last_column = first + _number(attributes, "Span", 0)
        if _is_hidden(attributes, "Width"):
            self._grid.hidden_columns.append((first, self._last_column))

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row = _number(attributes, "Index", self._row + self._rows_on + 2) - 1
        self._rows_on = _number(attributes, "Span", 0)
        self._column, self._across = -1, 0
        if _is_hidden(attributes, "Height"):
            self._grid.hidden_rows.add(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._column = _number(attributes, "Index", self._column + self._across + 2) - 1
        self._across = _number(attributes, "MergeAcross", 0)
        self._cell = attributes
        self._kind = None
        self._texts = []

    def _start_data(self, attributes: Mapping[str, str]) -> None:
        if self._cell is not None and not self._in_comment:
            self._kind = attributes.get("Type", "String")
            self._listening = "Data"

    def _start_comment(self, _: Mapping[str, str]) -> None:
        self._in_comment = True

    def _start_visible(self, _: Mapping[str, str]) -> None:
        if self.sheets and self._cell is None:
            self._listening, self._texts = "Visible", []

    def _end_visible(self) -> None:
        grid, _ = self.sheets[-1]
        self.sheets[-1] = (grid, _VISIBILITIES.get("".join(self._texts).strip(), "visible"))

    @property
    def _grid(self) -> Grid:
        if not self.sheets:
            raise BadXmlError("a cell outside of a sheet")
        return self.sheets[-1][0]

    def _end_cell(self, attributes: Mapping[str, str]) -> None:
        grid, row, column = self._grid, self._row, self._column
        if row < 0:
            raise BadXmlError("a cell outside of a row")
        down = _number(attributes, "MergeDown", 0)
        if self._across or down:
            grid.merges.append((row, column, row + down, column + self._across))
        formula = attributes.get("Formula", "")
        if formula and _OTHER_FILE.search(formula):
            self.linked.setdefault(grid.name, []).append(grid.at(row, column))
        text = "".join(self._texts)
        if self._kind == "Error":
            grid.reach(row, column)
            grid.fail("cell-error", row, column, text.strip())
        elif formula and self._kind is None:
            grid.reach(row, column)
            grid.fail("formula-not-calculated", row, column)
        elif self._kind is not None and text:
            self._put(grid, _value(self._kind, text), attributes.get("StyleID", ""))

    def _put(self, grid: Grid, value: Value, style: str) -> None:
        at = (self._row, self._column)
        grid.put(*at, value)
        format_ = self._formats.get(style)
        if isinstance(value, float) and format_ is not None:
            grid.decimals[at] = format_.decimals
            if format_.scale:
                grid.scales[at] = format_.scale


def _value(kind: str, text: str) -> Value:
    """The value of a cell; text that is not what it says it is stays text."""
    plain = text.strip()
    if kind == "Number" and _NUMBER.fullmatch(plain) and isfinite(float(plain)):
        return float(plain)
    if kind == "Boolean" and plain in {"0", "1"}:
        return plain == "1"
    if kind == "DateTime":
        return _moment(plain) or text
    return text


def _moment(text: str) -> date | datetime | None:
    """A day, or a moment of one; Excel knows neither time zones nor days before 1900."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None or moment.year < _FIRST_YEAR:
        return None
    is_day = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date() if is_day else moment


def _is_hidden(attributes: Mapping[str, str], extent: str) -> bool:
    """Hidden, or of no height or width, which looks the same."""
    return attributes.get("Hidden") == "1" or re.fullmatch(r"0+(?:\.0*)?", attributes.get(extent, "")) is not None


def _number(attributes: Mapping[str, str], key: str, otherwise: int) -> int:
    text = attributes.get(key)
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise BadXmlError(key)
    return int(text)
