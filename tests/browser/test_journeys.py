"""Whole journeys on a county of two years that the real command published.

What one page must do is asked in the files beside this one. Here somebody comes with a question and has to get to the
end of it, and no page on the way may complain, break the policy or ask a foreign host for anything.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from etl.demo import Plan, make
from etl.layout import Layout
from etl.pipeline import Work, publish
from tests.browser.conftest import Watch, serve

pytestmark = pytest.mark.browser

BUREAU = "虚构示例县教育体育局"
POLICY = "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective))"


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two departments with their units, the government and its lists of fees; where the site stands."""
    root = tmp_path_factory.mktemp("county")
    make(root, Plan(departments=2, years=2, seed=1))
    publish(Layout(root), Work(jobs=1))
    with serve(root / "site") as address:
        yield address


@pytest.fixture
def visitor(context: BrowserContext, county: str) -> Iterator[Page]:
    """Somebody on the first page, of whose whole way nothing may be complained."""
    page = context.new_page()
    page.add_init_script(POLICY)
    watch = Watch(page, county)
    page.goto(county)
    yield page
    page.wait_for_load_state("networkidle")
    assert watch.problems == []


def amount(figure: Locator) -> Decimal:
    """The exact amount of a figure."""
    return Decimal(figure.get_attribute("value") or "")


def printed(page: Page) -> Decimal:
    """What stands in the cell the page was opened at, in yuan: converted, or as it is where the form is in yuan."""
    cell = page.locator("td:target")
    expect(cell).to_be_in_viewport()
    converted = cell.locator("b")
    return Decimal((converted if converted.count() else cell).inner_text().replace(",", ""))


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


# --- a figure ---------------------------------------------------------------------------------------------------------


def test_from_pinyin_initials_to_a_figure_its_cell_and_the_same_figure_in_the_csv(visitor: Page) -> None:
    visitor.get_by_role("main").get_by_role("combobox").fill("xgslxjytyj")
    visitor.get_by_role("main").get_by_role("option").first.click()
    expect(visitor.locator("h1")).to_have_text(BUREAU)
    figure = visitor.locator("#three-public ~ * tbody tr", has_text="公务接待费").locator("data").last
    shown = amount(figure)
    figure.click()
    assert printed(visitor) == shown > 0
    place = re.search(r"/(\d{4})-final-account/#three-public-expenses-[A-Z]+\d+$", visitor.url)
    assert place is not None
    visitor.locator("section:has(td:target) a[href*=datasets]").click()
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="CSV", exact=True).click()
    rows = [
        row
        for row in read_csv(Path(download.value.path()))
        if (row["department_name"], row["scope"], row["line_code"]) == (BUREAU, "department", "reception")
        and (row["fiscal_year"], row["document"]) == (place[1], "final-account")
    ]
    assert [Decimal(row["final_yuan"]) for row in rows if row["final_yuan"]] == [shown]


def test_with_the_keyboard_alone_to_where_a_figure_comes_from(visitor: Page) -> None:
    def tab_to(selector: str, most: int = 60) -> None:
        for _ in range(most):
            visitor.keyboard.press("Tab")
            if visitor.evaluate("chosen => document.activeElement.matches(chosen)", selector):
                return
        pytest.fail(f"{selector} is out of reach on {visitor.url}")

    tab_to("main input[type=search]")
    visitor.keyboard.type("教育体育局")
    expect(visitor.locator("main form")).to_have_attribute("data-answered", "教育体育局")
    visitor.keyboard.press("ArrowDown")
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_have_text(BUREAU)
    tab_to(".mz-key a:has(data)")
    shown = amount(visitor.locator(":focus data"))
    visitor.keyboard.press("Enter")
    expect(visitor.locator(".mz-this")).to_contain_text("这个数从哪里来")
    assert printed(visitor) == shown
    tab_to("main > p > a", 120)
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_have_text(BUREAU)


# --- a fee ------------------------------------------------------------------------------------------------------------


def test_a_fee_is_found_by_the_situation_and_by_a_word(visitor: Page) -> None:
    visitor.get_by_role("link", name="我可能被收什么费？").click()
    visitor.get_by_label("按情形找").get_by_role("link", name=re.compile("买房、建房、用地")).click()
    card = visitor.locator("article.mz-fee", has_text="不动产登记费")
    told = dict(zip(card.locator("dt").all_inner_texts(), card.locator("dd").all_inner_texts(), strict=True))
    assert "80元/件" in told["收多少"]
    assert "发改价格规〔2016〕2559号" in told["凭什么收"]
    visitor.locator(".mz-crumbs a").last.click()
    visitor.get_by_label("找一项收费").fill("2559号")
    expect(visitor.locator("li.mz-fee:visible")).to_have_count(1)
    visitor.locator("li.mz-fee:visible a").click()
    expect(visitor.locator("h2:target")).to_contain_text("不动产登记费")
    card.locator(".mz-source a").click()
    expect(visitor.locator("tr:has(td:target)")).to_contain_text("不动产登记费")


# --- another language, and back ---------------------------------------------------------------------------------------


def test_deep_pages_switch_to_english_and_back_to_the_same_place(visitor: Page, county: str) -> None:
    for path in (
        "departments/102/2025-budget/",
        "departments/102/spending/",
        "functions/205/2025/",
        "projects/2025/",
        "rulebook/rules-t/",
        "fees/home/",
        "coverage/2025/numbers/",
        "changes/1/",
    ):
        visitor.goto(county + path)
        heading = visitor.locator("h1").inner_text()
        visitor.locator(".mz-language").click()
        expect(visitor).to_have_url(f"{county}en/{path}")
        expect(visitor.locator("html")).to_have_attribute("lang", "en")
        visitor.locator(".mz-language").click()
        expect(visitor).to_have_url(county + path)
        expect(visitor.locator("h1")).to_have_text(heading)


# --- who owes what ----------------------------------------------------------------------------------------------------


def test_from_the_first_page_to_what_a_school_has_published(visitor: Page) -> None:
    visitor.get_by_role("link", name=re.compile("逐个部门看")).click()
    rows = visitor.locator("#board-table tbody tr:visible")
    everybody = rows.count()
    visitor.get_by_label("类别").select_option(label="事业单位")
    expect(rows).to_have_count(2)
    visitor.get_by_label("按名称找").fill("第一小学")
    expect(rows).to_have_count(1)
    expect(visitor.locator("form output")).to_contain_text(f"1 / {everybody}")
    rows.get_by_role("link").first.click()
    expect(visitor).to_have_url(re.compile(r"/departments/102001/#published$"))
    document = visitor.locator("#published ~ * tbody tr:has(summary)").first
    document.locator("summary").click()
    document.get_by_role("link", name="部门支出表").click()
    expect(visitor.locator("h2:target")).to_have_text("部门支出表")
    visitor.go_back()
    document.get_by_role("link", name=re.compile("^(预算|决算)$")).click()
    expect(visitor.locator("h1")).to_contain_text("第一小学")
    assert visitor.locator("section > h2").count() > 2


# --- what a word means ------------------------------------------------------------------------------------------------


def test_words_beside_figures_lead_to_what_they_mean(visitor: Page, county: str) -> None:
    visitor.goto(f"{county}departments/102/")
    visitor.locator("#three-public ~ * tbody th a", has_text="公务接待费").click()
    expect(visitor.locator(":target")).to_contain_text("公务接待费")
    visitor.go_back()
    visitor.locator("#functions ~ * tbody th a", has_text="教育支出").click()
    expect(visitor).to_have_url(f"{county}functions/205/")


# --- without JavaScript -----------------------------------------------------------------------------------------------


def test_without_javascript_from_the_first_page_to_a_cell_and_the_csv(browser: Browser, county: str) -> None:
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    watch = Watch(page, county)
    page.goto(county)
    page.get_by_role("link", name="我想看某个部门").click()
    page.get_by_role("link", name=BUREAU).click()
    shown = amount(page.locator(".mz-key data").first)
    page.locator(".mz-key a:has(data)").first.click()
    assert printed(page) == shown
    page.locator("section:has(td:target) a[href*=datasets]").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    rows = read_csv(Path(download.value.path()))
    assert shown in [Decimal(row["total_yuan"]) for row in rows if row["total_yuan"]]
    assert watch.problems == []
    context.close()
