"""When the documents of the fictional county were approved and published: mostly in time, some late, some unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from etl.demo.filing import File

_DUE = 20


def approvals(files: Iterable[File], rng: Random) -> Iterator[tuple[str, ...]]:
    """Rows of `approvals.csv` for every document that was filed, a row each."""
    documents = dict.fromkeys((file.department_code, file.fiscal_year, file.document) for file in files)
    for code, year, document in documents:
        approved = date(year, 2, 10) if document == "budget" else date(year + 1, 8, 25)
        approved += timedelta(days=rng.randint(0, 12))
        late = rng.random() < 0.12
        published = approved + timedelta(days=_DUE + rng.randint(1, 60) if late else rng.randint(3, _DUE))
        known = rng.random() < 0.94
        note = "" if known else "批复日期不详（虚构）"
        yield (code, str(year), document, approved.isoformat() if known else "", published.isoformat(), "", note)
