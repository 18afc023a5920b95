"""What one body or one year has, as files of its own. In: printed rows. Out: files under `data/`.

    departments/<code>/department-<code>.xlsx .zip .parquet
    years/<year>/year-<year>.zip .parquet

The workbook has a sheet for each table; the ZIP has the same tables and the figures with their sources as CSV; Parquet
has the figures. There is no CSV beside the ZIP: one for each body and one for each year would hold every figure two
times more, each time as much as `facts.csv`, which alone is more than half of what a site may weigh. A year has no
workbook: it would take as long to write as those of all bodies, and the workbook of a dataset, where one table of all
bodies stands together, answers what is asked of a year.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from etl.publish.abreast import Files, Piece
from etl.publish.data.data_package import package_of_part
from etl.publish.data.entries import NOTHING, weigh
from etl.publish.data.readme import explaining
from etl.publish.data.rows import Printed, Rows, divide
from etl.publish.data.xlsx_file import about, write_xlsx
from etl.publish.data.zips import write_zip
from etl.publish.places import department_file, year_file
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Jurisdiction


class Exporter(Protocol):
    """What of the warehouse is needed here."""

    def export_parquet(self, table: str, path: Path, **only: object) -> None:
        """Write what is public of one table as Parquet, or of the rows that have these values."""

    def export_database(self, path: Path) -> None:
        """Write all tables as a DuckDB file."""


Slices = Mapping[Any, Sequence[Printed]]
"""By body or by year: its part of every table in which it has a figure or a row; the facts come first."""


def slices(tables: Sequence[Printed], field: str) -> Slices:
    """The tables by what stands in one field."""
    parts: dict[Any, list[Printed]] = {}
    for printed in tables:
        for value, part in divide(printed, field).items():
            parts.setdefault(value, []).append(part)
    return parts


def departments(parts: Slices, public: Public, data: Path) -> Iterator[Piece]:
    """What writes the files of each body."""
    for department in public.departments:
        if department.code in parts:
            name, code, tables = department.name, department.code, parts[department.code]
            title = Bilingual(f"{name.zh}财政公开数据", f"Open fiscal data of {name.en or name.zh}")
            yield write_workbook(title, tables, public, data, department_file(code, "xlsx"))
            yield write_zip_of(f"department-{code}".lower(), title, tables, public, data, department_file(code, "zip"))


def years(parts: Slices, public: Public, data: Path) -> Iterator[Piece]:
    """What writes the files of each year."""
    county = public.jurisdiction.names
    for year, tables in sorted(parts.items()):
        title = Bilingual(f"{county.zh}{year}年财政公开数据", f"Open fiscal data of {county.en}, {year}")
        yield write_zip_of(f"year-{year}", title, tables, public, data, year_file(year, "zip"))


def export_slices(bodies: Slices, by_year: Slices, public: Public, warehouse: Exporter, data: Path) -> None:
    """The figures of each body and of each year, as Parquet."""
    for code in (department.code for department in public.departments if department.code in bodies):
        warehouse.export_parquet("facts", data / department_file(code, "parquet"), department_code=code)
    for year in sorted(by_year):
        warehouse.export_parquet("facts", data / year_file(year, "parquet"), fiscal_year=year)


def write_workbook(title: Bilingual, tables: Sequence[Printed], public: Public, data: Path, file: str) -> Files:
    """The tables as sheets, without the list of all figures: they stand in the tables."""
    sheets = [printed.rows for printed in tables if printed.rows.name != "facts"]
    return Files(_write_workbook, data, (file, title, sheets), (public.jurisdiction,))


def _write_workbook(folder: Path, file: str, title: Bilingual, sheets: Sequence[Rows], county: Jurisdiction) -> None:
    write_xlsx(title, sheets, about(title, NOTHING, NOTHING, county), folder / file)


def write_zip_of(
    name: str, title: Bilingual, tables: Sequence[Printed], public: Public, data: Path, file: str
) -> Files:
    """Each table as CSV for people, with all that explains it."""
    lines = [Printed(replace(printed.rows, rows=()), printed.lines) for printed in tables]
    return Files(_write_zip, data, (file, name, title, lines, public.built_on), (public.jurisdiction,))


def _write_zip(
    folder: Path, file: str, name: str, title: Bilingual, tables: Sequence[Printed], day: date, county: Jurisdiction
) -> None:
    """All that a ZIP holds follows from the lines as they are printed: what they were printed from is not needed."""
    rows = {f"{printed.rows.name}.csv": printed.rows for printed in tables}
    files = {f"{printed.rows.name}.csv": printed.csv for printed in tables}
    described = [(rows[name_of], weigh(name_of, content)) for name_of, content in files.items()]
    package = package_of_part(name, title, described, county, day)
    explained = explaining(title, rows, county, day)
    write_zip(folder / file, {**files, **explained, "datapackage.json": json_text(package)})


def json_text(value: Mapping[str, Any]) -> bytes:
    """JSON that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
