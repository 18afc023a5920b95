"""What people may be charged, and the notices that counters show. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.places import fee_notice_page, fee_page
from etl.publish.render import Page
from etl.publish.views.fees import FeesView, Notice, view_fees, view_notices
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Every fee and fund that stands in a list, by situation; then a notice for each body that collects."""
    view = view_fees(material.public)
    notices = view_notices(view)
    values = {"public": material.public, "view": view, "notices": notices}
    county = words.name(material.public.jurisdiction.names)
    yield Page(
        "fees/",
        "fees.html",
        words.say("我可能被收什么费？", "What fees could I be charged?"),
        words.say(
            "{county}行政事业性收费、涉企收费和政府性基金目录清单：收什么、依据哪份文件、钱到哪里去。",
            "Fees and government funds in {county}: what is charged, on which basis, and where the money goes.",
            county=county,
        ),
        {**values, "has_children": True},
    )
    yield from _situations(view, words, county)
    yield from _notices(notices, words, county, values)


def _situations(view: FeesView, words: Words, county: str) -> Iterator[Page]:
    for situation, fees in view.situations:
        name = words.name(situation.name)
        yield Page(
            fee_page(situation.key),
            "fees-situation.html",
            words.say("{name}：收什么费", "{name}: fees", name=name),
            words.say(
                "{county}：{name}可能遇到的收费和基金，依据、标准和钱的去向。",
                "{county}: fees and funds met in “{name}”, their basis, rate and where the money goes.",
                county=county,
                name=name,
            ),
            {"view": view, "situation": situation, "fees": fees},
        )


def _notices(notices: tuple[Notice, ...], words: Words, county: str, values: dict[str, object]) -> Iterator[Page]:
    if not notices:
        return
    yield Page(
        "fees/notices/",
        "fees-notices.html",
        words.say("收费公示，打印张贴", "Notices of fees, to print"),
        words.say(
            "{county}各执收单位的收费公示，一页 A4，可直接打印。",
            "Notices of fees for each collecting body of {county}, on A4.",
            county=county,
        ),
        {**values, "has_children": True},
    )
    for notice in notices:
        title = words.say("{body}收费公示", "Notice of fees: {body}", body=notice.collector)
        yield Page(fee_notice_page(notice.key), "fees-notice.html", title, title, {"notice": notice, **values})
