"""Records against their Table Schema, with Frictionless; the only room that knows it.

In come the tables of every submission at once, out come findings by submission. Tables of one table id are one batch,
because Frictionless costs tens of milliseconds a resource however few rows it has. Nothing is inferred: the schema in
`schemas/tables/` says what a field is. Decides neither sums nor whether a code exists: other rules do.

    submission a: revenue, 20 lines ┐
    submission b: revenue, 15 lines ┴─ one resource of 35 rows ─ error in row 30 ─ submission b, line 10, its cell
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from etl.fact import Record, records
from etl.finding import Finding, Location, Severity
from etl.spec.model import Spec, TableSpec
from etl.table import Identity, Table

Candidate = tuple[str, Identity, Table]
"""What the caller knows a submission by, who and what it is, and one of its tables."""

BATCH_FIELDS = ("submission",)
"""Told apart within a batch, beside the key of the published table: two submissions may hold the same table (one
replaces the other)."""

IDENTITY_CODES: Mapping[str, str] = MappingProxyType(
    {"fiscal_year": "year-unknown", "document": "document-unknown", "department_code": "department-unknown"}
)
"""Fields that do not stand in a cell of their own: what a mistake in them is, said once for a submission."""

_ASKED = ("name", "type", "format", "constraints")
"""What of a field decides whether a value is right."""

CODE_FIELDS = frozenset({"line_code"})

_IDENTITY_FIELDS = frozenset({*IDENTITY_CODES, "department_name", "scope"})
_LINE_FIELDS = frozenset({"line_no", "line_code", "line_name"})
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_QUOTE = 40
_PERSONAL = re.compile(r"\d{11}")
"""Telephone and identity numbers have this many digits and more; no code or amount that is quoted here has."""


def validate(candidates: Sequence[Candidate], spec: Spec) -> dict[str, list[Finding]]:
    """Findings by submission; one without any has no entry."""
    batches: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        batches.setdefault(candidate[2].table_id, []).append(candidate)
    findings: dict[str, list[Finding]] = {}
    for table_id, batch in batches.items():
        for key, finding in _validate_batch(batch, spec.tables[table_id]):
            findings.setdefault(key, []).append(finding)
    return findings


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a batch, and what it was made from."""

    submission: str
    table: Table
    record: Record


def _validate_batch(batch: Sequence[Candidate], table_spec: TableSpec) -> list[tuple[str, Finding]]:
    rows = [_Row(key, table, record) for key, identity, table in batch for record in records(identity, table)]
    found: dict[tuple[object, ...], tuple[str, Finding]] = {}
    """By what may be said once only: a cell, or a table as a whole."""
    for mistake in _mistakes(rows, table_spec):
        row = rows[mistake.row]
        finding = _finding(mistake, row, table_spec)
        found.setdefault((row.submission, finding.code, finding.location, finding.field), (row.submission, finding))
    return list(found.values())


# --- Frictionless -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mistake:
    """An error of Frictionless in our terms."""

    row: int
    """Index in the batch."""
    field: str
    """Empty where the row as a whole is wrong."""
    constraint: str
    """`type`, `key`, or the constraint of the field that does not hold."""
    expected: str


def _mistakes(rows: Sequence[_Row], table_spec: TableSpec) -> list[_Mistake]:
    if not rows:
        return []
    from frictionless import Resource, Schema

    schema = _batch_schema(table_spec)
    names: dict[str, None] = dict.fromkeys(str(entry["name"]) for entry in schema["fields"])
    cells = [list(names), *(_cells(row, names) for row in rows)]
    # Asked for and not handed over: Frictionless would copy, deeply, whatever rows it is handed.
    resource = Resource(data=lambda: cells, schema=Schema.from_descriptor(schema))
    # Frictionless stops at 1,000 errors and says so in a warning that nobody reads: allow as many as there can be.
    task = resource.validate(limit_errors=(len(rows) + 1) * (len(names) + 2)).tasks[0]
    if task.warnings:
        raise RuntimeError(f"{table_spec.table_id}: validation is incomplete: {task.warnings}")
    return [_mistake(problem) for problem in task.errors]


def _batch_schema(table_spec: TableSpec) -> dict[str, Any]:
    """The schema as published, with what a batch needs more: whose row it is. What refers to other files is theirs.

    Titles and descriptions are left out: Frictionless looks through them for nothing, a fifth of the time of a check.
    """
    batch = [{"name": name, "type": "string"} for name in BATCH_FIELDS]
    fields = [{key: entry[key] for key in _ASKED if key in entry} for entry in table_spec.schema["fields"]]
    schema: dict[str, Any] = {"fields": [*batch, *fields]}
    if key := table_spec.schema.get("primaryKey"):
        schema["primaryKey"] = [*BATCH_FIELDS, *key]
    return schema


def _cells(row: _Row, names: Mapping[str, None]) -> list[object]:
    """The values of a row in the order of the fields. A value without a field: a template does not fit its schema."""
    values: dict[str, object] = {"submission": row.submission, **row.record.values}
    if strangers := values.keys() - names.keys() - _LINE_FIELDS:
        raise ValueError(f"{row.table.form} gives fields that {row.table.table_id} does not have: {sorted(strangers)}")
    return [values.get(name) for name in names]


def _mistake(problem: Any) -> _Mistake:
    """Frictionless counts rows from 1, the row of names included."""
    kind = problem.type
    if kind not in {"type-error", "constraint-error", "primary-key"}:
        raise RuntimeError(f"Frictionless could not validate: {problem.message}")
    row = int(problem.row_number) - 2
    if kind == "primary-key":
        return _Mistake(row, "", "key", "")
    subject, _, expected = str(problem.note).partition(" is ")
    constraint = "type" if kind == "type-error" else subject.split('"')[1]
    return _Mistake(row, str(problem.field_name), constraint, expected.strip('"'))


# --- findings ---------------------------------------------------------------------------------------------------


def _finding(mistake: _Mistake, row: _Row, table_spec: TableSpec) -> Finding:
    """What a mistake is in our terms, at its cell."""
    table = row.table
    if mistake.constraint == "key":
        return Finding(
            "error",
            "table-repeated",
            _at(table.sheet, table.title_cell),
            table_id=table.table_id,
            values={"table": table.title, "parts": f"{table.sheet} {table.title_cell}".strip()},
        )
    code, severity = _judge(mistake)
    actual = _quote(row.record.values.get(mistake.field))
    return Finding(
        severity,
        code,
        _location(mistake.field, row),
        table_id=table.table_id,
        field=mistake.field,
        expected="" if mistake.constraint == "required" else mistake.expected,
        actual=actual,
        values={
            "table": table.title or table_spec.name.zh,
            "line": str(row.record.values.get("line_name", "")),
            "column": _title(mistake.field, table_spec),
            "text": actual,
        },
    )


def _judge(mistake: _Mistake) -> tuple[str, Severity]:
    """The code of a mistake, and how much it matters: what cannot be published as it stands is an error."""
    field, constraint = mistake.field, mistake.constraint
    if field in IDENTITY_CODES:
        return IDENTITY_CODES[field], "error"
    if constraint == "required":
        return "required-missing", "error"
    if field in CODE_FIELDS and constraint == "pattern":
        return "code-unreadable", "error"
    if field.endswith("_yuan"):
        return "amount-unreadable", "error"
    return "type-mismatch", "error" if constraint == "type" else "warning"


def _location(field: str, row: _Row) -> Location:
    """The cell of a field, or of its line where the form has no such column; the title for the table as a whole."""
    cells = row.record.cells
    cell = row.table.title_cell if field in _IDENTITY_FIELDS else cells.get(field) or cells["line_name"]
    return _at(row.table.sheet, cell)


def _at(sheet: str, cell: str) -> Location:
    column = 0
    for letter in cell.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return Location(sheet, cell, int(cell.lstrip(_LETTERS) or 0), column)


def _title(field: str, table_spec: TableSpec) -> str:
    return next((str(entry["title"]) for entry in table_spec.schema["fields"] if entry["name"] == field), field)


def _quote(value: object) -> str:
    """A value as it may be shown: short, and nothing that could identify a person."""
    text = "" if value is None else str(value)
    return "…" if _PERSONAL.search(text) else text[:_LONGEST_QUOTE]
