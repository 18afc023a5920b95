"""Charts: lengths, files that hold together, and colours that stay apart."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree

import pytest

from etl.layout import PROGRAM
from etl.publish.chart_files import PALETTE, chart_text
from etl.publish.charts import Bar, Chart, Group, draw_bars
from etl.publish.stacks import Point, Stack, draw_stacks, draw_trend

_SVG = "{http://www.w3.org/2000/svg}"


def shapes(drawing: object, tag: str) -> list[dict[str, str]]:
    markup = f"<svg>{drawing.shapes}</svg>"  # type: ignore[attr-defined]
    return [element.attrib for element in ElementTree.fromstring(markup).iter(tag)]


def test_a_bar_is_as_long_as_its_amount() -> None:
    bars = (Bar(0, Decimal(50), "50"), Bar(0, Decimal(200), "200"), Bar(0, Decimal(-3), "-3"), Bar(0, None, "blank"))
    drawn = shapes(draw_bars([Group("one", bars)]), "rect")
    assert [one["width"] for one in drawn] == ["18.00%", "72.00%"]


def test_parts_of_a_stack_lie_end_to_end() -> None:
    drawn = shapes(draw_stacks([Stack("2024", (Decimal(1), None, Decimal(3)), "4")], ("a", "b", "c")), "rect")[3:]
    assert [(one["class"], one["x"], one["width"]) for one in drawn] == [
        ("mz-series-0 mz-part", "0.00%", "15.30%"),
        ("mz-series-2 mz-part", "15.30%", "45.90%"),
    ]


def test_a_trend_is_broken_where_nothing_is_known() -> None:
    points = [
        Point(str(year), amount, "") for year, amount in ((1, Decimal(4)), (2, None), (3, Decimal(8)), (4, Decimal(2)))
    ]
    drawing = draw_trend([points], ("a",))
    assert len(shapes(drawing, "circle")) == 3
    joints = [one for one in shapes(drawing, "line") if one["class"] == "mz-line-0"]
    assert [(one["y1"], one["y2"]) for one in joints] == [("50.0", "132.5")]


@pytest.mark.parametrize(("first", "second"), [(5, 4), (4, 5)])
def test_last_amounts_of_two_lines_do_not_collide(first: int, second: int) -> None:
    lines = [[Point("2024", Decimal(amount), f"{amount}.00")] for amount in (first, second)]
    texts = shapes(draw_trend(lines, ("a", "b")), "text")
    ends = [Decimal(one["y"]) for one in texts if one.get("text-anchor") == "end"]
    assert len(ends) == 2
    assert abs(ends[0] - ends[1]) > 26


def test_a_file_is_well_formed_and_needs_no_stylesheet() -> None:
    hostile = '<script>&"\x02'
    drawing = draw_bars([Group(hostile, (Bar(0, Decimal(1), "1"), Bar(1, None, "–")))], ("a", "b"))
    root = ElementTree.fromstring(chart_text(Chart("k", hostile, "u", "d", f"s {hostile}", drawing)))
    assert root.tag == f"{_SVG}svg"
    assert not [one for one in root.iter() if "class" in one.attrib or one.tag in (f"{_SVG}style", f"{_SVG}script")]
    assert {one.text for one in root.iter(f"{_SVG}text")} >= {'<script>&"', 's <script>&"'}


# --- colours ----------------------------------------------------------------------------------------------------------

_STYLES = (PROGRAM / "docs" / "styles" / "070-charts.css").read_text("utf-8")
_DEUTERANOPIA = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
_PROTANOPIA = ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998))
_TRITANOPIA = ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900))
_EVERYBODY = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
"""Machado, Oliveira and Fernandes (2009): how linear red, green and blue are seen, severity 1."""
APART = 18
"""Distance in CIE L*a*b*: a bit more than 2 can just be told, more than 10 at a glance."""


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: str, eye: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    linear = _linear(colour)
    red, green, blue = (min(max(sum(a * b for a, b in zip(row, linear, strict=True)), 0), 1) for row in eye)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _palettes() -> dict[str, list[str]]:
    light = re.findall(r"--mz-series-\d: light-dark\((#\w{6}), #\w{6}\)", _STYLES)
    dark = re.findall(r"--mz-series-\d: light-dark\(#\w{6}, (#\w{6})\)", _STYLES)
    return {"#fdfdfb": light, "#131816": dark}


def test_files_have_the_colours_of_light_pages() -> None:
    assert list(PALETTE) == _palettes()["#fdfdfb"]
    assert list(PALETTE) == re.findall(r"--mz-series-\d: (#\w{6})", _STYLES)


@pytest.mark.parametrize("eye", [_EVERYBODY, _DEUTERANOPIA, _PROTANOPIA, _TRITANOPIA])
@pytest.mark.parametrize(("paper", "colours"), _palettes().items())
def test_series_stay_apart_for_every_eye(
    paper: str, colours: list[str], eye: tuple[tuple[float, float, float], ...]
) -> None:
    assert len(colours) == 3
    for one, other in combinations(colours, 2):
        pair = zip(_seen(one, eye), _seen(other, eye), strict=True)
        assert sum((a - b) ** 2 for a, b in pair) ** 0.5 > APART, (one, other)
    for one in colours:
        darker, lighter = sorted((_luminance(one), _luminance(paper)))
        assert (lighter + 0.05) / (darker + 0.05) >= 3, one
