"""Charts as SVG, made when the site is built. In: names and amounts. Out: markup. It draws; it computes no figure.

Bars lie on their side: a name above, the bar beneath, the amount at its end. Widths are shares of the picture's width
and text has its own size, so the same drawing serves a phone and a desk. Colours come from the stylesheet, by class, so
that light, dark and paper each have their own. The page gives the same numbers in a table beneath.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from etl.publish.words import clean

_LINE = 18
_BAR = 14
_BETWEEN_BARS = 5
_BETWEEN_GROUPS = 12
_LEGEND = 26
_WIDEST = Decimal(72)
"""Percent of the width that the largest bar takes: what remains is for its amount."""


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


def draw_bars(key: str, title: str, description: str, groups: Sequence[Group], series: Sequence[str] = ()) -> Markup:
    """A bar chart with title and description for those who cannot see it. `key` is unique on its page."""
    largest = max((bar.amount for group in groups for bar in group.bars if bar.amount is not None), default=Decimal(0))
    parts: list[Markup] = []
    top = 0
    if len(series) > 1:
        parts.append(_legend(series))
        top = _LEGEND
    for group in groups:
        parts.append(Markup('<text class="mz-chart-name" x="0" y="{}">{}</text>').format(top + 13, clean(group.name)))
        top += _LINE
        for bar in group.bars:
            parts.append(_bar(bar, top, largest))
            top += _BAR + _BETWEEN_BARS
        top += _BETWEEN_GROUPS - _BETWEEN_BARS
    head = Markup(
        '<svg class="mz-chart" role="img" width="100%" height="{height}" aria-labelledby="{key}-title {key}-desc">'
        '<title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>'
    ).format(height=top, key=key, title=clean(title), description=clean(description))
    return head + Markup("").join(parts) + Markup("</svg>")


def _bar(bar: Bar, top: int, largest: Decimal) -> Markup:
    share = Decimal(0)
    if bar.amount is not None and bar.amount > 0 and largest > 0:
        share = (bar.amount / largest * _WIDEST).quantize(Decimal("0.01"))
    drawn = Markup('<rect class="mz-series-{}" x="0" y="{}" width="{}%" height="{}"/>').format(
        bar.series, top, share, _BAR
    )
    kind = "mz-chart-amount" if bar.amount is not None else "mz-chart-blank"
    return drawn + Markup('<text class="{}" x="{}%" dx="{}" y="{}">{}</text>').format(
        kind, share, 6 if share else 0, top + 12, clean(bar.label)
    )


def _legend(series: Sequence[str]) -> Markup:
    parts = []
    step = 100 // len(series)
    for number, name in enumerate(series):
        parts.append(
            Markup(
                '<rect class="mz-series-{number}" x="{x}%" y="3" width="10" height="10"/>'
                '<text class="mz-chart-key" x="{x}%" dx="16" y="13">{name}</text>'
            ).format(number=number, x=number * step, name=clean(name))
        )
    return Markup("").join(parts)


def draw_share(key: str, title: str, numerator: int, denominator: int) -> Markup:
    """A thin line filled as far as the fraction goes; the fraction itself stands beside it as text."""
    share = Decimal(numerator) / denominator * 100 if denominator else Decimal(0)
    return Markup(
        '<svg class="mz-share" role="img" width="100%" height="6" aria-labelledby="{key}-title">'
        '<title id="{key}-title">{title}</title>'
        '<rect class="mz-share-all" x="0" y="2" width="100%" height="2"/>'
        '<rect class="mz-share-part" x="0" y="0" width="{share}%" height="6"/></svg>'
    ).format(key=escape(key), title=clean(title), share=share.quantize(Decimal("0.01")))
