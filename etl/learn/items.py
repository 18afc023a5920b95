"""Columns that are lines: a header that names an item and, below or beside it, which figure of it.

| 公务接待费           |        item reception, measures budget and final
| 预算数    | 决算数   |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.learn.candidates import Key, Known, ranked
from etl.learn.guess import ENOUGH, Printed
from etl.learn.likeness import Likeness
from etl.learn.values import Guess, How
from etl.spec.model import Form, Spec

_SAME = 0.9
"""How like a word such as 小计 must be to a measure to be one."""


def guess_items(
    printed: Sequence[Printed],
    known: Mapping[Key, Sequence[Known]],
    form: Form,
    likeness: Likeness,
    spec: Spec,
) -> tuple[Guess, ...]:
    """A guess for every column, in their order; a pair of line and measure is given once."""
    lines = _lines(form, spec)
    guesses: list[Guess] = []
    given: set[tuple[str, str]] = set()
    scored = [_read(column, known, lines, likeness) for column in printed]
    for _, guess in sorted(scored, key=lambda one: -one[0]):
        pair = (guess.line, guess.key)
        clash = guess.line != "" and pair in given
        given.add(pair)
        guesses.append(Guess(guess.index, guess.label, "measure", "", "new") if clash else guess)
    return tuple(sorted(guesses, key=lambda guess: guess.index))


def _lines(form: Form, spec: Spec) -> dict[Key, list[Known]]:
    """By code: the labels the form has for its items, and the names that items of the same sets have elsewhere."""
    found = {("line", column.key): [Known(label, 1.0) for label in column.labels] for column in form.line_columns}
    codes = {column.key for column in form.line_columns}
    for names in spec.lines.sets.values():
        if sum(1 for line in names if line.code in codes) * 2 >= len(names):
            for line in names:
                found.setdefault(("line", line.code), []).extend(Known((label,), 0.97) for label in line.labels)
    return found


def _read(
    column: Printed,
    known: Mapping[Key, Sequence[Known]],
    lines: Mapping[Key, Sequence[Known]],
    likeness: Likeness,
) -> tuple[float, Guess]:
    """How sure, and what. The last part that says which figure is the measure, the rest is the item."""
    if column.kind in ("text", "code", "serial"):
        return _beside(column, known, likeness)
    measure, at, sure = "", -1, 1.0
    for place, part in reversed(tuple(enumerate(column.label))):
        score, (_, key) = next(iter(ranked((part,), known, ("measure",), likeness)), (0.0, ("", "")))
        item = next(iter(ranked((part,), lines, ("line",), likeness)), (0.0, ("", "")))[0]
        enough = _SAME if part in likeness.loose else ENOUGH
        if score >= enough and score > item and len(column.label) > 1:
            measure, at, sure = key, place, score
            break
    item_label = tuple(part for place, part in enumerate(column.label) if place != at)
    options = ranked(item_label, lines, ("line",), likeness)
    score, (_, line) = next(iter(options), (0.0, ("", "")))
    if score < ENOUGH:
        return 0.0, Guess(column.index, tuple(column.label), "measure", "", "new")
    # Only loose words may stand below an item: any other is part of its label.
    below = at == len(column.label) - 1 and column.label[at] not in likeness.loose
    others = tuple(key for like, (_, key) in options[1:3] if like >= 0.8 * score)
    how: How = "known" if min(score, sure) >= 0.97 else "like"
    label = (column.label[at],) if at >= 0 else ()
    line_label = tuple(column.label) if below else item_label
    told = () if how == "known" else others
    return score, Guess(column.index, label, "measure", measure, how, told, line, line_label)


def _beside(column: Printed, known: Mapping[Key, Sequence[Known]], likeness: Likeness) -> tuple[float, Guess]:
    score, (role, key) = next(iter(ranked(column.label, known, ("name", "ignored", "text"), likeness)), (0.0, ("", "")))
    if score >= ENOUGH:
        return score, Guess(column.index, tuple(column.label), role, key, "known" if score >= 1 else "like")
    if column.kind == "text":
        return 0.5, Guess(column.index, tuple(column.label), "name", "", "content")
    return 0.0, Guess(column.index, tuple(column.label), "text", "", "new")
