"""A publish that takes over what it may comes to the same bytes as one from nothing, whatever has changed since.

A small county is published again and again; before each run one thing in it changes. A twin of it, published from
nothing in another folder, is what it is held against: file by file, under `site/` and under `review/`.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import demo
from etl.layout import Layout
from etl.pipeline import Published, Work, publish
from etl.pipeline.kept import Kept

DAY, NEXT_DAY = "1767225600", "1767312000"
Change = Callable[[Path, pytest.MonkeyPatch], None]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Three bodies and a year, published once."""
    root = tmp_path_factory.mktemp("changed") / "county"
    demo.make(root, demo.Plan(2, 1, seed=5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        run(root)
        yield root


def run(root: Path) -> Published:
    return publish(Layout(root), Work(jobs=2))


def tree(root: Path) -> dict[str, bytes]:
    files = (path for name in ("site", "review") for path in sorted((root / name).rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def from_nothing(root: Path) -> dict[str, bytes]:
    """What a twin of a county comes to that has never been published here; its log of releases is the same."""
    twin = root.parent / "twin"
    shutil.copytree(root / "datasets", twin / "datasets")
    run(twin)
    found = tree(twin)
    shutil.rmtree(twin)
    return found


def workbooks(root: Path) -> list[Path]:
    """Those of which something stands, by name."""
    with (root / "site" / "data" / "facts.csv").open(encoding="utf-8-sig", newline="") as stream:
        names = sorted({row["source_file"] for row in csv.DictReader(stream)})
    return [root / "datasets" / "inbox" / name for name in names if name.endswith(".xlsx")]


def once_more(root: Path, _: pytest.MonkeyPatch) -> None:
    """A workbook that stands comes again, with other bytes and a later name."""
    source = workbooks(root)[0]
    source.with_name(f"{source.stem}（二）.xlsx").write_bytes(source.read_bytes()[:-2] + b"\x01\x00x")


def gone(root: Path, _: pytest.MonkeyPatch) -> None:
    workbooks(root)[-1].unlink()


def approved(root: Path) -> None:
    """The register learns when a budget was approved."""
    path = root / "datasets" / "register" / "approvals.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    head = lines[0].split(",")
    rows = [dict(zip(head, line.split(","), strict=True)) for line in lines[1:]]
    assert rows
    rows[0]["approved_on"] = "2020-01-02"
    text = "\n".join([lines[0], *(",".join(row[name] for name in head) for row in rows)])
    path.write_text(f"{text}\n", "utf-8")


def withdrawn(root: Path) -> None:
    """A body takes a file back."""
    with (root / "review" / "submissions.csv").open(encoding="utf-8-sig", newline="") as stream:
        one = next(row for row in csv.DictReader(stream) if row["status"] == "accepted")
    decision = f"- submission_id: {one['submission_id']}\n  reason: 报错了\n  by: 张三\n  on: 2026-01-01\n"
    with (root / "datasets" / "withdrawn.yml").open("a", encoding="utf-8") as stream:
        stream.write(decision)


def next_day(_: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("SOURCE_DATE_EPOCH", NEXT_DAY)


def decided(root: Path, _: pytest.MonkeyPatch) -> None:
    """What people decide concerns files that were read long before."""
    approved(root)
    withdrawn(root)


CHANGES: tuple[Change, ...] = (once_more, gone, decided, next_day)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_it_comes_to_what_a_publish_from_nothing_comes_to(
    county: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(county)
    change(county, monkeypatch)
    expected = from_nothing(county)
    assert run(county).is_new
    found = tree(county)
    assert sorted(name for name in found.keys() | expected if found.get(name) != expected.get(name)) == []
    assert found != before


def test_most_of_the_work_is_taken_over(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held against the test above: were nothing ever taken over, it would prove nothing."""
    put: list[str] = []
    real = Kept.put
    monkeypatch.setattr(Kept, "put", lambda kept, key, body: (put.append(key), real(kept, key, body))[1])
    once_more(county, monkeypatch)
    publish(Layout(county), Work(jobs=1))
    kept = sum(1 for path in (county / "build" / "kept").rglob("*") if path.is_file())
    assert 0 < len(put) < kept / 2
