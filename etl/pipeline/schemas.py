"""What the Table Schemas say of every table. In: submissions that were examined. Out: findings by submission.

Tables of one kind go to Frictionless together, whoever sent them. What was said of a submission before is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from etl.finding import Finding
from etl.pipeline.abreast import abreast
from etl.pipeline.kept import Kept
from etl.pipeline.travel import pack, state_of, unpack
from etl.spec.model import Spec
from etl.table import Submission
from etl.validate import Candidate, validate


def told_by_schemas(
    examined: Sequence[Submission], spec: Spec, jobs: int | None, kept: Kept | None
) -> list[list[Finding]]:
    """Of each submission, in their order, the findings of all its tables; more than one of the `jobs` pays for many."""
    keys = [_key(submission, kept) if kept else "" for submission in examined]
    said = {place: body for place, key in enumerate(keys) if kept and (body := kept.get(key)) is not None}
    new = [place for place in range(len(examined)) if place not in said]
    found = _validate(examined, new, spec, jobs)
    for place in new:
        if kept:
            kept.put(keys[place], pack(found[place]))
    known: dict[int, list[Finding]] = {place: unpack(body) for place, body in said.items()}
    return [known[place] if place in known else found[place] for place in range(len(examined))]


def _key(submission: Submission, kept: Kept) -> str:
    return kept.key("schemas", state_of((submission.identity, submission.tables)))


def _validate(
    examined: Sequence[Submission], places: Sequence[int], spec: Spec, jobs: int | None
) -> dict[int, list[Finding]]:
    """By place: what the schemas say, table by table."""
    batches: defaultdict[str, list[Candidate]] = defaultdict(list)
    for place in places:
        for table in examined[place].tables:
            if table.settled:
                batches[table.table_id].append((str(place), examined[place].identity, table))
    found: dict[int, list[Finding]] = {place: [] for place in places}
    for told in abreast([partial(validate, batch, spec) for batch in batches.values()], jobs):
        for place_of, findings in told.items():
            found[int(place_of)] += findings
    return found
