"""The pages of the site, in both languages. In: Publication. Out: plain folders of Markdown, HTML and assets.

    build/docs/zh   build/docs/en      what MkDocs reads: nothing in them is edited by hand

Which page exists is decided here; what it shows, in `views`; how it looks, in `docs/templates` and `docs/assets`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from etl.layout import PROGRAM
from etl.publish.places import LANGUAGES, coverage_page, dataset_page, department_page
from etl.publish.public import Public, make_public
from etl.publish.publication import Publication
from etl.publish.render import Page, Renderer
from etl.publish.views.coverage import headline_year, view_coverage
from etl.publish.views.datasets import DatasetView, view_dataset
from etl.publish.views.departments import view_department
from etl.publish.views.fees import view_fees
from etl.publish.views.home import view_home
from etl.publish.views.rulebook import RuleBookView
from etl.publish.views.sources import view_sources
from etl.publish.words import Words
from etl.wording import SEVERITIES

DOCS = PROGRAM / "docs"


def assemble(publication: Publication, build: Path) -> None:
    """Write `build/docs/zh` and `build/docs/en`, from nothing."""
    public = make_public(publication)
    book = RuleBookView(public.spec)
    for lang in LANGUAGES:
        folder = build / "docs" / lang
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(DOCS / "assets", folder / "assets")
        words = Words(public.spec, lang)
        renderer = Renderer(DOCS, words)
        for page in _pages(public, words):
            _write(folder / page.file, renderer.markdown(page))
        for page in _rulebook_pages(book, words):
            _write(folder / page.file, renderer.markdown(page))
        for page in _prose(public, words):
            _write(folder / page.file, renderer.prose(page))
        for page in _sources(public, book, words):
            _write(folder / page.path / "index.html", renderer.html(page) + "\n")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _pages(public: Public, words: Words) -> Iterator[Page]:
    county = words.name(public.jurisdiction.names)
    views = [view_dataset(public, table) for table in public.spec.tables.values()]
    yield _home(public, words, county, views)
    yield from _department_pages(public, words, county)
    yield from _dataset_pages(public, words, county, views)
    yield from _coverage_pages(public, words, county)
    yield Page(
        "fees/",
        "fees.html",
        words.say("我可能被收什么费？", "What fees could I be charged?"),
        words.say(
            "{county}行政事业性收费、涉企收费和政府性基金目录清单：收什么、依据哪份文件、钱到哪里去。",
            "Fees and government funds in {county}: what is charged, on which basis, and where the money goes.",
            county=county,
        ),
        {"public": public, "view": view_fees(public)},
    )


def _home(public: Public, words: Words, county: str, views: list[DatasetView]) -> Page:
    return Page(
        "",
        "home.html",
        words.say("{county} · 明账", "{county} · Mingzhang", county=county),
        words.say(
            "{county}各部门的预算、决算和收费目录，从报送的表格逐格读出，可查、可核、可下载。",
            "Budgets, final accounts and fee lists of {county}, read cell by cell: to look up, to check, to download.",
            county=county,
        ),
        {"public": public, "view": view_home(public), "views": views, "has_children": True},
    )


def _department_pages(public: Public, words: Words, county: str) -> Iterator[Page]:
    yield Page(
        "departments/",
        "departments.html",
        words.say("部门", "Departments"),
        words.say("{county}登记在册的单位。", "The bodies in the register of {county}.", county=county),
        {
            "public": public,
            "holding": {one.place.department_code for one in public.standing},
            "has_children": True,
        },
    )
    for department in public.departments:
        name = words.name(department.name)
        yield Page(
            department_page(department.code),
            "department.html",
            name,
            words.say(
                "{name}公开的预算、决算和“三公”经费，每个数都能追到原表。",
                "Budgets, final accounts and three public expenses of {name}, each figure with its source.",
                name=name,
            ),
            {"public": public, "view": view_department(public, department)},
        )


def _dataset_pages(public: Public, words: Words, county: str, views: list[DatasetView]) -> Iterator[Page]:
    yield Page(
        "datasets/",
        "datasets.html",
        words.say("数据", "Data"),
        words.say(
            "{county}的开放数据集，一张表一个。", "Open datasets of {county}, one for each table.", county=county
        ),
        {"public": public, "views": views, "has_children": True},
    )
    for view in views:
        name = words.name(view.table.name)
        yield Page(
            dataset_page(view.table.table_id),
            "dataset.html",
            name,
            words.name(view.table.description) or name,
            {"public": public, "view": view},
        )


def _coverage_pages(public: Public, words: Words, county: str) -> Iterator[Page]:
    years = public.years or (headline_year(public),)
    for year in years:
        title = words.say("{year} 年公开情况", "Coverage {year}", year=year)
        yield Page(
            coverage_page(year),
            "coverage.html",
            title,
            words.say(
                "{county} {year} 年：谁公开了预算和决算，谁还没有。",
                "{county} in {year}: who published budget and final account, and who has not.",
                county=county,
                year=year,
            ),
            {"public": public, "view": view_coverage(public, year), "years": years, "whole": False},
            searchable=False,
        )
    yield Page(
        "coverage/",
        "coverage.html",
        words.say("公开情况", "Coverage"),
        words.say(
            "{county}：应公开多少，已公开多少，还欠多少。",
            "{county}: how much should be published, how much is, and what is owed.",
            county=county,
        ),
        {
            "public": public,
            "view": view_coverage(public, headline_year(public)),
            "years": years,
            "whole": True,
            "has_children": True,
        },
    )


def _rulebook_pages(book: RuleBookView, words: Words) -> Iterator[Page]:
    title = words.say("检查规则", "The rule book")
    yield Page(
        "rulebook/",
        "rulebook.html",
        title,
        words.say(
            "报送的表要过哪些检查，每一种问题是什么意思、怎么改。",
            "What is checked in the tables that come in, what each finding means and how it is mended.",
        ),
        {"book": book, "has_children": True},
    )
    for codes in book.code_chapters:
        name = words.say("检查出的问题：{about}", "Findings: {about}", about=words.name(codes.name))
        yield Page(codes.path, "rulebook-codes.html", name, name, {"chapter": codes, "severities": SEVERITIES})
    for rules in book.rule_chapters:
        name = words.say("规则：{about}", "Rules: {about}", about=words.name(rules.name))
        yield Page(rules.path, "rulebook-rules.html", name, name, {"chapter": rules, "severities": SEVERITIES})


def _sources(public: Public, book: RuleBookView, words: Words) -> Iterator[Page]:
    """Pages by the thousand: plain HTML with the stylesheet of the site, outside MkDocs."""
    for view in view_sources(public):
        yield Page(
            view.place.path,
            "source.html",
            f"{words.table(view.place.table_id)} · {words.name(view.department.name)}",
            "",
            {"public": public, "view": view, "book": book},
        )


def _prose(public: Public, words: Words) -> Iterator[Page]:
    """Pages written by hand, in `docs/zh` and `docs/en`."""
    values = {"public": public, "home": view_home(public), "county": words.name(public.jurisdiction.names)}
    titles = {
        "about": words.say("关于", "About"),
        "developers": words.say("怎样使用数据", "Using the data"),
    }
    for name, title in titles.items():
        yield Page(f"{name}/", f"{name}.md", title, title, values)
