"""A feed as JSON Feed 1.1 (jsonfeed.org). In: a Feed. Out: one file."""

from __future__ import annotations

import json
from pathlib import Path

from etl.publish.feed.entries import Feed

VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed, path: Path) -> None:
    """Write a feed as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((json.dumps(make_json_feed(feed), ensure_ascii=False, indent=1) + "\n").encode())


def make_json_feed(feed: Feed) -> dict[str, object]:
    """The feed as it is written."""
    own = {"home_page_url": feed.home, "feed_url": f"{feed.own}.json"} if feed.own else {}
    return {
        "version": VERSION,
        "title": feed.title,
        **own,
        "language": feed.lang,
        "authors": [{"name": feed.author}],
        "items": [
            {
                "id": entry.id,
                "url": entry.href,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": f"{entry.day}T00:00:00Z",
            }
            for entry in feed.entries
        ],
    }
