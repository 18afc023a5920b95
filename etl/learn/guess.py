"""What each column of a block of columns probably is.

First what a declared label says, then what stands below, then which known label is most like, then what is left over.
No key is given twice: of two columns the likelier gets it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.learn.candidates import Key, Known, ranked
from etl.learn.likeness import Label, Likeness
from etl.learn.sums import Column, place_by_sums, sums_of
from etl.learn.values import Guess, Kind
from etl.spec.model import BandForm, Form, TableSpec

ENOUGH = 0.5
"""A label less like than this is a new one."""
_ALSO = 0.7
"""What is nearly as like as the best is told beside it."""
_NEARLY = 0.4
"""What is this like is told beside a new label."""
_ROLES: Mapping[Kind, tuple[str, ...]] = {
    "code": (),
    "serial": ("ignored",),
    "figure": ("measure",),
    "ratio": ("ratio",),
    "text": ("text",),
    "blank": ("measure", "ratio", "text", "name", "code"),
}
"""What a column may be by what stands below it."""
_PARTS = ("code-1", "code-2", "code-3")
"""类 款 项: known by the last part of their label alone."""
_FITS: Mapping[str, frozenset[str]] = {
    "measure": frozenset({"figure", "blank", "serial"}),
    "ratio": frozenset({"ratio", "figure", "blank"}),
    "text": frozenset({"text", "blank", "serial", "figure", "code"}),
    "name": frozenset({"text", "blank"}),
    "code": frozenset({"code", "text", "blank", "figure"}),
}
"""What may stand below a column of a declared label, by its role; any other role may have anything."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One column as printed: where it is, its label, what stands below."""

    index: int
    label: Label
    kind: Kind
    amounts: Column = field(default_factory=dict)
    """Its figures, by row."""


@dataclass(slots=True)
class _Open:
    """The columns that are still to be placed, and the keys that are given."""

    waiting: list[Printed]
    made: dict[int, Guess] = field(default_factory=dict)
    given: set[Key] = field(default_factory=set)

    def place(self, guess: Guess) -> None:
        self.made[guess.index] = guess
        if guess.role != "ignored":
            self.given.add((guess.role, guess.key))
        self.waiting = [column for column in self.waiting if column.index != guess.index]


def guess_columns(
    printed: Sequence[Printed],
    declared: Mapping[int, Key],
    known: Mapping[Key, Sequence[Known]],
    form: Form,
    band: BandForm,
    table: TableSpec,
    likeness: Likeness,
) -> tuple[Guess, ...]:
    """A guess for every column, in their order. `declared` is what the nearest form reads by its own labels."""
    state = _Open(list(printed))
    _take_declared(state, declared, known, likeness)
    if form.layout != "list":
        _take_labels(state, known, band, likeness)
    _take_only(state, band)
    _take_likest(state, known, likeness)
    _take_sums(state, form, tuple(sums_of(table)), {column.index: column for column in printed}, known, likeness)
    _take_left(state, form, band)
    for column in tuple(state.waiting):
        scores = ranked(column.label, known, ("measure", "text"), likeness)
        also = tuple(key for score, (_, key) in scores if score >= _NEARLY)
        role = {"text": "text", "code": "text", "ratio": "ratio"}.get(column.kind, "measure")
        state.place(Guess(column.index, tuple(column.label), role, "", "new", also[:2]))
    return tuple(state.made[column.index] for column in printed)


def _take_declared(
    state: _Open, declared: Mapping[int, Key], known: Mapping[Key, Sequence[Known]], likeness: Likeness
) -> None:
    """What the nearest form reads, unless all it goes by is a word such as 合计 below a text it does not know."""
    for column in tuple(state.waiting):
        role, key = declared.get(column.index, ("", ""))
        fits = _FITS.get(role, frozenset({column.kind}))
        full = {tuple(each.label) for each in known.get((role, key), ())}
        loosely = len(column.label) > 1 and column.label[-1] in likeness.loose and column.label not in full
        again = (role, key) in state.given and role not in ("ignored", "code")
        if role and not loosely and not again and column.kind in fits:
            label = column.label[-1:] if role in _PARTS else column.label
            state.place(Guess(column.index, tuple(label), role, key, "known"))


def _take_labels(state: _Open, known: Mapping[Key, Sequence[Known]], band: BandForm, likeness: Likeness) -> None:
    """Columns that name the lines: 类 款 项 by their labels, the others by what stands in them."""
    for column in tuple(state.waiting):
        end = column.label[-1:]
        role = next((role for role in _PARTS for each in known.get((role, ""), ()) if tuple(each.label) == end), "")
        if role and (role, "") not in state.given:
            state.place(Guess(column.index, tuple(end), role, "", "known"))
    has_codes = any(role.startswith("code") for role, _ in state.given)
    codes = [column for column in state.waiting if column.kind == "code"]
    if codes and not has_codes:
        state.place(Guess(codes[0].index, tuple(codes[0].label), "code", "", "content"))
    coded = {guess.label for guess in state.made.values() if guess.role == "code"}
    for column in tuple(state.waiting):
        if tuple(column.label) in coded:  # one header over the cells of 类 款 项
            state.place(Guess(column.index, tuple(column.label), "code", "", "content"))
    figures = [guess.index for guess in state.made.values() if guess.role == "measure"]
    figures += [column.index for column in state.waiting if column.kind == "figure"]
    has_names = bool(coded) or any(column.role == "name" for column in band.columns)
    for column in [column for column in state.waiting if column.kind == "text" and has_names]:
        best = next(iter(ranked(column.label, known, ("text", "ignored"), likeness)), (0.0, ("", "")))
        before = not figures or column.index < min(figures)
        if ("name", "") not in state.given and before and best[0] < 1.0:
            state.place(Guess(column.index, tuple(column.label), "name", "", "content"))


def _take_only(state: _Open, band: BandForm) -> None:
    """Where the form has one measure and the sheet one column of figures, they belong together."""
    measures = [(column.role, column.key) for column in band.columns if column.role == "measure"]
    figures = [column for column in state.waiting if column.kind == "figure"]
    if len(measures) == len(figures) == 1 and measures[0] not in state.given:
        state.place(Guess(figures[0].index, tuple(figures[0].label), *measures[0], "left"))


def _take_likest(state: _Open, known: Mapping[Key, Sequence[Known]], likeness: Likeness) -> None:
    """The likest pair of a column and a key that are both free, again and again."""
    scores = {column.index: ranked(column.label, known, _roles(column), likeness) for column in state.waiting}
    while state.waiting:
        free = [
            (score, -column.index, key, column)
            for column in state.waiting
            for score, key in scores[column.index]
            if score >= (1.0 if key[0] == "ignored" else ENOUGH) and key not in state.given
        ]
        if not free:
            return
        score, _, (role, key), column = max(free, key=lambda fit: fit[:2])
        also = [other for like, other in scores[column.index] if like >= max(_ALSO * score, ENOUGH / 2)]
        others = tuple(name for kind, name in also if (kind, name) not in state.given and name != key and name)
        state.place(Guess(column.index, tuple(column.label), role, key, "known" if score >= 1 else "like", others[:2]))


def _take_sums(
    state: _Open,
    form: Form,
    sums: Sequence[tuple[str, Sequence[str]]],
    printed: Mapping[int, Printed],
    known: Mapping[Key, Sequence[Known]],
    likeness: Likeness,
) -> None:
    """Columns that a sum of the table holds with: as the part that the form requires, or that has a like label."""
    given = {guess.key: printed[guess.index].amounts for guess in state.made.values() if guess.role == "measure"}
    waiting = {column.index: column.amounts for column in state.waiting if column.kind == "figure"}
    for index, free in place_by_sums(given, waiting, sums).items():
        scores = ranked(printed[index].label, known, ("measure",), likeness)
        open_ = [(like, key) for like, key in scores if key[1] in free and key not in state.given]
        ways = [(like, key) for like, key in open_ if like >= _NEARLY or key[1] in form.requires]
        if ways:
            others = tuple(key for like, (_, key) in ways[1:3] if like >= _ALSO * ways[0][0])
            state.place(Guess(index, tuple(printed[index].label), *ways[0][1], "sum", others))


def _roles(column: Printed) -> tuple[str, ...]:
    return (*_ROLES[column.kind], "ignored") if column.kind in ("text", "blank") else _ROLES[column.kind]


def _take_left(state: _Open, form: Form, band: BandForm) -> None:
    """One figure and one required measure are left, or one percentage and one ratio: they belong together."""
    keys = dict.fromkeys((column.role, column.key) for column in band.columns)
    measures = [key for key in keys if key[0] == "measure" and key[1] in form.requires]
    ratios = [key for key in keys if key[0] == "ratio"]
    for kind, wanted in (("figure", measures), ("ratio", ratios)):
        lacking = [key for key in wanted if key not in state.given]
        waiting = [column for column in state.waiting if column.kind == kind]
        if len(lacking) == len(waiting) == 1:
            state.place(Guess(waiting[0].index, tuple(waiting[0].label), *lacking[0], "left"))
