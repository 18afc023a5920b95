"""The board in a browser: its filters, and what is left of it without JavaScript and without a stylesheet."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

ROWS = "#board-table tbody tr"


def test_the_board_filters_by_words_by_state_and_by_kind(page: Page, address: str) -> None:
    page.goto(f"{address}coverage/2024/")
    rows = page.locator(f"{ROWS}:visible")
    everybody = page.locator(ROWS).count()
    expect(rows).to_have_count(everybody)
    page.get_by_label("状态").select_option(label="空表未说明")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("空表未说明 1/9")
    page.get_by_label("状态").select_option("")
    page.get_by_label("类别").select_option(label="乡镇（街道）")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("营上镇")
    page.get_by_label("类别").select_option("")
    page.get_by_label("按名称找").fill("县政府办")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("富源县人民政府办公室")
    page.get_by_label("按名称找").fill("")
    expect(rows).to_have_count(everybody)


def test_the_board_is_a_table_without_javascript_and_without_a_stylesheet(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(f"{address}coverage/2024/")
    heads = page.locator("#board-table thead th")
    assert heads.all_inner_texts()[:3] == ["单位", "预算", "决算"]
    bureau = page.locator(ROWS, has_text="测试局")
    expect(bureau.locator("td").first).to_have_text("已公开空表已说明 2")
    expect(page.locator(ROWS, has_text="营上镇").locator("td").first).to_contain_text("缺表 9/9")
    expect(page.locator(ROWS, has_text="人民武装部").locator("td").first).to_have_text("依法不公开")
    context.close()


def test_a_number_leads_to_its_query(page: Page, address: str) -> None:
    page.goto(f"{address}en/coverage/2024/numbers/")
    page.locator("table.mz-shares a.mz-made").first.click()
    expect(page).to_have_url(f"{address}en/coverage/how/#timeliness")
    section = page.locator("section", has=page.locator("#timeliness"))
    section.get_by_role("link", name="timeliness.sql").click()
    expect(page).to_have_url(f"{address}en/coverage/how/queries/#timeliness")
    expect(page.locator("#timeliness + pre")).to_contain_text("'timeliness' AS key")


def test_what_stands_elsewhere_can_be_reached(page: Page, address: str) -> None:
    page.goto(f"{address}coverage/2024/")
    link = page.locator(ROWS, has_text="营上镇").locator("a.mz-elsewhere")
    expect(link).to_have_attribute("href", "https://www.example.gov.cn/603.pdf")
