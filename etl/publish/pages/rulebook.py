"""What is checked, chapter by chapter. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.words import Words
from etl.wording import SEVERITIES


def pages(material: Material, words: Words) -> Iterator[Page]:
    """Findings first, then rules."""
    book = material.book
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
