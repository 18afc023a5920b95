"""From what was judged to both sites, beside the earlier ones. In: a Stock. Out: folders in the workplace of the run.

site     data/ feed.xml and the pages in both languages
review   letters, marked copies, the tables of the reviewers
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from etl.answer import Answers, CoverageRow, ExpectationResult, RateResult
from etl.coverage import answer, measure, stated_in
from etl.expectations import expect
from etl.fact import Fact, facts
from etl.finding import Finding
from etl.layout import Layout
from etl.pipeline.clock import day_of_build
from etl.pipeline.examine import mark
from etl.pipeline.spread import Mishap, spread
from etl.pipeline.stock import Stock, Work
from etl.privacy import mask
from etl.publish.data import write_data, write_json
from etl.publish.feed import write_feed
from etl.publish.gate import UNREADABLE, standing_facts
from etl.publish.inspection import PAGES
from etl.publish.links import Survey
from etl.publish.pages import assemble
from etl.publish.public import make_public
from etl.publish.publication import Publication
from etl.publish.review import MARKED_COPY, gather_parts, submission_folder, write_review
from etl.publish.site import build_site
from etl.publish.sitemap import write_sitemap
from etl.spec.model import Spec
from etl.table import Submission
from etl.warehouse import Warehouse

LONGEST = 20
"""Links that are named where a site is refused."""


class SiteNotGoodError(Exception):
    """The site was built and must not be seen: links that lead nowhere, or that load from a foreign host."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What stands, in a warehouse, and who owes what."""

    warehouse: Warehouse
    coverage: tuple[CoverageRow, ...]
    rates: tuple[RateResult, ...]
    answers: Answers
    about_duties: list[Finding]


@contextmanager
def measured(stock: Stock, spec: Spec, work: Work) -> Iterator[Measured]:
    """What stands, in a warehouse, and who owes what."""
    with work.watch.room("load"):
        warehouse = Warehouse(spec, stock.submissions, standing_facts(stock.submissions, spec))
    with warehouse:
        with work.watch.room("measure"):
            day = day_of_build(stock.receipts)
            coverage, rates, about_duties = measure(warehouse, spec, day, (*stock.nil, *stated_in(stock.submissions)))
            answers = answer(warehouse, spec)
        yield Measured(warehouse, coverage, rates, answers, about_duties)


def build(stock: Stock, layout: Layout, place: Path, spec: Spec, work: Work) -> tuple[Publication, dict[str, str]]:
    """Write `site` and `review` in a place; with the publication, what the program said where it failed on a file."""
    site, review = place / "site", place / "review"
    work.progress("load", 0, 0)
    with measured(stock, spec, work) as found:
        work.progress("expect", 0, 0)
        with work.watch.room("expect"):
            expectations, validations = expect(
                found.warehouse, sorted((layout.schemas / "expectations").glob("*.json"))
            )
        publication = _publication(stock, spec, found, expectations)
        work.progress("data", 0, 0)
        with work.watch.room("data"):
            write_data(publication, found.warehouse, site / "data")
            write_feed(make_public(publication), site / "feed.xml")
    with work.watch.room("mark"):
        marked, mishaps = _mark(publication, review, work)
    work.progress("review", 0, 0)
    with work.watch.room("review"):
        write_review(publication, review, others=(*stock.others, *found.about_duties), marked=marked)
        for name, validation in validations.items():
            write_json(validation, review / "expectations" / f"{name}.json")
    work.progress("pages", 0, 0)
    with work.watch.room("pages"):
        assemble(publication, place)
        seen = build_site(publication, place, site)
        write_sitemap(make_public(publication), site)
    with work.watch.room("links"):
        _look_at_links(seen)
    return publication, mishaps


def _publication(
    stock: Stock,
    spec: Spec,
    found: Measured,
    expectations: tuple[ExpectationResult, ...],
) -> Publication:
    return Publication(
        spec,
        stock.submissions,
        tuple(standing_facts(stock.submissions, spec)),
        tuple(_read_facts(stock, spec)),
        found.coverage,
        found.rates,
        expectations,
        day_of_build(stock.receipts),
        found.answers,
    )


def _read_facts(stock: Stock, spec: Spec) -> Iterator[Fact]:
    """Every figure that was read from what is not withheld, whatever became of it."""
    for submission in stock.read:
        if submission.status != "withheld":
            yield from facts(spec.jurisdiction.code, submission, submission.tables)


def _mark(publication: Publication, review: Path, work: Work) -> tuple[set[str], dict[str, str]]:
    """Write a marked copy of every file with something to mend or to check."""
    to_mark = [one for one in gather_parts(publication.submissions) if _is_to_mark(one)]
    results = spread(
        partial(_mark_one, publication.spec, review),
        to_mark,
        executor=work.executor,
        jobs=work.jobs,
        on_done=lambda done: work.progress("mark", done, len(to_mark)),
    )
    told = list(zip(to_mark, results, strict=True))
    marked = {one.submission_id for one, result in told if result is True}
    stories = {
        one.receipt.file: mask(result.story, publication.spec)
        for one, result in told
        if isinstance(result, Mishap) and result.story
    }
    return marked, stories


def _is_to_mark(submission: Submission) -> bool:
    if submission.status in ("duplicate", UNREADABLE):
        return False
    return bool(submission.count("error") or submission.count("warning"))


def _mark_one(spec: Spec, review: Path, submission: Submission) -> bool:
    return mark(submission, spec, submission_folder(review, submission.submission_id) / MARKED_COPY)


def _look_at_links(seen: Survey) -> None:
    """Raise where the site must not be seen."""
    links = (*seen.foreign(), *seen.broken(PAGES))
    if links:
        raise SiteNotGoodError("\n".join(f"{link.page} -> {link.target}" for link in links[:LONGEST]))
