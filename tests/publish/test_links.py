"""Links of a small site: those that lead somewhere, and each way of leading nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.publish.links import find_broken_links, find_foreign_loads, survey

TARGETS = [
    # what stands on the page a/index.html, and whether it leads somewhere
    ("../index.html", True),
    ("../index.html#top", True),
    ("../index.html#B4", True),
    ("../index.html#nowhere", False),
    ("#here", True),
    ("#there", False),
    ("../data/x.csv", True),
    ("../data/x%2Ecsv", True),
    ("../data/y.csv", False),
    ("../../index.html", False),
    ("../", False),  # a folder: from a memory stick it would show its listing
    ("./", False),
    ("..", False),
    ("/index.html", False),  # the site may lie under a path
    ("https://a.example/", True),
    ("mailto:a@a.example", True),
    ("search.html?q=x", False),
    ("index.html?q=x", True),
]


@pytest.mark.parametrize("quote", ['"', ""])
@pytest.mark.parametrize(("target", "leads"), TARGETS)
def test_a_link_leads_somewhere_or_is_told(tmp_path: Path, target: str, leads: bool, quote: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("x")
    (tmp_path / "index.html").write_text('<h1 id="top">x</h1><table><tr><td id=B4>1</table>')
    (tmp_path / "a" / "index.html").write_text(
        f'<p id=here class=x>\n<a class="k" href={quote}{target}{quote} lang=en>x</a>'
    )
    assert [(link.page, link.target) for link in find_broken_links(tmp_path)] == (
        [] if leads else [("a/index.html", target)]
    )


def test_what_is_loaded_from_another_host_is_told_and_what_is_linked_is_not(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link rel="stylesheet" href="//a.example/a.css"><link rel=icon href=mark.svg><a href="https://b.example/">b</a>'
        "<script src=https://c.example/c.js></script><img alt='' src=data:image/png;base64,AA>"
        '<link rel="canonical" href="https://d.example/">'
    )
    loads = [link.target for link in find_foreign_loads(tmp_path)]
    assert loads == ["//a.example/a.css", "https://c.example/c.js"]


def test_a_page_that_is_still_to_be_written_is_no_broken_link(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="self/index.html">x</a>')
    assert len(survey(tmp_path).broken()) == 1
    assert survey(tmp_path).broken({"self/index.html"}) == ()
