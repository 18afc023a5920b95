from __future__ import annotations

import dataclasses
import os
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from etl.finding import Finding, Location, error, note
from etl.pipeline import clock
from etl.pipeline.clock import EpochError, Stopwatch, day_of_build, today
from etl.pipeline.settle import decide, duplicate, idle_corrections
from etl.pipeline.spread import Mishap, spread
from etl.spec.declarations import Acceptance, Correction
from etl.table import Receipt, Submission
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


def test_a_duplicate_is_told_of_the_first_and_says_whose_it_is() -> None:
    first = submission("a", tables=[table()], status="")
    again = duplicate(dataclasses.replace(first.receipt, file="又一份.xlsx", duplicate=True), first)
    judged = decide([first, again], spec(), DAY)
    assert codes(judged) == [("accepted", []), ("duplicate", ["submission-duplicate"])]
    assert judged[1].identity == first.identity
    assert judged[1].tables == ()


def test_a_correction_that_points_to_nothing_is_told() -> None:
    sent = submission("a", tables=[table()])
    used = Correction("a" * 64, "表", "C6", "1.00", "2.00", "笔误", "李四", "2024-03-02")
    idle = dataclasses.replace(used, cell="Z99")
    declared = dataclasses.replace(spec(), corrections=(used, idle))
    found = [(one.code, one.location.cell) for one in idle_corrections([sent], declared)]
    assert found == [("correction-unmatched", "Z99")]


# --- many files -------------------------------------------------------------------------------------------------


def double(number: int) -> int:
    return number * 2


def fail_on_three(number: int) -> int:
    if number == 3:
        raise KeyError("three")
    return number


def die_on_three(number: int) -> int:
    if number == 3:
        os._exit(1)
    return number


def hang_on_three(number: int) -> int:
    if number == 3:
        time.sleep(60)
    return number


def read_only(number: int) -> MappingProxyType[str, int]:
    return MappingProxyType({"number": number})


def told(results: list[int | Mishap]) -> list[int | str]:
    return [result.situation if isinstance(result, Mishap) else result for result in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    counts: list[int] = []
    assert spread(double, list(range(40)), jobs=jobs, on_done=counts.append) == [number * 2 for number in range(40)]
    assert counts[-1] == 40


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert spread(double, list(range(9)), executor=executor) == [number * 2 for number in range(9)]


def test_read_only_mappings_travel_between_processes() -> None:
    assert spread(read_only, list(range(5)), jobs=2)[4] == {"number": 4}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_on_which_the_program_fails_does_not_stop_the_others(jobs: int) -> None:
    results = spread(fail_on_three, list(range(6)), jobs=jobs)
    assert told(results) == [0, 1, 2, "damaged", 4, 5]
    assert isinstance(results[3], Mishap)
    assert "KeyError" in results[3].story


def test_a_file_that_takes_its_process_down_does_not_stop_the_others() -> None:
    assert told(spread(die_on_three, list(range(6)), jobs=2)) == [0, 1, 2, "damaged", 4, 5]


def test_a_broken_pool_of_somebody_else_is_worked_around() -> None:
    with ProcessPoolExecutor(2) as executor:
        results = spread(die_on_three, list(range(6)), executor=executor, jobs=2)
    assert told(results) == [0, 1, 2, "damaged", 4, 5]


def test_a_file_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.pipeline.spread.SECONDS", 1)
    assert told(spread(hang_on_three, list(range(6)), jobs=2)) == [0, 1, 2, "too-slow", 4, 5]


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
