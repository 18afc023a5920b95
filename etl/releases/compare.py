"""What became of every document from one state to the next, figure by figure.

In come two states and what is known of the files today; out come DocumentChanges, one for each document that is not as
it was. Two figures are the same line where table, code, name and measure are; of several alike the equal ones are put
together first, and what is left in the order in which it is printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import zip_longest

from etl.history import (
    ADDED,
    ARRIVED,
    CHANGED,
    CORRECTION,
    GONE,
    LATER_FILE,
    READ_ANEW,
    REPLACED,
    RETRACTED,
    WITHDRAWN,
    DocumentChange,
    FigureChange,
)
from etl.releases.state import Decided, Document, Row, State, get_document
from etl.releases.store import Store
from etl.spec.withdrawn import Withdrawal
from etl.table import Mended

Line = tuple[str, str, str, str]
"""Table, code, name, measure."""

Pair = tuple[Row | None, Row | None]
"""A figure as it was and as it is; one of the two is always there."""


@dataclass(frozen=True, slots=True)
class Files:
    """What is known today of the files that anything may have stood on."""

    received: Mapping[str, str]
    """By submission that lies in the inbox: the day it came."""
    seen: Collection[str]
    """Submissions of which something may be seen, as it stands or as it once stood; of all others nothing."""
    withdrawn: Mapping[str, Sequence[Withdrawal]] = field(default_factory=dict)
    """By submission: the decisions that took it, or tables of it, back."""
    mended: Mapping[str, Sequence[Mended]] = field(default_factory=dict)
    """By submission: the cells that people set right in it."""

    def decision(self, submission_id: str, table_id: str) -> Withdrawal | None:
        """What took a table of a submission back."""
        decided = self.withdrawn.get(submission_id, ())
        return next((each for each in decided if each.table in ("", table_id)), None)

    def is_secret(self, submission_id: str, table_id: str) -> bool:
        """Whether nothing of a table of a submission may be seen any more, not even as it once stood."""
        decision = self.decision(submission_id, table_id)
        return submission_id not in self.seen or (decision is not None and decision.is_private)


def compare(
    release: int, day: str, states: tuple[State, State], files: Files, store: Store
) -> Iterator[DocumentChange]:
    """Every document that is not as it was, by body, year and kind."""
    before, now = states
    for whose in sorted({*before.documents, *now.documents}):
        olds, news = before.documents.get(whose), now.documents.get(whose)
        if olds != news:
            old, new = get_document(olds, store), get_document(news, store)
            change = _change(DocumentChange(release, day, "", whose, (), (), ()), old, new, files)
            yield replace(change, figures=tuple(_figures(change, old, new, files)))


def _change(change: DocumentChange, old: Document, new: Document, files: Files) -> DocumentChange:
    came, left = sorted(new.submissions - old.submissions), sorted(old.submissions - new.submissions)
    tables = sorted(table for table in {*old.tables, *new.tables} if _of(table, old) != _of(table, new))
    found = replace(change, tables=tuple(tables), came=tuple(came), left=tuple(left))
    decided = (files.decision(each, table) for table in tables for each in sorted(_lost(table, old, new)))
    decision = next((each for each in decided if each is not None), None)
    if decision is None:
        return replace(found, kind=_kind(old, new, files))
    return replace(found, kind=WITHDRAWN, text=decision.reason, on=decision.on, decided=decision.submission_id)


def _kind(old: Document, new: Document, files: Files) -> str:
    came, left = new.submissions - old.submissions, old.submissions - new.submissions
    if not old.tables:
        return ARRIVED
    latest = max((files.received.get(each, "") for each in came), default="")
    if came and latest >= max((files.received.get(each, "") for each in left), default=""):
        return REPLACED if any(_lost(table, old, new) for table in old.tables) else ADDED
    if any(each not in files.received for each in left):
        return GONE
    return RETRACTED if left else CHANGED


def _lost(table: str, old: Document, new: Document) -> set[str]:
    """Submissions that brought a table and no longer do."""
    return set(old.tables.get(table, ())) - set(new.tables.get(table, ()))


def _of(table: str, document: Document) -> tuple[tuple[str, ...], tuple[Row, ...], str]:
    """What a table is told by."""
    facts = tuple(row for row in document.facts if row[0] == table)
    return document.tables.get(table, ()), facts, document.rows.get(table, "")


# --- figures --------------------------------------------------------------------------------------------------------


def _figures(change: DocumentChange, old: Document, new: Document, files: Files) -> Iterator[FigureChange]:
    """Figures of tables that stood before and stand now."""
    if change.kind == ARRIVED:
        return
    lasting = set(old.tables) & set(new.tables)
    olds, news = _by_line(old, lasting), _by_line(new, lasting)
    decided = sorted(old.mended ^ new.mended)  # a decision that was taken back counts as one
    for line in dict.fromkeys([*news, *olds]):
        for was, now in _pairs(olds.get(line, []), news.get(line, [])):
            yield _figure(change, line, (was, now), _reason(change, was, now, decided, files))


def _by_line(document: Document, tables: Collection[str]) -> dict[Line, list[Row]]:
    found: dict[Line, list[Row]] = {}
    for row in document.facts:
        if row[0] in tables:
            found.setdefault((row[0], row[1], row[2], row[3]), []).append(row)
    return found


def _pairs(olds: Sequence[Row], news: Sequence[Row]) -> Iterator[Pair]:
    """What is left of two lists once equal amounts are taken away, one against the other."""
    same = Counter(Decimal(row[4]) for row in olds) & Counter(Decimal(row[4]) for row in news)
    yield from zip_longest(_without(olds, same), _without(news, same))


def _without(rows: Sequence[Row], same: Counter[Decimal]) -> list[Row]:
    left = same.copy()
    kept = []
    for row in rows:
        amount = Decimal(row[4])
        if left[amount]:
            left[amount] -= 1
        else:
            kept.append(row)
    return kept


def _figure(change: DocumentChange, line: Line, pair: Pair, reason: tuple[str, str]) -> FigureChange:
    was, now = pair
    *_, sheet, cell, submission_id = now or was or ("",) * 3
    return FigureChange(
        change.release,
        change.day,
        change.whose,
        *line,
        Decimal(was[4]) if was else None,
        Decimal(now[4]) if now else None,
        sheet,
        cell,
        submission_id,
        was[7] if was else "",
        *reason,
    )


def _reason(
    change: DocumentChange, was: Row | None, now: Row | None, decided: Sequence[Decided], files: Files
) -> tuple[str, str]:
    """Why a figure is another: what was decided about its cell or its sheet, or what became of its file."""
    if was is None or now is None or was[7] == now[7]:
        *_, sheet, cell, submission_id = now or was or ("",) * 3
        mine = [each for each in decided if (each[0], each[1]) == (submission_id, sheet)]
        for place in [each for each in mine if each[2] == cell] or mine:
            said = [each for each in files.mended.get(submission_id, ()) if (each.sheet, each.cell) == place[1:3]]
            return CORRECTION, said[-1].reason if said else ""
    return {
        WITHDRAWN: (WITHDRAWN, change.text),
        GONE: (GONE, ""),
        RETRACTED: (RETRACTED, ""),
        CHANGED: (READ_ANEW, ""),
    }.get(change.kind, (LATER_FILE, ""))
