from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import frictionless
import openpyxl
import pytest

from etl.publish.csv_files import harmless
from etl.publish.data import write_data
from etl.publish.data.datasets import datasets
from etl.publish.data.dcat import address
from etl.publish.feed import ATOM, feed_of, write_feed
from etl.publish.public import make_public
from etl.publish.publication import Publication
from etl.warehouse import Warehouse
from tests.publish.builders import expenditure, fees, line, publication, spec, submission

SITE = "https://open.example.org/fuyuan/"


class FakeWarehouse:
    """Stands for the real one, whose Parquet is tested with it."""

    def export_parquet(self, table: str, path: Path, **only: object) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"PAR1{table}{only}PAR1".encode())

    def export_database(self, path: Path) -> None:
        path.write_bytes(b"database")


def some() -> Publication:
    rejected = expenditure((line(5, "205", "只在退回件里", "7.00"),))
    hidden = expenditure((line(5, "204", "不可公开的数", "9.00"),))
    return publication(
        submission("a"),
        submission("b", code="102", year=2023, received_on="2024-08-01"),
        submission("c", code="102", status="rejected", tables=(rejected,)),
        submission("d", code="900", tables=(hidden,)),
        submission("e", document="fee-list", tables=(fees(),), received_on="2025-09-01"),
    )


def written(published: Publication, folder: Path) -> Path:
    """Everything under `data/`, from a warehouse of fakes."""
    write_data(published, FakeWarehouse(), folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(some(), tmp_path_factory.mktemp("packages"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def of_dataset(name: str) -> list[str]:
    endings = ("csv", "csv-metadata.json", "json", "machine.csv.gz", "parquet", "xlsx", "zip")
    return [f"{name}/{name}.{ending}" for ending in endings] + [f"{name}/datapackage.json"]


def of_part(stem: str, *more: str) -> list[str]:
    return [f"{stem}.{ending}" for ending in ("parquet", "zip", *more)]


def test_the_files_of_the_contract_are_there(data: Path) -> None:
    assert set(files(data)) == {
        *("SHA256SUMS", "all.zip", "catalog.jsonld", "catalog.ttl", "datapackage.json", "mingzhang.duckdb"),
        *("facts.csv", "facts.csv-metadata.json", "facts.machine.csv.gz", "facts.parquet"),
        *(f"coverage.{one}" for one in ("csv", "csv-metadata.json", "machine.csv.gz", "json", "parquet")),
        *(f"departments.{one}" for one in ("csv", "csv-metadata.json", "machine.csv.gz", "json", "parquet")),
        *(f"index.{one}" for one in ("csv", "csv-metadata.json", "machine.csv.gz", "json")),
        *of_dataset("expenditure"),
        *of_dataset("fees"),
        *of_part("departments/101/department-101", "xlsx"),
        *of_part("departments/102/department-102", "xlsx"),
        *of_part("years/2023/year-2023"),
        *of_part("years/2024/year-2024"),
    }


def test_addresses_are_lower_case(data: Path) -> None:
    assert [name for name in files(data) if name != name.lower()] == ["SHA256SUMS"]


def test_the_same_publication_gives_the_same_bytes(tmp_path: Path, data: Path) -> None:
    write_data(some(), FakeWarehouse(), tmp_path / "again")
    assert files(tmp_path / "again") == files(data)


def test_nothing_of_a_rejected_submission_or_an_unnamed_body_is_in_any_file(data: Path) -> None:
    for name, content in files(data).items():
        for secret in ("只在退回件里", "不可公开", "c" * 16, "d" * 16):
            assert secret.encode() not in content, name


def test_rows_are_in_a_settled_order(data: Path) -> None:
    _, *rows = csv.reader((data / "expenditure" / "expenditure.csv").read_text("utf-8-sig").splitlines())
    assert [(row[0], row[2], row[5], row[6], row[8]) for row in rows] == [
        ("2023", "102", "1", "total", "1200000.00"),
        ("2023", "102", "2", "205", "1200000.00"),
        ("2023", "102", "3", "20502", "1185000.00"),
        ("2023", "102", "4", "20503", "10000.00"),
        ("2024", "101", "1", "total", "1200000.00"),
        ("2024", "101", "2", "205", "1200000.00"),
        ("2024", "101", "3", "20502", "1185000.00"),
        ("2024", "101", "4", "20503", "10000.00"),
    ]


@pytest.mark.parametrize("package", ["datapackage.json", "expenditure/datapackage.json", "fees/datapackage.json"])
def test_frictionless_finds_the_packages_valid(data: Path, package: str) -> None:
    report = frictionless.validate(str(data / package))
    assert report.flatten(["type", "fieldName", "note"]) == []
    assert report.valid


def test_a_package_measures_its_files(data: Path) -> None:
    package = json.loads((data / "expenditure" / "datapackage.json").read_text("utf-8"))
    (resource,) = package["resources"]
    for described in (resource, *resource["downloads"]):
        content = (data / "expenditure" / described["path"]).read_bytes()
        assert described["bytes"] == len(content)
        assert described["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert package["created"] == "2025-10-01T00:00:00Z"
    assert [source["hash"][-4:] for source in package["sources"]] == ["aaaa", "bbbb"]


def test_checksums_cover_everything_else(data: Path) -> None:
    lines = (data / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = dict(reversed(entry.split("  ")) for entry in lines)
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in files(data).items() if name != "SHA256SUMS"
    }


def test_the_workbook_holds_typed_cells_and_no_formula(data: Path) -> None:
    workbook = openpyxl.load_workbook(data / "expenditure" / "expenditure.xlsx")
    rows, dictionary = workbook.worksheets
    assert (rows.title, dictionary.title, rows.freeze_panes) == ("部门支出总体情况表", "字段说明", "A2")
    assert [(cell.value, cell.data_type) for cell in rows[5]] == [
        *((2023, "n"), ("final-account", "s"), ("102", "s"), ("富源县教育体育局", "s"), ("department", "s")),
        *((4, "n"), ("20503", "s"), ("=职业教育", "s"), (10000, "n"), (10000, "n")),
    ]
    assert rows["I5"].number_format == "#,##0.00"
    assert [row[1].value for row in dictionary.iter_rows(min_row=2, max_row=11)] == [cell.value for cell in rows[1]]
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row} <= {"n", "s"}


def test_a_field_that_is_not_declared_is_not_dropped_in_silence() -> None:
    changed = dataclasses.replace(fees(), lines=(dataclasses.replace(fees().lines[0], attributes={"surprise": "x"}),))
    with pytest.raises(ValueError, match="surprise"):
        datasets(make_public(publication(submission(document="fee-list", tables=(changed,)))))


def test_the_catalogue_describes_every_download(data: Path) -> None:
    catalogue = json.loads((data / "catalog.jsonld").read_text("utf-8"))
    assert catalogue["@type"] == "dcat:Catalog"
    assert [entry["dct:identifier"] for entry in catalogue["dcat:dataset"]] == [
        f"530325/{name}" for name in ("expenditure", "fees", "facts", "coverage", "departments", "index")
    ]
    for entry in catalogue["dcat:dataset"]:
        for distribution in entry["dcat:distribution"]:
            content = (data / distribution["dcat:downloadURL"]["@id"]).read_bytes()
            assert distribution["dcat:byteSize"]["@value"] == str(len(content))
            assert distribution["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(content).hexdigest()
    first = catalogue["dcat:dataset"][0]
    assert (first["dct:issued"]["@value"], first["dct:modified"]["@value"]) == ("2024-08-01", "2025-08-01")
    assert (first["dct:temporal"]["dcat:startDate"]["@value"], first["dct:temporal"]["dcat:endDate"]["@value"]) == (
        "2023-01-01",
        "2024-12-31",
    )


@pytest.mark.parametrize(
    ("site", "path", "leads_to"),
    [
        ("", "fees/fees.csv", "fees/fees.csv"),
        ("", "../datasets/fees/", "../datasets/fees/"),
        (SITE, "fees/fees.csv", "https://open.example.org/fuyuan/data/fees/fees.csv"),
        (SITE, "../datasets/fees/", "https://open.example.org/fuyuan/datasets/fees/"),
    ],
)
def test_addresses(site: str, path: str, leads_to: str) -> None:
    assert address(dataclasses.replace(spec().jurisdiction, site_url=site), path) == leads_to


def test_the_feed_lists_what_stands_latest_first(tmp_path: Path) -> None:
    write_feed(feed_of(make_public(some())), tmp_path / "feed.xml")
    feed = ElementTree.parse(tmp_path / "feed.xml").getroot()
    name = {"atom": ATOM}
    assert [updated.text for updated in feed.findall("atom:entry/atom:updated", name)] == [
        "2025-09-01T00:00:00Z",
        "2025-08-01T00:00:00Z",
        "2024-08-01T00:00:00Z",
    ]
    assert [link.get("href") for link in feed.findall("atom:entry/atom:link", name)] == [
        "departments/101/2024-fee-list/",
        "departments/101/2024-final-account/",
        "departments/102/2023-final-account/",
    ]
    identifiers = [entry.text for entry in feed.findall("atom:entry/atom:id", name)]
    assert len(set(identifiers)) == 3
    write_feed(feed_of(make_public(publication(submission("a")))), tmp_path / "later.xml")
    later = ElementTree.parse(tmp_path / "later.xml").getroot()
    assert later.findtext("atom:entry/atom:id", "", name) == identifiers[1]


def test_csv_and_parquet_hold_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    published = some()
    with Warehouse(published.spec, published.submissions, published.facts) as warehouse:
        write_data(published, warehouse, tmp_path)
    for stem in ("facts", "expenditure/expenditure", "fees/fees"):
        _, *rows = csv.reader((tmp_path / f"{stem}.csv").read_text("utf-8-sig").splitlines())
        answer = duckdb.sql(f"SELECT * FROM '{tmp_path / stem}.parquet'").fetchall()
        assert [["" if value is None else harmless(str(value)) for value in row] for row in answer] == rows
