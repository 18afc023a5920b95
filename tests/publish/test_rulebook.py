"""The rule book on the site: every code and every rule on a page, in both languages, light enough to open anywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from etl.layout import PROGRAM, Layout
from etl.publish.pages import assemble
from etl.publish.publication import Publication
from etl.publish.views.rulebook import RuleBookView
from etl.spec import load
from etl.spec.rulebook import rule_book

SPEC = load(Layout(PROGRAM))
BOOK = rule_book(SPEC)
HEAVIEST = 46_000
"""Bytes of a page before the theme adds some twelve thousand; a page of the rule book weighs 60 KB at most."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = tmp_path_factory.mktemp("build")
    assemble(Publication(SPEC, (), (), (), (), (), (), date(2026, 1, 1)), build)
    return build / "docs"


def anchors(page: Path) -> set[str]:
    return set(re.findall(r'<h2 id="([^"]+)"', page.read_text("utf-8")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_and_every_rule_has_its_place(pages: Path, lang: str) -> None:
    view = RuleBookView(SPEC)
    hrefs = [view.href_of_code(code) for code in SPEC.findings]
    hrefs += [view.href_of_rule(entry.number) for entry in BOOK.entries()]
    for href in hrefs:
        path, _, anchor = href.partition("#")
        assert anchor in anchors(pages / lang / f"{path.rstrip('/')}.md"), href
    shown = {anchor for page in (pages / lang / "rulebook").glob("*.md") for anchor in anchors(page)}
    assert {*SPEC.findings, *(entry.anchor for entry in BOOK.entries())} <= shown


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_is_shown_wrong_and_right(pages: Path, lang: str) -> None:
    written = sum(page.read_text("utf-8").count('class="mz-pair"') for page in (pages / lang / "rulebook").glob("*.md"))
    assert written == len(SPEC.findings) + len(BOOK.entries())


def test_no_page_is_heavy(pages: Path) -> None:
    weights = {page.name: page.stat().st_size for page in pages.glob("*/rulebook/*.md")}
    assert {name: weight for name, weight in weights.items() if weight > HEAVIEST} == {}


def test_what_a_finding_leaves_open_is_shown_as_dots(pages: Path) -> None:
    for page in pages.glob("*/rulebook/*.md"):
        assert not re.search(r"\{\w+\}|\[[^\]]*\{", page.read_text("utf-8")), page


def test_every_letter_of_a_rule_has_a_name() -> None:
    assert {entry.number[0] for entry in BOOK.entries()} <= set(SPEC.headings.chapters)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_authority_of_every_rule_is_said_beside_it_or_for_its_whole_chapter(pages: Path, lang: str) -> None:
    for chapter in RuleBookView(SPEC).rule_chapters:
        head, *entries = (pages / lang / f"{chapter.path.rstrip('/')}.md").read_text("utf-8").split("<h2 id=")
        assert all(authority in head for authority in chapter.authorities)
        for rule, entry in zip(chapter.rules, entries, strict=True):
            told = entry if rule.authorities != chapter.authorities else head
            assert all(authority in told for authority in rule.authorities), rule.entry.number
