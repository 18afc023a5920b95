from __future__ import annotations

from pathlib import Path

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec.declared import Declared, read_declared


def write(folder: Path, text: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "submission.yml").write_bytes(text if isinstance(text, bytes) else text.encode())


def test_values_are_taken_as_typed(tmp_path: Path) -> None:
    write(tmp_path, "department_code: 000\nfiscal_year: 2024\n")
    write(tmp_path / "甲" / "乙", 'document: budget\nreceived_on: 2024-03-01\nfiscal_year: "2023"\n')
    declared, findings = read_declared(tmp_path)
    assert declared == {"": Declared("000", 2024), "甲/乙": Declared("", 2023, "budget", "2024-03-01")}
    assert findings == []


@pytest.mark.parametrize(
    "text",
    [
        "fiscal_year: [2024\n",
        "fiscal_year: 24\n",
        "document: plan\n",
        "received_on: 2024-02-30\n",
        "received_on: 2024-03-01 08:00:00\n",
        "year: 2024\n",
        "- 1\n",
        "fiscal_year: 2024\nfiscal_year: 2023\n",
        "a: &a [1]\nb: *a\n",
        "[" * 5000,
        "#" * 20000,
        "department_code: ../x\n",
        "fiscal_year: " + "9" * 5000 + "\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_broken_one_is_a_finding_and_stops_nothing(tmp_path: Path, text: str | bytes) -> None:
    write(tmp_path / "坏", text)
    write(tmp_path / "好", "fiscal_year: 2024\n")
    declared, findings = read_declared(tmp_path)
    assert declared == {"好": Declared("", 2024)}
    assert [(each.code, dict(each.values)) for each in findings] == [
        ("file-unreadable", {"file": "坏/submission.yml", "situation": "declaration"})
    ]


def test_one_that_says_nothing_is_none(tmp_path: Path) -> None:
    write(tmp_path, "# nothing yet\n")
    assert read_declared(tmp_path) == ({}, [])


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside", "fiscal_year: 2024\n")
    inbox = tmp_path / "inbox"
    (inbox / "a").mkdir(parents=True)
    (inbox / "a" / "submission.yml").symlink_to(tmp_path / "outside" / "submission.yml")
    (inbox / "b").symlink_to(tmp_path / "outside")
    assert read_declared(inbox) == ({}, [])


def test_an_inbox_that_is_not_there_declares_nothing(tmp_path: Path) -> None:
    assert read_declared(tmp_path / "inbox") == ({}, [])


def test_the_real_inbox_is_sound() -> None:
    declared, findings = read_declared(Layout(PROGRAM).inbox)
    assert declared
    assert findings == []
