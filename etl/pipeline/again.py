"""A release made again, and a proof of what was released. In: layouts. Out: what came of it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path

from etl.layout import Layout
from etl.pipeline.clock import EPOCH
from etl.pipeline.stock import Work
from etl.releases import again, proof
from etl.releases.again import NoSuchReleaseError, Wanted, find
from etl.releases.book import Line, ReleasesDamagedError, read_lines

__all__ = ["NoSuchReleaseError", "Rebuilt", "Wanted", "find", "rebuild", "verify"]

MOST = 20
"""Misfits that are named; whoever has more has no use for the rest."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of making a release again."""

    line: Line
    is_same: bool
    """Whether everything under `data/` is what it was, byte for byte."""


def verify(layout: Layout | None, site: Path | None) -> list[proof.Misfit]:
    """What does not fit in an archive, in a site, and between the two; the first that was found first."""

    def look() -> Iterator[proof.Misfit]:
        if site is not None:
            yield from proof.prove_site(site)
        if layout is not None:
            yield from proof.prove_archive(layout)
        if layout is not None and site is not None:
            yield from proof.prove_both(layout, site)

    return list(islice(look(), MOST))


def rebuild(layout: Layout, wanted: Wanted, to: Path, work: Work) -> Rebuilt:
    """Publish a release again into a folder that is not there yet; nothing of the county's own is touched."""
    from etl.pipeline import CouldNotPublishError, publish

    to.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".release-", dir=to.parent))
    try:
        old = again.lay_out(layout, wanted.line, folder)
        with _as_of(wanted.line.day):
            publish(old, work)
        made = read_lines(old.releases / "log.jsonl")
        old.site.rename(to)
    except ReleasesDamagedError as problem:
        raise CouldNotPublishError(str(problem)) from problem
    finally:
        shutil.rmtree(folder)
    return Rebuilt(wanted.line, made[-1].data == wanted.line.data and len(made) == wanted.line.release)


@contextmanager
def _as_of(day: str) -> Iterator[None]:
    """Let the clock stand on a day."""
    before = os.environ.get(EPOCH)
    os.environ[EPOCH] = str(int(datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before
