"""What the pages on coverage say: the words of a document, the order of the board, two days, addresses, every query."""

from __future__ import annotations

import dataclasses
import html
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from etl.answer import CoverageRow
from etl.coverage.answers import AXES
from etl.publish.pages import assemble
from etl.publish.public import make_public
from etl.publish.views.coverage import differing_dates, view_coverage, view_numbers
from etl.publish.views.duties import MARK_ORDER, Duty, duties
from etl.publish.words import Words
from etl.warehouse import QUERIES
from tests.publish.sample_publication import DECLARED, HIDDEN, make_publication


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("coverage")
    assemble(make_publication(), build)
    return build / "docs"


def duty(*tables: tuple[str, str], days: int | None = None, due: str = "", document: str = "budget") -> Duty:
    """A document whose tables are given as obligation and status; days late hold for the first that is there."""
    there = {"published", "nil-declared", "nil-undeclared"}
    rows = [
        CoverageRow(
            "201",
            "单位",
            2024,
            document,
            f"table-{number}",
            obligation,
            status,
            due,
            "2024-03-10" if status in there else "",
            days if status in there else None,
            "",
        )
        for number, (obligation, status) in enumerate(tables)
    ]
    (made,) = duties(rows)
    return made


R, C = "required", "conditional"
SAID = {
    "in time": (duty((R, "published"), due="2024-03-10", days=0), [("published", 0, 0)]),
    "late": (duty((R, "published"), due="2024-03-01", days=9), [("published", 0, 0), ("late", 9, 0)]),
    "no approval date": (duty((R, "published")), [("published", 0, 0), ("unknown", 0, 0)]),
    "a list runs on no such clock": (duty((C, "published"), document="fee-list"), [("published", 0, 0)]),
    "not due": (duty((R, "not-due"), (R, "not-due")), [("not-due", 0, 0)]),
    "one of two is missing": (duty((R, "published"), (R, "missing"), due="2024-03-10", days=0), [("missing", 1, 2)]),
    "all are missing": (duty((R, "missing"), (R, "missing"), (C, "missing")), [("missing", 2, 2)]),
    "nil with a statement": (
        duty((R, "published"), (R, "nil-declared"), due="2024-03-10", days=0),
        [("published", 0, 0), ("nil-declared", 1, 0)],
    ),
    "nil without": (
        duty((R, "published"), (R, "nil-undeclared"), due="2024-03-10", days=0),
        [("nil-undeclared", 1, 2)],
    ),
    "returned, and one missing": (duty((R, "rejected"), (R, "missing")), [("missing", 1, 2), ("rejected", 1, 2)]),
    "exempt": (duty(("exempt", "exempt")), [("exempt", 0, 0)]),
    "nothing required, nothing there": (duty((C, "missing")), []),
}


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of_a_document(case: str) -> None:
    made, expected = SAID[case]
    assert [(one.state, one.number, one.of) for one in made.marks] == expected


def test_every_word_of_the_board_is_said_and_explained() -> None:
    said = {one.state for made, _ in SAID.values() for one in made.marks}
    assert said == set(MARK_ORDER) == DECLARED.numbers.meanings.keys()
    words = Words(DECLARED, "zh")
    assert [words.mark(state, 3) for state in MARK_ORDER] == [
        *("缺表", "未通过检查", "空表未说明", "迟 3 天", "无法判定", "未到期", "已公开", "空表已说明", "依法不公开"),
    ]
    assert Words(DECLARED, "en").mark("late", 1) == "1 day late"


@pytest.mark.parametrize(
    ("made", "days"),
    [
        (duty((R, "missing"), due="2024-03-01"), 9),
        (duty((R, "missing"), due="2024-03-10"), 0),
        (duty((R, "missing")), 0),  # due on nobody knows what day
        (duty((R, "published"), due="2024-03-01", days=9), 0),  # late, and no longer owed
    ],
)
def test_how_long_something_has_been_owed(made: Duty, days: int) -> None:
    assert made.overdue(date(2024, 3, 10)) == days


def test_who_owes_most_stands_first_and_the_exempt_last() -> None:
    view = view_coverage(make_public(make_publication()), 2024)
    owed = [row.owed for row in view.rows]
    assert owed == sorted(owed, reverse=True)
    assert owed[0] == 18  # nine tables of two documents
    assert [row.department.code for row in view.rows][-2:] == ["208", "161"]
    assert dict(view.states)["exempt"] == 2
    assert view.kinds == ("军事机关", "政府部门", "事业单位", "乡镇（街道）")


def test_what_stands_elsewhere_is_told_where_nothing_is_here() -> None:
    public = make_public(make_publication())
    assert view_coverage(public, 2024).elsewhere == {("603", "budget"): "https://www.example.gov.cn/603.pdf"}
    assert view_coverage(public, 2018).elsewhere == {}  # its page is known, and its table is here too


def test_only_days_that_differ_are_listed() -> None:
    publication = make_publication()
    assert [(one.department_code, one.document) for one in differing_dates(make_public(publication), 2024)] == [
        ("208", "budget")
    ]
    same = [dataclasses.replace(one, shown_on=one.accepted_on) for one in publication.answers.dates]
    answers = dataclasses.replace(publication.answers, dates=tuple(same))
    assert differing_dates(make_public(dataclasses.replace(publication, answers=answers)), 2024) == ()


def test_numbers_of_a_year_are_the_answers_of_that_year() -> None:
    view = view_numbers(make_public(make_publication()), 2024)
    assert [(number.key, row.shares["budget"].numerator) for number, row in view.axes] == list(
        zip(AXES, range(5), strict=True)
    )
    assert [row.key for row in view.tables] == [one.key for one in make_publication().answers.tables]
    assert view.international.keys() == {"enacted-budget"}
    assert view_numbers(make_public(make_publication()), 2023).tables == ()


def test_every_number_names_a_query_that_is_there() -> None:
    keys = [number.key for number in DECLARED.numbers.all]
    assert (
        {path.stem for path in QUERIES.glob("*.sql")} >= set(keys) >= {*AXES, "rates", "table_rates", "trend", "dates"}
    )
    assert [number.key for number in DECLARED.numbers.all if number.is_axis] == list(AXES)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_query_is_printed_as_it_runs(docs: Path, lang: str) -> None:
    text = (docs / lang / "coverage" / "how" / "queries.md").read_text("utf-8")
    page = next(yaml.safe_load_all(text))["body"]
    printed = [html.unescape(found) for found in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]
    declared = [(QUERIES / f"{number.key}.sql").read_text("utf-8").strip() for number in DECLARED.numbers.all]
    assert [found.strip() for found in printed] == declared


@pytest.mark.parametrize(
    "page", ["coverage/index.md", "coverage/2024.md", "coverage/2024/numbers.md", "coverage/trend.md"]
)
def test_every_number_leads_to_a_query_that_is_printed(docs: Path, page: str) -> None:
    how = docs / "zh" / "coverage" / "how"
    anchors = set(re.findall(r'id="([a-z_]+)"', (how / "index.md").read_text("utf-8")))
    assert anchors - {"top"} == set(re.findall(r'queries/#([a-z_]+)"', (how / "index.md").read_text("utf-8")))
    assert anchors == set(re.findall(r'id="([a-z_]+)"', (how / "queries.md").read_text("utf-8")))
    led = set(re.findall(r'class="mz-made" href="[^"#]*how/#([a-z_]+)"', (docs / "zh" / page).read_text("utf-8")))
    assert led
    assert led <= anchors


def test_no_page_on_coverage_names_who_may_not_be_named(docs: Path) -> None:
    for path in (docs / "zh" / "coverage").rglob("*.md"):
        assert HIDDEN not in path.read_text("utf-8")
