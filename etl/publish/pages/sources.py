"""Where figures come from: pages by the thousand, outside MkDocs. In: views and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from etl.publish.render import Page
from etl.publish.views.sources import SourceView
from etl.publish.words import Words
from etl.spec.bilingual import Bilingual
from etl.spec.model import Spec


def pages(views: Iterable[SourceView], words: Words) -> Iterator[Page]:
    """One for every document of which a table stands."""
    spec = words.spec
    reasons = {table_id: _reasons(spec, table_id) for table_id in spec.tables}
    kinds = {
        "passed": words.say("通过检查", "Checks passed"),
        "failed": words.say("不符", "Checks failed"),
        "could-not-run": words.say("无法检查", "Could not be checked"),
    }
    for view in views:
        yield Page(
            view.path,
            "source.html",
            _title(view, words),
            "",
            {"spec": spec, "view": view, "kinds": kinds, "reasons": reasons},
        )


def _title(view: SourceView, words: Words) -> str:
    """The document as it is called: of a department that filed as a unit too, which of the two."""
    name = words.document_of(view.fiscal_year, view.document)
    is_own_level = view.scope == "unit" and view.department.scope == "department"
    return words.say("{d}（本级）", "{d} (own level)", d=name) if is_own_level else name


def _reasons(spec: Spec, table_id: str) -> Mapping[str, Bilingual]:
    return {rule.rule: rule.reason for rule in (*spec.between_tables, *spec.tables[table_id].rules)}
