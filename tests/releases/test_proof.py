"""Whatever is tampered with is named, and it is the first thing that is named."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from etl.cli import main
from etl.layout import Layout
from etl.pipeline.again import verify
from tests.releases.county import DAYS, County, account, other_account


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    county = County(tmp_path / "county")
    county.send("a.xlsx", "a", account())
    county.send("b.xlsx", "b", other_account())
    county.publish()
    county.send("a2.xlsx", "a2", account("121.00"), DAYS["c"])
    county.publish()
    return county.layout


def _first(layout: Layout | None, site: Path | None) -> tuple[str, str] | None:
    found = verify(layout, site)
    return (found[0].kind, found[0].what.partition(",")[0]) if found else None


def test_an_untouched_county_fits_and_so_do_a_copied_site_and_an_archive_alone(layout: Layout, tmp_path: Path) -> None:
    assert _first(layout, layout.site) is None
    shutil.copytree(layout.site, tmp_path / "copy")
    assert _first(None, tmp_path / "copy") is None
    shutil.rmtree(layout.site)
    assert _first(layout, None) is None


def _edit(name: str, old: str, new: str) -> Callable[[Layout], None]:
    def tamper(layout: Layout) -> None:
        path = layout.root / name
        content = path.read_bytes()
        assert old.encode() in content
        path.write_bytes(content.replace(old.encode(), new.encode()))

    return tamper


def _gone(name: str) -> Callable[[Layout], None]:
    return lambda layout: (layout.root / name).unlink()


def _pack(layout: Layout) -> None:
    path = layout.releases / "00001.jsonl.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"1200000.00", b"1200001.00")))


def _archived(layout: Layout) -> None:
    next(path for path in sorted(layout.archive.rglob("*")) if path.is_file()).write_text("other")


def _stranger(layout: Layout) -> None:
    (layout.archive / "00").mkdir(exist_ok=True)
    (layout.archive / "00" / "note.txt").write_text("?")


def _last_line_away(layout: Layout) -> None:
    path = layout.site / "data" / "releases.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])


def _last_line_of_ledger_away(layout: Layout) -> None:
    layout.ledger.write_bytes(b"".join(layout.ledger.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (_edit("site/data/facts.csv", "1210000.00", "1210000.01"), ("altered", "data/facts.csv")),
        (_gone("site/data/facts.csv"), ("missing", "data/facts.csv")),
        (_gone("site/data/SHA256SUMS"), ("missing", "data/SHA256SUMS")),
        (lambda layout: (layout.site / "data" / "x.csv").write_text("x"), ("unlisted", "data/x.csv")),
        (
            _edit("site/data/expenditure/versions/1/expenditure.csv", "1200000.00", "1.00"),
            ("altered", "data/expenditure/versions/1/expenditure.csv"),
        ),
        (_edit("site/data/releases.jsonl", '"arrived":2', '"arrived":9'), ("chain", "data/releases.jsonl")),
        (_last_line_away, ("altered", "data/releases.jsonl")),
        (_gone("site/data/releases.jsonl"), ("missing", "data/releases.jsonl")),
        (_edit("datasets/releases/log.jsonl", '"arrived":2', '"arrived":9'), ("chain", "datasets/releases/log.jsonl")),
        (_pack, ("pack", "datasets/releases/00001.jsonl.gz")),
        (_gone("datasets/releases/00002.jsonl.gz"), ("pack", "datasets/releases/00002.jsonl.gz")),
        (_archived, ("archive", "datasets/archive/")),
        (_stranger, ("archive", "datasets/archive/00/note.txt")),
        (_edit("datasets/ledger.csv", "a.xlsx", "z.xlsx"), ("ledger", "datasets/ledger.csv")),
        (_last_line_of_ledger_away, ("ledger", "datasets/ledger.csv")),
    ],
)
def test_the_first_thing_that_does_not_fit_is_named(
    layout: Layout, tamper: Callable[[Layout], None], expected: tuple[str, str]
) -> None:
    tamper(layout)
    found = _first(layout, layout.site)
    assert found is not None
    assert found[0] == expected[0]
    assert found[1].startswith(expected[1])


def test_a_site_whose_hashes_were_all_made_again_does_not_fit_its_release(layout: Layout) -> None:
    from etl.publish.data import write_sums

    _edit("site/data/facts.csv", "1210000.00", "1210000.01")(layout)
    write_sums(layout.site / "data")
    assert _first(None, layout.site) == ("data", "data/SHA256SUMS")


def test_a_version_whose_hash_was_made_again_is_not_what_its_release_names(layout: Layout) -> None:
    from etl.publish.data import write_sums

    _edit("site/data/expenditure/versions/1/expenditure.csv", "1200000.00", "1.00")(layout)
    write_sums(layout.site / "data")
    assert _first(None, layout.site) == ("version", "data/expenditure/versions/1/expenditure.csv")


def test_a_site_of_another_log_is_not_known(layout: Layout, tmp_path: Path) -> None:
    other = County(tmp_path / "other")
    other.send("b.xlsx", "b", other_account())
    other.publish()
    assert _first(layout, other.layout.site) == ("unknown-site", "data/releases.jsonl")


def test_the_command_says_what_it_found_by_its_exit_code(layout: Layout, tmp_path: Path) -> None:
    run = CliRunner()
    assert run.invoke(main, ["verify", "--root", str(layout.root)]).exit_code == 0
    assert run.invoke(main, ["verify", "--site", str(layout.site)]).exit_code == 0
    (tmp_path / "empty").mkdir()
    assert run.invoke(main, ["verify", "--site", str(tmp_path / "empty")]).exit_code == 2
    assert run.invoke(main, ["verify", "--root", str(tmp_path / "empty")]).exit_code == 2
    _edit("site/data/facts.csv", "1210000.00", "1210000.01")(layout)
    told = run.invoke(main, ["verify", "--site", str(layout.site)])
    assert told.exit_code == 1
    assert "data/facts.csv" in told.output.splitlines()[0]
