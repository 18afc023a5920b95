"""The pages of the site, in both languages. In: Publication. Out: plain folders of Markdown, HTML and assets.

    build/docs/zh   build/docs/en      what MkDocs reads: nothing in them is edited by hand

Which page exists is decided in this folder, a kind of page a file; what it shows, in `views`; how it looks, in
`docs/templates`, `docs/styles` and `docs/scripts`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from etl.layout import PROGRAM
from etl.publish.abreast import Abreast, Files, one_by_one
from etl.publish.chart_files import chart_text
from etl.publish.pages import (
    changes,
    coverage,
    datasets,
    departments,
    fees,
    functions,
    glossary,
    home,
    projects,
    prose,
    rulebook,
    search,
    sources,
    years,
)
from etl.publish.pages.bundle import bundle, ground
from etl.publish.pages.material import Material, gather
from etl.publish.places import LANGUAGES, chart_file
from etl.publish.public import Public, standing_of
from etl.publish.publication import Publication
from etl.publish.render import Page, Renderer
from etl.publish.search.entries import Listed
from etl.publish.spelled import spell_out, squeeze
from etl.publish.views.sources import view_sources
from etl.publish.words import Words
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Submission

DOCS = PROGRAM / "docs"
Kind = Callable[[Material, Words], Iterator[Page]]

GENERATED: tuple[Kind, ...] = (
    home.pages,
    departments.pages,
    years.pages,
    functions.pages,
    projects.pages,
    datasets.pages,
    coverage.pages,
    fees.pages,
    rulebook.pages,
    glossary.pages,
    changes.pages,
    search.pages,
)
"""Pages made from templates, which MkDocs puts into the frame of the site."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """The pages of one language: its words, its templates, its folder."""

    words: Words
    renderer: Renderer
    folder: Path


def assemble(publication: Publication, build: Path, abreast: Abreast = one_by_one) -> None:
    """Write `build/docs/zh` and `build/docs/en`, from nothing; `abreast` may write several pages at once."""
    material = gather(publication)
    editions = [_edition(Words(material.public.spec, lang), build / "docs" / lang) for lang in LANGUAGES]
    abreast(
        [
            *(partial(_write_pages, material, edition) for edition in editions),
            *_source_files(material.public, build / "docs"),
        ]
    )


def _edition(words: Words, folder: Path) -> _Edition:
    """A language whose folder holds what all its pages need."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(DOCS / "assets", folder / "assets")
    for name, parts in _bundles().items():
        bundle(parts, folder / name)
    return _Edition(words, Renderer(DOCS, words), folder)


def _bundles() -> Mapping[str, list[Path]]:
    """What is written in parts and fetched as one file: our styles on the ground of Material's, and our scripts."""
    return {
        "assets/mingzhang.css": [ground(), *sorted(DOCS.glob("styles/*.css"))],
        "assets/mingzhang.js": sorted(DOCS.glob("scripts/*.js")),
    }


def _write_pages(material: Material, edition: _Edition) -> None:
    words, renderer, folder = edition.words, edition.renderer, edition.folder
    listed: list[Listed] = []
    for kind in GENERATED:
        for page in kind(material, words):
            listed += _listed(page)
            _write(folder / page.file, renderer.markdown(page))
            for key, chart in page.values.get("charts", {}).items():
                _write(folder / chart_file(page.path, key), chart_text(chart))
    for page in prose.pages(material, words):
        listed += _listed(page)
        _write(folder / page.file, renderer.prose(page))
    _write(folder / "search" / "index.js", search.index(material, words, listed))


def _source_files(public: Public, folder: Path) -> Iterator[Files]:
    """The documents of each body; they are drawn from what is declared and from what stands of that body alone."""
    spec = public.spec.as_declared
    drawn = [(words, Renderer(DOCS, words)) for words in (Words(spec, lang) for lang in LANGUAGES)]
    for department in public.departments:
        brought = tuple({id(one.submission): one.submission for one in public.of(department.code)}.values())
        if brought:
            yield Files(_write_sources, folder, (department, brought), (spec, drawn))


def _write_sources(
    folder: Path,
    department: Department,
    brought: Sequence[Submission],
    spec: Spec,
    drawn: Sequence[tuple[Words, Renderer]],
) -> None:
    """Every document of one body; what is drawn of its sheets is the same in all languages."""
    views = tuple(view_sources(spec, department, standing_of(brought)))
    for words, renderer in drawn:
        for page in sources.pages(views, words):
            text = squeeze(spell_out(renderer.html(page))) + "\n"
            _write(folder / words.lang / page.path / "index.html", text)


def _listed(page: Page) -> list[Listed]:
    """A page as the search finds it; the first page and those that say so are not found."""
    return [Listed(page.path, page.title, page.description)] if page.searchable and page.path else []


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
