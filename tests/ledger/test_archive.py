from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from etl.ledger import archive, receive
from tests.ledger.drops import DAY, LATER, drop, said, sha


@pytest.mark.parametrize("damage", [b"on", b"eno", b"", b"one more"])
def test_a_damaged_copy_is_made_again_and_told(tmp_path: Path, damage: bytes) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    archived = receive(layout, DAY)[0][0].archived
    archived.write_bytes(damage)
    receipts, findings = receive(layout, LATER)
    assert receipts[0].archived.read_bytes() == b"one"
    assert receipts[0].received_on == "2024-03-01"
    assert said(findings) == [("warning", "archive-damaged", "", "a.xlsx")]
    assert receive(layout, LATER)[1] == []


def test_a_copy_that_is_gone_is_made_again(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    archived = receive(layout, DAY)[0][0].archived
    archived.unlink()
    receipts, findings = receive(layout, LATER)
    assert (receipts[0].archived.read_bytes(), findings) == (b"one", [])


@pytest.mark.parametrize("damage", [b"eno", None])
def test_what_is_sound_neither_in_the_inbox_nor_in_the_archive_is_told(tmp_path: Path, damage: bytes | None) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one", "b.xlsx": b"two"})
    archived = receive(layout, DAY)[0][0].archived
    (layout.inbox / "a.xlsx").unlink()
    archived.unlink()
    if damage:
        archived.write_bytes(damage)
    receipts, findings = receive(layout, LATER)
    assert [receipt.file for receipt in receipts] == ["b.xlsx"]
    assert said(findings) == [("error", "archive-damaged", "lost", "a.xlsx")]


def test_one_copy_for_the_same_bytes_under_other_names(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    archived = receive(layout, DAY)[0][0].archived
    (layout.inbox / "a.xlsx").unlink()
    drop(tmp_path, {"b.xls": b"one"})
    assert receive(layout, LATER)[0][0].archived == archived


def test_bytes_that_change_while_they_are_copied_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    really_open = archive.open_plain

    def open_late(path: Path) -> object:
        if path.parent == layout.inbox:
            path.write_bytes(b"more than one")
        return really_open(path)

    monkeypatch.setattr(archive, "open_plain", open_late)
    receipts, findings = receive(layout, DAY)
    assert receipts == ()
    assert said(findings) == [("warning", "file-unreadable", "changing", "a.xlsx")]
    assert not layout.ledger.exists()
    assert [path for path in layout.archive.rglob("*") if path.is_file()] == []


def test_a_full_disk_leaves_neither_half_a_copy_nor_a_line(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one", "b.xlsx": bytes(1 << 16)})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 12, hard))
    try:
        with pytest.raises(OSError):
            receive(layout, DAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in layout.archive.rglob("*") if path.is_file()] == [f"{sha(b'one')}.xlsx"]
    assert not layout.ledger.exists()
    receipts, findings = receive(layout, LATER)
    assert ([receipt.file for receipt in receipts], findings) == (["a.xlsx", "b.xlsx"], [])


def test_a_copy_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})

    def fail(descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        receive(layout, DAY)
    assert [path for path in layout.archive.rglob("*") if path.is_file()] == []


def test_what_a_kill_left_of_a_copy_is_deleted_by_the_next_run(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    folder = layout.archive / sha(b"two")[:2]
    folder.mkdir(parents=True)
    (folder / f".{sha(b'two')}.part").write_bytes(b"tw")
    receive(layout, DAY)
    assert [path.name for path in layout.archive.rglob("*") if path.is_file()] == [f"{sha(b'one')}.xlsx"]
