"""The coverage board: the year of the headline first, then every year. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import coverage_page
from etl.publish.render import Page
from etl.publish.views.coverage import headline_year, view_coverage
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Years, latest first."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
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
