from __future__ import annotations

import json

import jsonschema
import pytest

from etl.finding import Location, error
from etl.wording import PLACEHOLDERS, fill, in_reading_order, placeholders, say, sentence, values_of, wording_of
from tests.publish.builders import DECLARED, FINDINGS, MISMATCH, ROOT, SHEET, spec

SPEC = spec()
TEMPLATES = [
    pytest.param(text, id=f"{code}/{situation}/{key}")
    for code, entry in DECLARED["findings"].items()
    for situation, wording in entry["wordings"].items()
    for key, text in wording.items()
]

CONTRACT_CODES = [
    "file-unreadable",
    "file-encrypted",
    "file-too-large",
    "file-type-mismatch",
    "file-empty",
    "file-has-macros",
    "file-has-external-links",
    "department-unknown",
    "year-unknown",
    "document-unknown",
    "department-differs",
    "year-differs",
    "submission-duplicate",
    "copied-template",
    "sheet-unrecognised",
    "header-missing",
    "columns-collide",
    "unit-missing",
    "unit-suspect",
    "template-text-left",
    "hidden-content",
    "table-repeated",
    "amount-unreadable",
    "code-unreadable",
    "code-unknown",
    "code-name-mismatch",
    "code-repeated",
    "formula-not-calculated",
    "cell-error",
    "negative-amount",
    "required-missing",
    "type-mismatch",
    "sum-mismatch",
    "total-unbalanced",
    "roll-forward-mismatch",
    "change-mismatch",
    "rounding-difference",
    "amounts-differ",
    "part-exceeds-whole",
    "nil-statement-missing",
    "nil-statement-contradicted",
    "table-missing",
    "carry-over-mismatch",
    "budget-differs",
    "over-budget",
    "personal-data",
    "exempt-department",
    "fee-basis-missing",
    "fee-basis-unreadable",
    "fee-expired",
    "fee-not-authorised",
    "fee-field-missing",
    "fee-number-gap",
    "disclosure-missing",
    "disclosure-late",
    "approval-date-missing",
    "correction-stale",
    "correction-unmatched",
    "acceptance-expired",
]


def test_every_code_of_the_contract_is_declared() -> None:
    assert sorted(set(CONTRACT_CODES) - set(DECLARED["findings"])) == []


def test_the_file_fits_its_schema() -> None:
    meta = json.loads((ROOT / "schemas" / "meta" / "findings.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(meta)
    jsonschema.Draft202012Validator(meta).validate(DECLARED)


def test_every_code_belongs_to_a_group_that_is_named() -> None:
    assert {entry["about"] for entry in DECLARED["findings"].values()} == set(DECLARED["abouts"])


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_names_only_what_a_finding_can_know(template: str) -> None:
    assert placeholders(template) <= PLACEHOLDERS
    assert template.count("[") == template.count("]")
    assert not set("{}[]") & set(fill(template, dict.fromkeys(PLACEHOLDERS, "x")))


@pytest.mark.parametrize("code", DECLARED["findings"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_finding_without_any_value_still_gets_its_words(code: str, lang: str) -> None:
    message, mend = say(error(code), SPEC, lang)
    assert message
    assert mend
    assert not set("{}[]") & set(message + mend)


FILLED = [
    ("{a}元", {"a": "1"}, "1元"),
    ("{a}元", {}, "…元"),
    ("甲[，{a}]。", {"a": "乙"}, "甲，乙。"),
    ("甲[，{a}]。", {"a": ""}, "甲。"),
    ("甲[{a}{b}]。", {"a": "乙"}, "甲。"),
    ("{a}", {"a": "{b}[{c}]", "b": "no"}, "{b}[{c}]"),
    ("[{a}]", {"a": r"\1 {a.__class__}"}, r"\1 {a.__class__}"),
]


@pytest.mark.parametrize(("template", "known", "filled"), FILLED)
def test_fill(template: str, known: dict[str, str], filled: str) -> None:
    assert fill(template, known) == filled


def test_the_situation_chooses_the_wording() -> None:
    wordings = SPEC.findings["sum-mismatch"].wordings
    assert wording_of(MISMATCH, SPEC) is wordings["hierarchy"]
    assert wording_of(error("sum-mismatch"), SPEC) is wordings["default"]
    assert wording_of(error("sum-mismatch", values={"situation": "never heard of"}), SPEC) is wordings["default"]


def test_both_languages_state_the_same_figures() -> None:
    for lang in ("zh", "en"):
        told = sentence(MISMATCH, SPEC, lang)
        assert [figure in told for figure in ("120.00", "119.50", "0.50", "205 教育支出")] == [True] * 4


def test_values_come_from_the_finding_and_the_declarations() -> None:
    finding = error(
        "disclosure-missing",
        Location("甲", "B2", 2, 2),
        table_id="expenditure",
        department_code="101",
        fiscal_year=2024,
    )
    known = values_of(finding, SPEC, "zh")
    assert {key: known[key] for key in ("table", "department", "year", "cell", "sheet", "row")} == {
        "table": "部门支出总体情况表",
        "department": "富源县财政局",
        "year": "2024",
        "cell": "B2",
        "sheet": "甲",
        "row": "2",
    }
    assert values_of(MISMATCH, SPEC, "en")["table"] == "Department expenditure"
    assert values_of(MISMATCH, SPEC, "zh")["table"] == "支出决算表"


def test_structure_comes_first_and_notes_come_last() -> None:
    ordered = in_reading_order(FINDINGS, ["封面", "收入决算表", SHEET], SPEC)
    assert [(finding.code, finding.location.cell) for finding in ordered] == [
        ("header-missing", "A4"),
        ("unit-missing", "A1"),
        ("sum-mismatch", "C7"),
        ("code-name-mismatch", "B9,B8:B9"),
        ("rounding-difference", "C6"),
    ]
