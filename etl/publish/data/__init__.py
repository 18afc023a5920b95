"""Everything under `data/`, written once.

Takes a Publication, the warehouse that was loaded from the same submissions, and an empty folder; writes the files of
the contract, section 4. The same publication gives the same bytes: no clock, no order that is not settled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from etl.publish.csv_files import write_coverage, write_csv, write_departments, write_facts
from etl.publish.data.data_package import package_of, package_of_all
from etl.publish.data.datasets import Dataset, datasets
from etl.publish.data.dcat import catalogue
from etl.publish.data.entries import make_entries
from etl.publish.data.xlsx_file import write_xlsx
from etl.publish.public import make_public
from etl.publish.publication import Publication

SUMS = "SHA256SUMS"


class Exporter(Protocol):
    """What of the warehouse is needed here."""

    def export_parquet(self, table: str, path: Path) -> None:
        """Write one table as Parquet."""

    def export_database(self, path: Path) -> None:
        """Write all tables as a DuckDB file."""


def write_data(publication: Publication, warehouse: Exporter, data: Path) -> None:
    """Write `data/`: the tables for all, one folder a dataset, and what describes them."""
    public = make_public(publication)
    found = datasets(public)
    data.mkdir(parents=True, exist_ok=True)
    named = {department.code for department in public.departments}
    write_facts((fact for fact in publication.facts if fact.department_code in named), data / "facts.csv")
    warehouse.export_parquet("facts", data / "facts.parquet")
    write_coverage(public, data / "coverage.csv")
    write_departments(public, data / "departments.csv")
    warehouse.export_database(data / "mingzhang.duckdb")
    for dataset in found:
        write_dataset(dataset, publication, warehouse, data / dataset.table.table_id)
    entries = make_entries(public, found, data)
    for entry in entries[: len(found)]:
        write_json(package_of(entry, public), data / entry.name / "datapackage.json")
    write_json(package_of_all(entries, public), data / "datapackage.json")
    write_json(catalogue(entries, public), data / "catalog.jsonld")
    write_sums(data)


def write_dataset(dataset: Dataset, publication: Publication, warehouse: Exporter, folder: Path) -> None:
    """Write the rows of one dataset in every format."""
    name = dataset.table.table_id
    rows = ([row.get(field) for field in dataset.fields] for row in dataset.rows)
    write_csv(folder / f"{name}.csv", dataset.fields, rows)
    write_xlsx(dataset, publication.spec.jurisdiction, folder / f"{name}.xlsx")
    warehouse.export_parquet(name, folder / f"{name}.parquet")


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """Write one JSON file that a person can read."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def write_sums(data: Path) -> None:
    """Write the hash of every file under `data/`, as `sha256sum --check` reads it."""
    files = sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256((data / path).read_bytes()).hexdigest()}  {path}\n" for path in files if path != SUMS)
    (data / SUMS).write_text("".join(lines), "utf-8")
