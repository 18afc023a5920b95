"""What the pages of datasets show. In: Public and a table. Out: a DatasetView."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from etl.fact import Record, records
from etl.publish.public import Public, Standing
from etl.spec.model import TableSpec

PREVIEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record of a dataset with the table it came from."""

    record: Record
    standing: Standing

    def href(self, field: str) -> str:
        cell = self.record.cells.get(field)
        return self.standing.href(cell) if cell else ""


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


def view_dataset(public: Public, table: TableSpec) -> DatasetView:
    """One dataset as it stands."""
    standing = public.tables(table.table_id)
    rows = [PreviewRow(record, one) for one in standing for record in records(one.submission.identity, one.table)]
    preview = tuple(islice(rows, PREVIEW_ROWS))
    fields = tuple(table.schema["fields"])
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
    )
