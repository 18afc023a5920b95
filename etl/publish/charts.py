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
            '<svg class="mz-chart" role="img" width="100%" height="{height}" aria-label="{title}. {description}">'
            "{shapes}</svg>"
        ).format(
            height=self.drawing.height,
            title=clean(self.title),
            description=clean(self.description),
            shapes=self.drawing.shapes,
        )


def draw_bars(groups: Sequence[Group], series: Sequence[str] = ()) -> Drawing:
    """Bars that lie on their side: a name above, the bars beneath, each amount at its end."""
    largest = max((bar.amount for group in groups for bar in group.bars if bar.amount is not None), default=Decimal(0))
    bars: dict[int, list[Markup]] = {}
    texts: list[Markup] = []
    top = LEGEND if len(series) > 1 else 0
    for group in groups:
        texts.append(Markup('<text y="{}">{}</text>').format(top + 13, clean(group.name)))
        top += _LINE
        for bar in group.bars:
            share = width_of(bar.amount, largest)
            if share:
                drawn = Markup('<rect y="{}" width="{}%" height="{}"/>').format(top, share, _BAR)
                bars.setdefault(bar.series, []).append(drawn)
            texts.append(_label(bar, top, share))
            top += _BAR + _BETWEEN_BARS
        top += _BETWEEN_GROUPS - _BETWEEN_BARS
    coloured = [draw_group(f"mz-series-{number}", shapes) for number, shapes in sorted(bars.items())]
    return Drawing(Markup("").join([draw_legend(series), *coloured, *texts]), top)


def _label(bar: Bar, top: int, share: Decimal) -> Markup:
    """The amount at the end of its bar, or where the bar would begin."""
    kind = Markup("") if bar.amount is not None else Markup(' class="mz-chart-blank"')
    beside = Markup(' dx="6"') if share else Markup("")
    return Markup('<text{} x="{}%"{} y="{}">{}</text>').format(kind, share, beside, top + 12, clean(bar.label))


def draw_group(kind: str, shapes: Sequence[Markup]) -> Markup:
    """Shapes that look alike: what they share is said once."""
    return Markup('<g class="{}">{}</g>').format(kind, Markup("").join(shapes)) if shapes else Markup("")


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
    signs = [
        Markup('<rect class="mz-series-{}" x="{}%" y="3" width="10" height="10"/>').format(number, number * step)
        for number in range(len(series))
    ]
    names = [
        Markup('<text x="{}%" dx="16" y="13">{}</text>').format(number * step, clean(name))
        for number, name in enumerate(series)
    ]
    return Markup("").join([*signs, draw_group("mz-chart-key", names)])


def draw_share(key: str, title: str, numerator: int, denominator: int) -> Markup:
    """A thin line filled as far as the fraction goes; the fraction itself stands beside it as text."""
    share = Decimal(numerator) / denominator * 100 if denominator else Decimal(0)
    return Markup(
        '<svg class="mz-share" role="img" width="100%" height="6" aria-labelledby="{key}-title">'
        '<title id="{key}-title">{title}</title>'
        '<rect class="mz-share-all" x="0" y="2" width="100%" height="2"/>'
        '<rect class="mz-share-part" x="0" y="0" width="{share}%" height="6"/></svg>'
    ).format(key=escape(key), title=clean(title), share=share.quantize(_CENT))
