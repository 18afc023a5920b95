"""Templates to pages. In: a template's name, words and values. Out: text, escaped.

Every value is escaped by jinja2 and cleaned of control characters before. What comes out is a front matter whose texts
are JSON and HTML-escaped, since MkDocs escapes neither; the body of a generated page is the last value in it, where
Markdown, which takes a tenth of a second over a large table, never sees it. Pages written by hand are Markdown: there a
value is escaped for Markdown too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import jinja2
from markupsafe import Markup, escape

from etl.publish import charts, figures, places
from etl.publish.data import offers
from etl.publish.places import climb, lead
from etl.publish.terms import term_link
from etl.publish.words import Words, clean, pick

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
"""All of ASCII that could mean something to Markdown or HTML."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, what it is called, what is on it."""

    path: str
    """From the root of its language, ending in `/`; empty for the first page."""
    template: str
    title: str
    description: str
    values: Mapping[str, Any]
    searchable: bool = True

    @property
    def file(self) -> str:
        """Its file in the folder MkDocs reads: `departments/201.md`, and `index.md` where pages lie below it."""
        return (
            f"{self.path.rstrip('/')}.md"
            if self.path and not self.values.get("has_children")
            else f"{self.path}index.md"
        )


class Renderer:
    """The templates of one language."""

    def __init__(self, docs: Path, words: Words) -> None:
        self._words = words
        self._pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(docs / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=clean,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._prose = jinja2.Environment(
            loader=jinja2.FileSystemLoader(docs / words.lang),
            autoescape=False,
            undefined=jinja2.StrictUndefined,
            finalize=_escape_prose,
            comment_start_string="<!--#",
            comment_end_string="#-->",  # `{#id}` names a heading in Markdown
        )
        for environment in (self._pages, self._prose):
            environment.globals |= _globals(words)

    def markdown(self, page: Page) -> str:
        """A generated page as MkDocs reads it."""
        return _front_matter(page, "body: |-\n" + indent(self.html(page), "  "))

    def html(self, page: Page) -> str:
        """The body of a generated page."""
        template = self._pages.get_template(page.template)
        return template.render(page.values, page=page, **_links(page.path, self._words)).strip()

    def prose(self, page: Page) -> str:
        """A page written by hand, with the values it asks for."""
        text = self._prose.get_template(page.template).render(page.values, **_links(page.path, self._words))
        return _front_matter(page) + text


def _globals(words: Words) -> dict[str, Any]:
    return {
        "words": words,
        "say": words.say,
        "lang": words.lang,
        "charts": charts,
        "figures": figures,
        "downloads": offers,
        "places": places,
        "web": web,
        "pick": lambda entry, key: pick(entry, key, words.lang),
    }


def _links(path: str, words: Words) -> dict[str, Callable[..., Markup]]:
    """`to` leads to a page of the same language, `data` to a file, `site` to anything at the root of the site; `term`
    is a word with a link to its explanation.
    """
    top = climb(path, words.lang)
    return {
        "to": lambda target: escape(lead(path, target)),
        "data": lambda target: Markup(f"{top}data/") + target,
        "site": lambda target: Markup(top) + target,
        "term": term_link(path, words.spec.glossary),
    }


def _front_matter(page: Page, body: str = "") -> str:
    lines = {"title": page.title, "description": page.description}
    written = [f"{key}: {_quoted(text)}" for key, text in lines.items()]
    return "\n".join(["---", *written, *([body] if body else []), "---", "", ""])


def _quoted(text: str) -> str:
    """A text for YAML that the theme may print as it is; Markup is escaped already."""
    single = " ".join(str(escape(clean(text))).split())
    return json.dumps(single, ensure_ascii=False)


def _escape_prose(value: object) -> object:
    """A value within Markdown, its punctuation as numbers: neither HTML nor Markdown in it means anything."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    single = " ".join(str(clean(value)).split())
    return Markup(_PUNCTUATION.sub(lambda match: f"&#{ord(match.group())};", single))


def web(address: str) -> str:
    """An address of the web; empty for anything else, so that no `javascript:` becomes a link."""
    return address if address.startswith(("https://", "http://")) else ""
