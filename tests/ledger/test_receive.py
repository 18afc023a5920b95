from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.layout import Layout
from etl.ledger import receive
from tests.ledger.drops import DAY, LATER, drop, public, said, sha, told, unwritable


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
            ".~lock.预算.xlsx#": b"x",
            "desktop.ini": b"x",
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
    assert said(findings) == [("error", "file-unreadable", "refused", "")]


def test_no_inbox(tmp_path: Path) -> None:
    assert receive(Layout(tmp_path), DAY) == ((), [])
    assert not (tmp_path / "datasets").exists()


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


def test_two_names_that_are_shown_alike_hold_the_same_bytes(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"x/a.xlsx": b"other"})
    (layout.inbox / os.fsdecode(b"\xb8\xbb.xlsx")).write_bytes(b"one")
    (layout.inbox / os.fsdecode(b"\xb8\xbc.xlsx")).write_bytes(b"one")
    receipts, _ = receive(layout, DAY)
    assert sorted(receipt.duplicate for receipt in receipts if receipt.file.startswith("\ufffd")) == [False, True]


ODD = [
    "=HYPERLINK(A1).xlsx",
    "+1.xlsx",
    '@x, "y".xlsx',
    "行\r\n二.xlsx",
    "a\u202eb.xlsx",
    "é.xlsx",
    "e\u0301.xlsx",
    "A.xlsx",
    "a.xlsx",
    "a.xlsx/a.xlsx.xlsx",
    "预算" * 40 + "1234567890.xlsx",
    " .xlsx",
    "CON.xlsx",
    "..xlsx.xlsx ",
]


def test_odd_names_are_kept_as_they_are(tmp_path: Path) -> None:
    names = {("x/" if "/" in name else "y/" if name == "a.xlsx" else "") + name: name.encode() for name in ODD}
    kept = {name: content for name, content in names.items() if not name.startswith(".")}
    layout = drop(tmp_path, names)
    first = receive(layout, DAY)
    assert {receipt.file: receipt.archived.read_bytes() for receipt in first[0]} == kept
    assert not any(receipt.duplicate for receipt in first[0])
    assert first[1] == []
    assert receive(layout, LATER) == first


def test_a_file_without_a_byte_is_a_submission_too(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b""})
    receipts, findings = receive(layout, DAY)
    assert ([(receipt.file, receipt.bytes) for receipt in receipts], findings) == ([("a.xlsx", 0)], [])
    drop(tmp_path, {"a.xlsx": b"whole"})
    assert told(receive(layout, LATER)[0]) == [("a.xlsx", "2024-09-09", False)]


def test_a_file_that_has_left_the_inbox_keeps_its_line_and_its_copy(tmp_path: Path) -> None:
    layout = drop(tmp_path, {"a.xlsx": b"one"})
    archived = receive(layout, DAY)[0][0].archived
    kept = layout.ledger.read_bytes()
    (layout.inbox / "a.xlsx").unlink()
    assert receive(layout, LATER) == ((), [])
    assert (layout.ledger.read_bytes(), archived.read_bytes()) == (kept, b"one")
    drop(tmp_path, {"back.xlsx": b"one"})
    assert told(receive(layout, LATER)[0]) == [("back.xlsx", "2024-03-01", False)]


def test_nothing_is_written_where_nothing_is_new() -> None:
    with public() as root:
        layout = drop(root, {"a.xlsx": b"one"})
        before = receive(layout, DAY)
        with unwritable(layout.datasets):
            assert receive(layout, LATER) == before


def test_a_folder_that_cannot_be_written_to_is_ours_to_mend() -> None:
    with public() as root:
        layout = drop(root, {"a.xlsx": b"one"})
        receive(layout, DAY)
        drop(root, {"b.xlsx": b"two"})
        kept = layout.ledger.read_bytes()
        with unwritable(layout.datasets), pytest.raises(PermissionError):
            receive(layout, LATER)
        assert layout.ledger.read_bytes() == kept
