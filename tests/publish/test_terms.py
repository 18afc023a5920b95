"""Words that lead to their explanation, and every word that a page prints as one."""

from __future__ import annotations

import pytest

from etl.layout import PROGRAM, Layout
from etl.publish.terms import term_link
from etl.spec import load

SPEC = load(Layout(PROGRAM))


@pytest.mark.parametrize(
    ("text", "by", "address"),
    [
        ("公务接待费", {}, "../../glossary/#official-reception"),
        ("三公 经费", {}, "../../glossary/#three-public-expenses"),
        ("basic expenditure", {}, "../../glossary/#basic-expenditure"),
        ("本年", {"measure": "income-basic"}, "../../glossary/#current-year-income"),
        ("上年结转", {"line": "carry-over-opening"}, "../../glossary/#carry-over-opening"),
    ],
)
def test_a_known_word_leads_to_its_explanation(text: str, by: dict[str, str], address: str) -> None:
    term = term_link("departments/201/", SPEC.glossary)
    assert term(text, **by) == f'<a class="mz-term" href="{address}">{text}</a>'


@pytest.mark.parametrize(("text", "by"), [("毛笔", {}), ("合计", {"line": "total"}), ("金额", {"measure": "amount"})])
def test_any_other_word_stays_as_it_is(text: str, by: dict[str, str]) -> None:
    assert term_link("", SPEC.glossary)(text, **by) == text


def test_a_word_is_escaped() -> None:
    assert term_link("", SPEC.glossary)("<b>") == "&lt;b&gt;"


def test_every_column_and_line_of_money_is_explained_or_said_to_be_plain() -> None:
    glossary = SPEC.glossary
    columns = {measure for table in SPEC.tables.values() for measure in table.measures} | set(SPEC.measures)
    lines = {line.code for names in SPEC.lines.sets.values() for line in names}
    assert {one for one in columns if glossary.of_measure(one) is None} == glossary.plain_measures
    assert {one for one in lines if glossary.of_line(one) is None} == glossary.plain_lines
