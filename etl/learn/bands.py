"""Blocks of columns that stand side by side, which side of the table each is, and what names its lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.amounts import is_blank
from etl.labels import fold_name
from etl.learn.content import list_of
from etl.learn.values import Block
from etl.spec.model import BandForm, Form, Spec
from etl.spec.words import CLASSES, PRINTED, list_of_names
from etl.table import Column

SIDES = ("income", "expenditure")
_ENOUGH = 0.2
"""Share of the lines that a set must name to be taken along."""


def cut(block: Block, form: Form, declared: Mapping[int, Column]) -> list[list[int]]:
    """Columns cut where a column of names or codes follows one of figures, and more figures follow it.

    Only where the header repeats itself or says so, for a text may stand between figures.
    """
    columns = [index for index, path in enumerate(block.header.paths) if path]
    if form.layout != "lines":
        return [columns]
    blocks: list[list[int]] = [[]]
    for place, index in enumerate(columns):
        if _is_label(block, index, declared) and any(not _is_label(block, at, declared) for at in blocks[-1]):
            more = any(_is_figure(block, at, declared) for at in columns[place:])
            if more and (len(form.bands) > 1 or form.bands[0].repeat or _repeats(block, blocks[-1], index)):
                blocks.append([])
        blocks[-1].append(index)
    return blocks


def heads(block: Block, columns: Sequence[int]) -> tuple[str, ...]:
    """The text that stands above all these columns and above no other; none where there are no others."""
    paths = block.header.paths
    tops = {paths[index][0] for index in columns}
    others = {part for index, path in enumerate(paths) if index not in columns for part in path}
    return tuple(tops) if len(tops) == 1 and others and not tops & others else ()


def side_of(block: Block, columns: Sequence[int], order: int, spec: Spec) -> tuple[str, bool]:
    """Side of one of two blocks, and whether anything but its place says so."""
    parts = {part for index in columns for part in block.header.paths[index]}
    said = {side: _heads_of(side, spec) for side in SIDES}
    for side in SIDES:
        if parts & said[side] and not parts & said[SIDES[side == "income"]]:
            return side, True
    printed = names_of(block, columns)
    counts = {side: _named(printed, _sets_of(side, spec), spec) for side in SIDES}
    if counts["income"] != counts["expenditure"]:
        return max(SIDES, key=lambda side: counts[side]), True
    return SIDES[min(order, 1)], False


def codes_of(block: Block, column: int, near: BandForm, spec: Spec) -> str:
    """The code list that has most of the codes in a column; the nearest form's own where none has."""
    cells = (block.sheet.value(row, column) for row in range(block.header.end, block.stop))
    counts = Counter(key for value in cells if not is_blank(value) and (key := list_of(value, spec)))
    best = counts.most_common(1)
    return best[0][0] if best and (near.codes != PRINTED or block.kinds[column] == "code") else near.codes


def sets_beside(
    block: Block, coded: int, names: Sequence[int], codes: str, near: BandForm, spec: Spec
) -> tuple[str, ...]:
    """What names the lines that have no code: as in the nearest form, or as in any form of these codes."""
    if codes == near.codes:
        return near.lines
    rows = [row for row in range(block.header.end, block.stop) if not list_of(block.sheet.value(row, coded), spec)]
    cells = (block.sheet.value(row, index) for row in rows for index in (coded, *names))
    printed = [fold_name(value) for value in cells if isinstance(value, str) and value.strip()]
    ways = [band.lines for form in spec.forms for band in form.bands if band.codes == codes]
    return min(ways, key=lambda sets: (-_named(printed, sets, spec), len(sets), sets), default=near.lines)


def line_sets(printed: Sequence[str], near: BandForm, spec: Spec) -> tuple[str, ...]:
    """What names the lines: the nearest form's sets where they name most, else every set that names its share."""
    if not printed or _named(printed, near.lines, spec) * 2 >= len(printed) or PRINTED in near.lines:
        return near.lines
    known = (*spec.lines.sets, CLASSES, *(f"{key}-names" for key in spec.codes))
    counts = {key: _named(printed, (key,), spec) for key in known}
    fits = tuple(key for key in known if counts[key] >= _ENOUGH * len(printed))
    return fits or near.lines


def names_of(block: Block, columns: Sequence[int]) -> list[str]:
    """The texts of the lines in some columns, folded."""
    cells = (block.sheet.value(row, index) for row in range(block.header.end, block.stop) for index in columns)
    return [fold_name(value) for value in cells if isinstance(value, str) and value.strip()]


def _is_label(block: Block, index: int, declared: Mapping[int, Column]) -> bool:
    kind = block.kinds[index]
    role = declared[index].role if index in declared else ""
    return kind == "code" or (kind == "text" and role != "measure") or (kind == "blank" and _names(role))


def _is_figure(block: Block, index: int, declared: Mapping[int, Column]) -> bool:
    return not _is_label(block, index, declared) and block.kinds[index] in ("figure", "blank", "ratio")


def _names(role: str) -> bool:
    return role == "name" or role.startswith("code")


def _repeats(block: Block, before: Sequence[int], index: int) -> bool:
    paths = block.header.paths
    return paths[index][-1] in {paths[at][-1] for at in before}


def _heads_of(side: str, spec: Spec) -> frozenset[str]:
    return frozenset(head for form in spec.forms for band in form.bands if band.side == side for head in band.heads)


def _sets_of(side: str, spec: Spec) -> tuple[str, ...]:
    own = {key: None for form in spec.forms for band in form.bands if band.side == side for key in band.lines}
    return tuple(own)


def _named(printed: Sequence[str], sets: Sequence[str], spec: Spec) -> int:
    """How many of the texts some sets name."""
    labels: set[str] = set()
    for key in sets:
        labels.update(label for line in spec.lines.sets.get(key, ()) for label in line.labels)
        if key == CLASSES and "functional" in spec.codes:
            labels.update(spec.codes["functional"].by_name)
        elif list_of_names(key) in spec.codes:
            labels.update(spec.codes[list_of_names(key)].named)
    return sum(1 for text in printed if text in labels)
