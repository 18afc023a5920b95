"""What is told of causes, in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from etl.finding import Finding, Location, error
from etl.suggest.slips import Kind
from etl.wording import CAUSE_VALUES, causes, fill, in_reading_order, placeholders, say
from tests.sheets import fuyuan

SPEC = fuyuan()
WAYS = ("row-twice-printed", "row-missing-unprinted", "row-missing-blank")
SENTENCES = ("first", "other", "mend", "cascade")


def finding(sheet: str = "支出", **values: str) -> Finding:
    location = Location(sheet, "C2", 2, 3)
    return error("sum-mismatch", location, table_id="expenditure", difference=Decimal(500_000), values=values)


def test_every_kind_has_its_words_and_no_other() -> None:
    assert set(SPEC.causes) == {*get_args(Kind), *WAYS, *SENTENCES}


@pytest.mark.parametrize("key", [*get_args(Kind), *WAYS, *SENTENCES])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clause_names_only_what_a_cause_knows(key: str, lang: str) -> None:
    template = SPEC.causes[key][lang]
    assert placeholders(template) <= CAUSE_VALUES
    assert not set("{}[]") & set(fill(template, dict.fromkeys(CAUSE_VALUES, "x")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_second_guess_is_told_after_the_first_with_its_cell_and_figure(lang: str) -> None:
    first = {"cause": "sign", "cause_cell": "C4", "cause_line": "教育", "cause_stated": "5.00", "suggestion": "-5.00"}
    second = {"cause_2": "digit-wrong", "cause_cell_2": "C9", "cause_line_2": "卫生", "suggestion_2": "7.00"}
    said = causes(finding(**first, **second), SPEC, lang)
    assert len(said) == 2
    assert all(part in said[0] for part in ("C4", "教育", "5.00", "-5.00"))
    assert all(part in said[1] for part in ("C9", "卫生", "7.00"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_mend_names_the_table_only_where_it_is_another(lang: str) -> None:
    mend = {"mend": "C7", "mend_sheet": "支出", "mend_table": "支出表", "mend_line": "教育", "mend_value": "9.00"}
    here, there = (causes(finding(sheet, **mend), SPEC, lang)[0] for sheet in ("支出", "收入"))
    assert "C7" in here
    assert "9.00" in here
    assert ("支出表" in here, "支出表" in there) == (False, True)


def test_what_only_follows_says_that_and_nothing_else() -> None:
    mend = {"mend": "C7", "mend_sheet": "支出", "mend_line": "教育", "mend_value": "9.00", "cause": "sign"}
    assert len(causes(finding(**mend, cascade="yes"), SPEC, "zh")) == 1
    assert say(finding(**mend, cascade="yes"), SPEC, "zh")[1] == causes(finding(**mend, cascade="yes"), SPEC, "zh")[0]


def test_cells_come_before_sums_what_leads_before_what_follows_and_more_money_before_less() -> None:
    unreadable = error("amount-unreadable", Location("支出", "C9", 9, 3))
    small, large = finding(), replace(finding(), difference=Decimal(-900_000))
    follows = replace(finding(cascade="yes"), difference=Decimal(5_000_000))
    ordered = in_reading_order([follows, small, large, unreadable], ["支出"], SPEC)
    assert [(one.code, one.difference) for one in ordered] == [
        (one.code, one.difference) for one in (unreadable, large, small, follows)
    ]
