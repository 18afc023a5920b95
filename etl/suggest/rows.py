"""Slips about lines and not about one cell: a line twice, a line left out, two figures in each other's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, islice

from etl.suggest.candidate import Candidate, Guess
from etl.suggest.case import Book, Case, Place, title
from etl.suggest.cells import meant_in
from etl.suggest.change import Edit, Insert, Put, Strike
from etl.table import Figure, Line, Table

MOST = 12
"""So many changes of lines are tried; where there are more, the difference tells nothing."""

_MARK = "*"
"""Stands for the code of a line of which only the amounts are known."""


def row_candidates(cases: Sequence[Case], book: Book) -> list[Candidate]:
    """Every change of lines that the differences speak for."""
    found = (*_twice(cases, book), *_missing(cases, book), *_exchanged(cases, book))
    return list(islice(found, MOST))


# --- a line that stands twice ------------------------------------------------------------------------------------


def _twice(cases: Sequence[Case], book: Book) -> Iterator[Candidate]:
    concerned = {place[0] for case in cases for place in case.signs}
    for number in sorted(concerned):
        seen: set[object] = set()
        for at, line in enumerate(book.tables[number].lines):
            figures = tuple((measure, figure.number) for measure, figure in line.figures.items())
            if not any(amount for _, amount in figures):
                continue
            key = (line.side, line.code or line.name, tuple(line.attributes.items()), figures)
            if key in seen:
                place = (number, at, figures[0][0])
                yield Candidate(place, (Strike(at),), frozenset(), (Guess("row-twice", None, way="printed"),), row=True)
            seen.add(key)


# --- a line that is not printed ----------------------------------------------------------------------------------


def _missing(cases: Sequence[Case], book: Book) -> Iterator[Candidate]:
    """A total is larger than its parts, in one column or in several: a line that would make up for it."""
    short: dict[tuple[int, int], dict[str, int]] = {}
    for at, case in enumerate(cases):
        if case.stated and not case.across and case.finding.values.get("parts") and case.difference > case.slack:
            short.setdefault(case.stated[:2], {}).setdefault(case.stated[2], at)
    for (number, row), by_measure in short.items():
        child = _child(cases[next(iter(by_measure.values()))], book)
        if child is None:
            continue
        table = book.tables[number]
        amounts = {measure: cases[at].difference / table.unit_yuan for measure, at in by_measure.items()}
        known = _known_elsewhere(table, row, child, [cases[at] for at in by_measure.values()], book)
        line = _line(table, row, child, amounts, known)
        measure, amount = next(iter(amounts.items()))
        guess = Guess("row-missing", amount, title(known) if known else "", way="unprinted")
        certain = known is not None or len(amounts) > 1
        settled = frozenset(by_measure.values())
        yield Candidate((number, row, measure), (Insert(line),), settled, (guess,), row=True, certain=certain)


def _child(case: Case, book: Book) -> Line | None:
    """A line such as the missing one would be: a part that has a code."""
    lines = [book.line(place) for place in case.parts]
    return next((line for line in lines if line.code and (line.own_code or line.code.isdigit())), None)


def _known_elsewhere(table: Table, row: int, child: Line, short: Sequence[Case], book: Book) -> Line | None:
    """A line of another table with a code that this one does not print, and an amount that is missing here."""
    above, printed = table.lines[row].code, {line.code for line in table.lines}
    start = above if above.isdigit() else child.code[:1]
    for other in book.tables:
        for line in other.lines if other is not table and not child.own_code else ():
            alike = line.code.isdigit() and line.code.startswith(start) and len(line.code) == len(child.code)
            if line.own_code or not alike or line.code in printed:
                continue
            amounts = [other.yuan(figure) for figure in line.figures.values() if figure.number]
            if any(abs(amount - case.difference) <= case.slack for amount in amounts for case in short):
                return line
    return None


def _line(table: Table, row: int, child: Line, amounts: Mapping[str, Decimal], known: Line | None) -> Line:
    above = table.lines[row]
    code = known.code if known else _free(table, above.code, child)
    figures = {
        measure: Figure(measure, amount, table.decimals, "", above.row, above.figures[measure].column)
        for measure, amount in amounts.items()
    }
    return replace(child, code=code, name=known.name if known else "", row=above.row, figures=figures)


def _free(table: Table, above: str, child: Line) -> str:
    """A code of the child's level that is not printed below the line above; a mark where the child is no kin of it."""
    if child.own_code:
        return _MARK
    start = above if above.isdigit() else ""
    if not child.code.startswith(start):
        return _MARK
    printed = {line.code for line in table.lines}
    width = len(child.code) - len(start)
    codes = (f"{start}{number:0{width}d}" for number in range(10**width - 1, 0, -1))
    return next((code for code in codes if code not in printed), _MARK)


# --- figures in the wrong line or column -------------------------------------------------------------------------


def _exchanged(cases: Sequence[Case], book: Book) -> Iterator[Candidate]:
    """Two cases that differ by the same amount in opposite directions: two cells may have changed places."""
    seen: set[frozenset[Place]] = set()
    for (one, first), (two, second) in combinations(enumerate(cases), 2):
        if abs(abs(first.difference) - abs(second.difference)) <= first.slack + second.slack:
            for here, there in _pairs(first, second, book):
                if frozenset((here, there)) not in seen:
                    seen.add(frozenset((here, there)))
                    yield from _exchange(here, there, frozenset((one, two)), book)


def _pairs(first: Case, second: Case, book: Book) -> Iterator[tuple[Place, Place]]:
    for here in first.signs:
        wanted = meant_in(first, here, book)
        for there in second.signs:
            alike = here[0] == there[0] and (here[1] == there[1]) != (here[2] == there[2])
            if not alike or here in second.signs or there in first.signs:
                continue
            if wanted.holds(book.number(there)) and meant_in(second, there, book).holds(book.number(here)):
                yield here, there


def _exchange(here: Place, there: Place, cases: frozenset[int], book: Book) -> Iterator[Candidate]:
    table, line, measure = here
    ours, theirs = book.number(here), book.number(there)
    if here[1] == there[1]:
        edits: tuple[Edit, ...] = (Put(line, measure, theirs), Put(line, there[2], ours))
        yield Candidate(here, edits, cases, (Guess("misplaced-column", theirs, book.column(there)),), row=True)
        return
    guess = Guess("misplaced-row", theirs, title(book.line(there)))
    lines = book.tables[table].lines
    yield Candidate(here, (Put(line, measure, theirs), Put(there[1], measure, ours)), cases, (guess,), row=True)
    shared = [each for each in lines[line].figures if each in lines[there[1]].figures]
    if len(shared) > 1:
        whole = tuple(
            edit
            for each in shared
            for edit in (
                Put(line, each, book.number((table, there[1], each))),
                Put(there[1], each, book.number((table, line, each))),
            )
        )
        yield Candidate(here, whole, cases, (guess,), row=True)
