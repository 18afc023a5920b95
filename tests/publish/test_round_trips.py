"""Every form read back gives the figures that were published, to the fen; and nothing that was not."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from etl.fact import records
from etl.publish.data import write_data
from etl.publish.public import make_public
from etl.publish.publication import Publication
from etl.warehouse import Warehouse
from tests.publish.builders import expenditure, fees, line, publication, submission

WIDE = "＝1＋1"
NAMES = ("=1+1", WIDE, "＠总和", "＋86", "－", "-1-1", "甲\n乙", "甲\r乙", '"引号"，', "\t制表", "01")
FIRST, LAST = "-999999999999.99", "0.01"


def county() -> Publication:
    """Codes with leading zeros, texts that a spreadsheet would run, amounts at the ends of what is exact."""
    lines = tuple(line(5 + place, f"0{place}", name, FIRST if place == 0 else LAST) for place, name in enumerate(NAMES))
    hidden = expenditure((line(5, "204", "不可公开的数", "9.00"),))
    rejected = expenditure((line(5, "205", "只在退回件里", "7.00"),))
    return publication(
        submission("a", tables=(expenditure(lines, unit="元", unit_yuan=Decimal(1)),)),
        submission("b", code="102", year=2023, received_on="2024-08-01"),
        submission("c", code="102", status="rejected", tables=(rejected,)),
        submission("d", code="900", tables=(hidden,)),
        submission("e", document="fee-list", tables=(fees(),)),
    )


@pytest.fixture(scope="module")
def published() -> Publication:
    return county()


@pytest.fixture(scope="module")
def data(published: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("round") / "data"
    with Warehouse(published.spec, published.submissions, published.facts) as warehouse:
        write_data(published, warehouse, folder)
    return folder


Key = tuple[str, ...]


def expected(published: Publication, **only: object) -> Counter[Key]:
    """The facts that may be seen, as a bag of keys with exact amounts."""
    return Counter(
        (fact.line_code, fact.line_name, fact.measure, f"{fact.amount_yuan:f}", fact.source_cell)
        for fact in published.facts
        if fact.department_code != "900" and all(getattr(fact, name) == value for name, value in only.items())
    )


def in_csv(text: str, harmed: bool) -> Counter[Key]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return Counter(_key({**row, "line_name": _plain(row["line_name"]) if harmed else row["line_name"]}) for row in rows)


def _plain(text: str) -> str:
    return text.removeprefix("'")


def _key(row: dict[str, Any]) -> Key:
    return tuple(str(row[name]) for name in ("line_code", "line_name", "measure", "amount_yuan", "source_cell"))


def in_parquet(path: Path) -> Counter[Key]:
    rows = duckdb.sql(f"SELECT line_code, line_name, measure, amount_yuan, source_cell FROM '{path}'").fetchall()
    return Counter(tuple(str(value) for value in row) for row in rows)


def test_every_form_of_the_facts_holds_the_same_figures(data: Path, published: Publication) -> None:
    figures = expected(published)
    assert figures.total() == 11 + 4 * 2  # lines of one figure, lines of two
    assert in_csv((data / "facts.csv").read_bytes().decode("utf-8-sig"), harmed=True) == figures
    machine = gzip.decompress((data / "facts.machine.csv.gz").read_bytes())
    assert in_csv(machine.decode("utf-8"), harmed=False) == figures
    assert in_parquet(data / "facts.parquet") == figures
    with zipfile.ZipFile(data / "all.zip") as archive:
        assert archive.read("facts.csv") == (data / "facts.csv").read_bytes()
    with duckdb.connect(data / "mingzhang.duckdb", read_only=True) as database:
        rows = database.execute("SELECT line_code, line_name, measure, amount_yuan, source_cell FROM facts").fetchall()
        assert Counter(tuple(str(value) for value in row) for row in rows) == figures


@pytest.mark.parametrize(
    ("stem", "only"),
    [
        ("departments/101/department-101", {"department_code": "101"}),
        ("departments/102/department-102", {"department_code": "102"}),
        ("years/2023/year-2023", {"fiscal_year": 2023}),
        ("years/2024/year-2024", {"fiscal_year": 2024}),
    ],
)
def test_a_part_holds_its_own_figures_and_no_other(
    data: Path, published: Publication, stem: str, only: dict[str, object]
) -> None:
    figures = expected(published, **only)
    assert figures
    assert in_parquet(data / f"{stem}.parquet") == figures
    with zipfile.ZipFile(data / f"{stem}.zip") as archive:
        assert in_csv(archive.read("facts.csv").decode("utf-8-sig"), harmed=True) == figures


@pytest.mark.parametrize("code", ["101", "102"])
def test_the_workbook_of_a_body_holds_its_own_figures(data: Path, published: Publication, code: str) -> None:
    figures = expected(published, department_code=code)
    workbook = openpyxl.load_workbook(data / f"departments/{code}/department-{code}.xlsx")
    _, *rows = workbook["部门支出总体情况表"].iter_rows(values_only=True)
    amounts = Counter(f"{Decimal(str(row[8])):.2f}" for row in rows)
    assert amounts == Counter(key[3] for key in figures.elements() if key[2] == "total")
    assert {sheet.freeze_panes for sheet in workbook} == {"A2"}
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row} <= {"n", "s"}
    assert {type(row[6]) for row in rows} == {str}


def rows_of(published: Publication) -> list[dict[str, object]]:
    return [
        dict(record.values)
        for one in make_public(published).tables("expenditure")
        for record in records(one.submission.identity, one.table)
    ]


def test_every_form_of_a_dataset_holds_the_same_rows(data: Path, published: Publication) -> None:
    rows = sorted(rows_of(published), key=lambda row: (row["fiscal_year"], row["line_no"]))
    texts = [(str(row["line_code"]), row["line_name"], f"{row['total_yuan']:f}") for row in rows]
    assert len(texts) == 15
    stem = data / "expenditure" / "expenditure"
    machine = gzip.decompress(stem.with_suffix(".machine.csv.gz").read_bytes())
    assert not machine.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" not in machine
    told = list(csv.DictReader(io.StringIO(machine.decode(), newline="")))
    assert [(row["line_code"], row["line_name"], row["total_yuan"]) for row in told] == texts
    listed = json.loads(stem.with_suffix(".json").read_bytes(), parse_float=Decimal)
    assert [(row["line_code"], row["line_name"], str(row["total_yuan"])) for row in listed] == texts
    sheet = openpyxl.load_workbook(stem.with_suffix(".xlsx")).worksheets[0]
    _, *cells = sheet.iter_rows(values_only=True)
    assert [(row[6], unescape(row[7]), f"{Decimal(str(row[8])):.2f}") for row in cells] == texts


def test_no_text_for_people_begins_a_formula(data: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((data / "facts.csv").read_bytes().decode("utf-8-sig"), newline="")))
    begun = {row["line_name"][0] for row in rows}
    assert begun.isdisjoint("=+-@＝＋－＠\t\r\n")
    assert f"'{WIDE}" in {row["line_name"] for row in rows}
    assert {row["amount_yuan"] for row in rows} >= {FIRST, LAST}


def zips(data: Path) -> list[Path]:
    return sorted(data.rglob("*.zip"))


def test_a_zip_explains_itself_and_tells_nothing_of_the_machine(data: Path) -> None:
    assert len(zips(data)) == 7
    for path in zips(data):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            assert names == sorted(names)
            assert {"README.txt", "LICENCE.txt", "dictionary.csv", "datapackage.json", "SHA256SUMS"} < set(names)
            for info in archive.infolist():
                assert (info.date_time, info.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 0o100644)
            sums = dict(reversed(one.split("  ")) for one in archive.read("SHA256SUMS").decode().splitlines())
            assert sums == {
                name: hashlib.sha256(archive.read(name)).hexdigest() for name in names if name != "SHA256SUMS"
            }
            fields = {
                (row["table"], row["field"])
                for row in csv.DictReader(archive.read("dictionary.csv").decode("utf-8-sig").splitlines())
            }
            tables = set(names) - {"README.txt", "LICENCE.txt", "dictionary.csv", "datapackage.json", "SHA256SUMS"}
            for table in tables:
                header = archive.read(table).decode("utf-8-sig").splitlines()[0].split(",")
                assert {(table.removesuffix(".csv"), name) for name in header} <= fields


def test_frictionless_finds_the_package_in_every_zip_valid(data: Path, tmp_path: Path) -> None:
    for path in zips(data):
        folder = tmp_path / path.stem
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
        report = frictionless.validate(str(folder / "datapackage.json"))
        assert report.flatten(["type", "fieldName", "note"]) == [], path.name


def opened(path: Path) -> Iterator[bytes]:
    """A file and everything inside it, whatever it is packed in."""
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif path.suffix == ".gz":
        yield gzip.decompress(content)
    elif path.suffix == ".parquet":
        yield str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()).encode()


def test_nothing_that_may_not_be_seen_is_in_any_file_opened_up(data: Path) -> None:
    for path in sorted(one for one in data.rglob("*") if one.is_file()):
        for content in opened(path):
            for secret in ("不可公开", "只在退回件里", "c" * 16, "d" * 16):
                assert secret.encode() not in content, path.name
    assert any("教育支出".encode() in content for content in opened(data / "departments/102/department-102.xlsx"))
