"""When the documents of the fictional county were approved and published: mostly in time, some late, some unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

from etl.demo.filing import Planted
from etl.demo.office import Filing

_DUE = 20
_STANDS = frozenset({"accepted", "duplicate", "superseded"})
"""What was rejected is not published, and so not late either."""
_LATE, _UNKNOWN = 0.12, 0.06
"""Of the documents: how many are late, and of how many nobody knows when they were approved."""


def approvals(filings: Iterable[Filing], rng: Random) -> Iterator[tuple[str, ...]]:
    """Rows of `approvals.csv`, one for each document; what is late or unknown is noted with the filing."""
    for filing in filings:
        code, year, document = filing.key
        approved = date(year, 2, 10) if document == "budget" else date(year + 1, 8, 25)
        approved += timedelta(days=rng.randint(0, 12))
        days = _DUE + rng.randint(1, 60) if rng.random() < _LATE else rng.randint(3, _DUE)
        known = rng.random() >= _UNKNOWN
        stands = bool(filing.files) and all(file.expected in _STANDS for file in filing.files)
        if stands and not known:
            filing.planted.append(Planted("", "", "approval-date-missing", "批复日期不详"))
        elif stands and days > _DUE:
            filing.planted.append(Planted("", "", "disclosure-late", f"批复后第{days}天才公开"))
        published = (approved + timedelta(days=days)).isoformat() if filing.files else ""
        note = "" if known else "批复日期不详（虚构）"
        yield (code, str(year), document, approved.isoformat() if known else "", published, "", note)
