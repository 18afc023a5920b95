"""`schemas/glossary.yml`: every mistake in it is told, with its place."""

from __future__ import annotations

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import load
from tests.spec.conftest import County

FILE = "schemas/glossary.yml"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("group: budgets\n", "group: budget\n", "terms/general-public-budget/group"),
        ("see: [government-fund-budget,", "see: [general-public-budget,", "terms/general-public-budget/see/0"),
        ("measures: [general-budget,", "measures: [general-budgets,", "terms/general-public-budget/measures/0"),
        ("lines: [income-general-budget]", "lines: [total]", "terms/general-public-budget/lines/0"),
        ("aliases: [一般公共预算财政拨款,", "aliases: [“三公”经费,", "terms/three-public-expenses"),
        ("plain:\n  measures: [amount,", "plain:\n  measures: [amounts,", "plain/measures/0"),
        ("groups:\n", "groups:\n  none: {zh: 空, en: Empty}\n", "groups/none"),
    ],
)
def test_a_mistake_names_its_place(county: County, old: str, new: str, key: str) -> None:
    county.edit(FILE, old, new)
    assert [(file, place) for file, _, place in county.places()] == [(FILE, key)]


def test_all_mistakes_at_once(county: County) -> None:
    county.edit(FILE, "group: budgets\n", "group: budget\n")
    county.edit(FILE, "plain:\n  measures: [amount,", "plain:\n  measures: [amounts,")
    assert [place for _, _, place in county.places()] == ["terms/general-public-budget/group", "plain/measures/0"]


def test_every_explanation_is_two_sentences_in_each_language() -> None:
    glossary = load(Layout(PROGRAM)).glossary
    counted = {term.key: (term.says.zh.count("。"), term.says.en.count(". ") + 1) for term in glossary.terms.values()}
    assert {key: count for key, count in counted.items() if count != (2, 2)} == {}
