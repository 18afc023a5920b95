"""Single mistakes planted at random into tables that are right: what an expert later has to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from types import MappingProxyType

from etl.amounts import FEN
from etl.checks import check_between, check_table
from etl.finding import Finding
from etl.spec.model import Spec
from etl.table import Figure, Identity, Line, Table

Tables = tuple[Table, ...]


@dataclass(frozen=True)
class Document:
    """One submission: its tables, all consistent, and who it is of."""

    tables: Tables
    identity: Identity


@dataclass(frozen=True)
class Planted:
    """A mistake: the tables with it, the cells in which it shows, what stood in the first of them."""

    tables: Tables
    cells: tuple[tuple[str, str], ...]
    original: Decimal | None


@dataclass(frozen=True)
class Spot:
    table: int
    line: int
    measure: str


def judge_of(document: Document, spec: Spec) -> Callable[[Sequence[Table]], Iterator[Finding]]:
    def judge(tables: Sequence[Table]) -> Iterator[Finding]:
        for table in tables:
            yield from check_table(table, document.identity, spec)[0]
        yield from check_between(tables, document.identity, spec)[0]

    return judge


def figure_at(tables: Tables, spot: Spot) -> Figure:
    return tables[spot.table].lines[spot.line].figures[spot.measure]


def with_line(tables: Tables, number: int, at: int, line: Line) -> Tables:
    lines = tables[number].lines
    table = replace(tables[number], lines=(*lines[:at], line, *lines[at + 1 :]))
    return (*tables[:number], table, *tables[number + 1 :])


def with_number(tables: Tables, spot: Spot, number: Decimal) -> Tables:
    line = tables[spot.table].lines[spot.line]
    figure = replace(line.figures[spot.measure], number=number)
    return with_line(tables, spot.table, spot.line, replace(line, figures={**line.figures, spot.measure: figure}))


def with_lines(tables: Tables, number: int, lines: Sequence[Line]) -> Tables:
    return (*tables[:number], replace(tables[number], lines=tuple(lines)), *tables[number + 1 :])


def spots(tables: Tables, *, above: bool = False) -> list[Spot]:
    """Figures that are not nil; with `above` only those of lines that others stand below."""
    return [
        Spot(number, at, measure)
        for number, table in enumerate(tables)
        for at, line in enumerate(table.lines)
        for measure, figure in line.figures.items()
        if figure.number and (not above or parts_of(table, line, measure))
    ]


def parts_of(table: Table, above: Line, measure: str) -> list[Line]:
    """The lines a classified line is the sum of."""
    if above.code != "total" and not above.code.isdigit():
        return []
    start = "" if above.code == "total" else above.code
    below = [line for line in table.lines if line.code.isdigit() and line.code.startswith(start) and line is not above]
    level = min((len(line.code) for line in below if len(line.code) > len(start)), default=0)
    return [
        line for line in below if len(line.code) == level and measure in line.figures and line.figures[measure].number
    ]


def _cell(tables: Tables, spot: Spot) -> tuple[str, str]:
    figure = figure_at(tables, spot)
    return figure.sheet or tables[spot.table].sheet, figure.cell


def _rewritten(rewrite: Callable[[Decimal, int, Random], Decimal]) -> Callable[[Tables, Random], Planted | None]:
    """A mistake in one figure."""

    def plant(tables: Tables, rng: Random) -> Planted | None:
        spot = rng.choice(spots(tables))
        figure, decimals = figure_at(tables, spot), tables[spot.table].decimals
        number = rewrite(figure.number, decimals, rng)
        if not number or number == figure.number:
            return None
        return Planted(with_number(tables, spot, number), (_cell(tables, spot),), figure.number)

    return plant


def _power(*powers: int) -> Callable[[Decimal, int, Random], Decimal]:
    def rewrite(number: Decimal, decimals: int, rng: Random) -> Decimal:
        return number.scaleb(rng.choice(powers)).quantize(Decimal(1).scaleb(-decimals))

    return rewrite


def _negative(number: Decimal, _: int, __: Random) -> Decimal:
    return -number


def _swapped(number: Decimal, decimals: int, rng: Random) -> Decimal:
    digits = str(int(number.scaleb(decimals)))
    if len(digits) < 2:
        return number
    at = rng.randrange(len(digits) - 1)
    digits = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return number if digits[0] == "0" else Decimal(digits).scaleb(-decimals)


def _mistyped(number: Decimal, decimals: int, rng: Random) -> Decimal:
    digits = str(int(number.scaleb(decimals)))
    at = rng.randrange(len(digits))
    return Decimal(digits[:at] + rng.choice("123456789") + digits[at + 1 :]).scaleb(-decimals)


def _rounded(tables: Tables, rng: Random) -> Planted | None:
    """A total in fen that is a fen or two off."""
    places = [spot for spot in spots(tables, above=True) if tables[spot.table].step == FEN]
    if not places:
        return None
    spot = rng.choice(places)
    table, figure = tables[spot.table], figure_at(tables, spot)
    off = rng.choice((-1, 1)) * FEN / table.unit_yuan
    return Planted(with_number(tables, spot, figure.number + off), (_cell(tables, spot),), figure.number)


def _recounted(sign: int) -> Callable[[Tables, Random], Planted | None]:
    """A total that counts one of its parts twice, or not at all."""

    def plant(tables: Tables, rng: Random) -> Planted | None:
        spot = rng.choice(spots(tables, above=True))
        table, figure = tables[spot.table], figure_at(tables, spot)
        parts = parts_of(table, table.lines[spot.line], spot.measure)
        number = figure.number + sign * rng.choice(parts).figures[spot.measure].number
        if len(parts) < 2:
            return None
        return Planted(with_number(tables, spot, number), (_cell(tables, spot),), figure.number)

    return plant


def _subtotal(tables: Tables, rng: Random) -> Planted | None:
    """A total that adds a subtotal to the lines that make it up."""
    spot = rng.choice(spots(tables, above=True))
    table, measure = tables[spot.table], spot.measure
    parts = parts_of(table, table.lines[spot.line], measure)
    subtotals = [below for part in parts for below in parts_of(table, part, measure)]
    if not subtotals:
        return None
    figure = figure_at(tables, spot)
    number = figure.number + rng.choice(subtotals).figures[measure].number
    return Planted(with_number(tables, spot, number), (_cell(tables, spot),), figure.number)


def _family(tables: Tables, rng: Random) -> tuple[Spot, Line] | None:
    """A line, and one of at least two below it that has nothing below itself."""
    spot = rng.choice(spots(tables, above=True))
    table = tables[spot.table]
    parts = parts_of(table, table.lines[spot.line], spot.measure)
    last = [part for part in parts if not parts_of(table, part, spot.measure)]
    return (spot, rng.choice(last)) if len(parts) > 1 and last else None


def _left_out(tables: Tables, rng: Random) -> Planted | None:
    """A line that is not printed."""
    family = _family(tables, rng)
    if family is None:
        return None
    spot, lost = family
    lines = tables[spot.table].lines
    above = lines[spot.line]
    cells = tuple(_cell(tables, replace(spot, measure=measure)) for measure in lost.figures if measure in above.figures)
    return Planted(with_lines(tables, spot.table, [line for line in lines if line is not lost]), cells, None)


def _repeated(tables: Tables, rng: Random) -> Planted | None:
    """A line printed a second time at the end of its table."""
    family = _family(tables, rng)
    if family is None:
        return None
    spot, twice = family
    lines = tables[spot.table].lines
    row = lines[-1].row + 1
    figures = {measure: replace(figure, row=row) for measure, figure in twice.figures.items()}
    again = replace(twice, row=row, figures=figures)
    cells = tuple((figure.sheet or tables[spot.table].sheet, figure.cell) for figure in figures.values())
    return Planted(with_lines(tables, spot.table, (*lines, again)), cells, None)


def _exchanged(tables: Tables, rng: Random) -> Planted | None:
    """The figures of two lines in each other's place, in one column or in all."""
    spot = rng.choice(spots(tables))
    table, line = tables[spot.table], tables[spot.table].lines[spot.line]
    others = [
        at
        for at, other in enumerate(table.lines)
        if other.side == line.side and set(other.figures) == set(line.figures) and abs(at - spot.line) <= 3
    ]
    at = rng.choice(others)
    other = replace(spot, line=at)
    if figure_at(tables, spot).number == figure_at(tables, other).number:
        return None
    measures = list(line.figures) if rng.random() < 0.5 else [spot.measure]
    spoiled = tables
    for measure in measures:
        here, there = replace(spot, measure=measure), replace(other, measure=measure)
        spoiled = with_number(spoiled, here, figure_at(tables, there).number)
        spoiled = with_number(spoiled, there, figure_at(tables, here).number)
    cells = tuple(_cell(tables, replace(each, measure=measure)) for measure in measures for each in (spot, other))
    return Planted(spoiled, cells, None)


Planter = Callable[[Tables, Random], Planted | None]

PLANTERS: Mapping[str, tuple[Planter, ...]] = MappingProxyType(
    {
        "unit-slip": (_rewritten(_power(4, -4)),),
        "decimal-point": (_rewritten(_power(-2, -1, 1, 2)),),
        "sign": (_rewritten(_negative),),
        "digits-swapped": (_rewritten(_swapped),),
        "digit-wrong": (_rewritten(_mistyped),),
        "rounding": (_rounded,),
        "row-missing": (_left_out, _recounted(-1)),
        "row-twice": (_repeated, _recounted(1)),
        "subtotal-added": (_subtotal,),
        "misplaced-row": (_exchanged,),
    }
)
"""By the kind of cause: the ways in which it comes about."""
