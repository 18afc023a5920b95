"""The yearly report's sentences over a county made for them, every number counted by hand.

The report of 2017 says: 75 departments, 220 items; three items each would make 225. This county has 75 departments that owe
a budget and a final account of two tables each, one of them the three public expenses. 001 to 002 sent no final account of
2016, 003 no three public expenses, and 004 no budget (and with it no three public expenses): 225 - 5 = 220. The county
itself published its budget and its final account with one table each.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest

from etl.coverage import measure
from etl.fact import facts
from etl.layout import PROGRAM
from etl.publish.papers.annual import Annual, make_annual
from etl.publish.papers.annual_paper import as_values, make_paper
from etl.publish.papers.markdown_file import as_markdown
from etl.publish.papers.paper import Code, Grid, Paragraph
from etl.spec.annual import annual_report
from etl.spec.files import Reader
from etl.spec.model import Spec
from etl.table import Submission
from etl.warehouse import QUERIES, Warehouse
from etl.wording import fill
from tests.factories import department, identity, listing, obligation, spec, submission, table

CODES = tuple(f"{number:03}" for number in range(1, 76))
TABLES = ("revenue", "three-public-expenses")


def declared() -> Spec:
    made = spec(
        tables=(*TABLES, "fees", "funds", "gov-general-revenue"),
        departments=[department("000"), *(department(code) for code in CODES), department("900", exempt="yes")],
        obligations=[
            *(obligation(document, each, since=2010) for document in ("budget", "final-account") for each in TABLES),
            *(
                obligation(document, "gov-general-revenue", since=2010, who="county")
                for document in ("budget", "final-account")
            ),
        ],
        first_year=2016,
    )
    source = Reader(PROGRAM).declaration(PROGRAM / "schemas" / "annual-report.yml", "annual-report")
    assert source is not None
    return dataclasses.replace(made, annual=annual_report(source, made.documents, made.tables))


SPEC = declared()


def sent(code: str, year: int, document: str, *tables: str, status: str = "accepted", day: str = "") -> Submission:
    held = [table(each) for each in tables]
    return submission(
        f"{code}{year}{document}", identity(code, year, document), held, status=status, received_on=day or "2017-06-01"
    )


COUNTY = (
    sent("000", 2017, "budget", "gov-general-revenue"),
    sent("000", 2016, "final-account", "gov-general-revenue"),
)
FEES = [{"list_type": "全国性行政事业性收费目录清单", "item": f"收费{number}"} for number in range(40)] + [
    {"list_type": "全国性涉企行政事业性收费目录清单", "item": f"涉企{number}"} for number in range(9)
]
FUNDS = [{"list_type": "全国政府性基金目录清单", "item": f"基金{number}"} for number in range(10)]
LISTS = (
    submission("fee", identity("000", 2017, "fee-list"), [listing("fees", FEES)]),
    submission("fund", identity("000", 2017, "fund-list"), [listing("funds", FUNDS)]),
)


def departments() -> Iterator[Submission]:
    for code in CODES:
        if code != "004":
            yield sent(code, 2017, "budget", *(TABLES[:1] if code == "003" else TABLES))
        if code not in ("001", "002"):
            yield sent(code, 2016, "final-account", *TABLES)


EVERYTHING = (*COUNTY, *LISTS, *departments())


def report(submissions: Sequence[Submission], year: int = 2017, made: Spec = SPEC) -> Annual:
    public = [fact for one in submissions for fact in facts("530325", one, one.tables) if one.status == "accepted"]
    with Warehouse(made, submissions, public) as warehouse:
        measure(warehouse, made, date(2018, 7, 1))
        return make_annual(warehouse, made, year, date(2018, 7, 1))


@pytest.fixture(scope="module")
def whole() -> Annual:
    return report(EVERYTHING)


EXPECTED = {
    "departments": 76,
    "exempt": 1,
    "obliged": 75,
    "items": 220,
    "items_expected": 225,
    "items_lacking": 5,
    "items_in_year": 220,
    "budgets": 74,
    "final_accounts": 73,
    "three_public": 73,
    "covered": 75,
    "complete": 71,
    "coverage": Decimal("100.0"),
    "tables": 74 * 2 - 1 + 73 * 2,
    "government_documents": 2,
    "government_tables": 2,
    "government_files": 2,
    "fees": 59,
    "fees_administrative": 40,
    "fees_enterprise": 9,
    "funds": 10,
    "fee_income": None,
}


def test_the_numbers_of_the_seed_come_out_and_each_can_be_taken_apart(whole: Annual) -> None:
    assert whole.values == EXPECTED


def test_the_five_that_are_lacking_are_named(whole: Annual) -> None:
    assert [(gap.department_code, gap.item, gap.fiscal_year, gap.state) for gap in whole.gaps] == [
        ("004", "budget", 2017, "missing"),
        ("001", "final-account", 2016, "missing"),
        ("002", "final-account", 2016, "missing"),
        ("003", "three-public-expenses", 2017, "missing"),
        ("004", "three-public-expenses", 2017, "missing"),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sentence_holds_the_numbers_and_leaves_blank_what_it_does_not_know(whole: Annual, lang: str) -> None:
    said = whole.sentences(SPEC, lang)
    for number in ("2017", "76", "220", "100.0"):
        assert number in said["budgets"]
    assert SPEC.annual.texts["blank"][lang] in said["budgets"]  # notices
    assert "…" not in "".join(said.values())


def changed(*submissions: Submission) -> dict[str, object]:
    """What is another number once these stand in place of those of the same name, or beside them."""
    names = {one.submission_id for one in submissions}
    now = report([*(one for one in EVERYTHING if one.submission_id not in names), *submissions])
    return {name: value for name, value in now.values.items() if value != EXPECTED[name]}


def test_one_more_final_account_moves_its_numbers_and_no_others() -> None:
    assert changed(sent("001", 2016, "final-account", *TABLES)) == {
        "items": 221,
        "items_lacking": 4,
        "items_in_year": 221,
        "final_accounts": 74,
        "complete": 72,
        "tables": EXPECTED["tables"] + 2,  # type: ignore[operator]
    }


def test_one_that_comes_a_year_later_does_not_count_for_the_year() -> None:
    moved = changed(sent("001", 2016, "final-account", *TABLES, day="2018-03-01"))
    assert moved["items"] == 221
    assert "items_in_year" not in moved


def test_one_that_is_returned_is_lacking_and_told_so() -> None:
    returned = sent("075", 2017, "budget", *TABLES, status="rejected")
    assert changed(returned) == {
        "items": 218,
        "items_lacking": 7,
        "items_in_year": 218,
        "budgets": 73,
        "three_public": 72,
        "complete": 70,
        "tables": EXPECTED["tables"] - 2,  # type: ignore[operator]
    }
    now = report([*(one for one in EVERYTHING if one.submission_id != returned.submission_id), returned])
    assert [gap.state for gap in now.gaps if gap.department_code == "075"] == ["rejected", "rejected"]


def test_the_list_of_another_year_takes_the_place_of_the_earlier_one_from_its_year_on() -> None:
    later = submission("fee8", identity("000", 2018, "fee-list"), [listing("fees", FEES[:3])])
    assert report([*EVERYTHING, later]).values["fees_administrative"] == 40
    assert report([*EVERYTHING, later], 2018).values["fees_administrative"] == 3


def test_a_year_of_which_nothing_is_measured_has_no_numbers_and_no_zeros() -> None:
    empty = report(EVERYTHING, 2012)
    assert set(empty.unmeasured) == {item.key for item in SPEC.annual.items}
    known = {name for name, value in empty.values.items() if value is not None}
    assert known == {"departments", "exempt", "obliged"}  # the register still has them


def test_a_number_that_nothing_tells_is_named_among_what_could_not_be_derived(whole: Annual) -> None:
    """Once: what is blank because its year is not measured is told with the year."""
    without = report([one for one in EVERYTHING if not any(each.table_id == "funds" for each in one.tables)])
    notes = [block.text for block in make_paper(without, SPEC, "zh").blocks if isinstance(block, Paragraph)]
    before = [block.text for block in make_paper(whole, SPEC, "zh").blocks if isinstance(block, Paragraph)]
    told = fill(SPEC.annual.texts["no_number"].zh, {"number": SPEC.annual.numbers["funds"].name.zh})
    assert (notes.count(told), before.count(told)) == (1, 0)
    empty = report(EVERYTHING, 2012)
    printed = [block.text for block in make_paper(empty, SPEC, "zh").blocks if isinstance(block, Paragraph)]
    budgets = SPEC.annual.numbers["budgets"].name.zh
    assert fill(SPEC.annual.texts["no_number"].zh, {"number": budgets}) not in printed


def test_every_number_names_its_query_and_the_query_is_printed(whole: Annual) -> None:
    told = as_values(whole, SPEC, "zh")
    paper = make_paper(whole, SPEC, "zh")
    printed = {block.text for block in paper.blocks if isinstance(block, Code)}
    for number in SPEC.annual.numbers.values():
        text = (QUERIES / f"{number.query}.sql").read_text("utf-8")
        assert text.rstrip() in printed
        assert told["queries"][number.query] == text  # type: ignore[index]


def test_a_cell_of_the_statistics_that_is_not_known_is_blank(whole: Annual) -> None:
    heads = SPEC.annual.statistics[-1].heads
    grid = next(
        block
        for block in make_paper(whole, SPEC, "zh").blocks
        if isinstance(block, Grid) and block.heads == tuple(head.zh for head in heads)
    )
    assert [row[1:] for row in grid.rows] == [("",)]


def test_what_was_charged_is_the_line_of_the_final_account() -> None:
    final = submission(
        "income",
        identity("000", 2017, "final-account"),
        [table("gov-general-revenue", [("10304", "行政事业性收费收入", {"budget": "11.00", "final": "1200.17"})])],
        received_on="2018-06-20",
    )
    assert report([*EVERYTHING, final]).values["fee_income"] == Decimal("1200.17")


def test_both_languages_have_the_same_sections(whole: Annual) -> None:
    zh, en = (as_markdown(make_paper(whole, SPEC, lang)) for lang in ("zh", "en"))
    assert zh.count("\n## ") == en.count("\n## ") == 6
    assert zh.count("\n| ") == en.count("\n| ")
