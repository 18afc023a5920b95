"""The pages on coverage: a board a year, its numbers, its days; the trend; how each number is made.

In: Material and words. Out: Pages. The queries are printed from the files that run.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import (
    COVERAGE_TREND,
    coverage_dates_page,
    coverage_numbers_page,
    coverage_page,
    coverage_query,
    coverage_sql,
)
from etl.publish.public import Public
from etl.publish.render import Page
from etl.publish.views.coverage import differing_dates, headline_year, trend_of, view_coverage, view_numbers
from etl.publish.words import Words
from etl.warehouse import QUERIES


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Years, latest first; then what belongs to no year."""
    public = material.public
    county = words.name(public.jurisdiction.names)
    years = public.years or (headline_year(public),)
    counted = tuple(year for year in years if any(share.fiscal_year == year for share in public.answers.tables))
    common = {"public": public, "years": years, "has_trend": bool(trend_of(public))}
    for year in years:
        yield Page(
            coverage_page(year),
            "coverage.html",
            words.say("{year} 年公开情况", "Coverage {year}", year=year),
            words.say(
                "{county} {year} 年：谁公开了预算和决算，谁还没有。",
                "{county} in {year}: who published budget and final account, and who has not.",
                county=county,
                year=year,
            ),
            {**common, "view": view_coverage(public, year), "has_numbers": year in counted, "whole": False},
        )
    yield from (_numbers(public, year, counted, words) for year in counted)
    yield from (page for year in years for page in _dates(public, year, words))
    if common["has_trend"]:
        yield _trend(public, words)
    yield _how(public, words)
    yield _sql(public, words)
    latest = headline_year(public)
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
            **common,
            "view": view_coverage(public, latest),
            "has_numbers": latest in counted,
            "whole": True,
            "has_children": True,
        },
    )


def _numbers(public: Public, year: int, years: tuple[int, ...], words: Words) -> Page:
    return Page(
        coverage_numbers_page(year),
        "coverage-numbers.html",
        words.say("{year} 年公开情况的每个数", "Every number on coverage, {year}", year=year),
        words.say(
            "{year} 年的公开率、五个方面、每张表和国际期限，各有分子、分母和无法判定的数。",
            "Rates, five axes, every table and the international clocks of {year}, each with what it was made from.",
            year=year,
        ),
        {"public": public, "view": view_numbers(public, year), "years": years},
        searchable=False,
    )


def _dates(public: Public, year: int, words: Words) -> Iterator[Page]:
    """A page where there is something on it."""
    bodies = {body.code: body for body in public.departments if body.existed(year)}
    dates = [
        (words.name(bodies[one.department_code].name), one.department_code, one)
        for one in differing_dates(public, year)
        if one.department_code in bodies
    ]
    if dates:
        yield Page(
            coverage_dates_page(year),
            "coverage-dates.html",
            words.say("{year} 年：两个日期", "{year}: both dates", year=year),
            words.say(
                "{year} 年哪些预算、决算，本站收到的日期和原页面的日期不同。",
                "Documents of {year} that were accepted here on another day than their page shows.",
                year=year,
            ),
            {"public": public, "year": year, "dates": dates},
            searchable=False,
        )


def _trend(public: Public, words: Words) -> Page:
    return Page(
        COVERAGE_TREND,
        "coverage-trend.html",
        words.say("逐年变化", "Year by year"),
        words.say(
            "每一年，部门的预算和决算各有多少份公开、迟了、没有。",
            "Year by year, how many budgets and final accounts are published, late, or not there.",
        ),
        {"public": public, "trend": trend_of(public)},
        searchable=False,
    )


def _how(public: Public, words: Words) -> Page:
    return Page(
        coverage_query(),
        "coverage-how.html",
        words.say("每个数是怎么算的", "How each number is made"),
        words.say(
            "公开情况的每个数怎么来：分子、分母、依法不公开和无法判定的各是什么。",
            "How every number on coverage is made: what is counted, of what, what is exempt, what nobody can tell.",
        ),
        {"public": public, "numbers": public.spec.numbers.all, "has_children": True},
        searchable=False,
    )


def _sql(public: Public, words: Words) -> Page:
    return Page(
        coverage_sql(),
        "coverage-sql.html",
        words.say("公开情况的查询", "The queries behind coverage"),
        words.say("公开情况的每个数，由这些查询算出。", "The queries that every number on coverage answers."),
        {
            "queries": [
                (number, (QUERIES / f"{number.key}.sql").read_text("utf-8")) for number in public.spec.numbers.all
            ],
        },
        searchable=False,
    )
