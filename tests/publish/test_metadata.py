"""What describes the downloads: validated by the tools of each standard, and held against the files themselves."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import DCAT, RDF, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from etl.publish.data.core_fields import index_rows
from etl.publish.data.datasets import datasets
from etl.publish.data.entries import make_entries
from etl.publish.data.schema_org import schema_org
from etl.publish.public import make_public
from tests.publish.builders import publication, submission
from tests.publish.test_packages import SITE, some, written

SHAPES = Path(__file__).parent / "dcat-ap.ttl"
BASE = "https://open.example.org/fuyuan/data/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(some(), tmp_path_factory.mktemp("metadata"))


def graph(path: Path, kind: str) -> Graph:
    return Graph().parse(data=path.read_text("utf-8"), format=kind, publicID=BASE)


def test_the_catalogue_keeps_to_dcat_ap(data: Path) -> None:
    conforms, _, told = pyshacl.validate(graph(data / "catalog.ttl", "turtle"), shacl_graph=str(SHAPES))
    assert conforms, told


@pytest.mark.parametrize(
    "broken", [DCAT.accessURL, DCAT.contactPoint, DCAT.keyword, URIRef("http://xmlns.com/foaf/0.1/name")]
)
def test_the_shapes_see_what_is_wanting(data: Path, broken: URIRef) -> None:
    known = graph(data / "catalog.ttl", "turtle")
    known.remove((None, broken, None))
    assert not pyshacl.validate(known, shacl_graph=str(SHAPES))[0]


def test_turtle_and_json_ld_say_the_same(data: Path) -> None:
    turtle, json_ld = graph(data / "catalog.ttl", "turtle"), graph(data / "catalog.jsonld", "json-ld")
    assert isomorphic(turtle, json_ld)
    assert len(turtle) > 100
    for file in turtle.subjects(RDF.type, DCAT.Distribution):
        size = Literal((data / str(file).removeprefix(BASE)).stat().st_size, datatype=XSD.nonNegativeInteger)
        assert (file, DCAT.byteSize, size) in turtle


def test_turtle_does_not_depend_on_the_order_of_a_hash(data: Path) -> None:
    script = (
        "import json, sys; from pathlib import Path; from etl.publish.data.turtle import turtle; "
        "sys.stdout.buffer.write(turtle(json.loads(Path(sys.argv[1]).read_text('utf-8'))).encode())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script, str(data / "catalog.jsonld")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {(data / "catalog.ttl").read_bytes()}


def test_csvw_describes_the_csv_beside_it(data: Path) -> None:
    described = sorted(data.rglob("*.csv-metadata.json"))
    assert len(described) == 6
    for path in described:
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        table = path.parent / told["url"]
        assert path.name == f"{table.name}-metadata.json"
        header, *rows = csv.reader(table.read_text("utf-8-sig").splitlines())
        columns = told["tableSchema"]["columns"]
        assert [column["titles"] for column in columns] == header
        for place, column in enumerate(columns):
            values = [row[place] for row in rows]
            assert all(values) or not column["required"], (path.name, column["name"])
            if column["datatype"] in ("decimal", "integer", "number"):
                assert all(float(value) is not None for value in values if value)
        keys = [tuple(row[header.index(name)] for name in told["tableSchema"].get("primaryKey", ())) for row in rows]
        assert len(set(keys)) == len(keys) or "primaryKey" not in told["tableSchema"]


def test_every_field_of_money_has_its_role_and_its_currency(data: Path) -> None:
    facts = next(
        one for one in json.loads((data / "datapackage.json").read_text("utf-8"))["resources"] if one["name"] == "facts"
    )
    roles = {field["name"]: field.get("columnType") for field in facts["schema"]["fields"]}
    assert roles["amount_yuan"] == "value"
    assert roles["fiscal_year"] == "date:fiscal-year"
    assert {"columnType": "value-currency:code", "constant": "CNY"}.items() <= facts["schema"]["extraFields"][0].items()


def test_a_number_of_the_index_never_changes() -> None:
    one = submission("a")
    alone = {row[0] for row in index_rows(make_public(publication(one))).rows}
    among = [row[0] for row in index_rows(make_public(some())).rows]
    assert alone == {"530325-101-2024-final-account"}
    assert among == ["530325-101-2024-fee-list", "530325-101-2024-final-account", "530325-102-2023-final-account"]


def test_the_index_holds_what_stands_and_nothing_else(data: Path) -> None:
    rows = list(csv.DictReader((data / "index.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["fiscal_year"], row["department_code"], row["received_on"]) for row in rows] == [
        ("2024", "101", "2025-09-01"),
        ("2024", "101", "2025-08-01"),
        ("2023", "102", "2024-08-01"),
    ]
    assert all(row["title"] and row["summary"] and row["published_by"] and row["subject"] for row in rows)


def test_schema_org_names_files_only_where_the_site_has_an_address(data: Path) -> None:
    made = some()
    told = dataclasses.replace(made.spec, jurisdiction=dataclasses.replace(made.spec.jurisdiction, site_url=SITE))
    for published, files in ((made, []), (dataclasses.replace(made, spec=told), ["csv", "xlsx", "zip"])):
        public = make_public(published)
        entry = make_entries(public, datasets(public), data)[0]
        value = schema_org(entry, 8, public)
        assert (value["@type"], value["temporalCoverage"]) == ("Dataset", "2023/2024")
        offered = [one["contentUrl"] for one in value.get("distribution", ())]
        assert offered[: len(files)] == [f"{SITE}data/expenditure/expenditure.{ending}" for ending in files]
        assert bool(offered) is bool(files)
