"""Charts of parts that make a whole, and of a whole over years. In: names and amounts. Out: a Drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from etl.publish.charts import LEGEND, Drawing, draw_group, draw_legend, width_of
from etl.publish.words import clean

_ROW = 26
_BAR = 16
_NAMES = 80
"""Pixels before the bars, for a year and what it is."""
_TREND = 190
_FLOOR = 160
_CEILING = 34
_EDGE = Decimal(6)
"""Percent of the width that a trend keeps free on either side, so that the first and the last year can be read."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar made of parts; `label` is the amount of the whole as the form gives it."""

    name: str
    parts: tuple[Decimal | None, ...]
    label: str


def draw_stacks(stacks: Sequence[Stack], series: Sequence[str]) -> Drawing:
    """Bars side by side within one, a year a line; what is not above zero takes no room."""
    largest = max((_whole(stack) for stack in stacks), default=Decimal(0))
    parts = [draw_legend(series)]
    for number, stack in enumerate(stacks):
        top = LEGEND + number * _ROW
        parts.append(Markup('<text y="{}">{}</text>').format(top + 13, clean(stack.name)))
        parts.append(_stack(stack, top, largest))
    return Drawing(Markup("").join(parts), LEGEND + len(stacks) * _ROW)


def _whole(stack: Stack) -> Decimal:
    return sum((part for part in stack.parts if part and part > 0), Decimal(0))


def _stack(stack: Stack, top: int, largest: Decimal) -> Markup:
    drawn = [Markup('<svg x="{}" y="{}" height="{}" overflow="visible">').format(_NAMES, top, _ROW)]
    at = Decimal(0)
    for number, part in enumerate(stack.parts):
        share = width_of(part, largest) * Decimal("0.85")
        if share:
            drawn.append(
                Markup('<rect class="mz-series-{} mz-part" x="{}%" width="{}%" height="{}"/>').format(
                    number, at.quantize(_CENT), share.quantize(_CENT), _BAR
                )
            )
        at += share
    drawn.append(
        Markup('<text x="{}%" dx="{}" y="13">{}</text></svg>').format(
            at.quantize(_CENT), 6 if at else 0, clean(stack.label)
        )
    )
    return Markup("").join(drawn)


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a trend; None where there is no amount: the line is broken there."""

    name: str
    amount: Decimal | None
    label: str


def draw_trend(lines: Sequence[Sequence[Point]], series: Sequence[str]) -> Drawing:
    """Lines with points over the same years, from zero upwards; the last amount of each is written beside it."""
    amounts = [point.amount for line in lines for point in line if point.amount is not None]
    largest = max(amounts, default=Decimal(0))
    names = [point.name for point in lines[0]] if lines else []
    parts = [draw_legend(series), _axis(names)]
    ends = [next((point.amount for point in reversed(line) if point.amount is not None), Decimal(0)) for line in lines]
    for number, line in enumerate(lines):
        parts.append(_line(number, line, largest, above=ends.index(max(ends)) == number))
    return Drawing(Markup("").join(parts), _TREND)


def _axis(names: Sequence[str]) -> Markup:
    ground = Markup('<line class="mz-axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(_FLOOR)
    years = [
        Markup('<text text-anchor="middle" x="{}%" y="{}">{}</text>').format(
            _across(index, len(names)), _FLOOR + 20, clean(name)
        )
        for index, name in enumerate(names)
    ]
    return ground + draw_group("mz-chart-key", years)


def _across(index: int, count: int) -> Decimal:
    if count < 2:
        return Decimal(50)
    return (_EDGE + (100 - 2 * _EDGE) * index / (count - 1)).quantize(_CENT)


def _height(amount: Decimal, largest: Decimal) -> Decimal:
    share = max(amount, Decimal(0)) / largest if largest > 0 else Decimal(0)
    return (_FLOOR - share * (_FLOOR - _CEILING - 16)).quantize(Decimal("0.1"))


def _line(number: int, line: Sequence[Point], largest: Decimal, above: bool) -> Markup:
    """One line; its last amount above it where it ends highest, beneath it where another does."""
    drawn: list[Markup] = []
    before: tuple[Decimal, Decimal] | None = None
    last: tuple[Decimal, Decimal, str] | None = None
    for index, point in enumerate(line):
        if point.amount is None:
            before = None
            continue
        x, y = _across(index, len(line)), _height(point.amount, largest)
        if before:
            drawn.append(
                Markup('<line class="mz-line-{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(number, *before, x, y)
            )
        drawn.append(Markup('<circle cx="{}%" cy="{}" r="4"/>').format(x, y))
        before, last = (x, y), (x, y, point.label)
    shapes = draw_group(f"mz-series-{number}", drawn)
    if last:
        x, y, label = last
        shapes += Markup('<text text-anchor="end" x="{}%" dx="8" y="{}">{}</text>').format(
            x, y - 10 if above else y + 20, clean(label)
        )
    return shapes
