"""The declared form that a block comes nearest to, by title and header, and why it is not that form."""

from __future__ import annotations

from collections.abc import Sequence

from etl.learn.likeness import Likeness, labels_of, title_likeness
from etl.learn.values import Block, Near
from etl.recognise.blocks import label_of, reading_of
from etl.recognise.columns import Reading
from etl.recognise.titles import forms_of
from etl.spec.model import ColumnForm, Form, Spec
from etl.spec.titles import rewrite_title

_ABOUT = 0.1
"""Tables whose likeness differs by no more than this are all looked at."""
_MOST = 4
_OTHER = 0.9
"""What a title that recognition does not know as the form's own can count for at most."""


def nearest(block: Block, forms: Sequence[Form], likeness: Likeness, spec: Spec) -> list[Near]:
    """The nearest form of each table that comes near, the nearest first.

    A title that is a form's own weighs most, for sister tables share their headers.
    """
    found = sorted((_near(block, form, likeness, spec) for form in forms), key=lambda near: -near.likeness)
    of_table: dict[str, Near] = {}
    for near in found:
        of_table.setdefault(near.form.table_id, near)
    return [near for near in of_table.values() if near.likeness >= found[0].likeness - _ABOUT][:_MOST]


def _near(block: Block, form: Form, likeness: Likeness, spec: Spec) -> Near:
    reading = reading_of(form, block.header, spec)
    title, document = _title(block, form, spec)
    header = _header(block, form, reading, likeness)
    return Near(
        form,
        document,
        0.5 + 0.5 * header if title == 1.0 else 0.35 * title + 0.65 * header,
        title == 1.0,
        tuple(label_of(form, key) for key in reading.missing),
        tuple(block.header.printed[index] for index in reading.unknown),
        frozenset(reading.unknown),
    )


def _title(block: Block, form: Form, spec: Spec) -> tuple[float, str]:
    """How like the title is to one of the form's, and the document of that one; no document where several have it."""
    for carrier, documents in forms_of(block.title, spec):
        if carrier.form == form.form:
            return 1.0, documents[0] if len(documents) == 1 else ""
    rewrites = spec.recognition.title_rewrites
    rewritten = rewrite_title(block.title, rewrites)
    name = rewrite_title(spec.tables[form.table_id].name.zh, rewrites)
    fits = [(title_likeness(rewritten, title), doc) for doc, titles in form.titles.items() for title in titles]
    fits.append((title_likeness(rewritten, name), ""))
    like, document = max(fits, key=lambda fit: fit[0], default=(0.0, ""))
    return _OTHER * like, document if like > 0.5 else ""


def _header(block: Block, form: Form, reading: Reading, likeness: Likeness) -> float:
    """How much of the header the form has, and how much of what it requires the header has."""
    read = {column.index for band in reading.bands for column in band.columns}
    known = labels_of([form])
    printed = [(index, path) for index, path in enumerate(block.header.paths) if path]
    own = [
        1.0 if index in read else 0.8 * max((likeness.of(path, label) for label in known), default=0.0)
        for index, path in printed
    ]
    required = [labels for key in form.requires if (labels := _labels(form, key))]
    theirs = [max(likeness.of(path, label) for label in labels for _, path in printed) for labels in required]
    return 0.5 * sum(own) / max(len(own), 1) + 0.5 * sum(theirs) / max(len(theirs), 1)


def _labels(form: Form, key: str) -> list[tuple[str, ...]]:
    return [label for column in _columns(form) if key in (column.key, column.role) for label in column.labels]


def _columns(form: Form) -> tuple[ColumnForm, ...]:
    return (*form.line_columns, *(column for band in form.bands for column in band.columns))
