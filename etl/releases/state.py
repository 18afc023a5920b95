"""What stood at a release, document by document: what did not change from one release to the next is kept once.

    state      {"documents": {"101/2024/budget/department": hash}, "datasets": {"revenue": {"sha256", "head", "whole"}}}
    document   {"tables": {"revenue": [submission]},
                "facts": [[table, line code, line name, measure, yuan, sheet, cell, submission]],
                "rows": {"revenue": "the lines of the dataset's CSV that are of this document"},
                "mended": [[submission, sheet, cell, what stands there by decision]]}

A dataset is its header and then the rows of its documents in their order; where it was not written so, it is kept
whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from etl.fact import Fact
from etl.history import Whose
from etl.releases.book import ReleasesDamagedError, hash_of
from etl.releases.store import Store
from etl.table import Mended

_LEADING = 4096
"""Characters of a record in which its first columns end; the last ones may be of any length."""

Row = tuple[str, str, str, str, str, str, str, str]
"""Table, line code, line name, measure, yuan, sheet, cell, submission."""

Decided = tuple[str, str, str, str]
"""Submission, sheet, cell, and what stands there by decision."""

Brought = Mapping[Whose, Mapping[str, tuple[str, ...]]]
"""By document and table: the submissions of which something stands and may be seen."""


@dataclass(frozen=True, slots=True)
class Document:
    """What stood of one document."""

    tables: Mapping[str, tuple[str, ...]]
    """By table: the submissions that brought it."""
    facts: tuple[Row, ...]
    rows: Mapping[str, str]
    """By dataset: its lines as they stand in the CSV."""
    mended: frozenset[Decided] = frozenset()
    """Cells that people had set right."""

    @property
    def submissions(self) -> frozenset[str]:
        return frozenset(each for brought in self.tables.values() for each in brought)


NOTHING = Document({}, (), {})


@dataclass(frozen=True, slots=True)
class Dataset:
    """The CSV of one dataset."""

    sha256: str
    head: str
    whole: str = ""
    """Hash of all of it, where it cannot be put together from its documents."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything that stood."""

    documents: Mapping[Whose, str]
    """Hash of what is kept of each document."""
    datasets: Mapping[str, Dataset]


EMPTY = State({}, {})


@dataclass(frozen=True, slots=True)
class Stood:
    """What stands now and may be seen, as the other rooms know it."""

    brought: Brought
    facts: Iterable[Fact]
    csvs: Mapping[str, Path]
    """The datasets as they were written."""
    mended: Mapping[str, Sequence[Mended]]
    """By submission: cells that people set right."""


def take_state(stood: Stood, store: Store) -> State:
    """Keep what stands now."""
    brought = stood.brought
    figures: dict[Whose, list[Row]] = {whose: [] for whose in brought}
    for fact in stood.facts:
        figures[Whose(fact.department_code, fact.fiscal_year, fact.document, fact.scope)].append(_row(fact))
    texts = {table_id: path.read_bytes().decode() for table_id, path in sorted(stood.csvs.items())}
    rows: dict[Whose, dict[str, str]] = {whose: {} for whose in brought}
    for table_id, text in texts.items():
        for whose, lines in _by_document(text):
            own = rows.setdefault(whose, {})
            own[table_id] = own.get(table_id, "") + lines
    documents = {
        whose: store.put_json(
            {
                "tables": brought[whose],
                "facts": figures[whose],
                "rows": rows[whose],
                "mended": _mended(brought[whose], stood.mended),
            }
        )
        for whose in sorted(brought)
    }
    known = {whose: rows[whose] for whose in brought}
    return State(documents, {table_id: _dataset(table_id, text, known, store) for table_id, text in texts.items()})


def put_state(state: State, store: Store) -> str:
    """Keep the list of what is kept."""
    datasets = {
        table_id: {"sha256": one.sha256, "head": one.head, "whole": one.whole}
        for table_id, one in state.datasets.items()
    }
    documents = {whose.key: sha256 for whose, sha256 in state.documents.items()}
    return store.put_json({"documents": documents, "datasets": datasets})


def get_state(sha256: str, store: Store) -> State:
    said: Any = store.get_json(sha256)
    documents = {Whose.of(key): each for key, each in said["documents"].items()}
    return State(documents, {table_id: Dataset(**each) for table_id, each in said["datasets"].items()})


def get_document(sha256: str | None, store: Store) -> Document:
    """What stood of a document; nothing for one that did not stand."""
    if sha256 is None:
        return NOTHING
    said: Any = store.get_json(sha256)
    tables = {table_id: tuple(brought) for table_id, brought in said["tables"].items()}
    mended = frozenset(tuple(each) for each in said["mended"])
    return Document(tables, tuple(tuple(row) for row in said["facts"]), said["rows"], mended)


def lay_out(table_id: str, state: State, store: Store) -> bytes:
    """The CSV of a dataset as it was; ReleasesDamagedError where it cannot be put together again."""
    one = state.datasets[table_id]
    if one.whole:
        return store.get(one.whole)
    documents = (get_document(state.documents[whose], store) for whose in sorted(state.documents, key=_order))
    text = one.head + "".join(document.rows.get(table_id, "") for document in documents)
    if hash_of(text) != one.sha256:
        raise ReleasesDamagedError(f"releases: {table_id}.csv {one.sha256} is not kept")
    return text.encode()


def _dataset(table_id: str, text: str, rows: Mapping[Whose, Mapping[str, str]], store: Store) -> Dataset:
    head = next(_records(text), "")
    sha256 = hash_of(text)
    again = head + "".join(rows[whose].get(table_id, "") for whose in sorted(rows, key=_order))
    return Dataset(sha256, head) if again == text else Dataset(sha256, head, store.put(text.encode()))


def _mended(tables: Mapping[str, Sequence[str]], mended: Mapping[str, Sequence[Mended]]) -> list[Decided]:
    submissions = sorted({each for brought in tables.values() for each in brought})
    return sorted({(each, one.sheet, one.cell, one.now) for each in submissions for one in mended.get(each, ())})


def _order(whose: Whose) -> tuple[int, str, str, str]:
    return whose.fiscal_year, whose.document, whose.department_code, whose.scope


def _row(fact: Fact) -> Row:
    return (
        fact.table_id,
        fact.line_code,
        fact.line_name,
        fact.measure,
        f"{fact.amount_yuan:f}",
        fact.source_sheet,
        fact.source_cell,
        fact.submission_id,
    )


def _by_document(text: str) -> Iterator[tuple[Whose, str]]:
    records = _records(text)
    next(records, "")
    for whose, lines in groupby(records, key=_whose):
        yield whose, "".join(lines)


def _records(text: str) -> Iterator[str]:
    """The records of a CSV as they are written, each with its line end; a line break inside quotes ends none."""
    record = ""
    for line in io.StringIO(text, newline="\n"):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record


def _whose(record: str) -> Whose:
    """Whose document a record is of: contract, section 4, the first columns of every dataset."""
    year, document, code, _, scope, *_ = next(csv.reader([record[:_LEADING]]))
    return Whose(code, int(year), document, scope)
