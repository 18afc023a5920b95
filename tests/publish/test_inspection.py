"""What a site finds in itself, on pages made to be found wanting."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.publish.inspection import inspect
from etl.publish.links import survey
from etl.publish.public import Public, make_public
from tests.publish.sample_publication import make_publication

GOOD = (
    '<html lang="zh-Hans"><meta http-equiv="Content-Security-Policy" content="x"><title>x</title>'
    '<a class="mz-skip" href="#main">x</a><main id="main"><h1>x</h1><h2>y</h2><p>z</p></main>'
)
SOURCE = (
    "<html lang=en><meta http-equiv=Content-Security-Policy content=x><title>x</title>"
    "<a class=mz-skip href=#main>x</a><main id=main><h1>x</h1>"
)


@pytest.fixture(scope="module")
def public() -> Public:
    return make_public(make_publication())


def lay(site: Path, **pages: str) -> Path:
    for name, text in pages.items():
        place = site / name.replace("__", "/") / "index.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return site


def test_a_sound_site_is_found_sound(public: Public, tmp_path: Path) -> None:
    site = lay(tmp_path, about=GOOD, **{"departments__201__2018-budget": SOURCE})
    found = inspect(public, survey(site), site)
    assert (found.ordinary, found.sources, found.links) == (1, 1, 2)
    assert (found.broken, found.foreign, found.heaviest, found.empty) == ((), (), (), ())
    assert set(found.facts.values()) == {0}


@pytest.mark.parametrize(
    ("fact", "was", "now"),
    [
        ("language", ' lang="zh-Hans"', ""),
        ("title", "<title>x</title>", "<title></title>"),
        ("heading", "<h1>x</h1>", ""),
        ("heading", "<h1>x</h1>", "<h1>x</h1><h1>y</h1>"),
        ("main", '<main id="main">', "<main>"),
        ("skip", 'href="#main"', 'href="#top"'),
        ("policy", "Content-Security-Policy", "refresh"),
        ("images", "<p>z</p>", '<img src="a.png">'),
        ("fields", "<p>z</p>", "<input>"),
    ],
)
def test_what_a_page_lacks_is_counted(public: Public, tmp_path: Path, fact: str, was: str, now: str) -> None:
    site = lay(tmp_path, about=GOOD, fees=GOOD.replace(was, now))
    assert {key: n for key, n in inspect(public, survey(site), site).facts.items() if n} == {fact: 1}


def test_heavy_pages_and_empty_sections_are_named(public: Public, tmp_path: Path) -> None:
    site = lay(tmp_path, fees=GOOD + "x" * 40_000, about=GOOD.replace("<p>z</p>", ""), coverage=GOOD)
    found = inspect(public, survey(site), site)
    assert [(one.page, one.size) for one in found.heaviest] == [("fees/index.html", 40_000 + len(GOOD))]
    assert found.empty == ("about/index.html",)
    assert found.median == len(GOOD)


def test_a_first_view_counts_what_a_browser_fetches(public: Public, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    (tmp_path / "a.js").write_text("1")
    text = (
        GOOD
        + '<link rel="stylesheet" href="../a.css"><script src="../a.js" defer></script><link rel="alternate" href="x">'
    )
    site = lay(tmp_path, departments=text)
    [view] = inspect(public, survey(site), site).first_views
    assert (view.page, view.requests) == ("departments/index.html", 3)
    assert 200 < view.size < 400


def test_bodies_of_which_nothing_new_stands_are_named(public: Public, tmp_path: Path) -> None:
    found = inspect(public, survey(tmp_path), tmp_path)
    named = {body.code for body in found.stale}
    assert "201" in named  # its one document is of 2018, where the latest of all is of 2025
    assert "208" not in named
    assert found.latest == 2025
