"""Words with a link to their explanation. In: a page's path and the glossary. Out: `term`, which templates call.

    {{ term("公务接待费") }}                             by any name the term has
    {{ term(words.measure("basic"), measure="basic") }}  a column's heading, by the slug of its column
    {{ term(printed, line="reception") }}                a line as a form prints it, by the slug of the line

Words that no term explains come out as they are.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from etl.publish.places import glossary_anchor, lead
from etl.publish.words import clean
from etl.spec.glossary import Glossary, Term


def term_link(path: str, glossary: Glossary) -> Callable[..., Markup]:
    """What links words of one page."""

    def term(text: str, measure: str = "", line: str = "") -> Markup:
        found = _find(glossary, text, measure, line)
        shown = escape(clean(text))
        if found is None:
            return shown
        return Markup('<a class="mz-term" href="{}">{}</a>').format(lead(path, glossary_anchor(found.key)), shown)

    return term


def _find(glossary: Glossary, text: str, measure: str, line: str) -> Term | None:
    if measure:
        return glossary.of_measure(measure)
    return glossary.of_line(line) if line else glossary.of_words(text)
