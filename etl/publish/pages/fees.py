"""What people may be charged. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.views.fees import view_fees
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Every fee and fund that stands in a list."""
    public, county = material.public, words.name(material.public.jurisdiction.names)
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
