"""What is a release, what it says, and what of it may be seen later."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from decimal import Decimal
from pathlib import Path

import pytest

from etl.finding import error
from etl.releases import ReleasesDamagedError
from tests.publish.builders import SHEET, expenditure
from tests.releases.county import DAYS, County, account, changed, counts, lines, mended, other_account, told

A, B = "101/2024/final-account/department", "102/2024/final-account/department"


@pytest.fixture
def county(tmp_path: Path) -> County:
    made = County(tmp_path)
    made.send("a.xlsx", "a", account())
    made.send("b.xlsx", "b", other_account())
    return made


def test_the_first_publish_is_release_one_and_a_second_of_the_same_adds_nothing(county: County) -> None:
    first = county.publish()
    log, pack = county.layout.releases / "log.jsonl", county.layout.releases / "00001.jsonl.gz"
    before, site = (log.read_bytes(), pack.read_bytes()), county.public_bytes
    assert [release.number for release in first.releases] == [1]
    assert told(first.releases[0]) == [("arrived", A), ("arrived", B)]
    assert county.publish().releases == first.releases
    assert (log.read_bytes(), pack.read_bytes()) == before
    assert county.public_bytes == site


def test_each_line_names_the_one_before_and_the_data_by_their_hashes(county: County) -> None:
    county.publish()
    county.send("a2.xlsx", "a2", account("121.00"), DAYS["c"])
    county.publish()
    first, second = (county.layout.releases / "log.jsonl").read_bytes().splitlines()
    assert json.loads(second)["previous"] == hashlib.sha256(first).hexdigest()
    sums = (county.layout.site / "data" / "SHA256SUMS").read_text().splitlines(keepends=True)
    kept = [each for each in sums if "  releases." not in each and "/versions/" not in each]
    assert len(kept) < len(sums)
    assert json.loads(second)["data"] == hashlib.sha256("".join(kept).encode()).hexdigest()
    assert (county.layout.site / "data" / "releases.jsonl").read_bytes() == b"".join([first, b"\n", second, b"\n"])


def test_a_correction_changes_one_figure_and_says_why(county: County) -> None:
    county.publish()
    sha256 = hashlib.sha256(b"a").hexdigest()
    table = expenditure((*lines("120.00", "100.00")[:1], *lines("120.00", "101.00")[1:]))
    county.says[sha256] = account(tables=(table,), mended=mended(SHEET, "D7", "100.00", "101.00"))
    latest = county.publish().releases[0]
    assert told(latest) == [("changed", A)]
    assert changed(latest.figures) == [("D7", "basic", Decimal(1000000), Decimal(1010000), "correction")]
    assert latest.figures[0].text == "笔误"
    assert counts(county.log[1]) == {"changed": 1, "figures": 1}


def test_figures_that_are_read_anew_are_told_apart_from_corrections(county: County) -> None:
    county.publish()
    county.says[hashlib.sha256(b"a").hexdigest()] = account("121.00")
    assert {one.reason for one in county.publish().releases[0].figures} == {"read-anew"}


def test_a_later_file_replaces_and_the_earlier_version_stays_at_its_own_address(county: County) -> None:
    county.publish()
    earlier = (county.layout.site / "data" / "expenditure" / "expenditure.csv").read_bytes()
    county.send("a2.xlsx", "a2", account("121.00"), DAYS["c"])
    history = county.publish()
    assert told(history.releases[0]) == [("replaced", A)]
    assert changed(history.releases[0].figures) == [
        ("C6", "total", Decimal(1200000), Decimal(1210000), "later-file"),
        ("C7", "total", Decimal(1200000), Decimal(1210000), "later-file"),
    ]
    assert (county.layout.site / "data" / "expenditure/versions/1/expenditure.csv").read_bytes() == earlier
    assert [version.path for version in history.versions] == ["expenditure/versions/1/expenditure.csv"]


def test_where_rows_are_only_added_no_earlier_version_is_kept_apart(county: County) -> None:
    county.publish()
    county.send("c.xlsx", "c", account(identity=dataclasses.replace(account().identity, fiscal_year=2023)), DAYS["c"])
    history = county.publish()
    assert told(history.releases[0]) == [("arrived", "101/2023/final-account/department")]
    assert history.versions == ()


def test_two_lines_that_change_places_are_no_change_of_figures(county: County) -> None:
    twice = (*lines("1.00", "2.00"), *lines("3.00", "4.00"))
    county.says[hashlib.sha256(b"a").hexdigest()] = account(tables=(expenditure(twice),))
    county.publish()
    turned = (*lines("3.00", "4.00"), *lines("1.00", "2.00"))
    county.says[hashlib.sha256(b"a").hexdigest()] = account(tables=(expenditure(turned),))
    assert county.publish().releases[0].figures == ()


# --- what leaves ------------------------------------------------------------------------------------------------


def test_a_file_that_leaves_the_inbox_goes_on_standing_and_is_told_to_the_reviewers(county: County) -> None:
    county.publish()
    (county.layout.inbox / "a.xlsx").unlink()
    assert [release.number for release in county.publish().releases] == [1]
    assert hashlib.sha256(b"a").hexdigest()[:16] in {one.submission_id for one in county.stock().submissions}


def test_a_file_that_is_overwritten_by_a_bad_one_stands_and_by_a_good_one_is_replaced(county: County) -> None:
    county.publish()
    county.send("a.xlsx", "bad", account(tables=(expenditure(),), findings=(error("sum-mismatch"),)), DAYS["c"])
    assert len(county.publish().releases) == 1
    county.send("a.xlsx", "good", account("130.00"), DAYS["c"])
    assert told(county.publish().releases[0]) == [("replaced", A)]


def test_what_is_withdrawn_no_longer_stands_and_is_said_with_its_reason(county: County) -> None:
    county.publish()
    later = county.send("a2.xlsx", "a2", account("121.00"), DAYS["c"])
    county.publish()
    county.withdraw(later)
    history = county.publish()
    assert told(history.releases[0]) == [("withdrawn", A)]
    change = history.releases[0].documents[0]
    assert (change.left, change.text, change.on) == ((later,), "报错了", "2025-10-02")
    assert change.came == (hashlib.sha256(b"a").hexdigest()[:16],), "what it had replaced stands again"
    assert {(one.old, one.new) for one in change.figures} == {(Decimal(1210000), Decimal(1200000))}
    assert [(one.number, one.is_withheld) for one in history.versions] == [(2, False), (1, False)]


def test_one_table_can_be_withdrawn_alone(county: County) -> None:
    county.publish()
    county.withdraw(hashlib.sha256(b"a").hexdigest()[:16], table="expenditure")
    assert told(county.publish().releases[0]) == [("withdrawn", A)]


def test_of_a_private_withdrawal_no_byte_stays_public(county: County) -> None:
    county.send("c.xlsx", "c", account("987.65", identity=dataclasses.replace(account().identity, fiscal_year=2023)))
    county.publish()
    assert b"9876500.00" in county.public_bytes
    secret = hashlib.sha256(b"c").hexdigest()[:16]
    county.withdraw(secret, private=True)
    history = county.publish()
    assert b"9876500" not in county.public_bytes
    assert secret.encode() not in county.public_bytes
    assert "报错了".encode() not in county.public_bytes
    assert [(told(release), release.unnamed) for release in history.releases] == [
        ([], 1),
        ([("arrived", A), ("arrived", B)], 1),
    ]
    assert [(version.number, version.is_withheld) for version in history.versions] == [(1, True)]
    assert not (county.layout.site / "data" / "expenditure" / "versions").exists()


def test_what_is_rejected_by_now_is_not_shown_as_it_once_stood(county: County) -> None:
    county.publish()
    county.says[hashlib.sha256(b"a").hexdigest()] = account(findings=(error("sum-mismatch"),))
    history = county.publish()
    assert told(history.releases[0]) == [("retracted", A)]
    assert history.releases[0].figures == ()
    assert [version.is_withheld for version in history.versions] == [True]
    assert hashlib.sha256(b"a").hexdigest()[:16].encode() not in county.public_bytes


def test_what_left_and_would_be_rejected_by_now_is_not_shown_as_it_once_stood(county: County) -> None:
    county.publish()
    county.says[hashlib.sha256(b"a").hexdigest()] = account(findings=(error("personal-data"),))
    (county.layout.inbox / "a.xlsx").unlink()
    history = county.publish()
    assert [version.is_withheld for version in history.versions] == [True]
    assert history.releases[0].figures == ()
    assert b"1200000.00" not in county.public_bytes


def test_a_body_that_may_no_longer_be_named_is_only_counted(county: County) -> None:
    county.publish()
    hidden = [
        dataclasses.replace(one, exempt="yes", public_name=False) if one.code == "102" else one
        for one in county.spec.departments
    ]
    county.spec = dataclasses.replace(county.spec, departments=tuple(hidden))
    history = county.publish()
    assert [(told(release), release.unnamed) for release in history.releases] == [([], 1), ([("arrived", A)], 1)]
    assert b"102/" not in county.public_bytes
    assert "富源县教育体育局".encode() not in county.public_bytes


# --- kills ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_kill_around_the_line_leaves_no_second_number(county: County, moment: str) -> None:
    county.publish()
    county.send("a2.xlsx", "a2", account("121.00"), DAYS["c"])
    county.publish(killed=moment)
    assert len(county.log) == (1 if moment == "before" else 2)
    history = county.publish()
    assert [release.number for release in history.releases] == [2, 1]
    assert len(county.log) == 2


def test_a_line_that_was_cut_off_is_written_again(county: County) -> None:
    county.publish()
    log = county.layout.releases / "log.jsonl"
    whole = log.read_bytes()
    for length in (1, len(whole) // 2, len(whole) - 1):
        log.write_bytes(whole[:length])
        county.publish()
        assert log.read_bytes() == whole


def test_a_log_that_was_tampered_with_stops_the_run(county: County) -> None:
    county.publish()
    log = county.layout.releases / "log.jsonl"
    log.write_text(log.read_text().replace('"arrived":2', '"arrived":3').replace('"release":1', '"release":7'))
    with pytest.raises(ReleasesDamagedError):
        county.publish()


def test_a_folder_without_a_log_begins_one_with_the_same_data(county: County) -> None:
    county.publish()
    first = county.log[0]
    for path in county.layout.releases.iterdir():
        path.unlink()
    county.publish()
    assert county.log == [first]
