"""The inbox, watched: each file is checked as it lands, and its report laid beside the review site.

    bell, or from time to time -> look -> ready -> check, mark -> review/watch/

In come a layout, who does the work, and who is told; it goes on until it is interrupted. Publishes nothing: ledger and
archive hear of a file when it is published, and then its report here is gone. A publish may put another `review/` in
place at any moment: what it took away and does not itself report on is laid down again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from threading import Event

from etl.layout import Layout
from etl.ledger.inbox import Seen, hash_of, look, open_plain
from etl.pipeline import BusyError, check
from etl.pipeline.bell import bell
from etl.pipeline.clock import now, today
from etl.pipeline.kept import Kept, declarations, hash_of_files, program, write_whole
from etl.pipeline.landing import Landing
from etl.pipeline.lock import AnotherRunError, alone
from etl.pipeline.marking import mark_all
from etl.pipeline.stock import Work
from etl.pipeline.unchanged import WATCHED
from etl.publish.landed import make_reports
from etl.publish.publication import Publication
from etl.publish.review import STYLE
from etl.publish.review_page import TEMPLATES, submission_folder
from etl.spec import SpecError, load
from etl.spec.mistakes import Mistake
from etl.spec.model import Spec
from etl.table import Submission

TICK = 0.2
"""Seconds between looks while something is being copied."""
REST = 1.0
"""Seconds after which somebody looks though no bell rang: not every file system rings."""
SHARE = 20
"""A look may take this part of the time: a large inbox is looked at more seldom."""


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell: at first nothing."""

    submissions: tuple[Submission, ...] = ()
    """Checked just now; their reports lie in `review/watch/`."""
    mistakes: tuple[Mistake, ...] = ()
    """What is wrong in declaration files that were changed: those from before are used."""


@dataclass(slots=True)
class _Desk:
    """What is known at the moment."""

    layout: Layout
    spec: Spec
    work: Work
    declared: str
    landing: Landing = field(default_factory=Landing)
    reported: dict[Path, tuple[Submission, ...]] = field(default_factory=dict)
    """By file of the inbox: what it holds, not yet published."""
    copies: dict[str, bytes] = field(default_factory=dict)
    """Marked copies by submission."""
    is_laid: bool = True
    """Whether the reports lie where they are read."""


def watch(layout: Layout, work: Work, tell: Callable[[News], None], end: Event | None = None) -> None:
    """Check what lands, until interrupted, or until `end` is set. SpecError where the declarations are wrong."""
    end = end or Event()
    desk = _sit_down(layout, work)
    for folder in (layout.inbox, layout.review):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(layout), bell(layout.inbox) as rung:
        tell(News())
        while not end.is_set():
            rung.clear()
            began = time.monotonic()
            _look(desk, began, tell)
            took = time.monotonic() - began
            if desk.landing.waiting:
                end.wait(TICK)
            else:
                _rest(rung, end, max(REST, took * SHARE))


def _rest(rung: Event, end: Event, seconds: float) -> None:
    """Wait for the bell, or for the end, or for so long."""
    until = time.monotonic() + seconds
    while not (rung.is_set() or end.is_set()) and (left := until - time.monotonic()) > 0:
        rung.wait(min(left, TICK))


@contextmanager
def _alone(layout: Layout) -> Iterator[None]:
    """One watch at a time; a publish may run beside it."""
    try:
        with alone(layout, now(), "watch.lock"):
            yield
    except AnotherRunError as problem:
        raise BusyError(problem.holder) from problem


def _sit_down(layout: Layout, work: Work) -> _Desk:
    """Begin: what the last publish reports on is known."""
    spec, declared, work = _load(layout, work)
    import_module("etl.feedback.annotate")  # takes long: once and before the first file, not for each in its process
    desk = _Desk(layout, spec, work, declared)
    desk.landing.know(one for one in look(layout.inbox)[0] if _is_published(_id_of(one.path), layout))
    return desk


def _load(layout: Layout, work: Work) -> tuple[Spec, str, Work]:
    """The declarations, their hash, and what is kept for them; nothing where they change while they are read."""
    declared, depends = _hash(layout), declarations(layout)
    spec = load(layout)
    settled = (declared, depends) == (_hash(layout), declarations(layout))
    return spec, declared, replace(work, kept=Kept(layout.build / "kept", program() + depends) if settled else None)


def _hash(layout: Layout) -> str:
    """Of everything that is declared and concerns the checking of a file."""
    return declarations(layout) + hash_of_files((layout.corrections, layout.acceptances, layout.withdrawals), layout)


def _look(desk: _Desk, moment: float, tell: Callable[[News], None]) -> None:
    """Once over the inbox and over what was laid down."""
    seen, _ = look(desk.layout.inbox)
    ready = desk.landing.ready(seen, moment)
    found: tuple[Submission, ...] = ()
    if ready:
        _renew(desk, tell)
        found = _check(desk, ready)
    _drop(desk, {one.path for one in seen})
    if not desk.is_laid or (desk.reported and not (desk.layout.review / WATCHED).exists()):
        with suppress(FileNotFoundError):  # another review site is taking its place just now: at the next look
            _lay_down(desk)
    if found:
        tell(News(found))


def _renew(desk: _Desk, tell: Callable[[News], None]) -> None:
    """Read the declarations again where somebody changed them."""
    if _hash(desk.layout) == desk.declared:
        return
    try:
        desk.spec, desk.declared, desk.work = _load(desk.layout, desk.work)
    except SpecError as problem:
        desk.declared = _hash(desk.layout)
        tell(News(mistakes=tuple(problem.mistakes)))


def _check(desk: _Desk, ready: Sequence[Seen]) -> tuple[Submission, ...]:
    """Check files and mark them; one that goes away meanwhile is left out."""
    try:
        stock = check([one.path for one in ready], desk.spec, desk.layout, desk.work)
    except FileNotFoundError:
        there = [one for one in ready if one.path.exists()]
        return _check(desk, there) if there else ()
    for one in ready:
        desk.reported[one.path] = tuple(each for each in stock.submissions if each.receipt.archived == one.path)
    for submission, copy in mark_all(stock.submissions, desk.spec, desk.work):
        if isinstance(copy, bytes) and copy:
            desk.copies[submission.submission_id] = copy
    desk.is_laid = False
    return stock.submissions


def _drop(desk: _Desk, there: set[Path]) -> None:
    """Forget reports on files that are gone, and on those that the review site itself reports on by now."""
    for path, submissions in list(desk.reported.items()):
        if path not in there or any(_is_published(one.submission_id, desk.layout) for one in submissions):
            del desk.reported[path]
            desk.is_laid = False
    kept = {one.submission_id for found in desk.reported.values() for one in found}
    for submission_id in desk.copies.keys() - kept:
        del desk.copies[submission_id]


def _lay_down(desk: _Desk) -> None:
    """Bring `review/watch/` in line with what is known."""
    folder = desk.layout.review / WATCHED
    found = tuple(one for path in sorted(desk.reported) for one in desk.reported[path])
    files = make_reports(Publication(desk.spec, found, (), (), (), (), (), today()), desk.copies) if found else {}
    if files and not (desk.layout.review / STYLE).exists():  # nothing was published yet
        shutil.copyfile(TEMPLATES / STYLE, desk.layout.review / STYLE)
    for name, content in files.items():
        for above in (folder, (folder / name).parent):
            above.mkdir(exist_ok=True)  # never `review/` itself: that is the publish's
        write_whole(folder / name, content)
    for path in [path for path in folder.glob("*/*") if path.relative_to(folder).as_posix() not in files]:
        path.unlink(missing_ok=True)
    for path in folder.iterdir() if folder.exists() else ():
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    if not files:
        shutil.rmtree(folder, ignore_errors=True)
    desk.is_laid = True


def _id_of(path: Path) -> str:
    """The submission of a file; empty where it cannot be read."""
    try:
        with open_plain(path) as stream:
            return hash_of(stream)[0][:16]
    except OSError:
        return ""


def _is_published(submission_id: str, layout: Layout) -> bool:
    return bool(submission_id) and (submission_folder(layout.review, submission_id) / "index.html").exists()
