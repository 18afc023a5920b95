from __future__ import annotations

from pathlib import Path

import pytest

from etl.pipeline.workplace import sweep, workplace


def left(build: Path) -> list[str]:
    return sorted(path.name for path in build.iterdir())


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    for name in ("run-killed/site", "kept/ab", "release-3"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "run-killed" / "site" / "index.html").touch()
    sweep(tmp_path)
    assert left(tmp_path) == ["kept", "release-3"]


def test_a_workplace_is_gone_when_the_run_ends_however_it_ends(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), workplace(tmp_path) as place:
        place.mkdir()
    assert left(tmp_path) == []


def test_what_an_orphan_wrote_meanwhile_goes_with_the_run(tmp_path: Path) -> None:
    with workplace(tmp_path) as place:
        (tmp_path / "run-orphan" / "pages").mkdir(parents=True)
        assert place.name != "run-orphan"
    assert left(tmp_path) == []
