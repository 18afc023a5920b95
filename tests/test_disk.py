from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.disk import settle


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Inodes in the order in which they were made to last."""
    seen: list[int] = []
    really = os.fsync

    def look(descriptor: int) -> None:
        seen.append(os.fstat(descriptor).st_ino)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    return seen


def test_each_folder_is_settled_once_and_in_the_order_given(tmp_path: Path, settled: list[int]) -> None:
    inner, outer = tmp_path / "b" / "a", tmp_path / "b"
    inner.mkdir(parents=True)
    settle([inner, outer, inner])
    assert settled == [inner.stat().st_ino, outer.stat().st_ino]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        settle([tmp_path / "gone"])


def test_where_a_folder_cannot_be_opened_nothing_is_done(
    tmp_path: Path, settled: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_DIRECTORY")
    settle([tmp_path])
    assert settled == []
