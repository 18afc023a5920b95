"""Rows under a name: the one shape in which everything that can be downloaded passes to the writers of formats.

In: what is public. Out: Rows for the figures, the duties, the register and every dataset; and the same by body or year,
with the lines that were printed of them, so that no value is printed twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from etl.fact import Fact
from etl.publish.csv_files import BOM, COVERAGE, csv_lines, department_row, machine_lines
from etl.publish.data.datasets import Dataset
from etl.publish.data.dictionary import COVERAGE_SCHEMA, DEPARTMENTS_SCHEMA, FACTS_SCHEMA
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual

ALL_FACTS = Bilingual("全部数字（每个数字一行，附出处）", "All figures, one a row, each with its source")
ALL_COVERAGE = Bilingual("公开情况", "Coverage: who owes what and what became of it")
ALL_DEPARTMENTS = Bilingual("单位登记表", "Register of bodies")

Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with a name and a Table Schema that says what each column is."""

    name: str
    title: Bilingual
    description: Bilingual
    schema: Mapping[str, Any]
    rows: Sequence[Values]
    """In the order of the fields; None where a cell is blank."""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(str(entry["name"]) for entry in self.schema["fields"])


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows with the line of CSV that each of them gives, for people."""

    rows: Rows
    lines: Sequence[str]

    @property
    def csv(self) -> bytes:
        """The file as Excel and WPS open it: a BOM, CRLF, nothing that runs."""
        return (BOM + "".join((*csv_lines([self.rows.fields]), *self.lines))).encode()

    @property
    def machine_csv(self) -> bytes:
        """The file as programs read it: no BOM, LF, every text as it was."""
        return "".join(machine_lines([self.rows.fields, *self.rows.rows])).encode()


def print_rows(rows: Rows) -> Printed:
    """Print every row once."""
    return Printed(rows, csv_lines(rows.rows))


def divide(printed: Printed, field: str) -> dict[object, Printed]:
    """The same rows by what stands in one field, in the order in which they stood."""
    column = printed.rows.fields.index(field)
    parts: defaultdict[object, list[int]] = defaultdict(list)
    for place, row in enumerate(printed.rows.rows):
        parts[row[column]].append(place)
    return {value: _part(printed, places) for value, places in parts.items()}


def _part(printed: Printed, places: Sequence[int]) -> Printed:
    whole = printed.rows
    rows = Rows(whole.name, whole.title, whole.description, whole.schema, [whole.rows[place] for place in places])
    return Printed(rows, [printed.lines[place] for place in places])


def fact_rows(facts: Iterable[Fact], public: Public) -> Rows:
    """Every figure of the bodies that may be named: contract, section 5."""
    named = {department.code for department in public.departments}
    rows = [fact for fact in facts if fact.department_code in named]
    return Rows("facts", ALL_FACTS, ALL_FACTS, FACTS_SCHEMA, rows)


def coverage_rows(public: Public) -> Rows:
    """Who owes what and what became of it: contract, section 7."""
    values = attrgetter(*COVERAGE)
    return Rows("coverage", ALL_COVERAGE, ALL_COVERAGE, COVERAGE_SCHEMA, [values(row) for row in public.coverage])


def department_rows(public: Public) -> Rows:
    """The register as it may be public."""
    codes = frozenset(department.code for department in public.departments)
    rows = [department_row(department, codes) for department in public.departments]
    return Rows("departments", ALL_DEPARTMENTS, ALL_DEPARTMENTS, DEPARTMENTS_SCHEMA, rows)


def dataset_rows(dataset: Dataset) -> Rows:
    """The rows of one dataset."""
    table, fields = dataset.table, dataset.fields
    rows = [tuple(row.get(field) for field in fields) for row in dataset.rows]
    return Rows(table.table_id, table.name, table.description, table.schema, rows)
