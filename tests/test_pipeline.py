from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from etl.finding import Finding, Location, Outcome, OutcomeKind, error, note
from etl.pipeline import clock
from etl.pipeline.clock import EpochError, Stopwatch, day_of_build, today
from etl.pipeline.settle import decide, duplicate, idle_corrections
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Acceptance, Correction, Obligation
from etl.table import Mended, Receipt, Submission
from tests.factories import department, identity, spec, submission, table

DAY = date(2024, 6, 1)


def codes(submissions: tuple[Submission, ...]) -> list[tuple[str, list[str]]]:
    return [(one.status, [finding.code for finding in one.findings]) for one in submissions]


# --- fates ------------------------------------------------------------------------------------------------------


def test_what_a_body_sends_that_is_exempt_from_disclosure_is_withheld() -> None:
    declared = spec(
        departments=[department("201"), department("116", exempt="yes"), department("117", exempt="partly")]
    )
    sent = [submission(code, identity(code), [table()], status="") for code in ("201", "116", "117")]
    assert codes(decide(sent, declared, DAY)) == [
        ("accepted", []),
        ("withheld", ["exempt-department"]),
        ("accepted", []),
    ]


def test_the_schema_says_nothing_again_of_what_the_titles_did_not_tell() -> None:
    unknown = dataclasses.replace(identity(), department_code="", department_name="")
    sent = submission("a", unknown, [table()], status="", findings=[error("department-unknown")])
    assert codes(decide([sent], spec(), DAY)) == [("rejected", ["department-unknown"])]


def test_a_table_in_doubt_is_not_held_against_its_schema() -> None:
    doubtful = dataclasses.replace(table(lines=[("total", "合计", {"strange": "1"})]), settled=False)
    sent = submission("a", tables=[doubtful], status="", findings=[error("unit-missing")])
    assert codes(decide([sent], spec(), DAY)) == [("rejected", ["unit-missing"])]


def test_nothing_is_quoted_from_rows_with_personal_data() -> None:
    found: list[Finding] = [
        error("personal-data", Location("表", "B4,B6:B8", 4, 2)),
        error("amount-unreadable", Location("表", "C7", 7, 3), actual="…"),
        error("amount-unreadable", Location("表", "C9", 9, 3)),
        error("amount-unreadable", Location("另表", "C7", 7, 3)),
    ]
    (judged,) = decide([submission("a", tables=[table()], status="", findings=found)], spec(), DAY)
    assert judged.status == "withheld"
    assert [(one.code, one.location.sheet, one.location.cell) for one in judged.findings] == [
        ("personal-data", "表", "B4,B6:B8"),
        ("amount-unreadable", "表", "C9"),
        ("amount-unreadable", "另表", "C7"),
    ]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2024-06-01", [("accepted", ["sum-mismatch"])]),
        ("2024-05-31", [("rejected", ["sum-mismatch", "acceptance-expired"])]),
    ],
)
def test_what_somebody_has_accepted_no_longer_rejects_until_its_day(
    until: str, expected: list[tuple[str, list[str]]]
) -> None:
    wrong = error("sum-mismatch", Location("表", "C6", 6, 3))
    sent = submission("a", tables=[table()], status="", findings=[wrong])
    lived_with = Acceptance(wrong.fingerprint(sent.submission_id), "已核实", "李四", "2024-03-02", until)
    declared = dataclasses.replace(spec(), acceptances=(lived_with,))
    assert codes(decide([sent], declared, DAY)) == expected


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [
        ("could-not-run", "part-missing", [("rejected", ["check-not-possible"])]),
        ("could-not-run", "other-table-absent", [("accepted", [])]),
        ("could-not-run", "part-secret", [("accepted", [])]),
        ("not-applicable", "line-absent", [("accepted", [])]),
        ("passed", "", [("accepted", [])]),
    ],
)
def test_a_rule_that_could_not_run_on_a_required_table_is_no_pass(
    kind: OutcomeKind, reason: str, expected: list[tuple[str, list[str]]]
) -> None:
    sent = submission("a", tables=[table()], status="")
    sent = dataclasses.replace(sent, outcomes=(Outcome("T-04", sent.tables[0].table_id, "表", kind, reason),))
    duty = Obligation(sent.identity.document, sent.tables[0].table_id, 2017, 9999, "required", "department", "预算法")
    reasons = {reason: Bilingual("原因", "reason")}
    declared = dataclasses.replace(spec(), obligations=(duty,), outcome_reasons=reasons)
    assert codes(decide([sent], declared, DAY)) == expected
    optional = dataclasses.replace(declared, obligations=(dataclasses.replace(duty, level="conditional"),))
    assert codes(decide([sent], optional, DAY)) == [("accepted", [])]


def test_a_duplicate_is_told_of_the_first_and_says_whose_it_is() -> None:
    first = submission("a", tables=[table()], status="")
    again = duplicate(dataclasses.replace(first.receipt, file="又一份.xlsx", duplicate=True), first)
    judged = decide([first, again], spec(), DAY)
    assert codes(judged) == [("accepted", []), ("duplicate", ["submission-duplicate"])]
    assert judged[1].identity == first.identity
    assert judged[1].tables == ()


def test_a_correction_that_points_to_nothing_is_told() -> None:
    done = Mended("表", "C6", "1.00", "2.00", "笔误", "李四", "2024-03-02")
    sent = dataclasses.replace(submission("a", tables=[table()]), mended=(done,))
    used = Correction("a" * 64, "表", "C6", "1.00", "2.00", "笔误", "李四", "2024-03-02")
    idle = dataclasses.replace(used, cell="Z99")
    declared = dataclasses.replace(spec(), corrections=(used, idle))
    found = [(one.code, one.location.cell) for one in idle_corrections([sent], declared)]
    assert found == [("correction-unmatched", "Z99")]


# --- the clock --------------------------------------------------------------------------------------------------


def received(day: str) -> Receipt:
    return Receipt("a.xlsx", "a" * 64, day, 1, Path("a"))


def test_the_build_is_of_the_day_on_which_something_last_came_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.EPOCH, raising=False)
    assert day_of_build([received("2024-03-01"), received("2024-02-01")]) == date(2024, 3, 1)


def test_an_epoch_that_is_set_fixes_both_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.EPOCH, "1700000000")
    assert (today(), day_of_build([received("2024-03-01")])) == (date(2023, 11, 14), date(2023, 11, 14))


def test_an_epoch_that_is_no_number_is_misuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.EPOCH, "yesterday")
    with pytest.raises(EpochError):
        today()


def test_the_time_in_a_room_adds_up() -> None:
    watch = Stopwatch()
    for _ in range(2):
        with watch.room("read"):
            pass
    assert list(watch.timings) == ["read"]
    assert watch.timings["read"] >= 0


def test_notes_alone_do_not_reject() -> None:
    sent = submission("a", tables=[table()], status="", findings=[note("rounding-difference")])
    assert codes(decide([sent], spec(), DAY)) == [("accepted", ["rounding-difference"])]
