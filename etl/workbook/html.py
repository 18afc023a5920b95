"""HTML, saved as .xls or copied from a web page -> one sheet for each table of data in it.

Takes the bytes of one or several pages; gives sheets named by the number of the table: every `<table>` counts, in the
order in which they begin. Spans are expanded, so that A1 counts physical rows and columns. A table that only lays out a
page (others stand in it, or no two rows of it have several cells) is no sheet: its texts, like those outside of tables,
are the heading of the table of data that follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from etl.finding import Finding, Location, error, note
from etl.table import Visibility, Workbook, cell_name
from etl.workbook import safety
from etl.workbook.encoding import decode
from etl.workbook.grid import Allowance, FarCellError
from etl.workbook.html_cell import BLOCK, LINE, clean, without_filler
from etl.workbook.html_table import HtmlTable
from etl.workbook.markup import attributes, tokens

MAX_DEPTH = 100
"""Tables within tables. Pages laid out with tables have some ten levels."""
MAX_TABLES = 10_000

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says its encoding."""
_EXCEL = re.compile(r"urn:schemas-microsoft-com:office:excel|\bprogid\b[^>]{0,40}excel\.sheet", re.IGNORECASE)
_HIDDEN = re.compile(r"<x:Visible>\s{0,99}Sheet(Very)?Hidden", re.IGNORECASE)
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "ul"),
    )
)
_MAX_CELLS = 20
"""Cells named in one note: enough to find them, and a sentence still."""


def read(data: bytes) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the bytes of one page; None where an error says why not."""
    return read_pages([(data, "")])


def read_pages(pages: Sequence[tuple[bytes, str]]) -> tuple[Workbook | None, list[Finding]]:
    """The workbook in the bytes of pages, each with the encoding that its envelope states, if any."""
    findings: list[Finding] = []
    allowance = Allowance()
    read_so_far: list[_Page] = []
    number = 0
    for data, stated in pages:
        decoded = decode(data, (stated, *_stated(data)))
        if decoded is None:
            return None, [error("file-unreadable", values={"situation": "encoding"})]
        if decoded.is_guess:
            findings.append(note("repaired", values={"situation": "encoding", "text": decoded.encoding}))
        page = _Page(allowance, number, is_copy=_EXCEL.search(decoded.text, 0, _HEAD) is None)
        try:
            page.read(decoded.text)
        except FarCellError as far:
            return None, [far.finding]
        if page.is_too_large:
            return None, [safety.too_large("default")]
        number += len(page.tables)
        read_so_far.append(page)
    if not number:
        return None, [error("file-unreadable", values={"situation": "no-table"})]
    sheets = []
    any_data = any(table.is_data for page in read_so_far for table in page.tables)
    for page in read_so_far:
        headed = page.headed(any_data=any_data)
        texts = [*(heading for _, heading in headed), page.trailing]
        for place, (table, heading) in enumerate(headed):
            plain, after = (tuple(map(without_filler, each)) if page.is_copy else each for each in texts[place:][:2])
            sheets.append(table.grid.sheet(page.visibility(table), plain, after))
            findings.extend([*table.grid.findings, *_notes(table, in_heading=plain != heading)])
    return Workbook("html", tuple(sheets)), findings


class _Page:
    """One page that is being read."""

    def __init__(self, allowance: Allowance, before: int, *, is_copy: bool) -> None:
        self.tables: list[HtmlTable] = []
        """All of them, in the order in which they begin."""
        self.trailing: tuple[str, ...] = ()
        """Texts after the last table that becomes a sheet."""
        self.is_too_large = False
        self._allowance = allowance
        self._before = before
        self.is_copy = is_copy
        self._flow: list[str | HtmlTable] = []
        """Texts and tables outside of tables, in order."""
        self._open: list[HtmlTable] = []
        """Tables that have begun and not ended, the outermost first."""
        self._pieces: list[str] = []
        """The text being read, outside of tables."""
        self._visibility: Visibility = "visible"

    def read(self, text: str) -> None:
        """Walk the page; raises FarCellError."""
        handlers = self._handlers()
        for before, name, rest in tokens(text):
            if before:
                self._text(before)
            handler = handlers.get(name)
            if handler is not None:
                handler(rest)
            if self.is_too_large:
                return
        while self._open:
            self._end_table("")
        self._flush()

    def headed(self, *, any_data: bool) -> list[tuple[HtmlTable, tuple[str, ...]]]:
        """The tables that become sheets, each with the texts before it; where none is there for its data, all are."""
        texts: list[str] = []
        found = list(_walk(self._flow, texts, any_data=any_data))
        self.trailing = tuple(texts)
        return found

    def _handlers(self) -> Mapping[str, Callable[[str], None]]:
        return {
            **dict.fromkeys(_BLOCKS, self._block),
            **dict.fromkeys((f"/{name}" for name in _BLOCKS), self._block),
            **dict.fromkeys(("td", "th"), self._start_cell),
            **dict.fromkeys(("/td", "/th"), lambda _: self._open[-1].end_cell() if self._open else None),
            "/tr": lambda _: self._open[-1].end_row() if self._open else None,
            "tr": lambda rest: self._open[-1].start_row(attributes(rest)) if self._open else None,
            "col": lambda rest: self._open[-1].start_column(attributes(rest)) if self._open else None,
            "br": self._line,
            "table": self._start_table,
            "/table": self._end_table,
            "!": self._comment,
        }

    def _text(self, text: str) -> None:
        if not self._open:
            self._pieces.append(text)
        elif self._open[-1].in_cell or not text.isspace():
            self._open[-1].pieces.append(text)

    def _line(self, _: str) -> None:
        if self._open:
            self._open[-1].pieces.append(LINE)
        else:
            self._flush()

    def _block(self, _: str) -> None:
        if not self._open:
            self._flush()
        elif self._open[-1].in_cell:
            self._open[-1].pieces.append(BLOCK)

    def _start_cell(self, rest: str) -> None:
        if self._open:
            self._open[-1].start_cell(attributes(rest) if rest else {})

    def _start_table(self, rest: str) -> None:
        number = self._before + len(self.tables) + 1
        self.is_too_large = len(self._open) >= MAX_DEPTH or number > MAX_TABLES
        table = HtmlTable(number, self._allowance, attributes(rest), is_copy=self.is_copy)
        if self._open:
            self._open[-1].start_table(table)
        else:
            self._flush()
            self._flow.append(table)
        self.tables.append(table)
        self._open.append(table)

    def _end_table(self, _: str) -> None:
        if self._open:
            self._open.pop().end_row()

    def _comment(self, comment: str) -> None:
        """Excel keeps in a comment whether the sheet of a page is hidden."""
        hidden = _HIDDEN.search(comment)
        if hidden:
            self._visibility = "very-hidden" if hidden[1] else "hidden"

    def visibility(self, table: HtmlTable) -> Visibility:
        """Of a table: its own, or its page's."""
        return table.visibility if self._visibility == "visible" else self._visibility

    def _flush(self) -> None:
        if self._pieces:
            text = clean(self._pieces)
            self._pieces.clear()
            if text.strip():
                self._flow.append(text)


def _walk(
    flow: Iterable[str | HtmlTable], heading: list[str], *, any_data: bool
) -> Iterator[tuple[HtmlTable, tuple[str, ...]]]:
    """Tables that become sheets; what else stands there is collected as the heading of the next."""
    for item in flow:
        if isinstance(item, str):
            heading.append(item)
            continue
        heading.extend(item.captions)
        is_sheet = item.is_data if any_data else item.is_leaf
        if is_sheet:
            yield item, tuple(heading)
            heading.clear()
        if not is_sheet or not item.is_leaf:
            yield from _walk(item.flow, heading, any_data=any_data)
            if is_sheet:
                heading.clear()


def _notes(table: HtmlTable, *, in_heading: bool) -> list[Finding]:
    """Filler that was taken out of a table, in one note."""
    if not table.filler:
        return [note("repaired", Location(table.grid.name), values={"situation": "mirror-text"})] if in_heading else []
    row, column = table.filler[0]
    cells = ",".join(cell_name(*cell) for cell in table.filler[:_MAX_CELLS])
    at = Location(table.grid.name, cells, row + 1, column + 1)
    return [note("repaired", at, values={"situation": "mirror-text"})]


def _stated(data: bytes) -> list[str]:
    """Encodings that the head of a page states."""
    return [name.decode("ascii") for name in _CHARSET.findall(data[:_HEAD])]
