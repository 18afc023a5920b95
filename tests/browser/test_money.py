"""The pages of money in a real browser: every figure on them adds up from facts, and charts can be taken away."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from etl.fact import Fact
from tests.publish.sample_publication import make_publication

pytestmark = pytest.mark.browser

PAGES = (
    "departments/201/",
    "departments/208/",
    "departments/208/spending/",
    "years/",
    "years/2018/",
    "years/2024/",
    "functions/",
    "functions/201/",
    "functions/201/2024/",
    "projects/",
)
SHORT = re.compile(r"[+−]?[\d,]+(\.\d+)?$")
"""What an amount in 万元, a difference or a number of departments looks like in a cell."""


def facts() -> list[Fact]:
    return [one for one in make_publication().facts if one.table_id != "fees"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["", "en/"])
def test_every_amount_on_a_page_of_money_is_a_fact(page: Page, address: str, lang: str, path: str) -> None:
    """One body alone has spending in the sample: every sum over bodies is of one fact, and must lead to it."""
    page.goto(address + lang + path)
    by_cell = {(one.fiscal_year, one.document, one.table_id, one.source_cell): one.amount_yuan for one in facts()}
    drawn = page.locator(".mz-figures data, .mz-key data").all()
    for figure in drawn:
        link = figure.evaluate("one => one.closest('a') && one.closest('a').href")
        place = re.search(r"/(\d{4})-([a-z-]+)/(?:index\.html)?#([a-z-]+)-([A-Z]+\d+)$", link or "")
        assert place is not None, (path, figure.inner_text())
        year, document, table, cell = place.groups()
        assert Decimal(figure.get_attribute("value") or "") == by_cell[int(year), document, table, cell]


def test_no_cell_of_a_table_of_figures_holds_a_number_that_nobody_can_follow(page: Page, address: str) -> None:
    page.goto(f"{address}departments/208/")
    told: dict[str, list[str]] = defaultdict(list)
    for cell in page.locator("table.mz-figures td:not(:has(data, a))").all():
        text = cell.inner_text().strip()
        told["number" if SHORT.match(text) else "other"].append(text)
    assert told["number"] == ["0"]  # the one difference there is: budget and final account of 2024 agree


def test_a_chart_can_be_taken_as_a_drawing_and_as_a_picture(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}departments/208/")
    figure = page.locator("#by-year ~ .mz-pairing figure")
    with page.expect_download() as drawing:
        figure.get_by_role("link", name="SVG").click()
    assert drawing.value.suggested_filename == "departments-208-by-year.svg"
    with page.expect_download() as picture:
        figure.get_by_role("button", name="存为 PNG").click()
    assert picture.value.suggested_filename == "departments-208-by-year.png"
    content = Path(picture.value.path()).read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width = int.from_bytes(content[16:20], "big")
    root = ElementTree.fromstring(Path(drawing.value.path()).read_text("utf-8"))
    assert width == 2 * int(root.attrib["width"])


def test_every_chart_on_a_page_has_its_file(site: Path) -> None:
    pages = [
        *site.glob("departments/*/index.html"),
        *site.glob("years/*/index.html"),
        *site.glob("en/functions/*/index.html"),
    ]
    seen = 0
    for page in pages:
        for link in re.findall(r'<a href="?([^" >]+\.svg)"? download', page.read_text("utf-8")):
            root = ElementTree.fromstring((page.parent / link).resolve().read_text("utf-8"))
            assert root.tag == "{http://www.w3.org/2000/svg}svg"
            seen += 1
    assert seen > 5


def test_the_exact_amount_shows_without_a_script(page: Page, address: str) -> None:
    page.goto(f"{address}departments/208/")
    link = page.locator("#by-year ~ .mz-pairing td a").first
    link.focus()
    shown = link.locator("data").evaluate("one => getComputedStyle(one, '::after').content")
    assert shown == '"23407500"'
    expect(link.locator("data")).to_have_text("2,340.75")
