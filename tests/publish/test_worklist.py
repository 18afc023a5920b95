from __future__ import annotations

import dataclasses

from etl.answer import CoverageRow
from etl.publish.worklist import LONGEST, Overdue, YearLine, make_worklist
from tests.publish.builders import FINDINGS, publication, submission


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


def test_overdue_is_what_should_be_there_by_the_day_of_the_build() -> None:
    made = make_worklist(publication(coverage=COVERAGE))
    assert made.overdue == (Overdue("103", "单位103", 2024, "budget", "2025-09-10", 21, ("revenue", "expenditure")),)
    assert made.more_overdue == 0


def test_a_list_that_is_cut_says_by_how_much() -> None:
    many = tuple(row(f"{number:03}", "revenue", "missing") for number in range(LONGEST + 4))
    made = make_worklist(publication(coverage=many))
    assert (len(made.overdue), made.more_overdue) == (LONGEST, 4)
