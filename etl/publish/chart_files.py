"""A chart as a file of its own. In: a Chart. Out: an SVG that looks right alone, with heading and source inside.

Pictures of dots (PNG) are made from it in the reader's browser (`docs/scripts/20-charts.js`): here they would be drawn
with whatever fonts the machine has that builds, and most servers have none with Chinese.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from etl.publish.charts import Chart
from etl.publish.words import clean

_WIDTH = 720
_MARGIN = 24
_HEAD = 66
_FOOT = 44
PALETTE = ("#7b968a", "#1e6a55", "#c77a12")
"""The colours of series on white: those of light pages in `docs/styles/070-charts.css`, which a test holds them to."""
_INK, _QUIET, _RULE = "#1c2320", "#57615c", "#9aa49e"
_FONT = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_LOOKS = {
    'class="mz-chart-key"': f'fill="{_QUIET}" font-size="12"',
    'class="mz-chart-blank"': f'fill="{_QUIET}" font-size="12"',
    'class="mz-axis"': f'stroke="{_RULE}"',
    **{
        f'class="mz-series-{number} mz-part"': f'fill="{colour}" stroke="#fff"' for number, colour in enumerate(PALETTE)
    },
    **{f'class="mz-series-{number}"': f'fill="{colour}"' for number, colour in enumerate(PALETTE)},
    **{f'class="mz-line-{number}"': f'stroke="{colour}" stroke-width="2"' for number, colour in enumerate(PALETTE)},
}
"""What the stylesheet makes of each class, as attributes: a strict policy forbids a stylesheet within a file, and
office programs do not read one."""
_CLASS = re.compile(r'class="[^"]*"')


def chart_text(chart: Chart) -> str:
    """The text of the file."""
    height = _HEAD + chart.drawing.height + _FOOT
    width = _WIDTH + 2 * _MARGIN
    return str(
        Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            ' role="img" aria-labelledby="t d" font-family="{font}" font-size="13" fill="{ink}">'
            '<title id="t">{title}</title><desc id="d">{description}</desc>'
            '<rect width="{width}" height="{height}" fill="#fff"/>'
            '<text font-size="16" font-weight="700" x="{left}" y="34">{title}</text>'
            '<text font-size="12" fill="{quiet}" x="{left}" y="54">{unit}</text>'
            '<svg x="{left}" y="{top}" width="{inner}" height="{drawn}" overflow="visible">{shapes}</svg>'
            '<text font-size="12" fill="{quiet}" x="{left}" y="{foot}">{source}</text></svg>\n'
        ).format(
            width=width,
            height=height,
            left=_MARGIN,
            top=_HEAD,
            inner=_WIDTH,
            drawn=chart.drawing.height,
            foot=height - 18,
            font=_FONT,
            ink=_INK,
            quiet=_QUIET,
            title=clean(chart.title),
            unit=clean(chart.unit),
            description=clean(chart.description),
            source=clean(chart.source),
            shapes=Markup(_CLASS.sub(lambda match: _LOOKS[match.group()], chart.drawing.shapes)),
        )
    )
