from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

import frictionless
import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.fact import records
from etl.finding import Finding
from etl.table import Figure, Identity, Table
from etl.validate import validate
from tests.factories import SCHEMAS, identity, listing, spec, table, table_spec

TABLES = sorted(path.parent.name for path in SCHEMAS.glob("tables/*/schema.json"))
MEASURES = yaml.safe_load((SCHEMAS / "measures.yml").read_text("utf-8"))


def told(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    return [(finding.severity, finding.code, finding.field, finding.location.cell) for finding in findings]


def test_what_fits_is_silent() -> None:
    lines = [("total", "合计", {"total": "2940.05"}), ("2010101", "行政运行", {"total": "2.00", "other": "0.01"})]
    assert validate([("a", identity(), table("revenue", lines))], spec()) == {}


def test_an_empty_table_is_silent() -> None:
    assert validate([("a", identity(), table("revenue", []))], spec()) == {}
    assert validate([], spec()) == {}


CODES = [
    ("", []),
    ("201", []),
    ("2010101", []),
    ("71102", []),
    ("20", []),
    ("530325-201", []),
    ("income-general-budget", []),
    ("无", [("error", "code-unreadable", "line_code", "A6")]),
    ("2010101.", [("error", "code-unreadable", "line_code", "A6")]),
    ("Total", [("error", "code-unreadable", "line_code", "A6")]),
]


@pytest.mark.parametrize(("code", "expected"), CODES)
def test_codes(code: str, expected: list[tuple[str, str, str, str]]) -> None:
    findings = validate([("a", identity(), table("revenue", [(code, "行", {"total": "1.00"})]))], spec())
    assert told(findings.get("a", [])) == expected


def test_a_row_of_a_batch_leads_back_to_its_cell() -> None:
    good = [("201", "一", {"total": "1.00"}), ("202", "二", {"total": "1.00"})]
    bad = [("203", "三", {"total": "1.00"}), ("？", "四", {"total": "1.00"})]
    findings = validate(
        [
            ("a", identity(), table("revenue", good)),
            ("b", identity("202"), table("revenue", bad, sheet="收入")),
            ("c", identity("203"), table("three-public-expenses", [("¥", "五", {"budget": "1.00"})])),
        ],
        spec(),
    )
    assert {key: told(some) for key, some in findings.items()} == {
        "b": [("error", "code-unreadable", "line_code", "A7")],
        "c": [("error", "code-unreadable", "line_code", "A6")],
    }
    location = findings["b"][0].location
    assert (location.sheet, location.row, location.column) == ("收入", 7, 1)
    assert findings["b"][0].table_id == "revenue"


@pytest.mark.parametrize("yuan", [Decimal(10**15), Decimal(-(10**15))])
def test_the_largest_amount_is_still_an_amount(yuan: Decimal) -> None:
    fits = table("revenue", [("201", "行", {"total": str(yuan)})], unit_yuan=1)
    one_fen_more = table("revenue", [("201", "行", {"total": str(yuan + yuan / abs(yuan) / 100)})], unit_yuan=1)
    assert validate([("a", identity(), fits)], spec()) == {}
    assert told(validate([("a", identity(), one_fen_more)], spec())["a"]) == [
        ("error", "amount-unreadable", "total_yuan", "C6")
    ]


def test_a_resubmission_is_no_repetition() -> None:
    assert validate([("a", identity(), table()), ("b", identity(), table())], spec()) == {}


def test_parts_of_a_table_are_no_repetition_and_two_forms_of_one_part_are() -> None:
    first = table("three-public-expenses", [("total", "合计", {"final": "1.00"})], form="GK10")
    second = table("three-public-expenses", [("total", "合计", {"general-budget-final": "1.00"})], form="GK11")
    apart = dataclasses.replace(second, first_line=1001)
    assert validate([("a", identity(), each) for each in (first, apart)], spec()) == {}
    twice = validate([("a", identity(), each) for each in (first, second)], spec())
    assert told(twice["a"]) == [("error", "table-repeated", "", "A1")]


def test_the_same_table_twice_is_said_once() -> None:
    lines = [("201", "一", {"total": "1.00"}), ("202", "二", {"total": "1.00"})]
    twice = [("a", identity(), table("revenue", lines, sheet=sheet)) for sheet in ("一", "二")]
    findings = validate(twice, spec())
    assert told(findings["a"]) == [("error", "table-repeated", "", "A1")]
    assert findings["a"][0].location.sheet == "二"


IDENTITIES = [
    (identity(year=0), [("error", "year-unknown", "fiscal_year", "A1")]),
    (identity(document="report"), [("error", "document-unknown", "document", "A1")]),
    (
        Identity("", "", 2024, "budget", "department"),
        [
            ("error", "department-unknown", "department_code", "A1"),
            ("error", "required-missing", "department_name", "A1"),
        ],
    ),
    (identity(scope="town"), [("warning", "type-mismatch", "scope", "A1")]),
]


@pytest.mark.parametrize(("who", "expected"), IDENTITIES)
def test_who_and_what_is_said_once_a_table(who: Identity, expected: list[tuple[str, str, str, str]]) -> None:
    lines = [("201", "一", {"total": "1.00"}), ("202", "二", {"total": "1.00"})]
    assert told(validate([("a", who, table("revenue", lines))], spec())["a"]) == expected


def test_a_percentage_is_a_number() -> None:
    def with_percent(text: str) -> list[Finding]:
        lines = table("three-public-expenses", [("total", "合计", {"budget": "16.4", "previous": "18.8"})])
        line = dataclasses.replace(lines.lines[0], attributes={"change_percent": text})
        return validate([("a", identity(), dataclasses.replace(lines, lines=(line,)))], spec()).get("a", [])

    assert with_percent("-12.7") == []
    # The column is not among those of the form: the finding stands at the line.
    assert told(with_percent("减少")) == [("error", "type-mismatch", "change_percent", "B6")]


FEES = spec(tables=("fees",))
FEE = {"list_type": "行政事业性收费", "item": "证照费", "fund_management": "缴入中央和地方国库"}
FEE_ROWS = [
    (FEE, []),
    ({**FEE, "fund_management": ""}, []),
    ({**FEE, "fund_management": "自行留用"}, [("warning", "type-mismatch", "fund_management", "C4")]),
    ({**FEE, "item": ""}, [("error", "required-missing", "item", "B4")]),
    ({**FEE, "valid_to": "2024年底"}, [("warning", "type-mismatch", "valid_to", "D4")]),
    ({**FEE, "valid_to": "2024-12"}, []),
]


@pytest.mark.parametrize(("row", "expected"), FEE_ROWS)
def test_lists(row: dict[str, str], expected: list[tuple[str, str, str, str]]) -> None:
    findings = validate([("a", identity("000", document="fee-list"), listing("fees", [row]))], FEES)
    assert told(findings.get("a", [])) == expected


def test_nothing_personal_is_quoted() -> None:
    findings = validate(
        [("a", identity("000", document="fee-list"), listing("fees", [{**FEE, "valid_to": "联系13800000000"}]))], FEES
    )["a"]
    assert "13800000000" not in repr(findings)


def test_no_error_is_cut_off() -> None:
    """Frictionless by itself stops at 1,000."""
    lines = [("？", str(number), {"total": "1.00"}) for number in range(1500)]
    assert len(validate([("a", identity(), table("revenue", lines))], spec())["a"]) == 1500


def test_a_form_that_its_schema_does_not_fit_is_our_mistake() -> None:
    stray = table("revenue", [("201", "行", {"total": "1.00"})])
    line = dataclasses.replace(stray.lines[0], figures={"tolls": Figure("tolls", Decimal(1), 0, "1", 5, 2)})
    with pytest.raises(ValueError, match="tolls_yuan"):
        validate([("a", identity(), dataclasses.replace(stray, lines=(line,)))], spec())


# --- the schemas themselves -------------------------------------------------------------------------------------


@pytest.mark.parametrize("table_id", TABLES)
def test_a_measure_means_the_same_in_every_table(table_id: str) -> None:
    declared = table_spec(table_id)
    for entry in declared.schema["fields"]:
        if entry["name"].endswith("_yuan"):
            measure = MEASURES[entry["name"].removesuffix("_yuan").replace("_", "-")]
            assert (entry["title"], entry["title_en"]) == (measure["zh"], measure["en"])
            assert entry["description"] == measure["description"]["zh"]
            assert entry["description_en"] == measure["description"]["en"]
    assert set(declared.measures) <= set(MEASURES)


@pytest.mark.parametrize("table_id", TABLES)
def test_schemas_begin_alike_and_have_a_key(table_id: str) -> None:
    schema = table_spec(table_id).schema
    names = [entry["name"] for entry in schema["fields"]]
    assert names[:5] == ["fiscal_year", "document", "department_code", "department_name", "scope"]
    assert len(names) == len(set(names))
    if schema["kind"] == "fiscal":
        assert names[5:8] == ["line_no", "line_code", "line_name"]
        assert schema["primaryKey"] == ["fiscal_year", "document", "department_code", "scope", "line_no"]
        assert not validate([("a", identity(), table(table_id, []))], spec(tables=TABLES))


@pytest.mark.parametrize(
    ("file", "meta"),
    [("measures.yml", "measures"), ("obligations.yml", "obligations"), ("expectations/facts.json", "expectations")],
)
def test_declarations_fit_their_meta_schema(file: str, meta: str) -> None:
    schema = json.loads((SCHEMAS / "meta" / f"{meta}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load((SCHEMAS / file).read_text("utf-8")))


@pytest.mark.parametrize("table_id", TABLES)
def test_every_amount_can_be_stored_and_is_no_larger_than_that(table_id: str) -> None:
    """The warehouse holds DECIMAL(18,2); a county's amounts are a million times smaller."""
    fields = table_spec(table_id).schema["fields"]
    amounts = [entry for entry in fields if entry["name"].endswith("_yuan")]
    assert [entry["name"] for entry in amounts if entry["type"] != "number"] == []
    bounds = {"minimum": -(10**15), "maximum": 10**15}
    assert [entry["name"] for entry in amounts if entry.get("constraints") != bounds] == []


@pytest.mark.parametrize("table_id", [key for key in TABLES if key not in ("fees", "funds")])
def test_bodies_are_those_of_the_register(table_id: str) -> None:
    [key] = table_spec(table_id).schema["foreignKeys"]
    assert (key["fields"], key["reference"]["resource"]) == (["department_code"], "departments")


# --- the same as Frictionless by itself ---------------------------------------------------------------------------

CODE = st.sampled_from(["", "205", "2050202", "total", "5303-1", "无", "Total", "20 5", "？"])
AMOUNT = st.sampled_from(["", "0", "-1.50", "1234.56", "1e15", "1000000000000001"])
LINES = st.lists(st.tuples(CODE, st.fixed_dictionaries({"total": AMOUNT, "other": AMOUNT})), max_size=6)
WHO = st.sampled_from(
    [identity(), identity(year=0), identity(document="report"), identity(scope="town"), identity("!"), identity("")]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WHO, LINES), min_size=1, max_size=4))
def test_a_batch_says_what_frictionless_says_of_each_table_by_itself(given_: list[Any]) -> None:
    tables = [
        (
            str(place),
            who,
            table(
                "revenue",
                [
                    (code, f"行{n}", {key: text for key, text in cells.items() if text})
                    for n, (code, cells) in enumerate(lines)
                ],
                unit_yuan=1,
            ),
        )
        for place, (who, lines) in enumerate(given_)
    ]
    found = validate(tables, spec())
    for key, who, made in tables:
        assert bool(found.get(key)) == bool(_alone(who, made))
        assert {finding.field for finding in found.get(key, ())} == _alone(who, made)


def _alone(who: Identity, made: Table) -> set[str]:
    """The fields in which Frictionless finds something, given one table and the schema as it is published."""
    schema = {key: said for key, said in table_spec("revenue").schema.items() if key in ("fields", "primaryKey")}
    names = [entry["name"] for entry in schema["fields"]]
    rows = [[record.values.get(name) for name in names] for record in records(who, made)]
    if not rows:
        return set()
    resource = frictionless.Resource(data=[names, *rows], schema=frictionless.Schema.from_descriptor(schema))
    return {str(problem.field_name) for problem in resource.validate().tasks[0].errors}
