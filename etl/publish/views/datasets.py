"""What the pages of datasets show. In: Public and a table. Out: a DatasetView."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from etl.fact import Record, records
from etl.finding import Finding
from etl.publish.public import Public, Standing
from etl.publish.views.grids import Pair, amount_of
from etl.publish.views.shelf import BUDGET, FINAL, SUMMARY, Shelf
from etl.publish.views.years import Summed, summed
from etl.spec.model import TableSpec
from etl.table import Mended

PREVIEW_ROWS = 10
_MAIN = {BUDGET: ("total", "amount", "budget"), FINAL: ("total", "final", "amount")}
"""Measures of which the first that a table has is its main one."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record of a dataset with the table it came from."""

    record: Record
    standing: Standing

    def href(self, field: str) -> str:
        cell = self.record.cells.get(field)
        return self.standing.href(cell) if cell else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell of the dataset that a person set right."""

    standing: Standing
    mended: Mended

    @property
    def href(self) -> str:
        """Its cell; its table, where no figure stands in it."""
        table, cell = self.standing.table, self.mended.cell
        drawn = any(figure.cell == cell for line in table.lines for figure in line.figures.values())
        return self.standing.href(cell) if drawn else self.standing.address


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding about a table of the dataset with which somebody decided to live."""

    standing: Standing
    finding: Finding

    @property
    def reason(self) -> str:
        return self.finding.values["accepted"]


@dataclass(frozen=True, slots=True)
class DatasetView:
    table: TableSpec
    standing: tuple[Standing, ...]
    rows: int
    preview: tuple[PreviewRow, ...]
    fields: tuple[Mapping[str, Any], ...]
    """Fields of the schema."""
    preview_fields: tuple[str, ...]
    """Those of the preview that have a value in any of its rows."""
    years: tuple[int, ...]
    departments: int
    accepted: int
    rejected: int
    corrections: tuple[Correction, ...]
    acceptances: tuple[Accepted, ...]
    authorities: tuple[str, ...]
    """What obliges to publish it, each once."""
    by_year: Mapping[int, Pair]
    """The sum of its main line over all departments, a year each; empty where it has no such line."""
    budgets: Mapping[int, int]
    """By year: departments in the sum of budgets."""
    finals: Mapping[int, int]

    @property
    def empty(self) -> bool:
        return not self.rows

    @property
    def text_fields(self) -> tuple[str, ...]:
        """Codes, which programs would take for numbers if nobody told them."""
        return tuple(
            str(entry["name"])
            for entry in self.fields
            if entry.get("type", "string") == "string" and str(entry["name"]).endswith(("_code", "_no"))
        )

    @property
    def amount_fields(self) -> tuple[str, ...]:
        return tuple(str(entry["name"]) for entry in self.fields if str(entry["name"]).endswith("_yuan"))


def view_dataset(public: Public, shelf: Shelf, table: TableSpec) -> DatasetView:
    """One dataset as it stands."""
    standing = public.tables(table.table_id)
    rows = [PreviewRow(record, one) for one in standing for record in records(one.submission.identity, one.table)]
    preview = tuple(islice(rows, PREVIEW_ROWS))
    fields = tuple(table.schema["fields"])
    sums = {year: _main(shelf, table.table_id, year) for year in shelf.years(table.table_id)}
    return DatasetView(
        table=table,
        standing=standing,
        rows=len(rows),
        preview=preview,
        fields=fields,
        preview_fields=tuple(
            str(entry["name"]) for entry in fields if any(entry["name"] in row.record.values for row in preview)
        ),
        years=tuple(sorted({one.place.fiscal_year for one in standing})),
        departments=len({one.place.department_code for one in standing}),
        accepted=public.accepted.get(table.table_id, 0),
        rejected=public.rejected.get(table.table_id, 0),
        corrections=tuple(Correction(one, each) for one in standing for each in one.submission.mended_in(one.table)),
        acceptances=tuple(
            Accepted(one, finding)
            for one in standing
            for finding in one.submission.findings
            if "accepted" in finding.values and finding.table_id == table.table_id and _is_of(finding, one)
        ),
        authorities=tuple(
            dict.fromkeys(duty.authority for duty in public.spec.obligations if duty.table_id == table.table_id)
        ),
        by_year={year: one.pair for year, one in sums.items() if one.pair.is_drawn},
        budgets={year: one.budgets for year, one in sums.items()},
        finals={year: one.finals for year, one in sums.items()},
    )


def _main(shelf: Shelf, table_id: str, year: int) -> Summed:
    """The line a table is about, over all departments: the total; of the summary, what is spent in the year."""
    line = "expenditure-current-year" if table_id == SUMMARY else "total"
    pairs = (
        Pair(*(amount_of(shelf.of(body.code, year, one, table_id), line, _MAIN[one]) for one in (BUDGET, FINAL)))
        for body in shelf.departments
    )
    return summed(line, "", pairs)


def _is_of(finding: Finding, standing: Standing) -> bool:
    """Whether a finding is about this table, where a submission has it in two parts."""
    return finding.location.sheet in ("", standing.table.sheet)
