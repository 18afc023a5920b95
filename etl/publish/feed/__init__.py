"""What came and what changed lately, to follow: Atom (RFC 4287) and JSON Feed 1.1, for the county and for every body.

    feed.xml feed.json                               en/feed.xml en/feed.json
    departments/101/feed.xml departments/101/feed.json  and the same below en/

Takes what is public; writes files. Identifiers are made from what an entry is about and days come from the ledger and
the log, so an entry stays the same entry whenever and wherever the site is built.
"""

from __future__ import annotations

from pathlib import Path

from etl.publish.feed.atom import ATOM, write_feed
from etl.publish.feed.entries import Feed, feed_of
from etl.publish.feed.json_feed import write_json_feed
from etl.publish.places import LANGUAGES, department_page
from etl.publish.public import Public

__all__ = ["ATOM", "Feed", "feed_of", "write_feed", "write_feeds", "write_json_feed"]


def write_feeds(public: Public, site: Path) -> None:
    """Write every feed, in both languages."""
    for lang in LANGUAGES:
        top = "" if lang == "zh" else f"{lang}/"
        for code in ("", *(department.code for department in public.departments)):
            folder = f"{top}{department_page(code)}" if code else top
            feed = feed_of(public, folder, lang, code)
            write_feed(feed, site / folder / "feed.xml")
            write_json_feed(feed, site / folder / "feed.json")
