"""The one place that looks at the clock and at the environment. Out: days, and how long each room took."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from etl.table import Receipt

EPOCH = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand for now, so that a build can be repeated (reproducible-builds.org)."""

Timings = Mapping[str, float]
"""Seconds by room, in the order in which the rooms were entered."""


class EpochError(ValueError):
    """SOURCE_DATE_EPOCH is set and is no number of seconds."""


def fixed_day() -> date | None:
    """The day that SOURCE_DATE_EPOCH names; None where it is not set."""
    text = os.environ.get(EPOCH, "")
    if not text:
        return None
    try:
        return datetime.fromtimestamp(int(text), UTC).date()
    except (ValueError, OverflowError, OSError) as problem:
        raise EpochError(f"{EPOCH}={text!r}") from problem


def today() -> date:
    """The day of this run, where it runs."""
    return fixed_day() or datetime.now().astimezone().date()


def now() -> str:
    """This moment, in ISO form: for people who ask since when something runs, and for nothing that is published."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def day_of_build(receipts: Sequence[Receipt]) -> date:
    """The day a build is of: fixed, or that on which something last came in. The same folder gives the same site."""
    latest = max((receipt.received_on for receipt in receipts), default="")
    return fixed_day() or (date.fromisoformat(latest) if latest else today())


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Measures the rooms of one run."""

    timings: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def room(self, name: str) -> Iterator[None]:
        """Add the time that passes inside to that of a room."""
        entered = time.monotonic()
        try:
            yield
        finally:
            self.timings[name] = self.timings.get(name, 0.0) + time.monotonic() - entered
