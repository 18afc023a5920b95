"""Everything that lies in the inbox: received, examined file by file, and judged.

In come the layout and the declarations; out comes a Stock. Submissions are independent of each other until all of them
have been examined, so that the map over files runs on whatever executor there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath

from etl.documents import Key, Said, compare
from etl.finding import Finding
from etl.layout import Layout
from etl.ledger import receive
from etl.pipeline.clock import Stopwatch, day_of_build, today
from etl.pipeline.examine import examine, unread
from etl.pipeline.settle import decide, duplicate, idle_corrections, reconsider
from etl.pipeline.spread import Mishap, spread
from etl.privacy import mask, mask_finding
from etl.publish.gate import settle, standing_facts
from etl.spec.declared import Declared, read_declared
from etl.spec.model import Spec
from etl.spec.nil import NilStatement, read_nil
from etl.table import Receipt, Submission

Progress = Callable[[str, int, int], None]
"""Told which room is at work, how much of its work is done, and how much there is; 0 where that cannot be counted."""

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


@dataclass(frozen=True, slots=True)
class Stock:
    """Submissions by path, each with its fate."""

    submissions: tuple[Submission, ...]
    read: tuple[Submission, ...]
    """The same before one replaced another: with every table that was read."""
    others: tuple[Finding, ...]
    """Findings that belong to no submission."""
    mishaps: Mapping[str, str]
    """By file: what the program said where it failed on one."""
    nil: tuple[NilStatement, ...] = ()
    """What every `nil.yml` of the inbox states."""

    @property
    def receipts(self) -> tuple[Receipt, ...]:
        return tuple(submission.receipt for submission in self.submissions)


def take_stock(layout: Layout, spec: Spec, work: Work) -> Stock:
    """Receive, examine and judge whatever lies in the inbox."""
    with work.watch.room("receive"):
        declared, about_declared = read_declared(layout.inbox)
        nil, about_nil = read_nil(layout.inbox, spec)
        days = {folder: said.received_on for folder, said in declared.items() if said.received_on}
        receipts, about_files = receive(layout, today(), days)
    with work.watch.room("examine"):
        items = [(receipt, declared.get(_folder(receipt.file))) for receipt in receipts]
        examined, mishaps = examine_all(items, spec, work)
    examined, left = _hand_over(about_declared, examined)
    with work.watch.room("judge"):
        read = decide(examined, spec, day_of_build(receipts))
    with work.watch.room("compare"):
        read = reconsider(read, _between_documents(read, spec), spec, day_of_build(receipts))
        submissions = settle(read, spec)
    decisions = idle_corrections(examined, spec)
    others = tuple(mask_finding(finding, spec) for finding in (*about_files, *left, *about_nil, *decisions))
    return Stock(submissions, read, others, mishaps, nil)


def _between_documents(judged: Sequence[Submission], spec: Spec) -> dict[Key, Said]:
    """What documents say of each other, asked of all that would stand."""
    from etl.warehouse import Warehouse  # DuckDB and pandas: not for a command that only looks at one file

    standing = settle(judged, spec)
    with Warehouse(spec, standing, standing_facts(standing, spec), datasets=False) as warehouse:
        return compare(warehouse, standing, spec)


def examine_all(items: Sequence[Item], spec: Spec, work: Work) -> tuple[list[Submission], dict[str, str]]:
    """Every file examined once, in the order given, each with all it holds; and where the program failed."""
    originals = [item for item in items if not item[0].duplicate]
    results = spread(
        partial(_examine, spec),
        originals,
        executor=work.executor,
        jobs=work.jobs,
        on_done=lambda done: work.progress("examine", done, len(originals)),
    )
    examined: dict[str, tuple[Submission, ...]] = {}
    mishaps: dict[str, str] = {}
    for (receipt, _), result in zip(originals, results, strict=True):
        examined[receipt.sha256] = (unread(receipt, result),) if isinstance(result, Mishap) else result
        if isinstance(result, Mishap) and result.story:
            mishaps[mask(receipt.file, spec)] = mask(result.story, spec)
    return [row for receipt, _ in items for row in _rows(receipt, examined[receipt.sha256])], mishaps


def _examine(spec: Spec, item: Item) -> tuple[Submission, ...]:
    receipt, declared = item
    return examine(receipt, spec, declared)


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
