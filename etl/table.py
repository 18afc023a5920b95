"""The values that travel between rooms. Bottom room: imports nothing of ours but the other bottom rooms.

    bytes -> Workbook -> Match -> Table -> Submission -> Fact

All are frozen: a step that changes something returns a new value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from etl.amounts import Value
from etl.finding import Finding, Outcome
from etl.sheet_report import SheetReport

Visibility = Literal["visible", "hidden", "very-hidden"]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; zero-based, inclusive."""


def cell_name(row: int, column: int) -> str:
    """A1 of a zero-based row and column.

    >>> cell_name(5, 27)
    'AB6'
    """
    return f"{_letters(column)}{row + 1}"


@cache
def _letters(column: int) -> str:
    """The letters of a column: asked for every cell there is, and there are not many columns."""
    letters = ""
    number = column + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as received: `rows[r][c]` is the cell at zero-based row r, column c; rows may be of unequal length."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    heading: tuple[str, ...] = ()
    """Texts that stand before the table and not in cells of it, from the top down: paragraphs of a web page."""
    footing: tuple[str, ...] = ()
    """The same after the table, up to the next one."""
    decimals: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """Decimals that a number is shown with, by row and column, where its format is a plain one of fixed decimals."""
    scales: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """By row and column, the power of ten by which a number is shown smaller than it is stored: 4 for 万 by format."""

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as its reader gave it."""

    format: str
    """What the bytes are, not what the name says: `xlsx`, `xlsb`, `xls`, `ods` …"""
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the ledger knows of one file in the inbox."""

    file: str
    """Relative to `datasets/inbox/`, `/` between parts."""
    sha256: str
    received_on: str
    """ISO date on which these bytes were first seen."""
    bytes: int
    archived: Path
    duplicate: bool = False
    """True where the same bytes already stand under another name earlier in the inbox."""

    @property
    def submission_id(self) -> str:
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who and what a submission is, with where each answer was read."""

    department_code: str = ""
    department_name: str = ""
    fiscal_year: int = 0
    document: str = ""
    scope: str = "department"
    evidence: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a band, and what its header says it is."""

    index: int
    role: str
    """`code`, `code-1`, `code-2`, `code-3` (类 款 项), `name`, `measure`, `text`, `ratio` or `ignored`."""
    key: str
    """The measure, or the field of the dataset; empty for codes and names."""
    label: str
    """The header as printed, from the top down, joined with `/`."""
    line: str = ""
    """Where columns are lines: the line's code."""


@dataclass(frozen=True, slots=True)
class Band:
    """One of the blocks that stand side by side in a sheet: 收入 on the left, 支出 on the right."""

    side: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet (or part of one) recognised as a form of a table."""

    sheet: Sheet
    table_id: str
    form: str
    document: str
    """As the title says; empty where it does not."""
    title: str
    title_row: int
    first_row: int
    """First row below the header."""
    end_row: int
    """One past the last row of the table."""
    bands: tuple[Band, ...]
    unit: str
    """元, 万元, …; empty where neither printed nor to be inferred."""
    settled: bool = True
    """False where two columns claim the same measure: then no rule about rows runs."""
    header_row: int = -1
    """First row of the header: what stands from there on labels columns; -1 where that is not known."""

    @property
    def top(self) -> range:
        """Rows from two above the title down to the header, which may say who and when."""
        end = self.header_row if self.header_row >= 0 else self.first_row
        return range(max(self.title_row - 2, 0), end)


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount in its cell."""

    measure: str
    number: Decimal
    """In the unit of the table, as stored."""
    decimals: int
    text: str
    """As it stands in the cell."""
    row: int
    column: int
    nil: bool = False
    sheet: str = ""
    """Sheet of the cell, where a table was put together from several sheets; empty for the table's own."""

    @property
    def cell(self) -> str:
        return cell_name(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is about, and its figures by measure."""

    code: str
    """Classification code or slug; empty where the line could not be placed."""
    name: str
    """As printed, spaces and ordinals removed."""
    side: str
    row: int
    """Zero-based row in the sheet."""
    figures: Mapping[str, Figure]
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Fields that are not money: text, percentages, counts."""
    code_column: int = 0
    """Zero-based column in which the code (or the name, where there is no code) stands."""
    name_column: int = 0
    own_code: bool = False
    """True where the code is the body's or the project's own, as printed, and of no classification."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A recognised table, its lines in the order they are printed. Compared by identity: what is derived is kept."""

    table_id: str
    form: str
    document: str
    sheet: str
    title: str
    title_cell: str
    unit: str
    unit_yuan: Decimal
    """What one of the unit is in yuan."""
    decimals: int
    """Most decimals that any figure of the table is written with."""
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    notes: tuple[tuple[int, str], ...] = ()
    """Zero-based row and text of what stands below the lines."""
    nil_note: int = -1
    """Zero-based row of the statement that the table is empty; -1 where there is none."""
    settled: bool = True
    """False while unit or header is in doubt: then no rule about rows runs."""
    first_line: int = 1
    """Number of its first line: one body may print a table in two parts, such as GK10 and GK11."""
    part: str = ""
    """Which of the parts of a table this is, as its form says; empty for a table in one part."""
    known_by: str = field(default="", init=False)
    """Hash that stands for all of the above, where it is known: `replace` does not carry it on."""

    @property
    def step(self) -> Decimal:
        """The smallest difference the table can print, in yuan."""
        return self.unit_yuan.scaleb(-self.decimals)

    def yuan(self, figure: Figure) -> Decimal:
        """A figure of this table in yuan, not rounded."""
        return figure.number * self.unit_yuan

    @property
    def is_empty(self) -> bool:
        """No line has a figure other than zero, and no line has text of its own."""
        return not any(figure.number for line in self.lines for figure in line.figures.values()) and not any(
            line.attributes for line in self.lines
        )


def know_by(table: Table, digest: str) -> None:
    """Say once by which hash a table is known; whoever calls answers for it that no other table has the same."""
    object.__setattr__(table, "known_by", digest)


@dataclass(frozen=True, slots=True)
class Mended:
    """One cell that a person set right before anything was read from it."""

    sheet: str
    cell: str
    was: str
    """What stands in the file."""
    now: str
    reason: str
    by: str
    on: str

    @property
    def row(self) -> int:
        """One-based row of the cell."""
        return int("".join(letter for letter in self.cell if letter.isdigit()))


WITHDRAWN, LEFT = "submission-withdrawn", "submission-left"
"""Codes of the findings that say that somebody took a file back, or a table of it; and that one left the inbox."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One file with all that is known of it."""

    receipt: Receipt
    identity: Identity
    status: str
    """accepted, rejected, withheld, superseded, duplicate, unrecognised, unreadable (contract, section 6)."""
    tables: tuple[Table, ...] = ()
    sheets: tuple[SheetReport, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    standing: frozenset[str] = frozenset()
    """Table ids of this submission that stand: accepted and not replaced by a later one."""
    mended: tuple[Mended, ...] = ()
    """Cells of its file that people set right."""

    @property
    def submission_id(self) -> str:
        return self.receipt.submission_id

    @property
    def key(self) -> tuple[str, ...]:
        """What tells this submission from others, also from those of other bodies that came in the same file."""
        who = self.identity
        return self.submission_id, who.department_code, str(who.fiscal_year), who.document, who.scope

    def mended_in(self, table: Table) -> tuple[Mended, ...]:
        """What was set right between the title of a table and its last line or note."""
        title = "".join(letter for letter in table.title_cell if letter.isdigit())
        last = max([*(line.row for line in table.lines), *(row for row, _ in table.notes)], default=-1) + 1
        rows = range(int(title or 1), last + 1)
        return tuple(one for one in self.mended if one.sheet == table.sheet and one.row in rows)

    @property
    def shown_status(self) -> str:
        """The status as people are told it: `withdrawn` for what the contract calls withheld and somebody took back."""
        return "withdrawn" if self.status == "withheld" and self.has(WITHDRAWN) else self.status

    def has(self, code: str) -> bool:
        """Whether there is such a finding on the file as a whole."""
        return any(finding.code == code and not finding.table_id for finding in self.findings)

    def count(self, severity: str) -> int:
        return sum(1 for finding in self.findings if finding.severity == severity)
