"""Charts as SVG, made when the site is built. In: names and amounts. Out: markup. It draws; it computes no figure.

A drawing is as wide as it is given room: widths are shares of the picture's width and text has its own size, so that
one drawing serves a phone, a desk and a file of its own. Colours come from the stylesheet, by class: light, dark and
paper each have theirs. The page gives the same numbers in a table beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from etl.publish.words import clean

_LINE = 18
_BAR = 14
_BETWEEN_BARS = 4
_BETWEEN_GROUPS = 11
LEGEND = 26
WIDEST = Decimal(72)
"""Percent of the width that the largest bar takes: what remains is for its amount."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bar:
    """One amount of one series; `amount` is None where the form left it blank."""

    series: int
    amount: Decimal | None
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one name."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes, as high as they are, on whatever width."""

    shapes: Markup
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with what belongs to it, on a page or in a file of its own."""

    key: str
    """Unique on its page."""
    title: str
    unit: str
    description: str
    source: str
    """Where its numbers are from, for the file."""
    drawing: Drawing

    def svg(self) -> Markup:
        """The drawing as it stands on a page, with title and description for those who cannot see it."""
        return Markup(
            '<svg class="mz-chart" role="img" width="100%" height="{height}" aria-labelledby="{key}-t {key}-d">'
            '<title id="{key}-t">{title}</title><desc id="{key}-d">{description}</desc>{shapes}</svg>'
        ).format(
            height=self.drawing.height,
            key=f"chart-{self.key}",
            title=clean(self.title),
            description=clean(self.description),
            shapes=self.drawing.shapes,
        )


def draw_bars(groups: Sequence[Group], series: Sequence[str] = ()) -> Drawing:
    """Bars that lie on their side: a name above, the bars beneath, each amount at its end."""
    largest = max((bar.amount for group in groups for bar in group.bars if bar.amount is not None), default=Decimal(0))
    parts = [draw_legend(series)]
    top = LEGEND if len(series) > 1 else 0
    for group in groups:
        parts.append(Markup('<text class="mz-chart-name" y="{}">{}</text>').format(top + 13, clean(group.name)))
        top += _LINE
        for bar in group.bars:
            parts.append(_bar(bar, top, largest))
            top += _BAR + _BETWEEN_BARS
        top += _BETWEEN_GROUPS - _BETWEEN_BARS
    return Drawing(Markup("").join(parts), top)


def _bar(bar: Bar, top: int, largest: Decimal) -> Markup:
    share = width_of(bar.amount, largest)
    drawn = (
        Markup('<rect class="mz-series-{}" y="{}" width="{}%" height="{}"/>').format(bar.series, top, share, _BAR)
        if share
        else Markup("")
    )
    kind = Markup("") if bar.amount is not None else Markup(' class="mz-chart-blank"')
    return drawn + Markup('<text{} x="{}%" dx="{}" y="{}">{}</text>').format(
        kind, share, 6 if share else 0, top + 12, clean(bar.label)
    )


def width_of(amount: Decimal | None, largest: Decimal) -> Decimal:
    """Percent of the width; nothing for what is not above zero."""
    if amount is None or amount <= 0 or largest <= 0:
        return Decimal(0)
    return (amount / largest * WIDEST).quantize(_CENT)


def draw_legend(series: Sequence[str]) -> Markup:
    """What the colours mean; nothing where there is but one."""
    if len(series) < 2:
        return Markup("")
    step = 100 // len(series)
    return Markup("").join(
        Markup(
            '<rect class="mz-series-{number}" x="{x}%" y="3" width="10" height="10"/>'
            '<text class="mz-chart-key" x="{x}%" dx="16" y="13">{name}</text>'
        ).format(number=number, x=number * step, name=clean(name))
        for number, name in enumerate(series)
    )


def draw_share(key: str, title: str, numerator: int, denominator: int) -> Markup:
    """A thin line filled as far as the fraction goes; the fraction itself stands beside it as text."""
    share = Decimal(numerator) / denominator * 100 if denominator else Decimal(0)
    return Markup(
        '<svg class="mz-share" role="img" width="100%" height="6" aria-labelledby="{key}-title">'
        '<title id="{key}-title">{title}</title>'
        '<rect class="mz-share-all" x="0" y="2" width="100%" height="2"/>'
        '<rect class="mz-share-part" x="0" y="0" width="{share}%" height="6"/></svg>'
    ).format(key=escape(key), title=clean(title), share=share.quantize(_CENT))
