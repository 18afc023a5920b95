from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from etl import ledger
from etl.layout import Layout
from etl.ledger import LedgerDamagedError, receive
from etl.table import Receipt

DAY = date(2024, 3, 1)
LATER = date(2024, 9, 9)


def drop(root: Path, files: dict[str, bytes]) -> Layout:
    layout = Layout(root)
    for name, content in files.items():
        path = layout.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return layout


def told(receipts: tuple[Receipt, ...]) -> list[tuple[str, str, bool]]:
    return [(receipt.file, receipt.received_on, receipt.duplicate) for receipt in receipts]


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_is_kept_and_written_down(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"财政局/2024预算.XLSX": b"one"})
    receipts, findings = receive(layout, DAY)
    assert findings == []
    assert told(receipts) == [("财政局/2024预算.XLSX", "2024-03-01", False)]
    assert receipts[0].submission_id == sha(b"one")[:16]
    assert receipts[0].bytes == 3
    assert receipts[0].archived == layout.archive / sha(b"one")[:2] / f"{sha(b'one')}.xlsx"
    assert receipts[0].archived.read_bytes() == b"one"
    assert layout.ledger.read_text("utf-8") == (
        f"received_on,sha256,file,bytes\n2024-03-01,{sha(b'one')},财政局/2024预算.XLSX,3\n"
    )


def test_the_first_day_stands(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    before = receive(layout, DAY)
    kept = layout.ledger.read_bytes()
    assert receive(layout, LATER, {"": "2020-01-01"}) == before
    assert layout.ledger.read_bytes() == kept
    drop(tmp_path, {"b.xlsx": b"two"})
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-03-01", False), ("b.xlsx", "2024-09-09", False)]
    assert layout.ledger.read_bytes().startswith(kept)


def test_a_folder_may_say_when_its_files_came(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xls": b"1", "x/a.xls": b"2", "x/y/a.xls": b"3", "x/submission.yml": b"x"})
    receipts, _ = receive(layout, DAY, {"x": "2023-02-28"})
    assert told(receipts) == [
        ("a.xls", "2024-03-01", False),
        ("x/a.xls", "2023-02-28", False),
        ("x/y/a.xls", "2024-03-01", False),
    ]


def test_the_same_bytes_again(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"b.xlsx": b"one"})
    receive(layout, DAY)
    drop(tmp_path, {"a.xls": b"one", "c/d.xlsx": b"one"})
    receipts, _ = receive(layout, LATER)
    assert told(receipts) == [
        ("a.xls", "2024-03-01", True),
        ("b.xlsx", "2024-03-01", False),
        ("c/d.xlsx", "2024-03-01", True),
    ]
    assert len({receipt.archived for receipt in receipts}) == 1
    assert len(layout.ledger.read_text("utf-8").splitlines()) == 2
    (layout.inbox / "b.xlsx").unlink()
    assert told(receive(layout, LATER)[0]) == [("a.xls", "2024-03-01", False), ("c/d.xlsx", "2024-03-01", True)]


def test_what_is_no_submission(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.xlsx").write_bytes(b"secret")
    layout = drop(
        tmp_path,
        {
            ".DS_Store": b"x",
            "~$预算.xlsx": b"x",
            ".git/config": b"x",
            "submission.yml": b"x",
            "x/Thumbs.db": b"x",
            "x/real.csv": b"real",
        },
    )
    (layout.inbox / "link.xlsx").symlink_to(outside / "secret.xlsx")
    (layout.inbox / "folder").symlink_to(outside)
    (layout.inbox / "broken.xlsx").symlink_to(outside / "gone.xlsx")
    os.mkfifo(layout.inbox / "pipe.xlsx")
    receipts, findings = receive(layout, DAY)
    assert (told(receipts), findings) == ([("x/real.csv", "2024-03-01", False)], [])


def test_an_inbox_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = drop(tmp_path / "elsewhere", {"a.xlsx": b"one"})
    layout = Layout(tmp_path / "here")
    layout.datasets.mkdir(parents=True)
    layout.inbox.symlink_to(elsewhere.inbox)
    receipts, findings = receive(layout, DAY)
    assert receipts == ()
    assert [finding.code for finding in findings] == ["file-unreadable"]


def test_no_inbox(tmp_path: Path) -> None:
    assert receive(Layout(tmp_path), DAY) == ((), [])
    assert not (tmp_path / "datasets").exists()


def test_a_file_that_vanishes_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one", "b.xlsx": b"two"})
    really_open = ledger._open

    def vanish(path: Path) -> object:
        if path.name == "a.xlsx":
            raise FileNotFoundError(path)
        return really_open(path)

    monkeypatch.setattr(ledger, "_open", vanish)
    receipts, findings = receive(layout, DAY)
    assert told(receipts) == [("b.xlsx", "2024-03-01", False)]
    assert [(finding.severity, finding.code, finding.values["file"]) for finding in findings] == [
        ("error", "file-unreadable", "a.xlsx")
    ]


def test_a_file_that_changes_while_it_is_read_is_not_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    really_look = ledger._look

    def look(inbox: Path) -> object:
        seen = really_look(inbox)
        (inbox / "a.xlsx").write_bytes(b"more than one")
        return seen

    monkeypatch.setattr(ledger, "_look", look)
    receipts, findings = receive(layout, DAY)
    assert receipts == ()
    assert [finding.values["file"] for finding in findings] == ["a.xlsx"]
    assert not layout.ledger.exists()
    assert [path.name for path in layout.archive.rglob("*") if path.is_file()] == []


def test_a_copy_that_was_cut_short_is_made_again(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    archived = receive(layout, DAY)[0][0].archived
    archived.write_bytes(b"on")
    assert receive(layout, LATER)[0][0].archived.read_bytes() == b"one"


def test_a_torn_line_counts_as_not_written(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    receive(layout, DAY)
    whole = layout.ledger.read_text("utf-8")
    layout.ledger.write_text(whole + f"2024-03-02,{sha(b'two')},b.x", encoding="utf-8")
    drop(tmp_path, {"b.xlsx": b"two"})
    receive(layout, LATER)
    assert layout.ledger.read_text("utf-8") == whole + f"2024-09-09,{sha(b'two')},b.xlsx,3\n"


LEDGERS = [
    "2024-03-01,nohash,a.xlsx,3\n",
    f"2024/3/1,{'a' * 64},a.xlsx,3\n",
    f"2024-03-01,{'a' * 64},a.xlsx\n",
    f"2024-03-01,{'a' * 64},a.xlsx,three\n",
]


@pytest.mark.parametrize("line", LEDGERS)
def test_a_damaged_ledger_is_not_added_to(tmp_path: Path, line: str) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    layout.ledger.write_text("received_on,sha256,file,bytes\n" + line, encoding="utf-8")
    before = layout.ledger.read_bytes()
    with pytest.raises(LedgerDamagedError, match="line 2"):
        receive(layout, DAY)
    assert layout.ledger.read_bytes() == before


def test_names_that_are_no_text(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"换\n行.xlsx": b"one"})
    (layout.inbox / os.fsdecode(b"\xb8\xbb.xlsx")).write_bytes(b"two")
    (layout.inbox / os.fsdecode(b"\xb8\xbc.xlsx")).write_bytes(b"three")
    first = receive(layout, DAY)
    assert [receipt.archived.read_bytes() for receipt in first[0]] == [b"one", b"two", b"three"]
    assert {receipt.file for receipt in first[0]} == {"换\n行.xlsx", "\ufffd\ufffd.xlsx"}
    assert receive(layout, LATER) == first


def test_the_inbox_is_left_alone(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"x/a.xlsx": b"one", "b.weird name": b"two"})
    before = sorted((path, path.lstat().st_mtime_ns) for path in layout.inbox.rglob("*"))
    receipts, _ = receive(layout, DAY)
    assert sorted((path, path.lstat().st_mtime_ns) for path in layout.inbox.rglob("*")) == before
    assert [receipt.archived.suffix for receipt in receipts] == ["", ".xlsx"]
