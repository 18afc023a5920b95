"""What may be told today of earlier releases. In: the log, what is kept beside it, what is known of the files. Out: a
History, which holds nothing that may no longer be seen.

A figure that once stood in a file which is withheld, rejected or privately withdrawn today stands nowhere; of a change
to such a document, and of bodies that may not be named, only the number is told. An earlier version of a dataset that
held something of the kind is withheld whole, and its place says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from etl.history import (
    ADDED,
    ARRIVED,
    GONE,
    RETRACTED,
    WITHDRAWN,
    DocumentChange,
    FigureChange,
    History,
    Release,
    Version,
    Whose,
)
from etl.releases.book import Line
from etl.releases.compare import Files
from etl.releases.state import Document, State, get_document, get_state, lay_out
from etl.releases.store import Store


@dataclass(slots=True)
class Past:
    """Everything that was released, as it is kept."""

    lines: Sequence[Line]
    store: Store
    files: Files
    named: Collection[str]
    """Bodies that may be named."""
    _states: dict[str, State]
    _documents: dict[str, Document]

    def history(self) -> History:
        """Every release as it may be seen, latest first."""
        releases = tuple(self._release(line) for line in reversed(self.lines))
        log = "".join(f"{line.text}\n" for line in self.lines)
        return History(releases, tuple(self._versions()), log)

    def lay_out(self, versions: Sequence[Version], data: Path) -> None:
        """Write every earlier version that may be seen, as it was, to its own place under `data/`."""
        for version in versions:
            if not version.is_withheld:
                path = data / version.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(lay_out(version.table_id, self._state(version.number), self.store))

    def _release(self, line: Line) -> Release:
        changes = get_changes(line.changes, self.store)
        seen = [each for change in changes for each in self._seen(change)]
        return Release(
            line.release,
            line.day,
            line.sha256,
            line.previous,
            line.data,
            line.program,
            line.counts,
            line.datasets,
            tuple(seen),
            len(changes) - len(seen),
        )

    def _seen(self, change: DocumentChange) -> Iterator[DocumentChange]:
        """A change as far as it may be told; nothing of it where it speaks of what must not be seen."""
        taken_back = [each for each in (*change.left, change.decided) if each]
        if change.whose.department_code not in self.named or any(
            self._is_private(each, table_id) for each in taken_back for table_id in change.tables
        ):
            return
        about = change.came if change.kind in (WITHDRAWN, GONE, RETRACTED) else (*change.came, *change.left)
        tables = tuple(
            table_id for table_id in change.tables if not any(self.files.is_secret(each, table_id) for each in about)
        )
        if tables:
            yield replace(
                change,
                tables=tables,
                came=tuple(each for each in change.came if self._may_be_seen(each, tables)),
                left=tuple(each for each in change.left if self._may_be_seen(each, tables)),
                figures=tuple(figure for figure in change.figures if self._figure_may_be_seen(figure)),
            )

    def _may_be_seen(self, submission_id: str, tables: Sequence[str]) -> bool:
        return not any(self.files.is_secret(submission_id, table_id) for table_id in tables)

    def _is_private(self, submission_id: str, table_id: str) -> bool:
        decision = self.files.decision(submission_id, table_id)
        return decision is not None and decision.is_private

    def _figure_may_be_seen(self, figure: FigureChange) -> bool:
        return not any(
            each and self.files.is_secret(each, figure.table_id) for each in (figure.submission_id, figure.before_id)
        )

    # --- versions -------------------------------------------------------------------------------------------------

    def _versions(self) -> Iterator[Version]:
        """Versions of which a row is no longer as it was: where rows were only added, the next one holds them all."""
        held: dict[str, Line] = {}
        found: list[Version] = []
        for line in self.lines:
            for table_id in line.datasets:
                earlier = held.get(table_id)
                if earlier is not None and self._is_altered(table_id, earlier, line):
                    found.append(self._version(table_id, earlier, line))
            held |= {table_id: line for table_id, sha256 in line.datasets.items() if sha256}
        yield from sorted(found, key=lambda one: (-one.until, one.table_id))

    def _version(self, table_id: str, earlier: Line, line: Line) -> Version:
        sha256 = earlier.datasets[table_id]
        is_withheld = any(self._is_secret(table_id, each) for each in self._documents_with(table_id, earlier.release))
        return Version(table_id, earlier.release, earlier.day, line.release, line.day, sha256, is_withheld)

    def _is_altered(self, table_id: str, earlier: Line, line: Line) -> bool:
        was, now = self._state(earlier.release), self._state(line.release)
        if table_id not in now.datasets or was.datasets[table_id].head != now.datasets[table_id].head:
            return True
        changes = get_changes(line.changes, self.store)
        return any(table_id in change.tables and change.kind not in (ARRIVED, ADDED) for change in changes)

    def _documents_with(self, table_id: str, number: int) -> Iterator[tuple[Whose, Document]]:
        for whose, sha256 in self._state(number).documents.items():
            if sha256 not in self._documents:
                self._documents[sha256] = get_document(sha256, self.store)
            if table_id in self._documents[sha256].tables:
                yield whose, self._documents[sha256]

    def _is_secret(self, table_id: str, stood: tuple[Whose, Document]) -> bool:
        whose, document = stood
        return whose.department_code not in self.named or any(
            self.files.is_secret(each, table_id) for each in document.tables[table_id]
        )

    def _state(self, number: int) -> State:
        sha256 = self.lines[number - 1].state
        if sha256 not in self._states:
            self._states[sha256] = get_state(sha256, self.store)
        return self._states[sha256]


def past(lines: Sequence[Line], store: Store, files: Files, named: Collection[str]) -> Past:
    return Past(lines, store, files, named, {}, {})


# --- changes as they are kept --------------------------------------------------------------------------------------


def put_changes(changes: Sequence[DocumentChange], store: Store) -> str:
    """Keep a list of changes."""
    return store.put_json({"documents": [_plain(change) for change in changes]})


def get_changes(sha256: str, store: Store) -> tuple[DocumentChange, ...]:
    said: Any = store.get_json(sha256)
    return tuple(_change(each) for each in said["documents"])


def _plain(change: DocumentChange) -> Mapping[str, object]:
    figures = [
        {
            **{key: value for key, value in asdict(figure).items() if key not in ("release", "day", "whose")},
            "old": None if figure.old is None else f"{figure.old:f}",
            "new": None if figure.new is None else f"{figure.new:f}",
        }
        for figure in change.figures
    ]
    return {**asdict(change), "whose": change.whose.key, "figures": figures}


def _change(said: Mapping[str, Any]) -> DocumentChange:
    whose = Whose.of(said["whose"])
    figures = tuple(
        FigureChange(
            said["release"],
            said["day"],
            whose,
            **{**each, "old": _amount(each["old"]), "new": _amount(each["new"])},
        )
        for each in said["figures"]
    )
    lists = {key: tuple(said[key]) for key in ("tables", "came", "left")}
    return DocumentChange(**{**said, **lists, "whose": whose, "figures": figures})


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
