"""The values that travel between rooms. Bottom room: imports nothing of ours but the other bottom rooms.

    bytes -> Workbook -> Match -> Table -> Submission -> Fact

All are frozen: a step that changes something returns a new value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from etl.amounts import Value, to_fen
from etl.finding import Finding, Outcome

Visibility = Literal["visible", "hidden", "very-hidden"]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; zero-based, inclusive."""


def cell_name(row: int, column: int) -> str:
    """A1 of a zero-based row and column.

    >>> cell_name(5, 27)
    'AB6'
    """
    letters = ""
    number = column + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row + 1}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as received: `rows[r][c]` is the cell at zero-based row r, column c; rows may be of unequal length."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    visibility: Visibility = "visible"
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; None outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as its reader gave it."""

    format: str
    """`xlsx` or `xls`: what the bytes are, not what the name says."""
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
    unit_inferred: bool = False


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


@dataclass(frozen=True, slots=True)
class Table:
    """A recognised table with its lines in the order they are printed."""

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


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of one sheet: every sheet ends as one of these."""

    sheet: str
    fate: Literal["recognised", "ignored", "unrecognised", "empty"]
    table_id: str = ""
    form: str = ""
    reason: str = ""
    """For ignored sheets: cover, contents, notes …"""


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

    @property
    def submission_id(self) -> str:
        return self.receipt.submission_id

    def count(self, severity: str) -> int:
        return sum(1 for finding in self.findings if finding.severity == severity)


@dataclass(frozen=True, slots=True)
class Fact:
    """One published figure with where it came from: contract, section 5, in its order."""

    jurisdiction_code: str
    fiscal_year: int
    document: str
    department_code: str
    department_name: str
    scope: str
    table_id: str
    line_code: str
    line_name: str
    measure: str
    amount_yuan: Decimal
    source_file: str
    source_sheet: str
    source_cell: str
    submission_id: str


def facts(jurisdiction_code: str, submission: Submission, tables: tuple[Table, ...]) -> Iterator[Fact]:
    """Every figure of the given tables of a submission, in printed order, in yuan rounded half up to the fen.

    A table whose unit or header is in doubt gives none: a figure off by ten thousand is worse than no figure.
    """
    identity, receipt = submission.identity, submission.receipt
    for table in (table for table in tables if table.settled):
        for line in table.lines:
            for figure in line.figures.values():
                yield Fact(
                    jurisdiction_code,
                    identity.fiscal_year,
                    identity.document,
                    identity.department_code,
                    identity.department_name,
                    identity.scope,
                    table.table_id,
                    line.code,
                    line.name,
                    figure.measure,
                    to_fen(table.yuan(figure)),
                    receipt.file,
                    table.sheet,
                    figure.cell,
                    receipt.submission_id,
                )


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a dataset: contract, section 4."""

    values: Mapping[str, object]
    """By field of the table's schema: str, int or Decimal (yuan, to the fen). A blank cell has no entry."""
    cells: Mapping[str, str]
    """By field: the cell it was read from."""
    row: int
    """Zero-based row in the sheet."""


def records(identity: Identity, table: Table) -> Iterator[Record]:
    """The rows of a dataset that a table gives, in printed order.

    Before, as printed in 万元:          After, one record a line:

    | 项目       | 合计 | 基本支出 |     line_code  line_name  total_yuan  basic_yuan
    | 205 教育   | 1.20 | 1.00    |     205        教育       12000.00    10000.00

    A line without any figure or text gives no record: a blank is not a zero. Records of lists have no line.
    """
    leading: dict[str, object] = {
        "fiscal_year": identity.fiscal_year,
        "document": identity.document,
        "department_code": identity.department_code,
        "department_name": identity.department_name,
        "scope": identity.scope,
    }
    for number, line in enumerate(table.lines, start=1):
        if not line.figures and not line.attributes:
            continue
        own = {"line_no": number, "line_code": line.code, "line_name": line.name} if line.name or line.code else {}
        values: dict[str, object] = {**leading, **own, **line.attributes}
        cells = {
            "line_code": cell_name(line.row, line.code_column),
            "line_name": cell_name(line.row, line.name_column),
            **{key: cell_name(line.row, column.index) for column in table.columns for key in (column.key,) if key},
        }
        for figure in line.figures.values():
            name = f"{figure.measure.replace('-', '_')}_yuan"
            values[name] = to_fen(table.yuan(figure))
            cells[name] = figure.cell
        yield Record(values, cells, line.row)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One duty and what became of it: contract, section 7, in its order."""

    department_code: str
    department_name: str
    fiscal_year: int
    document: str
    table_id: str
    obligation: str
    """required, conditional or exempt."""
    status: str
    """published, nil-declared, nil-undeclared, missing, rejected, not-due or exempt."""
    due_on: str
    published_on: str
    days_late: int | None
    submission_id: str


@dataclass(frozen=True, slots=True)
class RateResult:
    """A headline rate of one year with everything it was made from: contract, section 7."""

    key: str
    fiscal_year: int
    numerator: int
    denominator: int
    exempt: int
    unknown: int
    """Bodies of the denominator that published late or on time cannot be said of, for want of an approval date."""

    @property
    def rate(self) -> Decimal | None:
        """Numerator over denominator, four decimals; None where there is nothing to divide by."""
        if not self.denominator:
            return None
        return (Decimal(self.numerator) / self.denominator).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """What became of one expectation over the whole warehouse."""

    suite: str
    expectation: str
    column: str
    success: bool
    observed: str
    unexpected: int
    reason_zh: str
    reason_en: str
    """Why it is expected."""
