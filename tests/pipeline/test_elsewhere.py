from __future__ import annotations

import dataclasses

from etl.finding import Outcome, warning
from etl.pipeline.elsewhere import found_elsewhere
from etl.table import Submission
from tests.factories import identity, submission, table

MISSING = dataclasses.replace(warning("table-missing", table_id="revenue"), rule="D-09")
FAILED = Outcome("D-09", "", "", "failed", "", 9)


def lacking(**changes: object) -> Submission:
    sent = submission("a", tables=[table("three-public-expenses")], findings=[MISSING])
    return dataclasses.replace(sent, outcomes=(FAILED,), **changes)  # type: ignore[arg-type]


def test_a_table_that_comes_in_another_file_is_not_missing() -> None:
    told, other = found_elsewhere([lacking(), submission("b", tables=[table("revenue")])])
    assert (told.findings, [one.kind for one in told.outcomes]) == ((), ["passed"])
    assert other.tables[0].table_id == "revenue"


def test_another_document_is_no_help() -> None:
    other = dataclasses.replace(submission("b", tables=[table("revenue")]), identity=identity(year=2023))
    told = found_elsewhere([lacking(), other])[0]
    assert (told.findings, told.outcomes) == ((MISSING,), (FAILED,))


def test_of_two_that_are_missing_one_stays() -> None:
    second = dataclasses.replace(MISSING, table_id="expenditure")
    told = found_elsewhere([lacking(findings=(MISSING, second)), submission("b", tables=[table("revenue")])])[0]
    assert (told.findings, told.outcomes) == ((second,), (FAILED,))
