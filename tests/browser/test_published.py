"""Fuyuan itself, published by the real command: from the home page to a figure, its cell, and the same figure in the CSV."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from etl.layout import PROGRAM, Layout
from etl.pipeline import Work, publish
from tests.browser.conftest import serve

pytestmark = pytest.mark.browser

FIGURE = "164,000.00"
"""What the county's own page gives as 16.4 万元: the office's three public expenses of 2018."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The repository's own county, published in a folder of its own and served on this machine."""
    root = tmp_path_factory.mktemp("fuyuan")
    shutil.copytree(PROGRAM / "datasets", root / "datasets")
    publish(Layout(root), Work(jobs=1))
    with serve(root / "site") as address:
        yield address.rstrip("/")


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page that must ask nobody else for anything and complain of nothing."""
    complaints: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: complaints.append(str(problem)))

    def note(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(request.url)

    page.on("request", note)
    yield page
    page.close()
    assert complaints == []


def test_from_the_home_page_to_the_cell_and_the_csv(watched: Page, address: str) -> None:
    watched.goto(f"{address}/")
    watched.locator("a", has_text="富源县人民政府办公室").first.click()
    assert FIGURE in watched.locator("main").inner_text()
    watched.locator("a[href$='2018-budget/index.html#three-public-expenses-B5']").first.click()
    assert watched.url.endswith("#three-public-expenses-B5")
    assert "16.4" in watched.locator("#three-public-expenses-B5").inner_text()
    response = watched.request.get(f"{address}/data/facts.csv")
    rows = list(csv.DictReader(io.StringIO(response.body().decode("utf-8-sig"))))
    total = [row for row in rows if (row["source_cell"], row["measure"], row["line_code"]) == ("B5", "budget", "total")]
    assert [(row["amount_yuan"], row["fiscal_year"], row["department_name"]) for row in total] == [
        ("164000.00", "2018", "富源县人民政府办公室")
    ]


def test_the_index_of_documents_leads_to_the_page_of_each(watched: Page, address: str) -> None:
    rows = list(csv.DictReader(io.StringIO(watched.request.get(f"{address}/data/index.csv").text().lstrip("\ufeff"))))
    pages = {(row["department_code"], row["fiscal_year"], row["document"]): row["page"] for row in rows}
    assert pages[("201", "2018", "budget")] == "../departments/201/2018-budget/"
    assert [page for page in pages.values() if not watched.request.get(f"{address}/data/{page}index.html").ok] == []


@pytest.mark.parametrize(
    "path", ["/", "/departments/", "/departments/201/", "/datasets/", "/fees/", "/coverage/", "/about/"]
)
def test_every_kind_of_page_in_both_languages_fits_a_phone(watched: Page, address: str, path: str) -> None:
    watched.set_viewport_size({"width": 390, "height": 844})
    for language in ("", "/en"):
        response = watched.goto(f"{address}{language}{path}")
        assert response is not None
        assert response.status == 200
        assert watched.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_fee_page_says_that_its_lists_are_not_complete(watched: Page, address: str) -> None:
    watched.goto(f"{address}/fees/")
    assert watched.locator("#caveats li").count() == 3
