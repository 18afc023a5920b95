"""The frame of every page: the policy, the boxes for large type and for dark, a memory stick, a path, weights, axe."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch, serve

pytestmark = pytest.mark.browser

SOURCE = "departments/208/2024-budget/"
KINDS = (
    "",
    "departments/208/",
    "datasets/three-public-expenses/",
    "fees/",
    "coverage/",
    SOURCE,
    "rulebook/",
    "self-inspection/",
)
"""A page of every kind that has a look of its own."""
POLICY = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "form-action 'self'")
ORDINARY, FIRST_VIEW, REQUESTS = 40_000, 150_000, 15


@pytest.fixture
def below(site: Path, tmp_path: Path) -> Iterator[str]:
    """The site under a path, as where a county has no host of its own."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "accounts").symlink_to(site)
    with serve(tmp_path) as address:
        yield f"{address}open/accounts/"


def walk(page: Page) -> None:
    """Home, a department, one of its figures, the sheet it was read from, its dataset, and a file of that."""
    page.get_by_role("link", name="我想看某个部门").click()
    page.get_by_role("link", name="富源县测试局（虚构）").click()
    page.locator("main td a:has(data)").first.click()
    expect(page.locator("h1")).to_contain_text("富源县测试局（虚构）")
    expect(page.locator("td:target")).to_be_visible()
    page.locator("section:has(td:target) a[href*=datasets]").click()
    expect(page.locator("a[href$='.csv']").first).to_be_visible()


# --- a figure's source -----------------------------------------------------------------------------------------------


def test_a_source_tells_the_figure_its_line_and_its_column(page: Page, address: str) -> None:
    page.goto(f"{address}departments/201/2018-budget/#three-public-expenses-B7")
    told = page.locator(".mz-this")
    expect(told.locator("strong")).to_have_text("24,000.00 元")
    expect(told.locator("p").last).to_have_text("公务接待费 › 本年年初预算数 › 单元格 B7")
    expect(told.locator("p").first).to_contain_text("富源县人民政府办公室 2018 年预算 › “三公”经费表")
    page.goto(f"{address}departments/201/2018-budget/#three-public-expenses-B5")
    expect(told.locator("strong")).to_have_text("164,000.00 元")
    expect(told).to_have_count(1)
    page.goto(f"{address}departments/201/2018-budget/")
    expect(told).to_have_count(0)
    page.goto(f"{address}departments/000/2025-fee-list/")
    page.goto(f"{page.url}#{page.locator('.mz-sheet td[id]').nth(2).get_attribute('id')}")
    expect(page.locator("td:target")).to_be_visible()
    expect(told).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_cell_far_down_a_document_is_in_sight_with_its_figure(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}{SOURCE}#government-fund")
    expect(page.locator("h2:target")).to_be_in_viewport()
    cell = page.locator(".mz-sheet").nth(5).locator("td[id]").last
    page.goto(f"{address}{SOURCE}#{cell.get_attribute('id')}")
    expect(page.locator("td:target")).to_be_in_viewport(ratio=1)
    expect(page.locator(".mz-this strong")).to_be_in_viewport(ratio=1)
    above, below = page.locator(".mz-this").bounding_box(), page.locator("td:target").bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    page.close()


# --- the policy -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["", "en/"])
def test_a_strict_policy_holds_on_every_kind_of_page(browser: Browser, address: str, lang: str) -> None:
    page = browser.new_page()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + e.sourceFile))"
    )
    watch = Watch(page, address)
    for kind in KINDS:
        page.goto(address + lang + kind)
        page.wait_for_load_state("networkidle")
        said = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content") or ""
        assert [part for part in POLICY if part not in said] == [], kind
        assert "unsafe" not in said
        assert page.evaluate("broken") == [], kind
        assert (
            page.evaluate("document.querySelectorAll('[style], style, script:not([src]):not([type$=json])').length")
            == 0
        )
    assert watch.problems == []
    page.close()


def test_the_policy_would_stop_a_script_in_a_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)"
    )
    assert page.evaluate("window.ran") is None
    page.close()


# --- large type, dark, language ---------------------------------------------------------------------------------------


def size(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main td')).fontSize)"))


def test_large_type_holds_from_page_to_page(page: Page, address: str) -> None:
    page.goto(address + SOURCE)
    before = size(page)
    page.get_by_label("长者模式").check()
    assert size(page) >= before * 1.25
    page.goto(f"{address}en/{SOURCE}")
    expect(page.get_by_label("Large type")).to_be_checked()
    assert size(page) >= before * 1.25
    page.get_by_label("Large type").uncheck()
    page.goto(address + SOURCE)
    assert size(page) == before


@pytest.mark.parametrize("kind", ["", SOURCE])
def test_large_type_and_dark_work_without_javascript(browser: Browser, address: str, kind: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="light")
    page = context.new_page()
    page.goto(address + kind)
    plain = page.screenshot()
    page.locator("#mz-elder").check()
    large = page.screenshot()
    page.locator("#mz-elder").uncheck()
    page.locator("#mz-swap").check()
    dark = page.screenshot()
    assert len({plain, large, dark}) == 3
    context.close()


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_box_turns_light_and_dark_round(browser: Browser, address: str, system: str) -> None:
    context = browser.new_context(color_scheme="dark" if system == "dark" else "light")
    page = context.new_page()
    page.goto(address)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_label("明暗").check()
    turned = page.evaluate(ground)
    assert turned != before
    page.goto(address + SOURCE)
    assert page.evaluate(ground) == turned
    page.get_by_label("明暗").uncheck()
    assert page.evaluate(ground) == before
    context.close()


def test_the_keyboard_reaches_everything_and_can_skip(page: Page, address: str) -> None:
    page.goto(f"{address}departments/208/")
    page.keyboard.press("Tab")
    expect(page.locator(".mz-skip")).to_be_focused()
    expect(page.locator(".mz-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto(f"{address}departments/208/")
    met: set[str] = set()
    for _ in range(16):
        page.keyboard.press("Tab")
        met.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"mz-elder", "mz-swap", "mz-language"} <= met


# --- wherever it lies -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_memory_stick(browser: Browser, site: Path, tmp_path: Path, javascript: bool) -> None:
    stick = tmp_path / "U 盘"
    shutil.copytree(site, stick)
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto((stick / "index.html").as_uri())
    walk(page)
    page.locator(".mz-language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("index.html")
    assert complaints == []
    context.close()


def test_under_a_path(browser: Browser, below: str) -> None:
    page = browser.new_page()
    watch = Watch(page, below)
    page.goto(below)
    walk(page)
    assert page.url == f"{below}datasets/{page.url.split('/')[-2]}/"
    assert watch.problems == []
    page.close()


def test_a_page_opened_by_its_file_has_the_address_of_its_folder(page: Page, address: str) -> None:
    page.goto(f"{address}departments/208/index.html?a=1#top")
    expect(page).to_have_url(f"{address}departments/208/?a=1#top")


# --- weights and widths -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_light(browser: Browser, site: Path, address: str, kind: str) -> None:
    assert len((site / kind / "index.html").read_bytes()) <= ORDINARY
    page = browser.new_page()
    watch = Watch(page, address)
    page.goto(address + kind)
    page.wait_for_load_state("networkidle")
    files = [site / asked.removeprefix(address) for asked in dict.fromkeys(watch.requests)]
    sizes = [len(gzip.compress((one / "index.html" if one.is_dir() else one).read_bytes())) for one in files]
    assert sum(sizes) <= FIRST_VIEW
    assert len(sizes) <= REQUESTS
    assert watch.problems == []
    page.close()


@pytest.mark.parametrize("large", [False, True])
def test_nothing_scrolls_sideways_on_the_narrowest_screen(browser: Browser, address: str, large: bool) -> None:
    """320 px; and 1280 px at 200 % and 400 % are the same thing."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(address)
    page.get_by_label("长者模式").set_checked(large)
    for kind in KINDS:
        page.goto(address + kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
    page.close()


# --- axe --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["light", "dark", "large"])
@pytest.mark.parametrize("lang", ["", "en/"])
def test_axe_finds_nothing(browser: Browser, address: str, lang: str, look: str) -> None:
    context = browser.new_context(color_scheme="dark" if look == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    page.goto(address + lang)
    page.locator("#mz-elder").set_checked(look == "large")
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        page.goto(address + lang + kind)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[kind] = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    assert found == {}
    context.close()
