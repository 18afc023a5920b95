from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest

from etl.ledger import inbox, receive
from tests.ledger.drops import DAY, LATER, drop, nobody, public, said, told

Meddle = Callable[[Path], None]


def vanish(path: Path) -> None:
    path.unlink()


def grow(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b" more")


def rewrite(path: Path) -> None:
    """The same size, other bytes: told by the time of the change."""
    state = path.stat()
    path.write_bytes(b"eno")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1))


def replace(path: Path) -> None:
    """Another file of the same size and time in its place."""
    state = path.stat()
    other = path.with_name(".other")
    other.write_bytes(b"eno")
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(path)


def put_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("b.xlsx"))


def put_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


MEDDLING = [
    pytest.param(vanish, "warning", "gone", id="vanishes"),
    pytest.param(grow, "warning", "changing", id="grows"),
    pytest.param(rewrite, "warning", "changing", id="is rewritten"),
    pytest.param(replace, "warning", "changing", id="is replaced"),
]
SWAPPED = [
    pytest.param(put_a_link, "error", "refused", id="becomes a link"),
    pytest.param(put_a_pipe, "error", "refused", id="becomes a pipe"),
]


def meddle_before_reading(monkeypatch: pytest.MonkeyPatch, meddle: Meddle) -> None:
    really_open = inbox.open_plain

    def open_late(path: Path) -> IO[bytes]:
        if path.name == "a.xlsx":
            monkeypatch.setattr(inbox, "open_plain", really_open)
            meddle(path)
        return really_open(path)

    monkeypatch.setattr(inbox, "open_plain", open_late)


def meddle_when_all_is_read(monkeypatch: pytest.MonkeyPatch, meddle: Meddle) -> None:
    really_look_again = inbox._look_again

    def look_late(seen: inbox.Seen) -> object:
        if seen.path.name == "a.xlsx":
            meddle(seen.path)
        return really_look_again(seen)

    monkeypatch.setattr(inbox, "_look_again", look_late)


def assert_only_b_is_taken_in(tmp_path: Path, severity: str, situation: str) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one", "b.xlsx": b"two"})
    receipts, findings = receive(layout, DAY)
    assert told(receipts) == [("b.xlsx", "2024-03-01", False)]
    assert said(findings) == [(severity, "file-unreadable", situation, "a.xlsx")]
    assert [path.read_bytes() for path in layout.archive.rglob("*") if path.is_file()] == [b"two"]
    assert len(layout.ledger.read_text("utf-8").splitlines()) == 2


@pytest.mark.parametrize(("meddle", "severity", "situation"), [*MEDDLING, *SWAPPED])
def test_a_file_that_is_not_what_was_listed_is_not_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meddle: Meddle, severity: str, situation: str
) -> None:
    meddle_before_reading(monkeypatch, meddle)
    assert_only_b_is_taken_in(tmp_path, severity, situation)


@pytest.mark.parametrize(("meddle", "severity", "situation"), MEDDLING)
def test_a_file_that_changes_after_it_was_read_is_not_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meddle: Meddle, severity: str, situation: str
) -> None:
    meddle_when_all_is_read(monkeypatch, meddle)
    assert_only_b_is_taken_in(tmp_path, severity, situation)


def test_a_file_that_was_being_copied_is_taken_in_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    meddle_before_reading(monkeypatch, grow)
    assert receive(layout, DAY)[0] == ()
    assert not layout.ledger.exists()
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-09-09", False)]


def test_a_file_that_lands_while_we_run_is_for_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    meddle_before_reading(monkeypatch, lambda path: drop(tmp_path, {"0.xlsx": b"zero", "z/z.xlsx": b"z"}) and None)
    receipts, findings = receive(layout, DAY)
    assert (told(receipts), findings) == ([("a.xlsx", "2024-03-01", False)], [])
    assert [receipt.file for receipt in receive(layout, LATER)[0]] == ["0.xlsx", "a.xlsx", "z/z.xlsx"]


def test_what_may_not_be_read_is_told_and_the_others_are_taken_in() -> None:
    with public() as root:
        layout = drop(root, {"a.xlsx": b"one", "b.xlsx": b"two", "shut/c.xlsx": b"three", "blind/d.xlsx": b"four"})
        layout.datasets.chmod(0o777)
        for name, mode in {"a.xlsx": 0, "shut": 0, "blind": 0o444}.items():
            (layout.inbox / name).chmod(mode)
        with nobody():
            receipts, findings = receive(layout, DAY)
    assert told(receipts) == [("b.xlsx", "2024-03-01", False)]
    assert sorted(said(findings)) == [
        ("error", "file-unreadable", "refused", "a.xlsx"),
        ("error", "file-unreadable", "refused", "blind/d.xlsx"),
        ("error", "file-unreadable", "refused", "shut"),
    ]


def test_a_folder_too_deep_to_be_opened_is_told(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    here = Path.cwd()
    os.chdir(layout.inbox)
    try:
        for _ in range(20):
            Path("深" * 80).mkdir()
            os.chdir("深" * 80)
    finally:
        os.chdir(here)
    receipts, findings = receive(layout, DAY)
    assert [receipt.file for receipt in receipts] == ["a.xlsx"]
    assert [(one.code, one.values["situation"]) for one in findings] == [("file-unreadable", "refused")]
