"""Notices, the circular, receipts and calendars over one small county, its days counted by hand.

Built on 1 October 2025. 101 is 21 days late with one of two tables. 102 has a budget nobody knows the day of, and one due
on 20 October. 103 is exempt in part and owes the rest. 104 owes nothing. 105 is a unit of 101. 900 and 901 are exempt; 900
may not be named. 700 ended in 2024, and 101 took over from it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path

import docx
import pytest
from icalendar import Calendar

from etl.answer import CoverageRow, YearOfDocument
from etl.publish.abreast import one_by_one
from etl.publish.letters import make_letter
from etl.publish.owed import owed, undated
from etl.publish.papers.calendars import deadlines, uid
from etl.publish.papers.circular import standings
from etl.publish.papers.docx_file import as_docx
from etl.publish.papers.markdown_file import as_markdown
from etl.publish.papers.paper import Grid, Heading, Paper, Paragraph
from etl.publish.papers.receipt import make_receipt
from etl.publish.papers.text_file import as_text
from etl.publish.papers.write import notices, paper_files
from etl.publish.publication import Publication
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval, Clock, Department, FurtherDuty, Obligation
from etl.spec.model import Spec
from tests.publish.builders import FINDINGS, OUTCOMES, department, publication, spec, submission

DAY = date(2025, 10, 1)
EXEMPT = {"900": "绝密机构", "901": "富源县人民武装部"}
AUTHORITY = "预算法第十四条第二款（试）"
OF_UNITS = "预算法实施条例第六条第四款（试）"
REPORT = Clock("yearly", Bilingual("次年1月31日前", "31 January"), "yearly", 0, 1, 31, Bilingual("", ""), "条例")


def body(code: str, name: str, **changes: object) -> Department:
    return dataclasses.replace(department(code, name), **changes)  # type: ignore[arg-type]


def county() -> Spec:
    declared = spec()
    return dataclasses.replace(
        declared,
        departments=(
            body("000", "富源县人民政府", kind="government"),
            body("101", "富源县财政局", successor_of=("700", "900")),
            body("102", "富源县教育体育局"),
            body("103", "富源县公安局", exempt="partly"),
            body("104", "富源县审计局"),
            body("105", "富源县会计核算中心", scope="unit", parent_code="101"),
            body("700", "富源县物价局", valid_to=2024),
            body("900", EXEMPT["900"], exempt="yes", public_name=False),
            body("901", EXEMPT["901"], exempt="yes"),
        ),
        obligations=tuple(
            Obligation("budget", table, 2017, 9999, "required", who, authority)
            for who, authority in (("department", AUTHORITY), ("unit", OF_UNITS))
            for table in ("expenditure", "fees")
        ),
        clocks={**declared.clocks, "yearly": REPORT},
        further_duties=(
            FurtherDuty(
                "report", Bilingual("年度报告", "Report"), ("department",), (), (), 2019, 9999, "yearly", "", ""
            ),
        ),
        approvals=(Approval("102", 2024, "budget", "", "2025-03-01", "https://example.cn/1.html", "旧网页"),),
    )


def row(code: str, table: str, status: str, due_on: str, **more: object) -> CoverageRow:
    name = next((one.name.zh for one in county().departments if one.code == code), "")
    value = CoverageRow(code, name, 2025, "budget", table, "required", status, due_on, "", None, "")
    return dataclasses.replace(value, **more)  # type: ignore[arg-type]


COVERAGE = (
    row("101", "expenditure", "published", "2025-09-10", published_on="2025-09-12", days_late=2),
    row("101", "fees", "rejected", "2025-09-10"),
    row("102", "expenditure", "not-due", "2025-10-20"),
    row("102", "fees", "not-due", "2025-10-20"),
    row("102", "expenditure", "published", "", fiscal_year=2024, published_on="2025-03-01"),
    row("102", "fees", "nil-undeclared", "", fiscal_year=2024, published_on="2025-03-01"),
    row("103", "expenditure", "missing", "2025-09-30"),
    row("103", "fees", "missing", "2025-09-30"),
    row("104", "expenditure", "published", "2025-09-10", published_on="2025-09-10", days_late=0),
    row("104", "fees", "nil-declared", "2025-09-10", published_on="2025-09-10", days_late=0),
    row("104", "expenditure", "missing", "", obligation="conditional", document="final-account"),
    row("105", "expenditure", "missing", "2025-08-01"),
    row("700", "expenditure", "missing", "2025-01-01", fiscal_year=2024),
    row("900", "expenditure", "exempt", "", obligation="exempt"),
    row("901", "expenditure", "exempt", "", obligation="exempt"),
    row("901", "fees", "missing", "2025-09-01"),  # a row that may not be, and must not become a letter all the same
)
TREND = (YearOfDocument(2025, "budget", 4, 2, 1, 1, 1, 1, 1, 1, 0, 2),)


def made() -> Publication:
    value = publication(spec=county(), coverage=COVERAGE, built_on=DAY)
    return dataclasses.replace(value, answers=dataclasses.replace(value.answers, trend=TREND))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    one_by_one(tuple(paper_files(made(), folder)))
    return folder


def words(path: Path) -> str:
    """Everything a reader of a .docx sees, tables too."""
    opened = docx.Document(str(path))
    cells = (cell.text for table in opened.tables for line in table.rows for cell in line.cells)
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


# --- what is owed -----------------------------------------------------------------------------------------------------


def test_the_worst_comes_first_and_every_day_is_counted() -> None:
    assert [(one.department.code, one.fiscal_year, one.state, one.days) for one in owed(made())] == [
        ("700", 2024, "late", 273),
        ("105", 2025, "late", 61),
        ("101", 2025, "late", 21),
        ("103", 2025, "late", 1),
        ("102", 2024, "undated", 0),
        ("102", 2025, "soon", -19),
    ]


def test_the_authority_is_that_of_the_obligation() -> None:
    said = {one.department.code: {table.authority for table in one.tables} for one in owed(made())}
    assert said == {**{key: {AUTHORITY} for key in ("101", "102", "103", "700")}, "105": {OF_UNITS}}


@pytest.mark.parametrize(
    ("due_on", "state"),
    [("2025-09-30", "late"), ("2025-10-01", "soon"), ("2025-10-31", "soon"), ("2025-11-01", "later"), ("", "undated")],
)
def test_the_last_day_is_still_in_time_and_thirty_days_are_soon(due_on: str, state: str) -> None:
    one = publication(spec=county(), coverage=(row("101", "fees", "rejected", due_on),), built_on=DAY)
    assert [each.state for each in owed(one)] == [state]


def test_what_the_register_lacks_is_told_as_its_rows(papers: Path) -> None:
    assert [(one.department.code, one.fiscal_year, one.is_there) for one in undated(made())] == [("102", 2024, True)]
    lines = (papers / "approvals-to-enter.csv").read_text("utf-8-sig").split("\n")
    assert lines[0].strip() == "department_code,fiscal_year,document,approved_on,published_on,published_url,note"
    assert lines[1].strip() == "102,2024,budget,,2025-03-01,https://example.cn/1.html,旧网页"
    assert lines[2:] == [""]


# --- notices ----------------------------------------------------------------------------------------------------------


def test_who_owes_something_gets_a_notice_and_nobody_else(papers: Path) -> None:
    folders = sorted(path.name for path in (papers / "notices").iterdir() if path.is_dir())
    assert folders == ["101", "102", "103", "105", "700"] == sorted(notices(made()))


def test_a_notice_names_document_tables_days_and_authority(papers: Path) -> None:
    for text in (words(papers / "notices/101/notice.docx"), (papers / "notices/101/notice.txt").read_text("utf-8-sig")):
        for said in (
            "富源县财政局",
            "2025年部门预算",
            "行政事业性收费目录清单",
            "2025-09-10",
            "21",
            AUTHORITY,
            "2025年10月1日",
        ):
            assert said in text
        assert "部门支出总体情况表" not in text  # it is published


def test_no_notice_calls_late_what_has_no_day_of_approval() -> None:
    notice = notices(made())["102"]
    grids = [block for block in notice.blocks if isinstance(block, Grid)]
    soon, unknown = grids[0], grids[1]
    assert soon.rows[0][2:] == ("2025-10-20", "19")
    assert len(unknown.heads) == 2  # neither a day nor a number of days
    assert county().letters.notice["head_days"] not in {head for grid in grids for head in grid.heads}


def test_a_body_that_ended_is_told_who_took_over_and_no_exempt_body_is(papers: Path) -> None:
    text = words(papers / "notices/700/notice.docx")
    assert "2024年度" in text
    assert "富源县财政局" in text


def test_a_unit_has_its_department_in_copy(papers: Path) -> None:
    assert "抄送：富源县财政局" in words(papers / "notices/105/notice.docx")


def test_no_paper_names_an_exempt_body(papers: Path) -> None:
    for path in sorted(papers.rglob("*")):
        if path.is_file():
            text = words(path) if path.suffix == ".docx" else path.read_text("utf-8")
            for name in EXEMPT.values():
                assert name not in text, path
    assert not {*EXEMPT} & {path.stem for path in papers.rglob("*")}


# --- the circular -----------------------------------------------------------------------------------------------------


def test_the_lists_of_the_circular_have_as_many_names_as_the_trend_counts() -> None:
    there = standings(made())[2025, "budget"]
    assert {
        group: [one.department.code for one in there if one.group == group]
        for group in ("complete", "partial", "nothing", "not_due")
    } == {
        "complete": ["104"],
        "partial": ["101"],
        "nothing": ["103"],
        "not_due": ["102"],
    }
    assert [(one.department.code, one.days_late) for one in there if one.days_late] == [("101", 2)]


def test_the_circular_is_a_draft_in_three_forms(papers: Path) -> None:
    mark = county().letters.circular["draft"]
    forms = [
        words(papers / "notices/circular.docx"),
        *((papers / f"notices/circular.{end}").read_text("utf-8-sig") for end in ("txt", "md")),
    ]
    for text in forms:
        assert mark in text
        for said in ("富源县财政局（缺1张表）", "富源县财政局（迟2天）", "富源县公安局", "富源县审计局"):
            assert said in text
        assert "富源县会计核算中心" not in text  # a unit, and no department


# --- formats ----------------------------------------------------------------------------------------------------------


def test_notepad_opens_the_text(papers: Path) -> None:
    for path in papers.rglob("*.txt"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n") > 5


def test_the_same_publication_gives_the_same_bytes(papers: Path, tmp_path: Path) -> None:
    one_by_one(tuple(paper_files(made(), tmp_path)))
    one, two = (
        {
            path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (papers, tmp_path)
    )
    assert one == two


def test_a_docx_carries_the_day_of_the_build_and_no_time(papers: Path) -> None:
    path = papers / "notices/101/notice.docx"
    assert {entry.date_time for entry in zipfile.ZipFile(path).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(path)).core_properties
    assert {properties.created.date(), properties.modified.date()} == {DAY}  # type: ignore[union-attr]
    assert (properties.author, properties.last_modified_by) == ("", "")


HOSTILE = Paper(
    "<b>*题*</b>",
    (Heading("`一`"), Paragraph("[x](javascript:1) \x07\u202e"), Grid(("甲|乙",), (("丙|丁\n戊",),), (1,))),
    DAY,
)


def test_what_could_act_in_a_format_is_made_harmless() -> None:
    marked = as_markdown(HOSTILE)
    assert "\\<b\\>\\*题\\*\\</b\\>" in marked
    assert "| 丙\\|丁 戊 |" in marked
    for text in (
        marked,
        as_text(HOSTILE).decode(),
        "\n".join(p.text for p in docx.Document(io.BytesIO(as_docx(HOSTILE))).paragraphs),
    ):
        assert "\x07" not in text
        assert "\u202e" not in text


# --- calendars --------------------------------------------------------------------------------------------------------


def test_calendars_hold_every_day_that_is_known(papers: Path) -> None:
    events = Calendar.from_ical((papers / "calendars/all.ics").read_bytes()).walk("VEVENT")
    days = sorted((str(event["summary"]), event.decoded("dtstart")) for event in events)
    budgets = {name: day for name, day in days if "预算" in name}
    assert sorted(budgets.values()) == [
        date(2025, 1, 1),
        date(2025, 8, 1),
        date(2025, 9, 10),
        date(2025, 9, 10),
        date(2025, 9, 30),
        date(2025, 10, 20),
    ]
    reports = [day for name, day in days if "年度报告" in name]
    # 101, 102, 103 and 104 for 2024 and 2025, 700 for 2024; the unit 105 and the county owe none of this kind
    assert sorted(reports) == [date(2025, 1, 31)] * 5 + [date(2026, 1, 31)] * 4


def test_an_event_lasts_a_day_warns_a_week_before_and_keeps_its_name(papers: Path) -> None:
    event = Calendar.from_ical((papers / "calendars/105.ics").read_bytes()).walk("VEVENT")[0]
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
    assert event.decoded("dtstamp").date() == DAY
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [timedelta(days=-7)]
    moved = next(one for one in deadlines(made()) if one.department.code == "105")
    assert str(event["uid"]) == uid(dataclasses.replace(moved, due_on=date(2030, 1, 1)), county())


def test_a_deadline_rests_on_the_duty_of_its_kind_of_body() -> None:
    said = {one.department.code: one.description for one in deadlines(made()) if one.document == "budget"}
    assert {code for code, text in said.items() if OF_UNITS in text} == {"105"}
    assert {code for code, text in said.items() if AUTHORITY in text} == {"101", "102", "103", "104", "700"}


def test_no_two_deadlines_have_one_name() -> None:
    names = [uid(one, county()) for one in deadlines(made())]
    assert len(names) == len(set(names))


# --- the receipt ------------------------------------------------------------------------------------------------------


def receipt(status: str = "rejected") -> str:
    one = submission("b", status=status, findings=FINDINGS, outcomes=OUTCOMES)
    return as_text(make_receipt(make_letter(one, (), (), spec(), has_copy=False), spec(), DAY)).decode("utf-8-sig")


def test_a_receipt_says_what_came_what_was_checked_and_what_could_not_be() -> None:
    text = receipt()
    for said in ("b" * 64, "2025-08-01", "1,024", "富源县财政局", "部门支出总体情况表", "2025-10-01"):
        assert said in text
    says = spec().letters.receipt
    counted = {"errors": "2", "warnings": "2", "notes": "1"}
    assert says["counts"].zh.format(**counted) in text
    assert says["failed"].zh.format(count=1) in text
    assert says["could_not_run"].zh.format(count=1) in text
    assert spec().outcome_reasons["part-missing"].zh in text


@pytest.mark.parametrize("status", sorted(spec().statuses))
def test_a_receipt_has_a_next_step_for_every_fate(status: str) -> None:
    assert spec().letters.receipt[f"next_{status}"].zh in receipt(status)


def test_a_receipt_quotes_no_cell() -> None:
    text = receipt("withheld")
    for finding in FINDINGS:
        for value in (finding.expected, finding.actual, finding.values.get("line", "")):
            assert not value or value not in text
