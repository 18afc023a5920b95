from __future__ import annotations

from pathlib import Path

import pytest

from etl.ledger.inbox import Seen, look
from etl.pipeline.landing import PATIENCE, SETTLED, Landing, is_whole
from tests.workbooks import xlsx

WHOLE = xlsx(lambda book: book.add_worksheet("表").write("A1", "合计"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def seen(inbox: Path) -> list[Seen]:
    return look(inbox)[0]


def names(found: list[Seen]) -> list[str]:
    return [one.file for one in found]


def test_a_file_is_ready_once_when_it_has_stayed_the_same(tmp_path: Path) -> None:
    landing = Landing()
    (tmp_path / "a.xlsx").write_bytes(WHOLE)
    assert names(landing.ready(seen(tmp_path), 0.0)) == []
    assert names(landing.ready(seen(tmp_path), SETTLED / 2)) == []
    assert names(landing.ready(seen(tmp_path), SETTLED)) == ["a.xlsx"]
    assert names(landing.ready(seen(tmp_path), 100.0)) == []
    assert not landing.waiting


def test_what_grows_waits_from_its_last_change(tmp_path: Path) -> None:
    landing = Landing()
    for number in range(4):
        (tmp_path / "a.csv").write_bytes(b"1,2\n" * (number + 1))
        assert names(landing.ready(seen(tmp_path), number * SETTLED)) == []
    assert names(landing.ready(seen(tmp_path), 5 * SETTLED)) == ["a.csv"]


def test_half_a_workbook_waits_until_it_is_whole_and_not_for_ever(tmp_path: Path) -> None:
    half, never = tmp_path / "half.xlsx", tmp_path / "never.xlsx"
    landing = Landing()
    for path in (half, never):
        path.write_bytes(WHOLE[:-1])
    for moment in (0.0, SETTLED, 5.0):
        assert names(landing.ready(seen(tmp_path), moment)) == []
    half.write_bytes(WHOLE)
    assert names(landing.ready(seen(tmp_path), 6.0)) == []
    assert names(landing.ready(seen(tmp_path), 6.5 + SETTLED)) == ["half.xlsx"]
    assert names(landing.ready(seen(tmp_path), PATIENCE)) == ["never.xlsx"]


def test_a_file_that_changes_later_is_new_again_and_one_that_goes_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1\n")
    landing = Landing()
    landing.know(seen(tmp_path))
    assert names(landing.ready(seen(tmp_path), 1.0)) == []
    path.write_bytes(b"12\n")
    landing.ready(seen(tmp_path), 2.0)
    assert names(landing.ready(seen(tmp_path), 3.0)) == ["a.csv"]
    path.unlink()
    landing.ready(seen(tmp_path), 4.0)
    assert (landing.done, landing.waiting) == ({}, {})


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (WHOLE, True),
        (WHOLE + b"a comment that nobody announced", True),
        (WHOLE[:-1], False),
        (WHOLE[: len(WHOLE) // 2], False),
        (WHOLE[:4], False),
        (OLE + b"\0" * 504, True),
        (OLE + b"\0" * 500, False),
        (b"1,2\n", True),
        (b"", True),
    ],
)
def test_where_a_workbook_can_end(tmp_path: Path, content: bytes, whole: bool) -> None:
    (tmp_path / "a").write_bytes(content)
    assert is_whole(tmp_path / "a") is whole


def test_what_cannot_be_read_is_not_there_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "gone.xlsx")
