"""`data/releases.jsonl`, `.json` and `.csv`: the log, and what may be told of it today. In: a History. Out: files.

The hash of `data/` in the log leaves these files out, and earlier versions of datasets with them:
`etl.releases.sums` says how.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from etl.history import DocumentChange, FigureChange, History, Release, Version
from etl.publish.csv_files import write_csv
from etl.publish.public import Public

COLUMNS = (
    *("release", "day", "kind", "department_code", "department_name", "fiscal_year", "document", "scope", "table_id"),
    *("line_code", "line_name", "measure", "old_yuan", "new_yuan", "source_sheet", "source_cell", "submission_id"),
    *("reason", "reason_text"),
)


def write_releases(public: Public, data: Path) -> None:
    """Write the log word for word, and every change as JSON and as CSV."""
    history = public.releases
    (data / "releases.jsonl").write_bytes(history.log.encode())
    listed = {
        "releases": [_release(release, public) for release in history.releases],
        "versions": [_version(version) for version in history.versions],
    }
    text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    (data / "releases.json").write_bytes(text.encode())
    write_csv(data / "releases.csv", COLUMNS, _rows(history, public))


def _rows(history: History, public: Public) -> Iterator[tuple[object, ...]]:
    """A row for each document that changed, and one for each of its figures."""
    for release in history.releases:
        for change in release.documents:
            yield (
                *_leading(change, public),
                "|".join(change.tables),
                *("",) * 7,
                "|".join(change.came),
                "",
                change.text,
            )
            for one in change.figures:
                line = (one.table_id, one.line_code, one.line_name, one.measure, one.old, one.new)
                at = (one.sheet, one.cell, one.submission_id)
                yield (*_leading(change, public), *line, *at, one.reason, one.text)


def _leading(change: DocumentChange, public: Public) -> tuple[object, ...]:
    whose = change.whose
    return (
        change.release,
        change.day,
        change.kind,
        whose.department_code,
        _name(whose.department_code, public),
        whose.fiscal_year,
        whose.document,
        whose.scope,
    )


def _name(code: str, public: Public) -> str:
    department = public.department(code)
    return department.name.zh if department else ""


def _release(release: Release, public: Public) -> dict[str, object]:
    return {
        "release": release.number,
        "day": release.day,
        "sha256": release.sha256,
        "previous": release.previous,
        "data": release.data,
        "program": release.program,
        "counts": dict(release.counts),
        "datasets": dict(release.datasets),
        "unnamed": release.unnamed,
        "documents": [_document(change, public) for change in release.documents],
    }


def _document(change: DocumentChange, public: Public) -> dict[str, object]:
    whose = change.whose
    return {
        "kind": change.kind,
        "department_code": whose.department_code,
        "department_name": _name(whose.department_code, public),
        "fiscal_year": whose.fiscal_year,
        "document": whose.document,
        "scope": whose.scope,
        "tables": list(change.tables),
        "came": list(change.came),
        "left": list(change.left),
        "reason": change.text,
        "decided_on": change.on,
        "figures": [_figure(figure) for figure in change.figures],
    }


def _figure(figure: FigureChange) -> dict[str, object]:
    return {
        "table_id": figure.table_id,
        "line_code": figure.line_code,
        "line_name": figure.line_name,
        "measure": figure.measure,
        "old_yuan": _amount(figure.old),
        "new_yuan": _amount(figure.new),
        "source_sheet": figure.sheet,
        "source_cell": figure.cell,
        "submission_id": figure.submission_id,
        "before_submission_id": figure.before_id,
        "reason": figure.reason,
        "reason_text": figure.text,
    }


def _amount(amount: Decimal | None) -> str | None:
    """As text: a float would lose the fen of large amounts."""
    return None if amount is None else f"{amount:f}"


def _version(version: Version) -> dict[str, object]:
    return {
        "dataset": version.table_id,
        "release": version.number,
        "day": version.day,
        "until_release": version.until,
        "until": version.until_day,
        "sha256": version.sha256,
        "path": None if version.is_withheld else version.path,
        "withheld": version.is_withheld,
    }
