from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from etl.finding import Location, error
from etl.pipeline.settle import decide
from etl.pipeline.taken_back import holding_up, idle_withdrawals, take_back, tell_left
from etl.publish.gate import settle
from etl.spec.model import Spec
from etl.spec.withdrawn import Withdrawal
from etl.table import Submission
from tests.factories import identity, spec, submission, table

DAY = date(2024, 6, 1)


def _spec(*decisions: Withdrawal) -> Spec:
    return dataclasses.replace(spec(), withdrawals=decisions)


def _decision(one: Submission, **changes: object) -> Withdrawal:
    made = Withdrawal(one.submission_id, "", "报错了", "预算股", "2024-05-01")
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_what_somebody_withdrew_does_not_stand_and_what_it_had_replaced_does() -> None:
    first = submission("a", tables=[table()], status="", received_on="2024-01-01")
    later = submission("b", tables=[table()], status="", received_on="2024-02-01")
    declared = _spec(_decision(later))
    judged = settle(decide([first, later], declared, DAY), declared)
    assert [(one.status, sorted(one.standing)) for one in judged] == [("accepted", ["revenue"]), ("withheld", [])]
    assert [finding.code for finding in judged[1].findings] == ["submission-withdrawn"]


def test_one_table_can_be_withdrawn_and_the_rest_goes_on_standing() -> None:
    sent = submission(
        "a", tables=[table(), table("three-public-expenses", [("total", "合计", {"budget": "1.00"})])], status=""
    )
    declared = _spec(_decision(sent, table="revenue"))
    (judged,) = settle(decide([sent], declared, DAY), declared)
    assert (judged.status, sorted(judged.standing)) == ("accepted", ["three-public-expenses"])


@pytest.mark.parametrize(
    ("private", "kept"), [(False, ["sum-mismatch", "submission-withdrawn"]), (True, ["submission-withdrawn"])]
)
def test_of_what_is_private_nothing_else_is_said(private: bool, kept: list[str]) -> None:
    sent = submission("a", identity(), [table()], findings=[error("sum-mismatch", Location("表", "C6", 6, 3))])
    told = take_back(sent, _spec(_decision(sent, is_private=private)))
    assert [finding.code for finding in told.findings] == kept


def test_a_decision_on_what_never_came_is_told() -> None:
    declared = _spec(_decision(submission("a")))
    assert [finding.code for finding in idle_withdrawals({"0" * 16}, declared)] == ["withdrawal-unmatched"]
    assert idle_withdrawals({submission("a").submission_id}, declared) == []


def test_what_left_is_told_while_it_holds_something_up_and_let_go_afterwards() -> None:
    left = submission("a", tables=[table()], status="accepted", received_on="2024-01-01")
    later = submission("b", tables=[table()], status="accepted", received_on="2024-02-01")
    declared = spec()
    (told,) = tell_left([left])
    assert [finding.code for finding in told.findings] == ["submission-left"]
    assert [one.submission_id for one in holding_up(settle([told], declared), {left.submission_id})] == [
        left.submission_id
    ]
    assert [one.submission_id for one in holding_up(settle([told, later], declared), {left.submission_id})] == [
        later.submission_id
    ]
