"""Everything under `data/`, written once.

Takes a Publication, the warehouse that was loaded from the same submissions, and an empty folder; writes the files of
the contract, section 4. The same publication gives the same bytes: no clock, no order that is not settled.

Rows are gathered once (`rows`), printed once, and written in every form; what describes them (`entries`) is measured
from the files that are there, so that Data Package, DCAT, CSVW and schema.org cannot contradict each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from etl.publish.abreast import Abreast, Files, one_by_one
from etl.publish.csv_files import write_text
from etl.publish.data import forms
from etl.publish.data.core_fields import index_rows
from etl.publish.data.csvw import SUFFIX, csvw_of
from etl.publish.data.data_package import package_of, package_of_all
from etl.publish.data.datasets import Dataset, datasets
from etl.publish.data.dcat import catalogue
from etl.publish.data.entries import make_entries
from etl.publish.data.json_file import json_bytes
from etl.publish.data.rows import Printed, Rows, coverage_rows, dataset_rows, department_rows, fact_rows, print_rows
from etl.publish.data.slices import Exporter, departments, export_slices, json_text, slices, write_zip_of, years
from etl.publish.data.turtle import turtle
from etl.publish.data.xlsx_file import About, about, write_xlsx
from etl.publish.data.zips import SUMS, gzipped
from etl.publish.public import Public, make_public
from etl.publish.publication import Publication
from etl.spec.bilingual import Bilingual
from etl.spec.model import TableSpec


def write_data(publication: Publication, warehouse: Exporter, data: Path, abreast: Abreast = one_by_one) -> None:
    """Write `data/`: the tables for all, one folder a dataset, a body and a year, and what describes them.

    `abreast` may write several at once.
    """
    public = make_public(publication)
    found = datasets(public)
    data.mkdir(parents=True, exist_ok=True)
    facts = print_rows(fact_rows(publication.facts, public))
    others = [print_rows(rows) for rows in (coverage_rows(public), department_rows(public), index_rows(public))]
    tables = [facts, *(print_rows(dataset_rows(dataset)) for dataset in found)]
    bodies, by_year = slices(tables, "department_code"), slices(tables, "fiscal_year")
    abreast(
        [
            write_zip_of("all", _title(public), [*tables, *others], public, data, "all.zip"),
            partial(_write_whole, facts, others, data),
            *(
                piece
                for one, rows in zip(found, tables[1:], strict=True)
                for piece in _dataset_files(one.table, rows, public, data)
            ),
            *departments(bodies, public, data),
            *years(by_year, public, data),
        ]
    )
    _export(tables, warehouse, data)
    export_slices(bodies, by_year, public, warehouse, data)
    warehouse.export_database(data / "mingzhang.duckdb")
    _describe(public, found, data)
    write_sums(data)


def _title(public: Public) -> Bilingual:
    names = public.jurisdiction.names
    return Bilingual(f"{names.zh}财政公开数据", f"Open fiscal data of {names.en}")


def _write_whole(facts: Printed, others: Sequence[Printed], data: Path) -> None:
    """The tables that are one file for all."""
    (data / "facts.csv").write_bytes(facts.csv)
    (data / "facts.machine.csv.gz").write_bytes(gzipped(facts.machine_csv))
    for printed in others:
        name = printed.rows.name
        (data / f"{name}.csv").write_bytes(printed.csv)
        (data / f"{name}.machine.csv.gz").write_bytes(gzipped(printed.machine_csv))
        if len(printed.rows.rows) <= forms.JSON_ROWS:
            (data / f"{name}.json").write_bytes(json_bytes(printed.rows))


def _dataset_files(table: TableSpec, printed: Printed, public: Public, data: Path) -> Iterator[Files]:
    """The rows of one dataset in every form but Parquet."""
    name = table.table_id
    told = about(table.name, table.description, table.law, public.jurisdiction)
    yield Files(_write_dataset, data, (printed.rows,), (printed, told))
    yield write_zip_of(name, table.name, [printed], public, data, f"{name}/{name}.zip")


def _write_dataset(data: Path, rows: Rows, printed: Printed, told: About) -> None:
    stem = data / rows.name / rows.name
    stem.parent.mkdir(parents=True, exist_ok=True)
    stem.with_suffix(".csv").write_bytes(printed.csv)
    stem.with_suffix(".machine.csv.gz").write_bytes(gzipped(printed.machine_csv))
    if "json" in forms.of_dataset(len(rows.rows)):
        stem.with_suffix(".json").write_bytes(json_bytes(rows))
    write_xlsx(rows.title, [rows], told, stem.with_suffix(".xlsx"))


def _export(tables: Sequence[Printed], warehouse: Exporter, data: Path) -> None:
    """Every table as Parquet: from the warehouse, which is here and nowhere else."""
    for name in ("facts", "coverage", "departments"):
        warehouse.export_parquet(name, data / f"{name}.parquet")
    for printed in tables[1:]:
        name = printed.rows.name
        warehouse.export_parquet(name, data / name / f"{name}.parquet")


def _describe(public: Public, found: Sequence[Dataset], data: Path) -> None:
    """Write what describes the files that are there."""
    entries = make_entries(public, found, data)
    for entry in entries[: len(found)]:
        write_json(package_of(entry, public), data / entry.name / "datapackage.json")
    for entry in entries:
        write_json(csvw_of(entry, public), data / f"{entry.downloads[0].path}{SUFFIX}")
    write_json(package_of_all(entries, public), data / "datapackage.json")
    described = catalogue(entries, public)
    write_json(described, data / "catalog.jsonld")
    write_text(data / "catalog.ttl", turtle(described))


def write_json(value: Mapping[str, Any], path: Path) -> None:
    """Write one JSON file that a person can read."""
    path.write_bytes(json_text(value))


def write_sums(data: Path) -> None:
    """Write the hash of every file under `data/`, as `sha256sum --check` reads it."""
    files = sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    lines = (f"{hashlib.sha256((data / path).read_bytes()).hexdigest()}  {path}\n" for path in files if path != SUMS)
    (data / SUMS).write_text("".join(lines), "utf-8")
