"""What each column of a header is: its role and key in a form, and which band it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.recognise.header import Header
from etl.spec.model import BandForm, ColumnForm, Form
from etl.table import Band, Column

_CODES = ("code", "code-1", "code-2", "code-3")


@dataclass(frozen=True, slots=True)
class Reading:
    """A header read as a form."""

    bands: tuple[Band, ...]
    missing: tuple[str, ...]
    """Keys that the form requires and the header lacks."""
    unknown: tuple[int, ...]
    """Columns with a label that the form does not have."""
    collisions: tuple[tuple[str, int, int], ...]
    """Key and the two columns that both claim it; the first keeps it."""

    @property
    def found(self) -> int:
        return sum(1 for band in self.bands for column in band.columns if column.role != "ignored")


@lru_cache(maxsize=4096)
def read_columns(form: Form, header: Header, loose: frozenset[str], known: frozenset[str]) -> Reading:
    """Read the columns of a header as a form.

    `loose` holds labels that may stand below a match (预算数, 合计); `known` what the header of the form may print: a
    loose label says nothing below a part that is not among it (年初结转和结余/合计 is no 合计).
    """
    blocks = _cut(form, header)
    bands: list[Band] = []
    unknown: list[int] = []
    collisions: list[tuple[str, int, int]] = []
    for order, block in enumerate(blocks):
        band_form = _band_of(form, header, block, order)
        if band_form is None:
            unknown.extend(block)
            continue
        columns, strange = _read_band(form, band_form, header, block, loose, known)
        unknown.extend(strange)
        kept, clashes = _without_collisions(columns)
        collisions.extend(clashes)
        bands.append(Band(band_form.side, tuple(kept)))
    found = {key for band in bands for column in band.columns for key in _keys(column)}
    missing = tuple(key for key in form.requires if key not in found)
    if not form.line_columns and len({band.side for band in bands}) < len(form.bands):
        missing = missing or tuple(band.side for band in form.bands if band.side not in {b.side for b in bands})
    return Reading(tuple(bands), missing, tuple(unknown), tuple(collisions))


def _keys(column: Column) -> tuple[str, ...]:
    role = "code" if column.role.startswith("code") else column.role
    return tuple(key for key in (role, column.key, column.line) if key)


def _cut(form: Form, header: Header) -> list[list[int]]:
    """Columns cut into blocks: a label column after a figure column begins the next block.

    A form of one block may be printed as two with the same labels, because the page was too short.
    """
    blocks: list[list[int]] = [[]]
    figures = False
    for index, path in enumerate(header.paths):
        if not path:
            continue
        label = any(_label_role(band, path) for band in form.bands)
        if label and figures:
            blocks.append([])
            figures = False
        figures = figures or not label
        blocks[-1].append(index)
    several = len(form.bands) > 1 or form.bands[0].repeat
    if several or len({tuple(header.paths[index] for index in block) for block in blocks}) == 1:
        return [block for block in blocks if block]
    return [[index for block in blocks for index in block]]


def _band_of(form: Form, header: Header, block: Sequence[int], order: int) -> BandForm | None:
    if form.bands[0].repeat or len(form.bands) == 1:
        return form.bands[0]
    parts = {part for index in block for part in header.paths[index]}
    own = [band for band in form.bands if parts.intersection(band.heads)]
    if len(own) == 1:
        return own[0]
    return form.bands[order] if order < len(form.bands) else None


def _read_band(
    form: Form, band: BandForm, header: Header, block: Sequence[int], loose: frozenset[str], known: frozenset[str]
) -> tuple[list[Column], list[int]]:
    columns: list[Column] = []
    strange: list[int] = []
    for index in block:
        path = header.paths[index]
        role, key, line = _label_role(band, path), "", ""
        if not role and form.line_columns:
            line_form = _best(form.line_columns, path, loose)
            measure = _anywhere(band.columns, path)
            other = _best([c for c in band.columns if c.role != "measure"], path, loose)
            if line_form is not None:
                role, line, key = "measure", line_form.key, measure.key if measure else ""
            elif other is not None:
                role, key = other.role, other.key
        elif not role:
            best = _best([c for c in band.columns if c.role not in (*_CODES, "name")], path, loose, known)
            if best is not None:
                role, key = best.role, best.key
        if not role:
            strange.append(index)
            continue
        columns.append(Column(index, role, key, header.printed[index], line))
    return columns, strange


def _label_role(band: BandForm, path: Sequence[str]) -> str:
    """`code…` or `name` where the path says the column names the lines; empty otherwise."""
    for column in band.columns:
        if column.role in _CODES[1:] and path and (path[-1],) in column.labels:
            return column.role
    leaf = len(path) - 1
    is_name = any(
        _ends_at(label, path) == leaf for column in band.columns if column.role == "name" for label in column.labels
    )
    for column in band.columns:
        ends = (
            [end for label in column.labels if (end := _ends_at(label, path)) is not None]
            if column.role == "code"
            else []
        )
        if ends and (max(ends) == leaf or not is_name):
            return "code"
    for column in band.columns:
        if column.role == "name":
            for label in column.labels:
                end = _ends_at(label, path)
                if end == len(path) - 1 or (end is not None and label[-1] not in band.heads):
                    return "name"
    return ""


def _ends_at(label: Sequence[str], path: Sequence[str]) -> int | None:
    """Deepest position of the path at which the label, as a subsequence, ends; None where it does not occur."""
    for end in range(len(path) - 1, -1, -1):
        if path[end] != label[-1]:
            continue
        rest = list(label[:-1])
        for part in reversed(path[:end]):
            if rest and part == rest[-1]:
                rest.pop()
        if not rest:
            return end
    return None


def _best(
    columns: Sequence[ColumnForm], path: Sequence[str], loose: frozenset[str], known: frozenset[str] | None = None
) -> ColumnForm | None:
    """The column whose label lies deepest in the path, the longest label first; below it only loose words may stand."""
    best: tuple[int, int] | None = None
    chosen: ColumnForm | None = None
    for column in columns:
        for label in column.labels:
            end = _ends_at(label, path)
            if end is None or any(part not in loose for part in path[end + 1 :]):
                continue
            if known is not None and len(label) == 1 and label[0] in loose and not known.issuperset(path[:end]):
                continue
            rank = (end, len(label))
            if best is None or rank > best:
                best, chosen = rank, column
    return chosen


def _anywhere(columns: Sequence[ColumnForm], path: Sequence[str]) -> ColumnForm | None:
    for part in reversed(path):
        for column in columns:
            if column.role == "measure" and (part,) in column.labels:
                return column
    return None


def _without_collisions(columns: Sequence[Column]) -> tuple[list[Column], list[tuple[str, int, int]]]:
    kept: list[Column] = []
    clashes: list[tuple[str, int, int]] = []
    seen: dict[tuple[str, str], int] = {}
    for column in columns:
        key = (column.key, column.line)
        if column.role in ("measure", "ratio", "text") and key in seen:
            clashes.append((column.key or column.line, seen[key], column.index))
            continue
        seen.setdefault(key, column.index)
        kept.append(column)
    return kept, clashes
