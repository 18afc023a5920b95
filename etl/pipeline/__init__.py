"""The story: a spreadsheet goes in at one end, datasets and pages come out at the other.

    receive -> examine each file -> judge -> load -> measure -> build -> swap

Read from `publish` downwards; each step is a file of this folder. Decides nothing about figures. Libraries that take
long to import are imported by the step that needs them, so that a command starts at once.
"""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.answer import Answers, CoverageRow, RateResult
from etl.fact import FactsOf
from etl.finding import Finding
from etl.layout import Layout
from etl.ledger import LedgerDamagedError
from etl.pipeline.clock import EpochError, Timings, day_of_build, now, today
from etl.pipeline.examine import examine, mark
from etl.pipeline.kept import Kept, declarations, program
from etl.pipeline.lock import AnotherRunError, Holder, alone
from etl.pipeline.settle import decide
from etl.pipeline.stock import Arrived, Stock, Work, examine_all, look_through, take_in, take_stock
from etl.pipeline.trouble import Trouble, trouble_of
from etl.pipeline.unchanged import key_of, last, read_by_publish, remember
from etl.pipeline.workplace import sweep, workplace
from etl.publish.csv_files import COVERAGE, FINDINGS, csv_text, finding_rows
from etl.publish.publication import Publication
from etl.publish.swap import recover, swap
from etl.releases import ReleasesDamagedError, record
from etl.spec import load
from etl.spec.declared import Declared, read_declared
from etl.spec.model import Spec
from etl.spec.rulebook import require_examples
from etl.table import Receipt, Submission

if TYPE_CHECKING:
    from etl.pipeline.annual import Annual

__all__ = [
    "COVERAGE",
    "FINDINGS",
    "BusyError",
    "CouldNotPublishError",
    "Coverage",
    "EpochError",
    "Published",
    "Stock",
    "Work",
    "annotate",
    "check",
    "csv_text",
    "examine",
    "findings_of",
    "measure",
    "publish",
    "report",
]


SELDOM = (100_000, 50, 100)
"""How seldom memory is searched for what nobody needs: a run makes millions of values, and most are there to stay."""


class CouldNotPublishError(Exception):
    """The earlier site stands; the message says why."""

    def __init__(self, message: str, trouble: Trouble = "") -> None:
        super().__init__(message)
        self.trouble = trouble


class BusyError(CouldNotPublishError):
    """Somebody else is at work in the same folder."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(f"{holder.command} (pid {holder.pid})")
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a run."""

    spec: Spec
    fates: Mapping[str, int]
    """How many submissions had which fate."""
    is_new: bool
    """False where nothing had changed since the last publish, and nothing was built."""
    mishaps: Mapping[str, str]
    """By file on which the program failed: what it said, if anything."""
    timings: Timings


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who has published what, on a day."""

    spec: Spec
    rows: tuple[CoverageRow, ...]
    """Without the bodies that may not be named: rates, axes and trend count them."""
    rates: tuple[RateResult, ...]
    answers: Answers
    day: date


def publish(layout: Layout, work: Work) -> Published:
    """Read everything, judge it, build both sites beside the earlier ones, and swap them in.

    Where nothing has changed since the last time, and what was built then stands untouched, nothing is built.
    """
    spec, read, work = _load(layout, work)
    require_examples(spec)
    with _publishing(layout):
        recover((layout.site, layout.review))
        sweep(layout.build)  # now and not when there is something to build: the room may be wanted
        arrived = take_in(layout, spec, work)
        with work.watch.room("receive"):
            key = key_of(work.kept, read, arrived) if work.kept else ""
            standing = last(work.kept, key, layout) if work.kept else None
        if standing is not None:
            return Published(spec, standing.fates, False, {}, work.watch.timings)
        with workplace(layout.build) as place:
            return _build(arrived, layout, place, spec, work, key)


def _build(arrived: Arrived, layout: Layout, place: Path, spec: Spec, work: Work, key: str) -> Published:
    """Build in a place of our own, and let what was built take its place."""
    from etl.pipeline.build import build

    stock = look_through(arrived, spec, work)
    built = build(stock, layout, place, spec, work)
    mishaps = {**stock.mishaps, **built.mishaps}
    work.progress("swap", 0, 0)
    with work.watch.room("swap"):
        record(layout, built.release)
        swap({place / "site": layout.site, place / "review": layout.review})
        fates = Counter(submission.shown_status for submission in built.publication.submissions)
        with suppress(OSError):  # the new site stands by now: what cannot be remembered is done again the next time
            _keep(work.kept, key, layout, fates, is_whole=not mishaps)
    return Published(spec, fates, True, mishaps, work.watch.timings)


def _keep(kept: Kept | None, key: str, layout: Layout, fates: Mapping[str, int], *, is_whole: bool) -> None:
    """For the next run: what this one came to, and what it used of what was kept."""
    if kept is None:
        return
    if is_whole:
        remember(kept, key, layout, fates)
    kept.sweep()


def _load(layout: Layout, work: Work) -> tuple[Spec, str, Work]:
    """What is declared, the hash of all that is read beside the inbox, and what is kept from before for just that.

    Where something changes while it is read, nobody can say what was read: then nothing is kept.
    """
    with work.watch.room("declare"):
        read = read_by_publish(layout)
        depends = declarations(layout)
        spec = load(layout)
        settled = read == read_by_publish(layout) and depends == declarations(layout)
    kept = Kept(layout.build / "kept", program() + depends)
    return spec, read, replace(work, kept=kept if settled else None)


def measure(layout: Layout, work: Work) -> Coverage:
    """Who has published what, and what is late or missing, as a publish would have it; publishes nothing."""
    from etl.pipeline.build import measured

    spec, _, work = _load(layout, work)
    with _publishing(layout):
        stock = take_stock(layout, spec, work)
        with measured(stock, spec, work) as found:
            named = {department.code for department in spec.departments if department.may_be_named}
            rows = tuple(row for row in found.coverage if row.department_code in named)
            return Coverage(spec, rows, found.rates, found.answers, day_of_build(stock.receipts))


def report(layout: Layout, work: Work, year: int) -> tuple[Spec, Annual]:
    """What the county's yearly report says about budgets and fees, as a publish would have it; publishes nothing."""
    from etl.pipeline.annual import report_of

    spec = load(layout)
    with _publishing(layout):
        return spec, report_of(take_stock(layout, spec, work), spec, work, year)


def check(paths: Sequence[Path], spec: Spec, layout: Layout, work: Work) -> Stock:
    """Examine and judge single files, wherever they lie; neither ledger nor archive hears of them."""
    items = _items(paths, layout)
    examined, mishaps = examine_all(items, spec, work)
    submissions = decide(examined, spec, today())
    broken = [finding for folder in dict.fromkeys(path.parent for path in paths) for finding in _declared(folder)[1]]
    return Stock(submissions, submissions, tuple(broken), mishaps, FactsOf(spec.jurisdiction.code))


def annotate(submission: Submission, spec: Spec, folder: Path) -> Path | None:
    """Write the marked copy of a file that was checked; None where there is nothing to mark it in."""
    stem = Path(submission.receipt.file).stem
    copy = folder / f"{stem}.{submission.submission_id}.marked.xlsx"
    marked = mark(submission, spec)
    if marked is None:
        return None
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(marked)
    return copy


def findings_of(stock: Stock, spec: Spec) -> Iterator[Mapping[str, object]]:
    """Every finding as a row of findings.csv: contract, section 6."""
    yield from finding_rows(Publication(spec, stock.submissions, (), (), (), (), (), today()), stock.others)


@contextmanager
def _publishing(layout: Layout) -> Iterator[None]:
    """One run at a time; what can go wrong outside of the program is told as such."""
    from etl.pipeline.build import SiteNotGoodError
    from etl.publish.site import SiteNotBuiltError

    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        with alone(layout, now()):
            yield
    except AnotherRunError as problem:
        raise BusyError(problem.holder) from problem
    except (LedgerDamagedError, ReleasesDamagedError, SiteNotBuiltError, SiteNotGoodError, OSError) as problem:
        raise CouldNotPublishError(f"{type(problem).__name__}: {problem}", trouble_of(problem)) from problem
    finally:
        gc.unfreeze()  # what `look_through` and `build` said is there to stay
        gc.set_threshold(*usual)


def _items(paths: Sequence[Path], layout: Layout) -> list[tuple[Receipt, Declared | None]]:
    """What the ledger would know of files, had they been received."""
    items: list[tuple[Receipt, Declared | None]] = []
    seen: set[str] = set()
    for path in paths:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        name = _name(path, layout)
        receipt = Receipt(name, sha256, today().isoformat(), len(data), path, duplicate=sha256 in seen)
        items.append((receipt, _declared(path.parent)[0]))
        seen.add(sha256)
    return items


def _name(path: Path, layout: Layout) -> str:
    """A file of the inbox goes by the name it has there: its folders may say who and when."""
    here, inbox = path.resolve(), layout.inbox.resolve()
    return here.relative_to(inbox).as_posix() if here.is_relative_to(inbox) else path.name


def _declared(folder: Path) -> tuple[Declared | None, list[Finding]]:
    """What the `submission.yml` beside a file says, and what is wrong with it."""
    if not (folder / "submission.yml").is_file():
        return None, []
    declared, findings = read_declared(folder)
    return declared.get(""), [finding for finding in findings if finding.values.get("file") == "submission.yml"]
