"""Every cell that, changed to one other amount, would make a finding go away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from etl.amounts import FEN
from etl.suggest.candidate import Candidate, Guess
from etl.suggest.case import Book, Case, Place, below, title
from etl.suggest.change import Put
from etl.suggest.slips import Meant, slips

_CLEAR = 4
"""A part is told from rounding when it is so many times larger."""


def cell_candidates(cases: Sequence[Case], book: Book) -> list[Candidate]:
    """One candidate a cell: the amount that settles most of the cases it is in."""
    where: defaultdict[Place, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        for place in case.signs:
            where[place].append(number)
    return [_candidate(place, numbers, cases, book) for place, numbers in where.items()]


def _candidate(place: Place, numbers: Sequence[int], cases: Sequence[Case], book: Book) -> Candidate:
    ranges = {number: meant_in(cases[number], place, book) for number in numbers}
    together = max(
        ([other for other in numbers if _meet(ranges[number], ranges[other])] for number in numbers), key=len
    )
    meant = _narrow([ranges[number] for number in together], book.decimals(place))
    guesses = tuple(Guess(slip.kind, slip.number) for slip in slips(book.number(place), meant, book.decimals(place)))
    sums = _sums([cases[number] for number in together], place, meant, book)
    counted = (guess for case in sums for guess in _counted(case, place, meant, book))
    blank = () if book.figure(place) else (Guess("row-missing", meant.number, way="blank"),)
    every = (*guesses, *blank, *dict.fromkeys(counted))
    number = every[0].number if every and every[0].number is not None else meant.number
    return Candidate(place, (Put(place[1], place[2], number),), frozenset(together), every)


def meant_in(case: Case, place: Place, book: Book) -> Meant:
    """What a cell must be for one case to be settled, in the unit of its table."""
    unit = book.tables[place[0]].unit_yuan
    number, slack = book.number(place) - case.signs[place] * case.difference / unit, case.slack / unit
    return Meant(number, number - slack, number + slack)


def _meet(one: Meant, other: Meant) -> bool:
    return one.low <= other.high and other.low <= one.high


def _narrow(ranges: Sequence[Meant], decimals: int) -> Meant:
    """What is in all of the ranges, as the table would print it."""
    sharpest = min(ranges, key=lambda each: each.high - each.low)
    low, high = max(each.low for each in ranges), min(each.high for each in ranges)
    if low > high:
        low, high = sharpest.low, sharpest.high
    number = min(max(sharpest.number, low), high)
    printed = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return Meant(printed if low <= printed <= high else number, low, high)


def _sums(cases: Sequence[Case], place: Place, meant: Meant, book: Book) -> list[Case]:
    """The cases in which the cell is a sum of others; where there is none, one made from the codes of the lines."""
    stated = [case for case in cases if case.stated == place and any(part[0] == place[0] for part in case.parts)]
    parts = {} if stated else below(place, book)
    if parts:
        difference = (book.number(place) - meant.number) * book.tables[place[0]].unit_yuan
        signs = {place: 1, **parts}
        stated.append(replace(cases[0], difference=difference, signs=signs, stated=place, across=False))
    return stated


def _counted(case: Case, place: Place, meant: Meant, book: Book) -> Iterator[Guess]:
    """A total that counts one of its parts twice or not at all, adds a subtotal, or was only rounded."""
    if abs(case.difference) <= _rounding(case, book):
        yield Guess("rounding", meant.number)
    for part in case.parts:
        yuan = -case.signs[part] * book.yuan(part)
        name = book.column(part) if case.across else title(book.line(part))
        if abs(yuan) <= case.slack * _CLEAR or not yuan:
            continue
        if abs(case.difference - yuan) <= case.slack and meant.number:
            yield Guess("row-twice", meant.number, name)
        if abs(case.difference + yuan) <= case.slack and book.number(place):
            yield Guess("row-missing", meant.number, name)
    if not case.across:
        yield from _subtotals(case, place, meant, book)


def _rounding(case: Case, book: Book) -> Decimal:
    """What adding up figures that were each rounded may come to, when the rule for it was passed by a little."""
    addends = sum(1 for place in case.signs if book.number(place))
    return addends * FEN if not case.slack else 2 * case.slack


def _subtotals(case: Case, place: Place, meant: Meant, book: Book) -> Iterator[Guess]:
    number, row, measure = place
    others = [(number, at, measure) for at, line in enumerate(book.tables[number].lines) if at != row]
    filled = [other for other in others if book.number(other)]
    for other in filled:
        if other not in case.signs and abs(case.difference - book.yuan(other)) <= case.slack:
            yield Guess("subtotal-added", meant.number, title(book.line(other)))
    whole = sum((book.yuan(other) for other in filled), Decimal(0))
    if len(filled) > len(case.parts) and abs(book.yuan(place) - whole) <= case.slack and case.difference:
        yield Guess("subtotal-added", meant.number)
