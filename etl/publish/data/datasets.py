"""The datasets of a publication: the rows of every table id that stands.

Takes what is public; gives one Dataset for each table id that has at least a row, its rows in a settled order. Writes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.fact import records
from etl.publish.public import Public, Standing
from etl.spec.model import TableSpec
from etl.table import Submission

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table id with its rows."""

    table: TableSpec
    rows: tuple[Row, ...]
    """By field of the schema; a blank cell has no entry."""
    submissions: tuple[Submission, ...]
    """Those that brought a row, in the order of the ledger."""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(str(entry["name"]) for entry in self.table.schema["fields"])


def datasets(public: Public) -> tuple[Dataset, ...]:
    """Every dataset, in the order of the declarations."""
    found = (_dataset(table, public.tables(table.table_id)) for table in public.spec.tables.values())
    return tuple(dataset for dataset in found if dataset.rows)


def _dataset(table: TableSpec, standing: tuple[Standing, ...]) -> Dataset:
    ordered = sorted(standing, key=_order)
    rows = tuple(row for one in ordered for row in _rows(one))
    brought = {one.submission.receipt.file: one.submission for one in standing}
    dataset = Dataset(table, rows, tuple(brought.values()))
    undeclared = {name for row in rows for name in row} - set(dataset.fields)
    if undeclared:
        message = f"schemas/tables/{table.table_id}/schema.json has no field {', '.join(sorted(undeclared))}"
        raise ValueError(message)
    return dataset


def _order(standing: Standing) -> tuple[int, str, str, str]:
    place = standing.place
    return place.fiscal_year, place.document, place.department_code, place.scope


def _rows(standing: Standing) -> Iterator[Row]:
    for record in records(standing.submission.identity, standing.table):
        yield record.values
