"""`schemas/search.yml`: words that people type."""

from __future__ import annotations

from pathlib import Path

from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.glossary import same
from tests.spec.conftest import County

FILE = "schemas/search.yml"
SPEC = load(Layout(PROGRAM))


def test_a_word_that_stands_twice_is_told(county: County) -> None:
    county.edit(FILE, "typed: [买车,", "typed: [公车,")
    assert [(file, place) for file, _, place in county.places()] == [(FILE, "words/3/typed/0")]


def test_a_word_without_a_meaning_is_told(county: County) -> None:
    county.edit(FILE, "means: [公务用车购置]", "means: []")
    assert [place for _, _, place in county.places()] == ["words/3/means"]


def test_every_word_means_something_that_is_called_so() -> None:
    """At least one of the names a word stands for is part of a name the program or the county knows."""
    called = [same(name) for term in SPEC.glossary.terms.values() for name in term.called]
    called += [same(name) for body in SPEC.departments for name in (body.name.zh, body.name.en, *body.aliases)]
    called += [same(table.name.zh) for table in SPEC.tables.values()]
    called += [
        same(entry.name.zh) for codes in SPEC.codes.values() for found in codes.entries.values() for entry in found
    ]
    called += [same(name) for fee in SPEC.fee_items for name in (fee.item, *fee.aliases)]
    lost = {
        one.means for one in SPEC.search.spoken if not any(same(word) in name for word in one.means for name in called)
    }
    assert lost == set()


def test_pages_that_have_words_are_pages_of_the_site() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(PROGRAM / "etl" / "publish" / "pages").glob("*.py"))
    written = {path.stem for lang in ("zh", "en") for path in (PROGRAM / "docs" / lang).glob("*.md")}
    assert {
        page for page in SPEC.search.pages if f'"{page}"' not in sources and page.strip("/") not in written
    } == set()
