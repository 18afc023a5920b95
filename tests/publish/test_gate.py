from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pytest

from etl.fact import FactsOf
from etl.finding import Finding, error, note, warning
from etl.publish.gate import fate, judge, settle, standing_facts
from etl.table import Submission, Table
from tests.factories import identity, listing, spec, submission, table

SPEC = spec(tables=("revenue", "expenditure", "three-public-expenses", "fees"))


@pytest.mark.parametrize(
    ("findings", "tables", "expected"),
    [
        ([], [table()], "accepted"),
        ([warning("unit-missing"), note("rounding-difference")], [table()], "accepted"),
        ([error("sum-mismatch")], [table()], "rejected"),
        ([], [], "unrecognised"),
        ([error("sheet-unrecognised")], [], "unrecognised"),
        ([error("personal-data")], [table()], "withheld"),
        ([error("personal-data"), error("sum-mismatch")], [], "withheld"),
        ([warning("personal-data")], [table()], "accepted"),  # accepted by somebody, with a reason
        ([note("exempt-department")], [table()], "withheld"),
    ],
)
def test_fates(findings: Sequence[Finding], tables: Sequence[Table], expected: str) -> None:
    assert fate(submission(tables=tables, findings=findings, status="")) == expected


def test_what_could_not_be_read_stays_so_and_a_duplicate_is_nothing_else() -> None:
    unreadable = submission(status="unreadable", findings=[error("file-encrypted")])
    again = dataclasses.replace(unreadable, receipt=dataclasses.replace(unreadable.receipt, duplicate=True))
    assert [one.status for one in judge([unreadable, again])] == ["unreadable", "duplicate"]


def settled(*submissions: Submission) -> list[tuple[str, list[str]]]:
    return [(one.status, sorted(one.standing)) for one in settle(submissions, SPEC)]


REVENUE, EXPENDITURE = table("revenue"), table("expenditure")


def test_a_later_file_replaces_the_tables_it_holds_and_never_the_rest() -> None:
    assert settled(
        submission("a", tables=[REVENUE, EXPENDITURE], received_on="2024-03-01"),
        submission("b", tables=[REVENUE], received_on="2024-04-02"),
    ) == [("accepted", ["expenditure"]), ("accepted", ["revenue"])]


def test_one_that_keeps_no_table_is_superseded() -> None:
    assert settled(
        submission("a", tables=[REVENUE], received_on="2024-03-01"),
        submission("b", tables=[EXPENDITURE, REVENUE], received_on="2024-04-02"),
    ) == [("superseded", []), ("accepted", ["expenditure", "revenue"])]


def test_the_day_counts_before_the_path_and_the_path_decides_on_one_day() -> None:
    assert settled(
        submission("a", tables=[REVENUE], received_on="2024-04-02"),
        submission("b", tables=[REVENUE], received_on="2024-03-01"),
    ) == [("accepted", ["revenue"]), ("superseded", [])]
    assert settled(
        submission("b", tables=[REVENUE], received_on="2024-03-01"),
        submission("a", tables=[REVENUE], received_on="2024-03-01"),
    ) == [("accepted", ["revenue"]), ("superseded", [])]


def test_a_rejected_resubmission_leaves_the_last_accepted_one_in_place() -> None:
    assert settled(
        submission("a", tables=[REVENUE], received_on="2024-03-01"),
        submission("b", tables=[REVENUE], received_on="2024-04-02", status="rejected"),
        submission("c", tables=[REVENUE], received_on="2024-05-02", status="withheld"),
    ) == [("accepted", ["revenue"]), ("rejected", []), ("withheld", [])]


@pytest.mark.parametrize(
    "other", [identity("202"), identity(year=2025), identity(document="final-account"), identity(scope="unit")]
)
def test_other_bodies_years_documents_and_scopes_stand_beside_each_other(other: object) -> None:
    assert settled(
        submission("a", identity(), [REVENUE]),
        submission("b", other, [REVENUE], received_on="2025-01-01"),  # type: ignore[arg-type]
    ) == [("accepted", ["revenue"]), ("accepted", ["revenue"])]


def fees(list_type: str, item: str, form: str = "national") -> Table:
    return dataclasses.replace(listing("fees", [{"list_type": list_type, "item": item}]), form=form)


def test_the_list_of_the_nation_and_that_of_enterprises_both_stand() -> None:
    assert settled(
        submission("a", tables=[fees("administrative", "甲")]),
        submission("b", tables=[fees("enterprise", "甲", "enterprise")], received_on="2024-09-01"),
        submission("c", tables=[fees("administrative", "乙")], received_on="2024-09-02"),
    ) == [("superseded", []), ("accepted", ["fees"]), ("accepted", ["fees"])]


def test_of_two_lists_in_one_file_only_the_one_that_is_not_replaced_is_left() -> None:
    first, _ = settle(
        [
            submission("a", tables=[fees("administrative", "甲"), fees("enterprise", "丙", "enterprise")]),
            submission("b", tables=[fees("administrative", "乙")], received_on="2024-09-01"),
        ],
        SPEC,
    )
    assert [line.attributes["item"] for kept in first.tables for line in kept.lines] == ["丙"]


def test_only_facts_of_standing_tables_go_out() -> None:
    submissions = settle(
        [
            submission("a", tables=[REVENUE, EXPENDITURE], received_on="2024-03-01"),
            submission("b", tables=[REVENUE], received_on="2024-04-02"),
            submission("c", identity(year=2023), [REVENUE], status="rejected"),
        ],
        SPEC,
    )
    found = [
        (fact.submission_id[0], fact.table_id) for fact in standing_facts(submissions, FactsOf(SPEC.jurisdiction.code))
    ]
    assert found == [("a", "expenditure"), ("b", "revenue")]
