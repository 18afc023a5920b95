"""Everything that lies in the inbox: received, examined file by file, and judged.

In come the layout and the declarations; out comes a Stock. Submissions are independent of each other until all of them
have been examined, so that the map over files runs on whatever executor there is.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import TypeVar

from etl.documents import Key, Said, compare
from etl.fact import FactsOf
from etl.finding import Finding
from etl.layout import Layout
from etl.ledger import left, receive
from etl.pipeline.clock import Stopwatch, day_of_build, today
from etl.pipeline.examine import examine, unread
from etl.pipeline.kept import Kept
from etl.pipeline.settle import decide, duplicate, idle_corrections, reconsider
from etl.pipeline.spread import Mishap, spread
from etl.pipeline.taken_back import holding_up, idle_withdrawals, tell_left
from etl.pipeline.travel import pack, unpack
from etl.privacy import mask, mask_finding
from etl.publish.gate import settle, standing_facts
from etl.spec.declared import Declared, read_declared
from etl.spec.model import Spec
from etl.spec.nil import NilStatement, read_nil
from etl.table import Receipt, Submission, know_by

Progress = Callable[[str, int, int], None]
"""Told which room is at work, how much of its work is done, and how much there is; 0 where that cannot be counted."""

Task = TypeVar("Task")

Item = tuple[Receipt, Declared | None]
"""One file, and what the `submission.yml` of its folder says."""


def silent(room: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Work:
    """Who does the work on single files, who is told of it, and who measures the time."""

    jobs: int | None = None
    """Processes; None for one for every processor."""
    executor: Executor | None = None
    """Somebody else's, in place of processes of our own."""
    progress: Progress = silent
    watch: Stopwatch = field(default_factory=Stopwatch)
    kept: Kept | None = None
    """What was done before and need not be done again; None where everything is to be done."""


@dataclass(frozen=True, slots=True)
class Stock:
    """Submissions by path, each with its fate."""

    submissions: tuple[Submission, ...]
    read: tuple[Submission, ...]
    """The same before one replaced another: with every table that was read."""
    others: tuple[Finding, ...]
    """Findings that belong to no submission."""
    mishaps: Mapping[str, str]
    """By file on which the program failed: what it said, if anything."""
    facts_of: FactsOf
    """Figures of their tables."""
    nil: tuple[NilStatement, ...] = ()
    """What every `nil.yml` of the inbox states."""
    received: tuple[Receipt, ...] = ()
    """What lies in the inbox, by the names it has there."""
    let_go: tuple[Submission, ...] = ()
    """What left the inbox and holds nothing up any more, each with its fate: of some of it something once stood."""

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        return tuple(submission.receipt for submission in self.submissions)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What lies in the inbox, received and not yet read."""

    receipts: tuple[Receipt, ...]
    gone: tuple[Receipt, ...]
    """What was received once and lies there no more."""
    declared: Mapping[str, Declared]
    """By folder: what its `submission.yml` says."""
    nil: tuple[NilStatement, ...]
    about_declared: Sequence[Finding]
    about_nil: Sequence[Finding]
    about_files: Sequence[Finding]


def take_in(layout: Layout, spec: Spec, work: Work) -> Arrived:
    """Receive whatever lies in the inbox."""
    work.progress("receive", 0, 0)
    with work.watch.room("receive"):
        declared, about_declared = read_declared(layout.inbox)
        nil, about_nil = read_nil(layout.inbox, spec)
        days = {folder: said.received_on for folder, said in declared.items() if said.received_on}
        receipts, about_files = receive(layout, today(), days)
        gone = left(layout, receipts)
    return Arrived(receipts, gone, declared, nil, about_declared, about_nil, about_files)


def take_stock(layout: Layout, spec: Spec, work: Work) -> Stock:
    """Receive, examine and judge whatever lies in the inbox."""
    return look_through(take_in(layout, spec, work), spec, work)


def look_through(arrived: Arrived, spec: Spec, work: Work) -> Stock:
    """Examine and judge what was received."""
    receipts, declared, gone = arrived.receipts, arrived.declared, arrived.gone
    day = day_of_build(receipts)
    with work.watch.room("examine"):
        items = [(receipt, declared.get(_folder(receipt.file))) for receipt in (*gone, *receipts)]
        examined, mishaps = examine_all(items, spec, work)
    examined, about_folders = _hand_over(arrived.about_declared, examined)
    gc.freeze()  # millions of values that are there to stay, and need not be looked through again and again
    with work.watch.room("judge"):
        gone_ids = {receipt.submission_id for receipt in gone}
        examined, useless = _without_useless(examined, gone_ids, spec, day)
        read = decide(examined, spec, day, work.jobs, work.kept)
    facts_of = FactsOf(spec.jurisdiction.code)
    with work.watch.room("compare"):
        said = _between_documents(read, facts_of, spec)
        read = _heard(reconsider(read, said, spec, day), arrived.nil)
        settled = settle(read, spec)
        submissions = holding_up(settled, gone_ids)
    standing = {one.submission_id for one in submissions}
    kept = {one.key for one in submissions}
    let_go = (*useless, *(one for one in settled if one.key not in kept))
    read = tuple(one for one in read if one.submission_id in standing)
    decisions = [
        *idle_corrections(examined, spec),
        *idle_withdrawals({receipt.submission_id for receipt in (*gone, *receipts)}, spec),
    ]
    others = tuple(
        mask_finding(finding, spec)
        for finding in (*arrived.about_files, *about_folders, *arrived.about_nil, *decisions)
    )
    return Stock(submissions, read, others, mishaps, facts_of, arrived.nil, receipts, let_go)


def _without_useless(
    examined: Sequence[Submission], gone: set[str], spec: Spec, day: date
) -> tuple[list[Submission], tuple[Submission, ...]]:
    """What left the inbox counts only where it would be accepted: nobody is to mend a file that is no longer there.
    With it, what does not count and why.
    """
    candidates = tell_left([one for one in examined if one.submission_id in gone])
    judged = decide(candidates, spec, day) if candidates else ()
    useless = tuple(one for one in judged if one.status != "accepted")
    keys = {one.key for one in useless}
    kept = [one for one in candidates if one.key not in keys]
    return [*kept, *(one for one in examined if one.submission_id not in gone)], useless


def _between_documents(judged: Sequence[Submission], facts_of: FactsOf, spec: Spec) -> dict[Key, Said]:
    """What documents say of each other, asked of all that would stand."""
    from etl.warehouse import Warehouse  # DuckDB and pandas: not for a command that only looks at one file

    standing = settle(judged, spec)
    with Warehouse(spec, standing, standing_facts(standing, facts_of), datasets=False) as warehouse:
        return compare(warehouse, standing, spec)


def _heard(judged: Sequence[Submission], nil: Sequence[NilStatement]) -> tuple[Submission, ...]:
    """Nothing is said to be missing that was stated apart from its table."""
    from etl.coverage import withdraw_stated  # it knows the warehouse

    return withdraw_stated(judged, nil)


def examine_all(items: Sequence[Item], spec: Spec, work: Work) -> tuple[list[Submission], dict[str, str]]:
    """Every file examined once, in the order given, each with all it holds; and where the program failed."""
    originals = [item for item in items if not item[0].duplicate]
    results = do_what_is_new(
        "examine", partial(_examine, _concerning_files(spec)), originals, lambda item: _depends(item, spec), work
    )
    examined: dict[str, tuple[Submission, ...]] = {}
    mishaps: dict[str, str] = {}
    for (receipt, _), result in zip(originals, results, strict=True):
        if isinstance(result, Mishap):
            examined[receipt.sha256] = (unread(receipt, result),)
            mishaps[mask(receipt.file, spec)] = mask(result.story, spec)
        else:
            examined[receipt.sha256] = tuple(replace(one, receipt=receipt) for one in _known(result))
    return [row for receipt, _ in items for row in _rows(receipt, examined[receipt.sha256])], mishaps


def do_what_is_new(
    kind: str,
    do: Callable[[Task], bytes],
    tasks: Sequence[Task],
    depends: Callable[[Task], Sequence[object]],
    work: Work,
) -> list[bytes | Mishap]:
    """The results of all tasks in their order: those that are kept from before, and the others done and kept now."""
    keys = [work.kept.key(kind, *depends(task)) for task in tasks] if work.kept else []
    known = {place: found for place, key in enumerate(keys) if work.kept and (found := work.kept.get(key)) is not None}
    new = [place for place in range(len(tasks)) if place not in known]
    done = spread(
        do,
        [tasks[place] for place in new],
        executor=work.executor,
        jobs=work.jobs,
        on_done=lambda count: work.progress(kind, count + len(known), len(tasks)),
    )
    for place, result in zip(new, done, strict=True):
        if work.kept and not isinstance(result, Mishap):
            work.kept.put(keys[place], result)
    results: dict[int, bytes | Mishap] = {**known, **dict(zip(new, done, strict=True))}
    return [results[place] for place in range(len(tasks))]


def _concerning_files(spec: Spec) -> Spec:
    """The declarations without those that concern no single file: what is examined cannot depend on them."""
    return replace(spec, approvals=(), acceptances=(), withdrawals=())


def _depends(item: Item, spec: Spec) -> Sequence[object]:
    """What the examination of a file depends on, beside the declarations for all files."""
    receipt, declared = item
    decided = [one for one in spec.corrections if one.file_sha256 == receipt.sha256]
    return receipt.sha256, receipt.file, declared, decided


def _examine(spec: Spec, item: Item) -> bytes:
    receipt, declared = item
    return pack(examine(receipt, spec, declared))


def _known(result: bytes) -> tuple[Submission, ...]:
    """What came of a file, each of its tables known by the hash of all that came of it, and by its place in that."""
    submissions: tuple[Submission, ...] = unpack(result)
    whole = hashlib.sha256(result).hexdigest()
    for place, table in enumerate(table for submission in submissions for table in submission.tables):
        know_by(table, f"{whole}:{place}")
    return submissions


def _rows(receipt: Receipt, originals: tuple[Submission, ...]) -> tuple[Submission, ...]:
    return (duplicate(receipt, originals[0]),) if receipt.duplicate else originals


def _hand_over(
    about_declared: Sequence[Finding], examined: Sequence[Submission]
) -> tuple[list[Submission], list[Finding]]:
    """A broken `submission.yml` concerns every file of its folder; where there is none, nobody in particular."""
    by_folder = {_folder(one.values.get("file", "")): one for one in about_declared}
    folders = {_folder(submission.receipt.file) for submission in examined if not submission.receipt.duplicate}
    told = [
        replace(submission, findings=(by_folder[folder], *submission.findings))
        if (folder := _folder(submission.receipt.file)) in by_folder and not submission.receipt.duplicate
        else submission
        for submission in examined
    ]
    return told, [finding for folder, finding in by_folder.items() if folder not in folders]


def _folder(file: str) -> str:
    folder = PurePosixPath(file).parent.as_posix()
    return "" if folder == "." else folder
