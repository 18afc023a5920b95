"""The words by which what comes in is known, as a frozen value; `etl/spec/words.py` reads it from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Recognition:
    """`schemas/recognition.yml`: words by which titles, units, notes, covers and statements are known."""

    title_rewrites: tuple[tuple[str, str], ...]
    units: Mapping[str, Decimal]
    unit_patterns: tuple[str, ...]
    ignored: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]
    counted_lines: tuple[str, ...]
    nil_statements: tuple[str, ...]
    template_instructions: tuple[str, ...]
    neutral_labels: tuple[str, ...]
    header_words: tuple[str, ...]
    totals: tuple[str, ...]
    department_patterns: tuple[str, ...]
    document_patterns: tuple[tuple[str, str], ...]
    unit_scope_patterns: tuple[str, ...]
    infer_unit: Mapping[str, Decimal]
    document_numbers: tuple[tuple[str, str], ...]
    body_endings: tuple[str, ...] = ()
    """How what may stand before a title ends."""
    after_bodies: tuple[str, ...] = ()
    """What may follow the name of a body in running text."""
    body_remarks: tuple[str, ...] = ()
    """What may stand in brackets behind the name of a body."""
    listed_departments: tuple[str, ...] = ()
    """How the name of a department ends that stands above its items."""
    charges: tuple[str, ...] = ()
    """How the name of something charged ends."""
    same_as_above: tuple[str, ...] = ()
    """What stands for the documents of the row above."""
    nil_leading: tuple[str, ...] = ()
    """What may stand before a title in a text on empty tables."""
    nil_saying: str = ""
    """How such a text says that they are empty."""
