"""States and bodies against cases written as text: `states.yml`, `bodies.yml`."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.answer import CoverageRow
from etl.coverage import answer, measure, stated_in, withdraw_stated
from etl.finding import Finding, Outcome, note, warning
from etl.sheet_report import SheetReport
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval
from etl.spec.model import Spec
from etl.spec.nil import NilStatement
from etl.table import Identity, Submission
from etl.warehouse import Warehouse
from tests.factories import approval, department, identity, obligation, spec, submission, table

TODAY = "2025-10-01"
FILLED = table("revenue")
NIL = table("revenue", [("total", "合计", {"total": "0.00"})], nil_note=9)
HOLDS = {"figures": FILLED, "nil": NIL, "nil-unsaid": dataclasses.replace(NIL, nil_note=-1)}
DOCUMENTS = ("budget", "final-account")
EVERYBODY = [obligation("budget", "revenue", who=who) for who in ("department", "township", "unit")]

Case = dict[str, Any]


def cases(name: str) -> list[Case]:
    """Every scalar as typed: a day is text, and `on` is no truth value."""
    text = (Path(__file__).parent / name).read_text("utf-8")
    made: list[Case] = yaml.load(text, Loader=yaml.BaseLoader)
    return made


def came(said: list[dict[str, str]]) -> list[Submission]:
    return [
        submission(
            digits,
            tables=[HOLDS[each.get("holds", "figures")]],
            status=each.get("fate", "accepted"),
            received_on=each["on"],
            findings=[note("submission-withdrawn")] if "withdrawn" in each else [],
        )
        for digits, each in zip("ab", said, strict=False)
    ]


def state_of(case: Case) -> tuple[CoverageRow, list[Finding]]:
    document = case.get("document", "budget")
    secret = {"exempt": case["exempt"], "exempt_reason": "保密"} if "exempt" in case else {}
    body = department("201", **{**secret, **case.get("body", {})})
    declared = spec(
        departments=[body],
        obligations=[dataclasses.replace(duty, document=document) for duty in EVERYBODY],
        approvals=[approval("201", 2024, document, case.get("approved", ""), case.get("shown", ""))],
    )
    stated = [NilStatement("201", 2024, "budget", "revenue", "无", day, "nil.yml") for day in case.get("stated", ())]
    with Warehouse(declared, came(case.get("came", [])), ()) as loaded:
        (row,), _, findings = measure(loaded, declared, date.fromisoformat(case.get("today", TODAY)), stated)
    return row, findings


@pytest.mark.parametrize("case", cases("states.yml"), ids=lambda case: case["case"])
def test_states(case: Case) -> None:
    row, _ = state_of(case)
    late = "" if row.days_late is None else str(row.days_late)
    assert [row.status, row.due_on, row.published_on, late, row.submission_id[:1]] == case["row"]


def test_every_state_has_its_case() -> None:
    assert {case["row"][0] for case in cases("states.yml")} == {
        *("published", "nil-declared", "nil-undeclared", "missing", "rejected", "not-due", "exempt")
    }


def test_a_statement_on_a_table_with_figures_is_told() -> None:
    contradicted = next(case for case in cases("states.yml") if "with figures" in case["case"])
    _, findings = state_of(contradicted)
    assert [(one.severity, one.code, one.table_id, one.values["file"]) for one in findings] == [
        ("warning", "nil-statement-contradicted", "revenue", "nil.yml")
    ]


@pytest.mark.parametrize("case", cases("bodies.yml"), ids=lambda case: case["case"])
def test_bodies(case: Case) -> None:
    declared = declared_by(case)
    with Warehouse(declared, (), ()) as loaded:
        rows, _, _ = measure(loaded, declared, date.fromisoformat(TODAY))
        successions = answer(loaded, declared).successions
    owes, names = defaultdict(list), {}
    for row in rows:
        assert row.obligation == "required"
        owes[str(row.fiscal_year)].append(row.department_code)
        names[str(row.fiscal_year)] = row.department_name
    assert owes == case["owes"]
    assert "names" not in case or names == case["names"]
    told = [
        [one.department_code, one.predecessor_code, str(one.fiscal_year), str(one.last_year)] for one in successions
    ]
    assert told == case.get("successions", [])


def declared_by(case: Case) -> Spec:
    bodies = [
        department(
            said["code"],
            valid_from=int(said.get("valid_from", 0)),
            valid_to=int(said.get("valid_to", 9999)),
            successor_of=tuple(said.get("successor_of", ())),
            kind=said.get("kind", "行政"),
            name=Bilingual(said.get("name", said["code"]), "Body"),
        )
        for said in case["register"]
    ]
    named = [approval(bodies[-1].code, int(case["named"]), "budget")]
    made = spec(departments=bodies, obligations=EVERYBODY, approvals=named, first_year=int(case["first_year"]))
    return dataclasses.replace(made, township_kinds=("乡", "镇", "街道"))


def stating(status: str, *table_ids: str) -> Submission:
    """A file of the county with a sheet that states which tables are empty."""
    sent = submission("c", identity("201"), status=status, received_on="2024-02-22")
    return dataclasses.replace(
        sent, sheets=(SheetReport("空表说明", "ignored", reason="nil-statement", nil=table_ids),)
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("accepted", ("nil-declared", "2024-02-22")),
        ("superseded", ("nil-declared", "2024-02-22")),
        ("unrecognised", ("nil-declared", "2024-02-22")),  # a document that holds nothing else
        ("rejected", ("missing", "")),
        ("withheld", ("missing", "")),
        ("duplicate", ("missing", "")),
    ],
)
def test_a_text_on_all_empty_tables_counts_where_it_may(status: str, expected: tuple[str, str]) -> None:
    """What a name may mean beyond the duties of the body meets none of them."""
    sent = [stating(status, "revenue", "gov-general-revenue")]
    declared = spec(obligations=EVERYBODY, approvals=[approval("201", 2024, "budget", "2024-02-09")])
    with Warehouse(declared, sent, ()) as loaded:
        rows, _, _ = measure(loaded, declared, date.fromisoformat(TODAY), list(stated_in(sent)))
    assert [(row.table_id, row.status, row.published_on) for row in rows] == [("revenue", *expected)]


def doubted(year: int = 2024) -> Submission:
    """A submission of an empty table that says nothing of it, and of another that does not either."""
    doubts = [
        Finding("warning", "nil-statement-missing", table_id=table_id, rule="D-13")
        for table_id in ("revenue", "expenditure")
    ]
    sent = submission("d", identity("201", year), [HOLDS["nil-unsaid"]], findings=[*doubts, warning("unit-suspect")])
    outcomes = [Outcome("D-13", table_id, "表", "failed", "", 1) for table_id in ("revenue", "expenditure")]
    return dataclasses.replace(sent, outcomes=tuple(outcomes))


NIL_YML = NilStatement("201", 2024, "budget", "revenue", "无", "2024-02-20", "nil.yml")


@pytest.mark.parametrize(
    ("sent", "stated"),
    [([doubted()], [NIL_YML]), ([doubted(), stating("unrecognised", "revenue")], [])],
)
def test_what_is_stated_apart_is_no_longer_missed(sent: list[Submission], stated: list[NilStatement]) -> None:
    relieved = withdraw_stated(sent, stated)[0]
    assert [(one.code, one.table_id) for one in relieved.findings] == [
        ("nil-statement-missing", "expenditure"),
        ("unit-suspect", ""),
    ]
    assert [one.kind for one in relieved.outcomes] == ["passed", "failed"]


def test_a_statement_on_another_year_or_from_a_rejected_file_relieves_nothing() -> None:
    sent = [doubted(2023), stating("rejected", "revenue")]
    assert withdraw_stated(sent, [NIL_YML]) == tuple(sent)


REFORMED = [
    department("703", valid_to=2023),
    department("704", valid_to=2023),
    department("203", valid_from=2024, successor_of=("703", "704")),
    department("204", valid_from=2024, successor_of=("703",), exempt="yes"),
]


def last_of_703(sent: list[Submission], *approvals: Approval) -> CoverageRow:
    """What became of the last final account of a body that ended with 2023."""
    declared = spec(
        departments=REFORMED,
        obligations=[dataclasses.replace(duty, document=document) for duty in EVERYBODY for document in DOCUMENTS],
        approvals=[approval("203", 2024, "budget"), *approvals],
        first_year=2023,
    )
    with Warehouse(declared, sent, ()) as loaded:
        rows, _, _ = measure(loaded, declared, date.fromisoformat(TODAY))
    assert not any(row.department_code in ("203", "204") and row.fiscal_year == 2023 for row in rows)
    (row,) = [
        row for row in rows if (row.department_code, row.fiscal_year, row.document) == ("703", 2023, "final-account")
    ]
    return row


def test_who_took_over_may_publish_the_last_account_of_a_body_that_ended() -> None:
    heir = submission("a", identity("203", 2023, "final-account"), [FILLED], received_on="2024-09-20")
    row = last_of_703([heir], approval("203", 2023, "final-account", "2024-09-01"))
    assert (row.status, row.due_on, row.published_on, row.days_late) == ("published", "2024-09-21", "2024-09-20", 0)
    assert row.submission_id == heir.submission_id


def test_its_own_account_goes_before_that_of_who_took_over() -> None:
    own = submission("b", identity("703", 2023, "final-account"), [FILLED], received_on="2024-09-10")
    heir = submission("a", identity("203", 2023, "final-account"), [NIL], received_on="2024-09-20")
    row = last_of_703([own, heir])
    assert (row.status, row.published_on, row.submission_id) == ("published", "2024-09-10", own.submission_id)


@pytest.mark.parametrize(
    "who",
    [
        identity("203", 2024, "final-account"),  # its own first year
        identity("203", 2023, "budget"),  # a budget was made while the other existed
        identity("204", 2023, "final-account"),  # an exempt body speaks for nobody
    ],
)
def test_nothing_else_of_who_took_over_counts(who: Identity) -> None:
    assert last_of_703([submission("a", who, [FILLED], received_on="2024-09-20")]).status == "missing"
