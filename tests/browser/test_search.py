"""The search as people use it: what they type, with what they type, and nothing fetched before they do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Watch

pytestmark = pytest.mark.browser

QUERIES = (
    # (language, what is typed, what stands in the address of the right page)
    ("", "教育局", "departments/203/"),  # not a stretch of 教育体育局
    ("", "县政府办", "departments/201/"),
    ("", "fyxjytyj", "departments/203/"),  # initials
    ("", "zfbgs", "departments/201/"),  # initials, from the middle
    ("", "yingshangzhen", "departments/603/"),
    ("", "YingShang", "departments/603/"),
    ("", "三公经费", "datasets/three-public-expenses/"),
    ("", "招待费", "glossary/#official-reception"),
    ("", "公车", "glossary/#official-vehicles"),
    ("", "工资", "glossary/#personnel"),
    ("", "bdcdj", "fees/home/#bu-dong-chan"),
    ("", "驾驶证", "fees/driving/#zheng-zhao-fei"),
    ("", "住宿费", "fees/school/#pu-tong-gao-zhong"),
    ("", "财税[2014]77号", "fees/home/#bu-dong-chan"),
    ("", "保障和就业", "(functions/208/|datasets/general-budget-expenditure/)"),
    ("", "２０３", "departments/203/"),
    ("", "2010301", "(functions/201/|datasets/general-budget-expenditure/)"),
    ("", "2024年谁没公开", "coverage/"),
    ("en/", "Education", "en/departments/203/"),
    ("en/", "official vehicles", "en/glossary/#official-vehicles"),
)
"""Written down before anything was searched."""
FIRST = 3
ENOUGH = 19


@pytest.fixture(scope="module")
def asked(browser: Browser, address: str) -> Iterator[dict[str, Page]]:
    """A page of each language on which every query is typed."""
    context = browser.new_context()
    pages = {}
    for lang in ("", "en/"):
        pages[lang] = context.new_page()
        pages[lang].goto(f"{address}{lang}search/")
    yield pages
    context.close()


def ask(page: Page, query: str) -> list[str]:
    """Addresses of what is shown, from the top."""
    field = page.get_by_role("main").get_by_role("combobox")
    field.fill(query)
    form = page.locator("main form[data-search]")
    expect(form).to_have_attribute("data-answered", query)
    return [link.evaluate("link => link.href") for link in form.get_by_role("option").all()]


def place(found: list[str], pattern: str) -> int:
    """At which place the right page stands, 0 where it is not found."""
    plain = [link.replace("index.html", "") for link in found]
    return next((number for number, link in enumerate(plain, 1) if re.search(f"/{pattern}", link)), 0)


@pytest.mark.parametrize("lang", ["", "en/"])
def test_everything_in_the_index_is_there(site: Path, lang: str) -> None:
    script = (site / lang / "search" / "index.js").read_text("utf-8")
    paths = json.loads(script.removeprefix("window.mingzhangIndex=").removesuffix(";\n"))["paths"]
    assert len(paths) > 100
    pages = {path.partition("#")[0] for path in paths}
    held = {page: (site / lang / page / "index.html").read_text("utf-8") for page in sorted(pages)}
    anchors = {page: set(re.findall(r'\bid="?([^\s">]+)', text)) for page, text in held.items()}
    lost = [path for path in paths if "#" in path and path.partition("#")[2] not in anchors[path.partition("#")[0]]]
    assert lost == []


def test_what_people_type_leads_to_the_right_page(asked: dict[str, Page]) -> None:
    places = {query: place(ask(asked[lang], query), right) for lang, query, right in QUERIES}
    assert len(places) == 20
    missed = {query: number for query, number in places.items() if not 1 <= number <= FIRST}
    assert len(missed) <= len(QUERIES) - ENOUGH, missed


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("政府办 2018", "departments/201/"),  # a year narrows nothing where it is no name
        ("教体局的三公经费是多少", "departments/203/"),  # a name within a question
        ("“三公” 经费", "datasets/three-public-expenses/"),
        ("SANGONGJINGFEI", "datasets/three-public-expenses/"),
        ("下载", "datasets/"),
        ("fangchanzheng", ""),
        ("zzzzqq", ""),
    ],
)
def test_further_ways_of_asking(asked: dict[str, Page], query: str, right: str) -> None:
    found = ask(asked[""], query)
    assert place(found, right) in (1, 2, 3) if right else found == []


def test_nothing_is_loaded_before_the_first_key(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    watch = Watch(page, address)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    field = page.get_by_role("main").get_by_role("combobox")
    field.click()
    field.hover()
    page.wait_for_timeout(200)
    assert [request for request in watch.requests if "search/" in request] == []
    field.press_sequentially("教育", delay=20)
    expect(page.get_by_role("option").first).to_be_visible()
    assert [request for request in watch.requests if "search/" in request] == [f"{address}search/index.js"]
    assert watch.problems == []


def test_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address)
    field = page.get_by_role("main").get_by_role("combobox")
    field.focus()
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("测试局")
    listbox = page.get_by_role("main").get_by_role("listbox")
    expect(listbox).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    assert field.input_value() == "测试局"
    page.keyboard.press("ArrowDown")
    expect(listbox).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/departments/208/(index\.html)?$"))


def test_the_button_and_enter_lead_to_every_result(page: Page, address: str) -> None:
    page.goto(address)
    field = page.get_by_role("main").get_by_role("combobox")
    field.fill("富源县")
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/.*\?q="))
    links = page.locator("[data-results] a")
    expect(links.first).to_be_visible()
    assert links.count() > 5
    expect(page.get_by_role("main").get_by_role("combobox")).to_have_value("富源县")


def test_what_is_typed_is_never_read_as_a_page(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    expect(page.locator("[data-results] h2")).to_contain_text("<img src=x")
    assert page.locator("[data-results] img").count() == 0


@pytest.mark.parametrize("lang", ["", "en/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_list_keeps_to_the_pattern_and_to_the_screen(
    context: BrowserContext, address: str, width: int, lang: str
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + lang)
    page.get_by_role("main").get_by_role("combobox").fill("2018")
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, context={"include": [["main form[data-search]"]]}).response
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_without_javascript_the_form_leads_to_lists(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("main").get_by_role("searchbox").fill("教育")
    page.get_by_role("main").get_by_role("button", name="搜索").click()
    expect(page).to_have_url(re.compile(r"/search/"))
    page.get_by_role("main").get_by_role("link", name="富源县教育体育局").click()
    expect(page).to_have_url(re.compile(r"/departments/203/"))
    context.close()


def test_from_a_memory_stick(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto((site / "search" / "index.html").as_uri())
    assert place(ask(page, "教育局"), "departments/203/") == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^file://.*/departments/203/index\.html$"))
    assert problems == []
    page.close()
