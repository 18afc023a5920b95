from __future__ import annotations

import dataclasses

from etl.answer import CoverageRow
from etl.publish.worklist import YearLine, make_worklist
from tests.publish.builders import FINDINGS, department, publication, spec, submission

COUNTY = spec(departments=tuple(department(str(code), f"单位{code}") for code in range(101, 360)))


def row(
    code: str, table: str, status: str, due_on: str = "2025-09-10", days_late: int | None = None, **more: object
) -> CoverageRow:
    value = CoverageRow(code, f"单位{code}", 2024, "budget", table, "required", status, due_on, "", days_late, "")
    return dataclasses.replace(value, **more)  # type: ignore[arg-type]


def test_what_somebody_must_act_on_comes_first_then_the_latest() -> None:
    submissions = (
        submission("a", received_on="2025-01-01"),
        submission("b", received_on="2025-02-01"),
        submission("c", received_on="2025-01-15", findings=FINDINGS[2:4]),
        submission("d", status="superseded"),
        submission("e", status="withheld"),
        submission("f", status="rejected"),
    )
    made = make_worklist(publication(*submissions))
    assert "".join(item.submission.submission_id[0] for item in made.items) == "fecbad"
    assert made.counts == {"rejected": 1, "withheld": 1, "accepted": 3, "superseded": 1}


COVERAGE = (
    row("101", "revenue", "published", days_late=0),
    row("101", "expenditure", "nil-declared", days_late=3),
    row("102", "revenue", "published", due_on=""),
    row("102", "expenditure", "missing", due_on=""),
    row("103", "revenue", "rejected"),
    row("103", "expenditure", "nil-undeclared"),
    row("104", "revenue", "missing", due_on="2025-10-01"),
    row("105", "revenue", "not-due", due_on="2025-12-01"),
    row("106", "revenue", "exempt", obligation="exempt", due_on=""),
    row("107", "state-capital", "missing", obligation="conditional", due_on=""),
)


def test_bodies_are_counted_by_what_they_owe() -> None:
    assert make_worklist(publication(coverage=COVERAGE)).years == (
        YearLine(2024, "budget", owing=4, complete=1, partly=1, nothing=2, late=1, unknown=1),
    )


def test_what_is_late_stands_apart_from_what_is_to_come_and_from_what_nobody_can_judge() -> None:
    made = make_worklist(publication(spec=COUNTY, coverage=COVERAGE))  # built on 1 October 2025
    assert [(one.department.code, one.days, [table.table_id for table in one.tables]) for one in made.late] == [
        ("103", 21, ["revenue", "expenditure"])
    ]
    assert [(one.department.code, one.days) for one in made.soon] == [("104", 0)]  # its last day is today
    assert [
        (one.fiscal_year, one.document, [body.code for body in one.there], [body.code for body in one.lacking])
        for one in made.unknown
    ] == [(2024, "budget", [], ["102"])]
    assert made.undated == 1
    assert made.notices == {"102", "103", "104"}


def test_nothing_is_left_out_of_a_long_list() -> None:
    many = tuple(row(str(101 + number), "revenue", "missing") for number in range(200))
    assert len(make_worklist(publication(spec=COUNTY, coverage=many)).late) == 200
