"""The clocks of the Open Budget Survey against cases written as text: `international.yml`."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.answer import AbroadVerdict
from etl.coverage import answer, measure
from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.model import Spec
from etl.warehouse import Warehouse
from tests.factories import approval, department, identity, obligation, spec, submission, table

CLOCKS = load(Layout(PROGRAM)).international
CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "international.yml").read_text("utf-8"), Loader=yaml.BaseLoader
)


def county(document: str, approved_on: str) -> Spec:
    declared = spec(
        departments=[department("000"), department("201")],
        obligations=[obligation(document, "revenue", who=who) for who in ("county", "department")],
        approvals=[approval("000", 2024, document, approved_on)],
    )
    return dataclasses.replace(declared, international=CLOCKS)


def verdict(case: dict[str, Any]) -> AbroadVerdict:
    declared = county(case["document"], case.get("approved", ""))
    who = identity("000", 2024, case["document"])
    came = [submission("a", who, [table("revenue")], received_on=case["came"])] if "came" in case else []
    with Warehouse(declared, came, ()) as loaded:
        measure(loaded, declared, date.fromisoformat(case.get("today", "2026-06-01")))
        (made,) = answer(loaded, declared).international
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_document_of_the_county_by_both_clocks(case: dict[str, Any]) -> None:
    made = verdict(case)
    told = (made.due_on, made.verdict, made.days_late, made.legal_due_on, made.legal_days_late)
    assert ["" if one is None else str(one) for one in told] == case["row"]
    assert (made.published_on.isoformat() if made.published_on else None) == case.get("came")


def test_only_what_the_county_shares_with_the_survey_has_a_document() -> None:
    assert {clock.key: (clock.document, clock.after, clock.months) for clock in CLOCKS if clock.document} == {
        "enacted-budget": ("budget", "approval", 3),
        "year-end": ("final-account", "year", 12),
    }
    assert {"audit": 18, "in-year": 3, "mid-year": 3}.items() <= {clock.key: clock.months for clock in CLOCKS}.items()
