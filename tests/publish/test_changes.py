"""Pages and feeds of what changed: each figure with its old and its new value, its cell and its reason."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from etl.history import History
from etl.publish.feed import ATOM, feed_of, write_feeds
from etl.publish.pages import assemble
from etl.publish.public import Public, make_public
from etl.publish.release_files import write_releases
from tests.publish.sample_publication import HIDDEN, make_publication


@pytest.fixture(scope="module")
def public() -> Public:
    return make_public(make_publication())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("changes")
    assemble(make_publication(), build)
    return build / "docs"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "page",
    [
        "changes/index.md",
        "changes/2.md",
        "departments/208.md",
        "datasets/revenue-expenditure-summary.md",
    ],
)
def test_a_changed_figure_is_shown_with_what_it_was_and_where(pages: Path, lang: str, page: str) -> None:
    text = (pages / lang / page).read_text("utf-8")
    row = next(each for each in re.findall(r"<tr>.*?</tr>", text, re.DOTALL) if "24000000.00" in each)
    assert re.findall(r'<data class="mz-change" value="([0-9.]+)">', row) == ["24000000.00", "24500000.00"]
    assert "2024-budget/#revenue-expenditure-summary-B7" in row
    assert "笔误，县财政局来函更正" in row


def test_a_withheld_version_is_said_and_not_linked(pages: Path) -> None:
    text = (pages / "zh" / "datasets/revenue-expenditure-summary.md").read_text("utf-8")
    assert "versions/1/" not in text
    assert 'id="versions"' in text


def test_a_dataset_that_never_changed_says_nothing_of_versions(pages: Path) -> None:
    assert 'id="versions"' not in (pages / "zh" / "datasets/revenue.md").read_text("utf-8")


def test_a_county_without_a_release_has_the_page_all_the_same(tmp_path: Path) -> None:
    assemble(dataclasses.replace(make_publication(), releases=History()), tmp_path)
    assert (tmp_path / "docs" / "zh" / "changes" / "index.md").exists()
    assert not (tmp_path / "docs" / "zh" / "changes" / "1.md").exists()


def test_feeds_tell_what_came_and_what_changed_each_under_one_identifier(public: Public, tmp_path: Path) -> None:
    write_feeds(public, tmp_path)
    feed = ElementTree.parse(tmp_path / "feed.xml").getroot()
    entries = [entry.findtext(f"{{{ATOM}}}id", "") for entry in feed.findall(f"{{{ATOM}}}entry")]
    listed = json.loads((tmp_path / "feed.json").read_text("utf-8"))
    assert [item["id"] for item in listed["items"]] == entries
    assert len(set(entries)) == len(entries) == len({one.submission.key for one in public.standing}) + 1
    told = [item for item in listed["items"] if "24000000.00 → 24500000.00" in item["content_text"]]
    assert [(item["url"], item["date_published"]) for item in told] == [("departments/208/", "2024-04-02T00:00:00Z")]


def test_a_body_has_a_feed_of_its_own_in_both_languages(public: Public, tmp_path: Path) -> None:
    write_feeds(public, tmp_path)
    for top, up in (("", "../../"), ("en/", "../../../en/")):
        feed = json.loads((tmp_path / top / "departments/208/feed.json").read_text("utf-8"))
        assert sorted(item["url"] for item in feed["items"]) == [
            f"{up}departments/208/",
            f"{up}departments/208/2024-budget/",
            f"{up}departments/208/2024-final-account/",
        ]
    named = {department.code for department in public.departments}
    assert {path.parent.name for path in tmp_path.glob("departments/*/feed.xml")} == named
    assert not any(HIDDEN in path.read_text("utf-8") for path in tmp_path.rglob("feed.*"))


def test_addresses_of_a_feed_are_whole_where_the_site_has_one(public: Public) -> None:
    county = dataclasses.replace(public.jurisdiction, site_url="https://open.example.org/fuyuan/")
    there = dataclasses.replace(public, spec=dataclasses.replace(public.spec, jurisdiction=county))
    feed = feed_of(there, "en/departments/208/", "en", "208")
    assert feed.own == "https://open.example.org/fuyuan/en/departments/208/feed"
    assert {entry.href for entry in feed.entries} == {
        f"https://open.example.org/fuyuan/en/departments/208/{document}"
        for document in ("", "2024-budget/", "2024-final-account/")
    }


def test_releases_are_told_to_programs(public: Public, tmp_path: Path) -> None:
    write_releases(public, tmp_path)
    listed = json.loads((tmp_path / "releases.json").read_text("utf-8"))
    assert [one["release"] for one in listed["releases"]] == [2, 1]
    (figure,) = listed["releases"][0]["documents"][0]["figures"]
    assert (figure["old_yuan"], figure["new_yuan"], figure["source_cell"]) == ("24000000.00", "24500000.00", "B7")
    assert [(one["path"], one["withheld"]) for one in listed["versions"]] == [(None, True)]
    rows = (tmp_path / "releases.csv").read_text("utf-8-sig").splitlines()
    assert sum("24000000.00,24500000.00" in row for row in rows) == 1
