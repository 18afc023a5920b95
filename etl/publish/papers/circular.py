"""通报: the draft of a circular on who published in full, in part, not at all, late. In: a Publication. Out: a Paper.

For each document it speaks of the latest year in which one was due; the years before stand in a table. Counts are those
of the trend (`queries/trend.sql`) and the rates; names come from the same coverage. Bodies that the law exempts are
counted and never named, whether or not the register lets them be: the circular may travel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.amounts import format_percent
from etl.answer import CoverageRow, RateResult, YearOfDocument
from etl.publish.owed import DONE, documents
from etl.publish.papers.paper import Block, Grid, Heading, Paper, Paragraph, day_in_words, numeral
from etl.publish.publication import Publication
from etl.spec.declarations import Department
from etl.spec.model import COUNTY, Spec
from etl.wording import fill

_THERE = DONE | {"nil-undeclared"}
_COUNTS = ("bodies", "complete", "partial", "nothing", "not_due", "in_time", "late", "undated", "exempt")


@dataclass(frozen=True, slots=True)
class Standing:
    """How one body stands with one document of one year."""

    department: Department
    due: int
    """Required tables that are due."""
    done: int
    """Of these, published or empty with a statement."""
    there: int
    """Tables that are there, stated or not."""
    days_late: int
    is_dated: bool

    @property
    def group(self) -> str:
        """complete, partial, nothing or not_due: as `trend.sql` groups them."""
        if self.due and self.done == self.due:
            return "complete"
        if self.there:
            return "partial"
        return "nothing" if self.due else "not_due"


Standings = Mapping[tuple[int, str], tuple[Standing, ...]]
"""By year and document, every department that owes it."""


def make_circular(publication: Publication) -> Paper:
    """The draft, as of the day of the build."""
    spec = publication.spec
    says, day = spec.letters.circular, day_in_words(publication.built_on)
    known = {"county": spec.jurisdiction.names.zh, "day": day, "publisher": spec.jurisdiction.publisher}
    blocks = [
        Paragraph(says["draft_note"], "note"),
        Paragraph(fill(says["opening"], known)),
        *_sections(publication, says),
        Paragraph(says["closing"]),
        Paragraph("", "flush"),
        Paragraph(known["publisher"], "signature"),
        Paragraph(day, "signature"),
    ]
    return Paper(fill(says["title"], known), tuple(blocks), publication.built_on, mark=says["draft"])


def standings(publication: Publication) -> Standings:
    """Departments by what they did, in the order of their codes; neither the county nor units nor exempt bodies."""
    found: dict[tuple[int, str], list[Standing]] = {}
    for department, rows in documents(publication):
        if department.scope == "department" and department.code != COUNTY:
            found.setdefault((rows[0].fiscal_year, rows[0].document), []).append(_standing(department, rows))
    return {key: tuple(each) for key, each in found.items()}


def latest_due(publication: Publication) -> dict[str, YearOfDocument]:
    """By document, the latest year in which any department owed it already."""
    due = [one for one in publication.answers.trend if one.bodies > one.not_due and _is_owed(one)]
    return {one.document: one for one in sorted(due, key=lambda one: one.fiscal_year)}


def _is_owed(one: YearOfDocument) -> bool:
    """Years before the tables were required have points of the trend that nobody fell short of."""
    return bool(one.complete or one.nothing or one.partial)


def _standing(department: Department, rows: Sequence[CoverageRow]) -> Standing:
    return Standing(
        department,
        sum(row.status != "not-due" for row in rows),
        sum(row.status in DONE for row in rows),
        sum(row.status in _THERE for row in rows),
        max((row.days_late or 0 for row in rows), default=0),
        all(row.due_on for row in rows),
    )


def _sections(publication: Publication, says: Mapping[str, str]) -> Iterator[Block]:
    latest = latest_due(publication)
    if not latest:
        yield Paragraph(says["nothing_due"])
        return
    spec, bodies = publication.spec, standings(publication)
    years = {one.fiscal_year for one in latest.values()}
    yield Heading(f"{numeral(1)}、{says['rates']}")
    yield Paragraph(says["rates_text"])
    yield _rates([rate for rate in publication.rates if rate.fiscal_year in years], spec, says)
    for number, (document, point) in enumerate(latest.items(), start=2):
        known = {"year": str(point.fiscal_year), "document": _document(document, spec)}
        yield Heading(f"{numeral(number)}、{fill(says['document'], known)}")
        yield Paragraph(fill(says["counts"], {name: str(getattr(point, name)) for name in _COUNTS}))
        yield from _names(bodies.get((point.fiscal_year, document), ()), says)
    yield Heading(f"{numeral(len(latest) + 2)}、{says['years']}")
    yield Paragraph(says["years_text"])
    yield _years(publication.answers.trend, spec, says)


def _names(there: Sequence[Standing], says: Mapping[str, str]) -> Iterator[Block]:
    """Who published in full, in part and not at all; who was late; of whom that cannot be said."""
    came = [one for one in there if one.there]
    late = sorted((one for one in came if one.days_late), key=lambda one: -one.days_late)
    groups = (
        ("complete", [one.department.name.zh for one in there if one.group == "complete"]),
        ("partial", [_partial(one, says) for one in there if one.group == "partial"]),
        ("nothing", [one.department.name.zh for one in there if one.group == "nothing"]),
        ("late", [_late(one, says) for one in late]),
        ("undated", [one.department.name.zh for one in came if not one.is_dated and not one.days_late]),
    )
    for key, names in groups:
        yield Heading(fill(says[key], {"count": str(len(names))}), level=2)
        yield Paragraph("、".join(names) + "。" if names else says["nobody"])


def _partial(one: Standing, says: Mapping[str, str]) -> str:
    return fill(says["partial_item"], {"department": one.department.name.zh, "count": str(one.due - one.done)})


def _late(one: Standing, says: Mapping[str, str]) -> str:
    return fill(says["late_item"], {"department": one.department.name.zh, "days": str(one.days_late)})


def _rates(rates: Sequence[RateResult], spec: Spec, says: Mapping[str, str]) -> Grid:
    names = {rate.key: rate.name.zh for rate in spec.rates}
    heads = ("head_rate", "head_year", "head_percent", "head_numerator", "head_denominator", "head_exempt")
    rows = tuple(
        (
            names[one.key],
            str(one.fiscal_year),
            says["no_rate"] if one.rate is None else format_percent(one.rate),
            *(str(each) for each in (one.numerator, one.denominator, one.exempt, one.unknown)),
        )
        for one in sorted(rates, key=lambda one: -one.fiscal_year)
    )
    return Grid((*(says[head] for head in heads), says["head_unknown"]), rows, (30, 10, 14, 10, 10, 14, 12), _FIGURES)


_FIGURES = frozenset(range(1, 11))


def _years(trend: Sequence[YearOfDocument], spec: Spec, says: Mapping[str, str]) -> Grid:
    heads = ("head_year", "head_document", *(f"head_{name}" for name in _COUNTS if name != "undated"), "head_undated")
    rows = tuple(
        (
            str(one.fiscal_year),
            _document(one.document, spec),
            *(str(getattr(one, name)) for name in (*(each for each in _COUNTS if each != "undated"), "undated")),
        )
        for one in sorted(trend, key=lambda one: (-one.fiscal_year, one.document))
        if _is_owed(one)
    )
    return Grid(tuple(says[head] for head in heads), rows, (11, 11, *([10] * 9)), _FIGURES - {1})


def _document(document: str, spec: Spec) -> str:
    return spec.documents[document].zh if document in spec.documents else document
