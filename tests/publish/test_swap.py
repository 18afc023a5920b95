from __future__ import annotations

from pathlib import Path

import pytest

from etl.publish.swap import AnotherRunError, alone, recover, remove, swap


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, "utf-8")
    return path


def state(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.html"))}


def places(root: Path) -> dict[Path, Path]:
    return {root / "build" / name: root / name for name in ("site", "review")}


def test_the_first_build_takes_its_place(tmp_path: Path) -> None:
    for new in places(tmp_path):
        folder(new, "new")
    swap(places(tmp_path))
    assert state(tmp_path) == {"site/index.html": "new", "review/index.html": "new"}


def test_a_later_build_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    for new, place in places(tmp_path).items():
        folder(new, "new")
        folder(place, "old")
        (place / "withdrawn.html").write_text("old", "utf-8")
    swap(places(tmp_path))
    assert state(tmp_path) == {"site/index.html": "new", "review/index.html": "new"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "review", "site"]


def test_where_one_folder_is_missing_both_earlier_ones_stand(tmp_path: Path) -> None:
    folder(tmp_path / "build" / "site", "new")
    for place in places(tmp_path).values():
        folder(place, "old")
    with pytest.raises(FileNotFoundError):
        swap(places(tmp_path))
    assert state(tmp_path) == {"build/site/index.html": "new", "site/index.html": "old", "review/index.html": "old"}


@pytest.mark.parametrize(
    ("there", "after"),
    [
        ({".site.earlier": "old"}, {"site/index.html": "old"}),  # killed between the two renames
        ({".site.earlier": "old", "site": "new"}, {"site/index.html": "new"}),  # killed while deleting
        ({"site": "old"}, {"site/index.html": "old"}),
        ({}, {}),
    ],
)
def test_what_a_killed_run_left_is_put_right(tmp_path: Path, there: dict[str, str], after: dict[str, str]) -> None:
    for name, text in there.items():
        folder(tmp_path / name, text)
    recover([tmp_path / "site"])
    assert state(tmp_path) == after


def test_a_link_is_deleted_and_not_what_it_leads_to(tmp_path: Path) -> None:
    folder(tmp_path / "elsewhere", "mine")
    (tmp_path / "build").symlink_to(tmp_path / "elsewhere")
    remove(tmp_path / "build")
    assert state(tmp_path) == {"elsewhere/index.html": "mine"}


def test_two_runs_at_once_are_refused_and_two_after_each_other_are_not(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(AnotherRunError), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass
