"""The words of the forms, explained. In: Material and words. Out: one Page."""

from __future__ import annotations

from collections.abc import Iterator

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.words import Words


def pages(material: Material, words: Words) -> Iterator[Page]:
    """One page, a term an anchor: glossary/#official-reception."""
    glossary = material.public.spec.glossary
    groups = tuple(
        (key, words.name(name), tuple(term for term in glossary.terms.values() if term.group == key))
        for key, name in glossary.groups.items()
    )
    yield Page(
        "glossary/",
        "glossary.html",
        words.say("名词解释", "Glossary"),
        words.say(
            "预算、决算和收费清单里的名词，每个两句话：是什么，看数时留意什么。",
            "The words of budgets, final accounts and fee lists in two sentences each: what it is, what to mind.",
        ),
        {"groups": groups, "everything": glossary.terms},
    )
