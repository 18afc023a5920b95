"""Every number of the coverage pages over one small county, counted by hand.

Five departments owe a budget with two tables, due on 29 February 2024. 201 sent both in time, with the address of its page
and lines down to 项 and 款. 202 sent one, a day late, with a warning. 203 sent both, and nobody knows when it was approved.
204 sent nothing. 205 is exempt.
"""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from etl.answer import Answers, Dates, Share
from etl.coverage import answer, measure
from etl.fact import facts
from etl.finding import warning
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import FurtherDuty
from etl.spec.model import Spec
from etl.table import Submission, Table
from etl.warehouse import Warehouse
from tests.factories import approval, department, identity, obligation, spec, submission, table

FUNCTIONAL = table(
    "general-budget-expenditure",
    [
        ("201", "一般公共服务支出", {"total": "3.00"}),
        ("20101", "人大事务", {"total": "3.00"}),
        ("2010101", "行政运行", {"total": "3.00"}),
        ("total", "合计", {"total": "3.00"}),
    ],
)
TO_KUAN = table(
    "general-budget-expenditure",
    [("201", "一般公共服务支出", {"total": "3.00"}), ("20101", "人大事务", {"total": "3.00"})],
)
ECONOMIC = table(
    "basic-expenditure", [("301", "工资福利支出", {"total": "2.00"}), ("30101", "基本工资", {"total": "2.00"})]
)
TO_LEI = table("basic-expenditure", [("301", "工资福利支出", {"total": "2.00"})])


def depth(key: str, *tables: str) -> FurtherDuty:
    name = Bilingual("细化", "Depth")
    return FurtherDuty(key, name, ("department",), ("budget",), tables, 2017, 9999, "", "detail", "预算法")


def county() -> Spec:
    url = "https://example.cn/1.html"
    made = spec(
        tables=("general-budget-expenditure", "basic-expenditure"),
        departments=[
            department("000"),
            *(department(code) for code in ("201", "202", "203", "204")),
            department("205", exempt="yes", public_name=False),
            department("201-01", scope="unit", parent_code="201"),
        ],
        obligations=[
            obligation("budget", "general-budget-expenditure"),
            obligation("budget", "basic-expenditure"),
            obligation("budget", "general-budget-expenditure", who="unit"),
        ],
        approvals=[
            dataclasses.replace(approval("201", 2024, "budget", "2024-02-09", "2024-02-21"), published_url=url),
            approval("202", 2024, "budget", "2024-02-09"),
            approval("204", 2024, "budget", "2024-02-09"),
            approval("205", 2024, "budget", "2024-02-09"),
        ],
    )
    further = (
        depth("functional-depth", "general-budget-expenditure"),
        depth("economic-depth", "basic-expenditure"),
    )
    return dataclasses.replace(made, further_duties=further)


CAME = [
    submission("a", identity("201"), [FUNCTIONAL, ECONOMIC], received_on="2024-02-20"),
    submission("b", identity("202"), [FUNCTIONAL], received_on="2024-03-01", findings=[warning("unit-suspect")]),
    submission("c", identity("203"), [FUNCTIONAL, ECONOMIC], received_on="2024-02-20"),
]


def asked(submissions: list[Submission], declared: Spec | None = None, today: date = date(2024, 6, 1)) -> Answers:
    declared = declared or county()
    standing = [fact for each in submissions for fact in facts("530325", each, each.tables)]
    with Warehouse(declared, submissions, standing) as loaded:
        measure(loaded, declared, today)
        return answer(loaded, declared)


def axis(key: str, submissions: list[Submission]) -> tuple[int, int, int, int]:
    (share,) = [one for one in asked(submissions).axes if one.key == key]
    assert (share.fiscal_year, share.document) == (2024, "budget")
    return share.numerator, share.denominator, share.exempt, share.unknown


AXES = [
    ("timeliness", (1, 4, 1, 1)),  # 201; 203 cannot be told; 202 is late, and half of it missing
    ("completeness", (5, 8, 1, 0)),  # tables: 2 + 1 + 2 + 0 of 8
    ("truthfulness", (2, 4, 1, 1)),  # 201, 203; 202 has a warning; of 204 nothing came
    ("detail", (2, 4, 1, 2)),  # 201, 203; of 202 the economic table, of 204 both are not there
    ("form", (1, 4, 1, 2)),  # 201; nobody entered the pages of 202 and 203
]


@pytest.mark.parametrize(("key", "expected"), AXES)
def test_axes(key: str, expected: tuple[int, int, int, int]) -> None:
    assert axis(key, CAME) == expected


def test_nothing_is_divided_where_nothing_is_due_yet() -> None:
    early = asked([], today=date(2023, 12, 31))
    assert early.axes == ()
    assert [(one.denominator, one.rate) for one in early.tables] == [(0, None), (0, None)]
    (year,) = early.trend
    assert (year.bodies, year.nothing, year.not_due) == (4, 0, 4)


def without(code: str) -> list[Submission]:
    return [one for one in CAME if one.identity.department_code != code]


@pytest.mark.parametrize("shallow", [[TO_KUAN, ECONOMIC], [FUNCTIONAL, TO_LEI]])
def test_a_leaf_that_is_not_at_full_depth_is_no_detail(shallow: list[Table]) -> None:
    assert axis("detail", [*without("201"), submission("a", identity("201"), shallow)]) == (1, 4, 1, 2)


def test_a_rejected_file_is_forgiven_once_a_later_one_is_accepted() -> None:
    rejected = submission("d", identity("201"), [FUNCTIONAL], status="rejected", received_on="2024-02-19")
    assert axis("truthfulness", [*CAME, rejected]) == (2, 4, 1, 1)
    later = submission("d", identity("201"), [FUNCTIONAL], status="rejected", received_on="2024-02-25")
    assert axis("truthfulness", [*CAME, later]) == (1, 4, 1, 1)


def test_every_table_has_its_rate() -> None:
    assert [(one.key, one.numerator, one.denominator, one.exempt, one.unknown) for one in asked(CAME).tables] == [
        ("general-budget-expenditure", 3, 4, 1, 1),
        ("basic-expenditure", 2, 4, 1, 1),
    ]


def test_one_more_file_moves_the_right_numbers_and_no_others() -> None:
    before, after = asked(CAME), asked([*CAME, submission("e", identity("202"), [ECONOMIC], received_on="2024-03-02")])

    def moved(old: tuple[Share, ...], new: tuple[Share, ...]) -> dict[str, int]:
        return {one.key: two.numerator - one.numerator for one, two in zip(old, new, strict=True) if one != two}

    assert moved(before.tables, after.tables) == {"basic-expenditure": 1}
    assert moved(before.axes, after.axes) == {"completeness": 1, "detail": 1}


def test_the_trend_tells_what_became_of_every_document() -> None:
    (year,) = asked(CAME).trend
    assert (year.fiscal_year, year.document, year.bodies, year.exempt) == (2024, "budget", 4, 1)
    assert (year.complete, year.partial, year.nothing, year.not_due) == (2, 1, 1, 0)
    assert (year.in_time, year.late, year.undated, year.days_late) == (1, 1, 1, 1)


def test_both_days_are_there_and_the_unnamed_are_not() -> None:
    approved = date(2024, 2, 9)
    assert asked(CAME).dates == (
        Dates("201", 2024, "budget", approved, date(2024, 2, 20), date(2024, 2, 21), "https://example.cn/1.html"),
        Dates("202", 2024, "budget", approved, date(2024, 3, 1), None, ""),
        Dates("203", 2024, "budget", None, date(2024, 2, 20), None, ""),
        Dates("204", 2024, "budget", approved, None, None, ""),
    )


def test_what_a_set_of_forms_lacks_is_told_of_documents_that_came() -> None:
    made = county()
    forms = [
        dataclasses.replace(obligation("budget", table_id, "expected"), division="53")
        for table_id in ("assets", "procurement")
    ]
    declared = dataclasses.replace(made, obligations=(*made.obligations, *forms))
    came = submission("a", identity("201"), [FUNCTIONAL, table("assets")], received_on="2024-02-20")
    told = [(one.department_code, one.table_id, one.came) for one in asked([came], declared).expected]
    assert told == [("201", "assets", True), ("201", "procurement", False)]
