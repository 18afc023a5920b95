"""What words of fee lists mean and what kinds, chapters and subjects are called: a new one is a line in a file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.layout import PROGRAM, Layout
from etl.publish.data.core_fields import FIELDS, index_rows
from etl.publish.public import make_public
from etl.publish.views.fees import Fee, view_fees
from etl.publish.words import Words
from etl.spec import load
from etl.spec.model import Spec
from tests.publish.sample_publication import FEES, fee_list, make_publication, make_spec, submission
from tests.spec.conftest import County

FEE = FEES[2]


def shown(spec: Spec, *, mark: str = "", status: str = "", list_type: str = "收费目录清单") -> Fee:
    """One fee of a list that says so of it."""
    row = (*FEE[:6], mark, FEE[7], status)
    lists = submission("000-list", "000", 2025, "fee-list", (fee_list([row], list_type),), "2025-11-03", spec)
    (fee,) = view_fees(make_public(replace(make_publication(), spec=spec, submissions=(lists,)))).fees
    return fee


def test_words_of_a_fee_list_mean_what_the_file_says(county: County) -> None:
    before = make_spec()
    assert (shown(before, mark="向企业收").enterprise, shown(before, status="暂停征收").ended) == ("", False)
    county.edit("schemas/fee-lists.yml", "wholly: [", "wholly: [向企业收, ")
    county.edit("schemas/fee-lists.yml", "ended: [", "ended: [暂停征收, ")
    county.edit("schemas/fee-lists.yml", "lists: [", "lists: [企业负担, ")
    after = replace(before, fee_words=county.load().fee_words)
    assert (shown(after, mark="向企业收").enterprise, shown(after, status="暂停征收").ended) == ("yes", True)
    assert shown(after, list_type="企业负担清单").enterprise == "yes"


@pytest.mark.parametrize(
    ("mark", "status", "enterprise", "ended"),
    [
        ("是", "执行", "yes", False),
        ("√", "", "yes", False),
        ("部分", "停征", "partly", True),
        ("否", "改 税", "", True),
    ],
)
def test_words_that_are_declared(mark: str, status: str, enterprise: str, ended: bool) -> None:
    fee = shown(make_spec(), mark=mark, status=status)
    assert (fee.enterprise, fee.ended) == (enterprise, ended)


def test_a_kind_of_body_gets_a_name_without_code(county: County) -> None:
    assert Words(county.load(), "en").kind("开发区") == "开发区"
    county.edit("schemas/headings.yml", "kinds:\n", "kinds:\n  开发区: {zh: 开发区, en: Development zone}\n")
    assert Words(county.load(), "en").kind("开发区") == "Development zone"


def test_a_subject_of_the_index_is_what_the_file_says(county: County) -> None:
    county.edit("schemas/headings.yml", "  budget: 财政预算、决算信息\n", "  budget: 预算公开\n")
    spec = replace(make_spec(), headings=county.load().headings)
    rows = index_rows(make_public(replace(make_publication(), spec=spec))).rows
    document, subject = FIELDS.index("document"), FIELDS.index("subject")
    assert {row[subject] for row in rows if row[document] == "budget"} == {"预算公开"}


def test_a_subject_of_no_document_is_a_mistake(county: County) -> None:
    county.edit("schemas/headings.yml", "  fund-list: ", "  funds-list: ")
    line = county.line("schemas/headings.yml", "funds-list")
    assert ("schemas/headings.yml", line) in [(file, line) for file, line, _ in county.places()]


def test_everything_that_is_used_has_a_name() -> None:
    spec = load(Layout(PROGRAM))
    assert {body.kind for body in spec.departments} <= set(spec.headings.kinds)
    assert set(spec.headings.subjects) == {"budget", "final-account", "fee-list", "fund-list"}
