"""From what was judged to both sites, beside the earlier ones. In: a Stock. Out: folders in the workplace of the run.

site     data/ feed.xml and the pages in both languages
review   letters, marked copies, the tables of the reviewers
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from etl.answer import Answers, CoverageRow, RateResult
from etl.coverage import answer, measure, stated_in
from etl.expectations import expect, suites
from etl.fact import Fact
from etl.finding import Finding
from etl.layout import Layout
from etl.pipeline.aside import aside
from etl.pipeline.clock import day_of_build
from etl.pipeline.marking import mark_all
from etl.pipeline.pieces import do_pieces
from etl.pipeline.released import take
from etl.pipeline.spread import Mishap
from etl.pipeline.stock import Stock, Work
from etl.privacy import mask
from etl.publish.abreast import Abreast
from etl.publish.data import write_data, write_json, write_sums
from etl.publish.feed import write_feeds
from etl.publish.gate import standing_facts
from etl.publish.inspection import Inspection
from etl.publish.pages import assemble
from etl.publish.public import make_public
from etl.publish.publication import Publication
from etl.publish.release_files import write_releases
from etl.publish.review import write_review
from etl.publish.review_page import MARKED_COPY, submission_folder
from etl.publish.site import build_site
from etl.publish.sitemap import write_sitemap
from etl.releases import Prepared, prepare
from etl.spec.model import Spec
from etl.warehouse import Warehouse

LONGEST = 20
"""Links that are named where a site is refused."""


class SiteNotGoodError(Exception):
    """The site was built and must not be seen: links that lead nowhere, or that load from a foreign host."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What stands, in a warehouse, and who owes what."""

    warehouse: Warehouse
    facts: tuple[Fact, ...]
    coverage: tuple[CoverageRow, ...]
    rates: tuple[RateResult, ...]
    answers: Answers
    about_duties: list[Finding]


@dataclass(frozen=True, slots=True)
class Built:
    """What is ready to take its place."""

    publication: Publication
    release: Prepared
    """To be written down right before."""
    mishaps: Mapping[str, str]
    """By file on which the program failed: what it said, if anything."""


@contextmanager
def measured(stock: Stock, spec: Spec, work: Work) -> Iterator[Measured]:
    """What stands, in a warehouse, and who owes what."""
    with work.watch.room("load"):
        standing = tuple(standing_facts(stock.submissions, stock.facts_of))
        warehouse = Warehouse(spec, stock.submissions, standing)
    with warehouse:
        with work.watch.room("measure"):
            day = day_of_build(stock.receipts)
            coverage, rates, about_duties = measure(warehouse, spec, day, (*stock.nil, *stated_in(stock.submissions)))
            answers = answer(warehouse, spec)
        yield Measured(warehouse, standing, coverage, rates, answers, about_duties)


def build(stock: Stock, layout: Layout, place: Path, spec: Spec, work: Work) -> Built:
    """Write `site` and `review` in a place."""
    work.progress("load", 0, 0)
    with measured(stock, spec, work) as found:
        publication = _publication(stock, spec, found)
        with work.watch.room("gather"):
            asked = suites(found.warehouse, sorted((layout.schemas / "expectations").glob("*.json")))
        gc.freeze()  # there to stay, too: see `look_through`
        with aside(partial(expect, asked), work.jobs) as expected:
            publication, release = _release(publication, found.warehouse, stock, layout, place, work)
            marked, mishaps = _mark(publication, place / "review", work)
            work.progress("expect", 0, 0)
            with work.watch.room("expect"):
                expectations, validations = expected()
    publication = replace(publication, expectations=expectations)
    _review(publication, (*stock.others, *found.about_duties), marked, validations, place, work)
    _draw(publication, place, work)
    return Built(publication, release, mishaps)


def _release(
    publication: Publication, warehouse: Warehouse, stock: Stock, layout: Layout, place: Path, work: Work
) -> tuple[Publication, Prepared]:
    """Write `data/` and the feeds, and compare them with the releases before."""
    site = place / "site"
    work.progress("data", 0, 0)
    with work.watch.room("data"):
        write_data(publication, warehouse, site / "data", _at_once(work, place))
    with work.watch.room("releases"):
        release = prepare(layout, take(publication, make_public(publication), stock, site / "data"))
        publication = replace(publication, releases=release.history)
        write_releases(make_public(publication), site / "data")
        write_sums(site / "data")
        write_feeds(make_public(publication), site)
    return publication, release


def _review(
    publication: Publication,
    about: Sequence[Finding],
    marked: Collection[str],
    validations: Mapping[str, Mapping[str, Any]],
    place: Path,
    work: Work,
) -> None:
    review = place / "review"
    work.progress("review", 0, 0)
    with work.watch.room("review"):
        write_review(publication, review, others=about, marked=marked, abreast=_at_once(work, place))
        for name, validation in validations.items():
            write_json(validation, review / "expectations" / f"{name}.json")


def _draw(publication: Publication, place: Path, work: Work) -> None:
    """Draw the pages and have them framed; raise where the site must not be seen."""
    site = place / "site"
    work.progress("pages", 0, 0)
    with work.watch.room("pages"):
        assemble(publication, place, _at_once(work, place))
        _refuse_broken(build_site(publication, place, site, _at_once(work, place)))
        write_sitemap(make_public(publication), site)


def _at_once(work: Work, place: Path) -> Abreast:
    return partial(do_pieces, jobs=work.jobs, kept=work.kept, place=place)


def _publication(stock: Stock, spec: Spec, found: Measured) -> Publication:
    return Publication(
        spec,
        stock.submissions,
        found.facts,
        tuple(_read_facts(stock)),
        found.coverage,
        found.rates,
        (),
        day_of_build(stock.receipts),
        found.answers,
    )


def _read_facts(stock: Stock) -> Iterator[Fact]:
    """Every figure that was read from what is not withheld, whatever became of it."""
    for submission in stock.read:
        if submission.status != "withheld":
            yield from stock.facts_of(submission, submission.tables)


def _mark(publication: Publication, review: Path, work: Work) -> tuple[set[str], dict[str, str]]:
    """Write a marked copy of every file with something to mend or to check."""
    with work.watch.room("mark"):
        told = mark_all(publication.submissions, publication.spec, work)
    marked: set[str] = set()
    for one, result in told:
        if isinstance(result, bytes) and result:
            copy = submission_folder(review, one.submission_id) / MARKED_COPY
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(result)
            marked.add(one.submission_id)
    stories = {
        one.receipt.file: mask(result.story, publication.spec) for one, result in told if isinstance(result, Mishap)
    }
    return marked, stories


def _refuse_broken(found: Inspection) -> None:
    """Raise where the site must not be seen."""
    links = (*found.foreign, *found.broken)
    if links:
        raise SiteNotGoodError("\n".join(f"{link.page} -> {link.target}" for link in links[:LONGEST]))
