from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from etl.layout import Layout
from etl.pipeline import kept as room
from etl.pipeline.kept import Kept, declarations, files_in, hash_of_files, write_whole


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kept", "the program and the declarations")


def entries(kept: Kept) -> list[Path]:
    return sorted(path for path in kept.folder.rglob("*") if path.is_file())


def test_what_was_kept_is_found_under_what_it_depends_on(kept: Kept) -> None:
    key = kept.key("examine", "file", "name")
    assert kept.get(key) is None
    kept.put(key, b"result")
    assert kept.get(key) == b"result"


@pytest.mark.parametrize(
    "other",
    [
        ("mark", "file", "name"),
        ("examine", "other file", "name"),
        ("examine", "file", "other name"),
        ("examine", "file", "name", ""),
        ("examine", "filename", ""),
    ],
)
def test_what_depends_on_something_else_is_not_found(kept: Kept, other: tuple[str, ...]) -> None:
    kept.put(kept.key("examine", "file", "name"), b"result")
    assert kept.get(kept.key(*other)) is None


def test_another_program_finds_nothing(kept: Kept) -> None:
    kept.put(kept.key("examine", "file"), b"result")
    later = Kept(kept.folder, "a newer program")
    assert later.get(later.key("examine", "file")) is None


@pytest.mark.parametrize("damage", ["cut", "emptied", "one bit", "longer"])
def test_a_damaged_entry_is_not_used(kept: Kept, damage: str) -> None:
    key = kept.key("examine", "file")
    kept.put(key, b"result")
    (path,) = entries(kept)
    content = path.read_bytes()
    path.write_bytes(
        {
            "cut": content[:-1],
            "emptied": b"",
            "one bit": bytes([content[0] ^ 1]) + content[1:],
            "longer": content + b"\0",
        }[damage]
    )
    assert kept.get(key) is None


def test_an_entry_under_the_name_of_another_is_not_used(kept: Kept) -> None:
    mine, yours = kept.key("examine", "mine"), kept.key("examine", "yours")
    kept.put(mine, b"mine")
    kept.put(yours, b"yours")
    place = {path.name: path for path in entries(kept)}
    shutil.copyfile(place[mine], place[yours])
    assert kept.get(yours) is None


def test_what_was_not_used_is_swept(kept: Kept) -> None:
    keys = [kept.key("examine", number) for number in range(3)]
    for key in keys:
        kept.put(key, b"result")
    later = Kept(kept.folder, kept.depends)
    later.get(keys[1])
    later.put(later.key("examine", 3), b"result")
    later.sweep()
    assert {path.name for path in entries(kept)} == {keys[1], later.key("examine", 3)}


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "file"
    write_whole(place, b"old")

    def full(*arguments: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(room.os, "fdopen", full)
        with pytest.raises(OSError):
            write_whole(place, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]


def test_files_are_told_by_name_and_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("2")
    before = hash_of_files(files_in(tmp_path))
    assert hash_of_files(files_in(tmp_path)) == before
    (tmp_path / "b").rename(tmp_path / "c")
    renamed = hash_of_files(files_in(tmp_path))
    (tmp_path / "c").write_text("3")
    assert len({before, renamed, hash_of_files(files_in(tmp_path))}) == 3


@pytest.mark.parametrize("changed", ["jurisdiction.yml", "register/departments.csv", None])
def test_a_changed_declaration_is_another_state(tmp_path: Path, changed: str | None) -> None:
    layout = Layout(tmp_path)
    (layout.datasets / "register").mkdir(parents=True)
    for path in (layout.jurisdiction, layout.departments, layout.approvals):
        path.write_text("before", "utf-8")
    before = declarations(layout)
    if changed:
        (layout.datasets / changed).write_text("after", "utf-8")
    else:
        layout.approvals.write_text("concerns no single file", "utf-8")
        os.utime(layout.jurisdiction, (0, 0))
    assert (declarations(layout) == before) is (changed is None)


def test_the_program_is_told_wherever_it_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(room.sys, "path", ["", str(tmp_path / "none"), str(tmp_path)])
    before = room.program.__wrapped__()
    (tmp_path / "a_library-2.0.dist-info").mkdir()
    assert room.program.__wrapped__() != before
