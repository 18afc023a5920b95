"""What refers to the register is checked in the package of everything, and left out of a package by itself."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import frictionless
import pytest

from etl.publish.data import write_data
from tests.publish.test_packages import FakeWarehouse, some


@pytest.fixture
def data(tmp_path: Path) -> Path:
    made = some()
    table = made.spec.tables["expenditure"]
    keys = [{"fields": ["department_code"], "reference": {"resource": "departments", "fields": ["department_code"]}}]
    linked = dataclasses.replace(table, schema={**table.schema, "foreignKeys": keys})
    spec = dataclasses.replace(made.spec, tables={**made.spec.tables, "expenditure": linked})
    write_data(dataclasses.replace(made, spec=spec), FakeWarehouse(), tmp_path / "data")
    return tmp_path / "data"


def schemas(path: Path) -> dict[str, dict[str, object]]:
    return {one["name"]: one["schema"] for one in json.loads(path.read_text("utf-8"))["resources"]}


def test_only_the_package_of_everything_refers_to_the_register(data: Path) -> None:
    assert "foreignKeys" in schemas(data / "datapackage.json")["expenditure"]
    assert "foreignKeys" not in schemas(data / "expenditure" / "datapackage.json")["expenditure"]


def test_a_body_that_the_register_does_not_have_is_found(data: Path) -> None:
    register = data / "departments.csv"
    lines = register.read_text("utf-8-sig").splitlines()
    register.write_text("\r\n".join(line for line in lines if not line.startswith("101")) + "\r\n", "utf-8-sig")
    found = frictionless.validate(str(data / "datapackage.json")).flatten(["type", "note"])
    keys = [note for kind, note in found if kind == "foreign-key"]
    assert keys
    assert all('"101"' in note for note in keys)
