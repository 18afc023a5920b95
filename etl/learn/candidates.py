"""What a column of a table may be, and the labels under which each of these is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.labels import fold_label
from etl.learn.likeness import Label, Likeness
from etl.spec.model import Form, Spec

_ELSEWHERE = 0.95
"""A label that only another form has for the key counts for a little less."""
_NOT_HERE = 0.85
"""So does a key that the nearest form has no column for."""

Key = tuple[str, str]
"""Role and key, as in `etl.table.Column`."""


@dataclass(frozen=True, slots=True)
class Known:
    """A label, and how much it counts."""

    label: Label
    weight: float


def candidates(table_id: str, form: Form, side: str, spec: Spec) -> dict[Key, list[Known]]:
    """By role and key of the table: every label that a form of that side has for it, and the name of the field.

    Keys that the dataset of the table has no field for are not among them.
    """
    fields = {str(entry["name"]): entry for entry in spec.tables[table_id].schema["fields"]}
    measures = spec.tables[table_id].measures
    own = {(column.role, column.key) for band in form.bands if band.side == side for column in band.columns}
    found: dict[Key, dict[Label, float]] = {}

    def add(key: Key, label: Label, weight: float) -> None:
        here = weight if key in own else weight * _NOT_HERE
        labels = found.setdefault(key, {})
        labels[label] = max(here, labels.get(label, 0.0))

    for weight, forms in ((1.0, spec.tables[table_id].forms), (_ELSEWHERE, spec.forms)):
        for role, key, label, theirs in _labels(forms):
            allowed = key in measures if role == "measure" else key in fields or not key
            if allowed and theirs in ("", side):
                add((role, key), label, weight)
    for measure in measures:
        add(("measure", measure), (fold_label(spec.measures[measure].zh),), _ELSEWHERE)
    for role, key in tuple(found):
        if key in fields and role in ("text", "ratio"):
            add((role, key), (fold_label(str(fields[key]["title"])),), 1.0)
    return {key: [Known(label, weight) for label, weight in labels.items()] for key, labels in found.items()}


def ranked(
    label: Label, known: Mapping[Key, Sequence[Known]], roles: Iterable[str], likeness: Likeness
) -> list[tuple[float, Key]]:
    """Keys of some roles by how like their likest label is, the best first."""
    wanted = frozenset(roles)
    scores = [
        (max(each.weight * likeness.of(label, each.label) for each in labels), key)
        for key, labels in known.items()
        if key[0] in wanted
    ]
    return sorted(scores, key=lambda score: -score[0])


def _labels(forms: Iterable[Form]) -> Iterator[tuple[str, str, Label, str]]:
    """Role, key, label and side of every column."""
    for form in forms:
        for band in form.bands:
            for column in band.columns:
                for label in column.labels:
                    yield column.role, column.key, label, band.side
