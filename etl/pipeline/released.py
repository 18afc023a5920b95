"""What the log of releases asks of a publish. In: Publication, Stock and the data that were written. Out: a Take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from etl.history import Whose
from etl.pipeline.stock import Stock
from etl.privacy import mask
from etl.publish.gate import is_withdrawn
from etl.publish.public import Public
from etl.publish.publication import Publication
from etl.releases import Files, Stood, Take
from etl.spec.model import Spec
from etl.spec.withdrawn import Withdrawal
from etl.table import Submission

SEEN = frozenset({"accepted", "superseded", "duplicate"})
"""Fates of submissions of which something may be seen that once stood."""


def take(publication: Publication, public: Public, stock: Stock, data: Path) -> Take:
    """What stands, what is known of the files, what lies in the inbox."""
    named = {department.code for department in public.departments}
    stood = Stood(
        _brought(public),
        (fact for fact in publication.facts if fact.department_code in named),
        {table_id: path for table_id in public.spec.tables if (path := _csv(data, table_id)).exists()},
        {one.submission_id: one.mended for one in publication.submissions if one.mended},
    )
    return Take(publication.built_on.isoformat(), data, stood, _files(stock, publication.spec), stock.received, named)


def _csv(data: Path, table_id: str) -> Path:
    return data / table_id / f"{table_id}.csv"


def _brought(public: Public) -> dict[Whose, dict[str, tuple[str, ...]]]:
    """By document and table: the submissions that brought what stands."""
    found: dict[Whose, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in public.standing:
        place = one.place
        whose = Whose(place.department_code, place.fiscal_year, place.document, place.scope)
        found[whose][place.table_id].add(one.submission.submission_id)
    return {
        whose: {table_id: tuple(sorted(tables[table_id])) for table_id in sorted(tables)}
        for whose, tables in sorted(found.items())
    }


def _files(stock: Stock, spec: Spec) -> Files:
    known = (*stock.submissions, *stock.let_go)
    return Files(
        {receipt.submission_id: receipt.received_on for receipt in (*stock.received, *(one.receipt for one in known))},
        frozenset(one.submission_id for one in known) - {one.submission_id for one in known if _is_hidden(one)},
        _withdrawn(spec.withdrawals, spec),
        {one.submission_id: one.mended for one in known if one.mended},
    )


def _is_hidden(submission: Submission) -> bool:
    """Whether nothing of it may be seen; what was only taken back, and has no other fault, may be as it once stood."""
    has_fault = submission.count("error") or any(one.code == "exempt-department" for one in submission.findings)
    return submission.status not in SEEN and not (is_withdrawn(submission, "") and not has_fault)


def _withdrawn(withdrawals: Iterable[Withdrawal], spec: Spec) -> dict[str, list[Withdrawal]]:
    found: dict[str, list[Withdrawal]] = defaultdict(list)
    for each in withdrawals:
        found[each.submission_id].append(replace(each, reason=mask(each.reason, spec)))
    return dict(found)
