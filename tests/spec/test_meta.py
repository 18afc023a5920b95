from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.files import Reader
from etl.spec.meta import META, faults, validator

SCHEMAS = PROGRAM / "schemas"
BY_NAME = (
    "measures",
    "obligations",
    "findings",
    "examples",
    "lines",
    "recognition",
    "privacy",
    "calendar",
    "numbers",
    "letters",
    "annual-report",
    "situations",
    "fee-lists",
    "headings",
    "glossary",
    "search",
)

DECLARATIONS = [
    *((SCHEMAS / f"{name}.yml", name) for name in BY_NAME),
    (SCHEMAS / "codes" / "index.yml", "codes-index"),
    *((path, "template") for path in sorted(SCHEMAS.glob("tables/*/template*.yml"))),
    *((path, "table-schema") for path in sorted(SCHEMAS.glob("tables/*/schema.json"))),
    *((path, "rules") for path in sorted([*SCHEMAS.glob("rules*.yml"), *SCHEMAS.glob("tables/*/rules.yml")])),
    *((path, f"demo-{path.stem}") for path in sorted(SCHEMAS.glob("demo/*.yml"))),
    *((path, "expectations") for path in sorted(SCHEMAS.glob("expectations/*.json"))),
]


@pytest.mark.parametrize(
    ("path", "schema"), DECLARATIONS, ids=lambda value: value.name if isinstance(value, Path) else value
)
def test_every_declaration_fits_its_schema(path: Path, schema: str) -> None:
    reader = Reader(PROGRAM)
    assert reader.declaration(path, schema) is not None, reader.mistakes


def test_no_file_in_schemas_is_left_unread() -> None:
    read = {path for path, _ in DECLARATIONS}
    written = {path for kind in ("yml", "json") for path in SCHEMAS.rglob(f"*.{kind}") if META not in path.parents}
    assert written == read


@pytest.mark.parametrize("path", sorted(META.glob("*.schema.json")), ids=lambda path: path.name)
def test_every_schema_is_a_schema_and_closed(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(content)
    assert "additionalProperties" in content or content["type"] == "array"
    assert validator(path.name.removesuffix(".schema.json"))


def test_the_real_county_loads() -> None:
    spec = load(Layout(PROGRAM))
    assert spec.department("000") is not None
    assert len({form.form for form in spec.forms}) == len(spec.forms)
    assert spec.clock_days == 20
    assert spec.codes["functional"].by_name["一般公共服务支出"] == "201"
    assert spec.codes["functional"].by_name["一般公共服务"] == "201"


def test_a_fault_names_the_key_that_is_wrong() -> None:
    content = {"code": "1", "names": {"zh": "县"}, "first_year": "2024", "licens": {}}
    assert {fault.path for fault in faults("jurisdiction", content)} == {("names", "en"), ("first_year",), ("licens",)}
