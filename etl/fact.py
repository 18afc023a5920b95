"""Tables flattened: figures with where they came from, and the rows of datasets. Bottom room.

Takes tables as they were read; gives contract rows. Adds nothing, drops nothing but blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from etl.amounts import to_fen
from etl.table import Column, Identity, Line, Receipt, Submission, Table, cell_name


class Fact(NamedTuple):
    """One published figure with where it came from: contract, section 5, in its order. A row of facts.csv as it is:
    there are hundreds of thousands.
    """

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


def facts(jurisdiction_code: str, submission: Submission, tables: Iterable[Table]) -> Iterator[Fact]:
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


class FactsOf:
    """The same, made once however often it is asked for: several rooms want them, and there are many."""

    def __init__(self, jurisdiction_code: str) -> None:
        self._jurisdiction_code = jurisdiction_code
        self._made: dict[int, tuple[Table, Identity, Receipt, tuple[Fact, ...]]] = {}
        """By the identity of a table: what its facts were made from, and the facts."""

    def __call__(self, submission: Submission, tables: Iterable[Table]) -> Iterator[Fact]:
        identity, receipt = submission.identity, submission.receipt
        for table in tables:
            made = self._made.get(id(table))
            if made is None or made[1] != identity or made[2] != receipt:
                found = tuple(facts(self._jurisdiction_code, submission, (table,)))
                made = self._made[id(table)] = (table, identity, receipt, found)
            yield from made[3]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a dataset: contract, section 4."""

    values: Mapping[str, object]
    """By field of the table's schema: str, int or Decimal (yuan, to the fen). A blank cell has no entry."""
    line: Line
    """What it was made from."""
    columns: tuple[Column, ...]
    """Those of its table."""

    @property
    def cells(self) -> Mapping[str, str]:
        """By field: the cell it was read from. Asked for few of many records."""
        row = self.line.row
        return {
            "line_code": cell_name(row, self.line.code_column),
            "line_name": cell_name(row, self.line.name_column),
            **{column.key: cell_name(row, column.index) for column in self.columns if column.key},
            **{field_of(figure.measure): figure.cell for figure in self.line.figures.values()},
        }


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
    for number, line in enumerate(table.lines, start=table.first_line):
        if not line.figures and not line.attributes:
            continue
        own = (
            {"line_no": number, "line_code": line.code, "line_name": line.name}
            if line.name or line.code or line.figures
            else {}
        )
        values: dict[str, object] = {**leading, **own, **line.attributes}
        for figure in line.figures.values():
            values[field_of(figure.measure)] = to_fen(table.yuan(figure))
        yield Record(values, line, table.columns)


def field_of(measure: str) -> str:
    """The field of a dataset that holds a measure."""
    return f"{measure.replace('-', '_')}_yuan"
