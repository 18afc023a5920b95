from __future__ import annotations

import threading
from pathlib import Path

import pytest

from etl.publish import swap as room
from etl.publish.exchange import exchange
from etl.publish.swap import recover, swap

SWAPS = 60


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, "utf-8")
    return path


def state(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.html"))}


def places(root: Path) -> dict[Path, Path]:
    return {root / "build" / name: root / name for name in ("site", "review")}


@pytest.fixture(params=["one step", "two steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """With and without a system that lets two folders change places."""
    if request.param == "two steps":
        monkeypatch.setattr(room, "exchange", lambda one, other: False)
    elif not can_exchange(tmp_path / "try"):
        pytest.skip("this file system does not let two folders change places in one step")
    return str(request.param)


def can_exchange(root: Path) -> bool:
    return exchange(folder(root / "a", "a"), folder(root / "b", "b"))


def clear(root: Path) -> Path:
    clean = root / "county"
    clean.mkdir()
    return clean


def test_two_folders_change_places(tmp_path: Path) -> None:
    if not can_exchange(tmp_path):
        pytest.skip("this file system does not let two folders change places in one step")
    assert state(tmp_path) == {"a/index.html": "b", "b/index.html": "a"}


def test_what_is_not_there_cannot_be_exchanged(tmp_path: Path) -> None:
    if not can_exchange(tmp_path):
        pytest.skip("this file system does not let two folders change places in one step")
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "a", tmp_path / "c")


def test_the_first_build_takes_its_place(tmp_path: Path, way: str) -> None:
    root = clear(tmp_path)
    for new in places(root):
        folder(new, "new")
    swap(places(root))
    assert state(root) == {"site/index.html": "new", "review/index.html": "new"}


def test_a_later_build_replaces_the_earlier_one_whole(tmp_path: Path, way: str) -> None:
    root = clear(tmp_path)
    for new, place in places(root).items():
        folder(new, "new")
        folder(place, "old")
        (place / "withdrawn.html").write_text("old", "utf-8")
    swap(places(root))
    assert state(root) == {"site/index.html": "new", "review/index.html": "new"}
    assert sorted(path.name for path in root.iterdir()) == ["build", "review", "site"]
    assert list((root / "build").iterdir()) == []


def test_where_one_folder_is_missing_both_earlier_ones_stand(tmp_path: Path, way: str) -> None:
    root = clear(tmp_path)
    folder(root / "build" / "site", "new")
    for place in places(root).values():
        folder(place, "old")
    with pytest.raises(FileNotFoundError):
        swap(places(root))
    assert state(root) == {"build/site/index.html": "new", "site/index.html": "old", "review/index.html": "old"}


@pytest.mark.parametrize("earlier", [True, False])
def test_where_the_second_folder_cannot_take_its_place_the_first_goes_back(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch, earlier: bool
) -> None:
    root = clear(tmp_path)
    for new, place in places(root).items():
        folder(new, "new")
        if earlier:
            folder(place, "old")
    before, change = state(root), room._change

    def fail(new: Path, place: Path) -> None:
        if place.name == "review":
            raise PermissionError(str(place))
        change(new, place)

    monkeypatch.setattr(room, "_change", fail)
    with pytest.raises(PermissionError):
        swap(places(root))
    assert state(root) == before


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


def test_a_link_in_the_place_of_the_site_is_deleted_and_not_what_it_leads_to(tmp_path: Path, way: str) -> None:
    root = clear(tmp_path)
    folder(root / "elsewhere", "mine")
    (root / "site").symlink_to(root / "elsewhere")
    folder(root / "build" / "site", "new")
    swap({root / "build" / "site": root / "site"})
    assert state(root) == {"elsewhere/index.html": "mine", "site/index.html": "new"}
    assert not (root / "site").is_symlink()


def test_a_reader_finds_every_page_at_every_moment(tmp_path: Path) -> None:
    if not can_exchange(tmp_path / "try"):
        pytest.skip("this file system does not let two folders change places in one step")
    site, new = tmp_path / "site", tmp_path / "build" / "site"
    folder(site, "0")
    seen: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append((site / "index.html").read_text("utf-8"))

    def publish() -> None:
        for number in range(1, SWAPS):
            folder(new, str(number))
            swap({new: site})

    reader = threading.Thread(target=read)
    reader.start()
    try:
        publish()
    finally:
        done.set()
        reader.join()
    numbers = [int(text) for text in seen]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) > 2, "the reader was never there during a swap"
    assert (site / "index.html").read_text("utf-8") == str(SWAPS - 1)
