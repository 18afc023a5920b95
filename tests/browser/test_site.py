"""The site as a visitor meets it, in a real browser."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from etl.layout import PROGRAM
from etl.publish.links import find_broken_links, find_foreign_loads
from etl.publish.pages import assemble
from etl.publish.site import build_site
from tests.browser.conftest import Watch
from tests.publish.sample_publication import make_publication

pytestmark = pytest.mark.browser

KINDS = (
    "",
    "departments/",
    "departments/201/",
    "departments/208/",
    "departments/208/2024-budget/",
    "datasets/",
    "datasets/three-public-expenses/",
    "fees/",
    "coverage/",
    "coverage/2018/",
    "coverage/2024/numbers/",
    "coverage/2024/dates/",
    "coverage/trend/",
    "coverage/how/",
    "about/",
    "developers/",
)
"""A page of every kind."""
FIRST_VIEW = 150_000
"""Bytes of a first view as transferred: what a phone in a valley loads in a second or two."""


# --- without a browser: the folder as a whole -------------------------------------------------------------------------


def test_no_link_leads_nowhere(site: Path) -> None:
    assert find_broken_links(site) == ()


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    assert find_foreign_loads(site) == ()


def test_a_second_build_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    publication = make_publication()
    again = tmp_path / "site"
    shutil.copytree(site, again, ignore=shutil.ignore_patterns("*.html"))
    assemble(publication, tmp_path)
    build_site(publication, tmp_path, again)
    names = {path.relative_to(again) for path in again.rglob("*.html")}
    assert names == {path.relative_to(site) for path in site.rglob("*.html")}
    assert [name for name in sorted(names) if (site / name).read_bytes() != (again / name).read_bytes()] == []


_HEAD = re.compile(r'<meta property="?og:(\w+)"? content="?([^">]*)"?>')
_LINKED = re.compile(r'<script type="?application/ld\+json"?>(.*?)</script>', re.DOTALL)


def test_the_head_of_a_page_says_what_it_is(site: Path) -> None:
    for lang, locale in (("", "zh_CN"), ("en", "en")):
        page = (site / lang / "datasets" / "three-public-expenses" / "index.html").read_text("utf-8")
        told = dict(_HEAD.findall(page))
        assert told["locale"] == locale
        (linked,) = _LINKED.findall(page)
        dataset = json.loads(linked)
        assert (dataset["@type"], dataset["identifier"]) == ("Dataset", "530325/three-public-expenses")
        assert html.unescape(told["title"]) == dataset["alternateName" if lang else "name"]
        assert told["description"]


_BLOCK = re.compile(r'<code[^>]*data-open="?(\w+)"?>(.*?)</code>', re.DOTALL)
_FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def test_the_lines_to_open_a_dataset_work(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for page in sorted((site / "datasets").glob("*/index.html")):
        lines = {kind: html.unescape(code) for kind, code in _BLOCK.findall(page.read_text("utf-8"))}
        if lines:
            monkeypatch.chdir(site / "data" / page.parent.name)
            names: dict[str, Any] = {}
            exec(lines["pandas"], names)
            rows = duckdb.sql(lines["duckdb"]).fetchall()
            assert len(names["table"]) == len(rows) > 0, page
            assert names["table"]["department_code"].str.len().eq(3).all(), page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_lines_on_the_page_for_developers_work(site: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    lines = dict(_FENCE.findall((PROGRAM / "docs" / lang / "developers.md").read_text("utf-8")))
    monkeypatch.chdir(site / "data")
    names: dict[str, Any] = {}
    exec(lines["python"], names)
    assert set(names["facts"]["department_code"]) == {"201", "208"}
    assert duckdb.sql(lines["sql"]).fetchall()[0][-1] == Decimal("164000.00")


# --- finding a figure -------------------------------------------------------------------------------------------------


def test_from_home_to_a_department_to_a_figure_to_its_cell(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="我想看某个部门").click()
    page.get_by_label("按名称找").fill("县政府办")
    expect(page.locator("#departments tbody tr:visible")).to_have_count(1)
    page.get_by_role("link", name="富源县人民政府办公室").click()
    expect(page.locator(".mz-key")).to_contain_text("16.40 万元")
    page.locator("#three-public ~ .mz-pairing tbody tr", has_text="公务接待费").locator("td a").nth(1).click()
    expect(page).to_have_url(f"{address}departments/201/2018-budget/#three-public-expenses-B7")
    cell = page.locator("td:target")
    expect(cell).to_contain_text("2.4")
    expect(cell.locator("b")).to_be_visible()
    expect(cell.locator("b")).to_have_text("24,000.00")
    page.go_back()
    expect(page).to_have_title("富源县人民政府办公室 · 富源县 · 明账")


def test_amounts_in_yuan_on_demand(page: Page, address: str) -> None:
    page.goto(f"{address}departments/201/")
    table = page.locator("table.mz-figures").first
    table.get_by_role("button", name="以元显示").click()
    expect(table).to_contain_text("164,000.00")
    expect(table.locator("caption")).to_contain_text("单位：元")
    table.get_by_role("button", name="以万元显示").click()
    expect(table).to_contain_text("16.40")


def test_the_figure_shown_stands_in_the_csv(page: Page, address: str) -> None:
    page.goto(f"{address}datasets/three-public-expenses/")
    shown = page.locator("#rows ~ .mz-scroll data").first
    value, text = shown.get_attribute("value"), shown.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    content = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert rows[0]["budget_yuan"] == value == "164000.00"
    assert text == f"{Decimal(value):,}"


# --- fees -------------------------------------------------------------------------------------------------------------


def test_the_fee_search_narrows(page: Page, address: str) -> None:
    page.goto(f"{address}fees/")
    fees = page.locator(".mz-fee:visible")
    expect(fees).to_have_count(6)
    page.get_by_label("找一项收费").fill("不动产")
    expect(fees).to_have_count(1)
    expect(page.locator("output")).to_have_text("找到 1 / 6")
    page.get_by_label("找一项收费").fill("财税[2014]77号")
    expect(fees).to_have_count(1)
    page.get_by_label("找一项收费").fill("停车泊位占用费")
    expect(fees).to_have_count(0)
    expect(page.get_by_text("清单上没有这样的项目")).to_be_visible()
    page.get_by_label("找一项收费").fill("")
    page.get_by_label("只看涉企").check()
    expect(fees).to_have_count(4)


# --- language, search, palette ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_language_switch_lands_on_the_same_page_and_back(page: Page, address: str, kind: str) -> None:
    page.goto(address + kind)
    page.locator(".mz-language").click()
    expect(page).to_have_url(f"{address}en/{kind}")
    page.locator(".mz-language").click()
    expect(page).to_have_url(address + kind)


def test_the_choice_of_dark_holds_on_the_pages_of_sources(page: Page, address: str) -> None:
    page.goto(f"{address}departments/201/")
    page.get_by_label("明暗").check()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.goto(f"{address}departments/201/2018-budget/")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    expect(page.get_by_label("明暗")).to_be_checked()


# --- every kind of page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_and_nothing_complains(
    context: BrowserContext, address: str, width: int, lang: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    watch = Watch(page, address)
    for kind in KINDS:
        page.goto(address + lang + kind, wait_until="networkidle" if width == 1280 else "load")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, lang + kind
        assert page.locator("h1").count() == 1, lang + kind
    assert watch.problems == []


def test_everything_can_be_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="我想看某个部门").click()
    expect(page.get_by_label("按名称找")).to_be_hidden()
    page.get_by_role("link", name="富源县测试局（虚构）").click()
    page.locator("#by-year ~ .mz-pairing data", has_text="2,340.75").first.click()
    expect(page.locator("td:target b")).to_be_visible()
    page.goto(f"{address}fees/")
    expect(page.locator(".mz-fee:visible")).to_have_count(6)
    page.locator(".mz-language").click()
    expect(page).to_have_url(f"{address}en/fees/index.html")
    context.close()


def test_a_page_that_is_not_there_shows_ways_on(site: Path) -> None:
    page = (site / "404.html").read_text("utf-8")
    assert "没有这一页" in page
    assert 'href="/departments/"' in page
    assert "//feed.xml" not in page


@pytest.mark.parametrize("kind", ["", "datasets/three-public-expenses/", "departments/208/"])
def test_the_first_view_is_light(context: BrowserContext, site: Path, address: str, kind: str) -> None:
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(address + kind)
    page.wait_for_load_state("networkidle")
    files = [site / request.removeprefix(address).split("?")[0] for request in dict.fromkeys(watch.requests)]
    sizes = {path.name: len(gzip.compress(_content(path), 9)) for path in files}
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    assert len(sizes) <= 15, sizes


def _content(path: Path) -> bytes:
    return (path / "index.html" if path.is_dir() else path).read_bytes()
