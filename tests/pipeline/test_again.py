"""Publishing again: what did not change is not done again, and nobody can tell by the bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from etl import pipeline
from etl.demo import Plan, make
from etl.layout import Layout
from etl.pipeline import Published, Work
from etl.pipeline.stock import spread
from etl.publish.publication import Publication


def hashes(root: Path) -> dict[str, str]:
    files = (path for name in ("site", "review") for path in sorted((root / name).rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module", autouse=True)
def _without_mkdocs() -> Iterator[None]:
    """Pages as MkDocs would read them: how it frames them takes long, and no work of ours is kept behind it."""

    def lay(publication: Publication, build: Path, site: Path, abreast: object) -> None:
        shutil.copytree(build / "docs" / "zh", site, dirs_exist_ok=True)
        shutil.copytree(build / "docs" / "en", site / "en", dirs_exist_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.pipeline.build.build_site", lay)
        patch.setattr("etl.pipeline.build._refuse_broken", lambda found: None)
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fictional county, published once."""
    root = tmp_path_factory.mktemp("county") / "county"
    make(root, Plan(departments=3, years=1, seed=3))
    assert publish(root).is_new
    return root


@pytest.fixture
def county(published: Path, tmp_path: Path) -> Path:
    """The same, to be changed; its files keep their moments, as they do where nobody copies them."""
    return Path(shutil.copytree(published, tmp_path / "county", copy_function=shutil.copy2))


def publish(root: Path) -> Published:
    return pipeline.publish(Layout(root), Work(jobs=2))


def worked_on(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """By kind of work, the files on which it is done from now on."""
    seen: dict[str, list[str]] = {}

    def watched(do, tasks, **how):  # type: ignore[no-untyped-def]
        files = [task[0].file if isinstance(task, tuple) else task.receipt.file for task in tasks]
        seen.setdefault("mark" if files and not isinstance(tasks[0], tuple) else "examine", []).extend(files)
        return spread(do, tasks, **how)

    monkeypatch.setattr("etl.pipeline.stock.spread", watched)
    return seen


def change(root: Path) -> str:
    """One workbook gets other bytes and another figure; its name in the inbox."""
    inbox = root / "datasets" / "inbox"
    path = next(path for path in sorted(inbox.rglob("*.xlsx")) if zip_is_sound(path))
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "另一个题目"
    book.save(path)
    return path.relative_to(inbox).as_posix()


def zip_is_sound(path: Path) -> bool:
    try:
        openpyxl.load_workbook(path, read_only=True).close()
    except (OSError, ValueError, KeyError):
        return False
    return path.read_bytes()[:2] == b"PK"


def from_nothing(root: Path) -> dict[str, str]:
    """The bytes that a run makes for which nothing is kept."""
    for name in ("build", "site", "review"):
        shutil.rmtree(root / name)
    assert publish(root).is_new
    return hashes(root)


def test_where_nothing_changed_nothing_is_built(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish(county)  # the county lies in another folder than it did: that is no change
    assert not first.is_new
    before, moments = hashes(county), {path: path.stat().st_mtime_ns for path in (county / "site").rglob("*")}
    seen = worked_on(monkeypatch)
    again = publish(county)
    assert (again.is_new, again.fates, seen) == (False, first.fates, {})
    assert hashes(county) == before
    assert {path: path.stat().st_mtime_ns for path in (county / "site").rglob("*")} == moments


def test_one_changed_file_is_the_only_one_that_is_read_and_the_bytes_are_those_of_a_full_run(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(county)
    file = change(county)
    with monkeypatch.context() as patch:
        seen = worked_on(patch)
        assert publish(county).is_new
    assert seen["examine"] == [file]
    assert set(seen.get("mark", ())) <= {file}
    assert hashes(county) == from_nothing(county)


@pytest.mark.parametrize("folder", ["site", "review"])
@pytest.mark.parametrize("how", ["changed", "gone", "more"])
def test_what_somebody_did_to_what_was_built_is_made_good(county: Path, folder: str, how: str) -> None:
    publish(county)
    before = hashes(county)
    page = county / folder / ("data/facts.csv" if folder == "site" else "facts.csv")
    if how == "changed":
        page.write_bytes(page.read_bytes()[::-1])
    elif how == "gone":
        page.unlink()
    else:
        (county / folder / "more.html").write_text("more", "utf-8")
    assert publish(county).is_new
    assert hashes(county) == before


def test_a_report_of_the_watch_is_no_change(county: Path) -> None:
    publish(county)
    (county / "review" / "watch").mkdir(exist_ok=True)
    (county / "review" / "watch" / "index.html").write_text("report", "utf-8")
    assert not publish(county).is_new


def test_entries_that_were_damaged_are_done_again(county: Path) -> None:
    publish(county)
    before = hashes(county)
    for entry in (county / "build" / "kept").rglob("*"):
        if entry.is_file():
            content = entry.read_bytes()
            entry.write_bytes(content[: len(content) // 2] + os.urandom(len(content) - len(content) // 2))
    assert publish(county).is_new
    assert hashes(county) == before


@pytest.mark.parametrize("declared", ["accepted.yml", "register/approvals.csv", "jurisdiction.yml"])
def test_a_declaration_that_changed_is_read(county: Path, declared: str) -> None:
    publish(county)
    path = county / "datasets" / declared
    path.write_text((path.read_text("utf-8-sig") if path.exists() else "") + "\n", "utf-8")
    assert publish(county).is_new
