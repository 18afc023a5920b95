"""What is wrong in the data, as a value. Bottom room: imports nothing of ours.

A Finding holds evidence (codes, cells, figures) and no sentence; sentences are made at the edge by
`etl.wording` from `schemas/findings.yml`. A problem in the data is a Finding; an exception is our own mistake.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "note"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""In the order a person should read them."""

OutcomeKind = Literal["passed", "failed", "not-applicable", "could-not-run"]

_EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a submission. `cell` is one A1, a range, or several separated by commas; empty where there is none."""

    sheet: str = ""
    cell: str = ""
    row: int = 0
    """One-based row of the cell, for ordering; 0 where there is none."""
    column: int = 0
    """One-based column of the cell, for ordering; 0 where there is none."""


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or worth saying, about one submission (or about one duty, for disclosure findings)."""

    severity: Severity
    code: str
    """A code of `schemas/findings.yml`."""
    location: Location = NOWHERE
    table_id: str = ""
    field: str = ""
    """The measure, field or line the finding is about, in contract terms."""
    expected: str = ""
    actual: str = ""
    difference: Decimal | None = None
    """Actual minus expected, in yuan."""
    rule: str = ""
    """Number of the rule that failed, such as T-10; empty where no rule was involved."""
    values: Mapping[str, str] = dataclasses.field(default_factory=lambda: _EMPTY)
    """What the sentence needs: names of rows and columns as printed, figures as text. Never personal data."""
    department_code: str = ""
    fiscal_year: int = 0
    document: str = ""

    def fingerprint(self, submission_id: str) -> str:
        """Sixteen hex digits that stay the same while the same thing is wrong in the same file."""
        parts = (
            submission_id,
            self.code,
            self.rule,
            self.location.sheet,
            self.location.cell,
            self.table_id,
            self.field,
            self.expected,
            self.actual,
            self.department_code,
            str(self.fiscal_year or ""),
            self.document,
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule on one table: a rule that could not run is not a pass."""

    rule: str
    table_id: str
    sheet: str
    kind: OutcomeKind
    reason: str = ""
    """Why it did not apply or could not run, as a key of `schemas/findings.yml` `reasons`; empty otherwise."""
    checked: int = 0
    """How many comparisons were made."""


def error(code: str, location: Location = NOWHERE, **rest: object) -> Finding:
    """A Finding that must be mended before the submission is accepted."""
    return Finding("error", code, location, **rest)  # type: ignore[arg-type]


def warning(code: str, location: Location = NOWHERE, **rest: object) -> Finding:
    """A Finding that somebody should look at."""
    return Finding("warning", code, location, **rest)  # type: ignore[arg-type]


def note(code: str, location: Location = NOWHERE, **rest: object) -> Finding:
    """A Finding that asks for nothing."""
    return Finding("note", code, location, **rest)  # type: ignore[arg-type]
