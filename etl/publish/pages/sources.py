"""Where figures come from: pages by the thousand, outside MkDocs. In: Material and words. Out: Pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etl.publish.pages.material import Material
from etl.publish.render import Page
from etl.publish.words import Words
from etl.spec.bilingual import Bilingual
from etl.spec.model import Spec


def pages(material: Material, words: Words) -> Iterator[Page]:
    """One for every place at which a table stands."""
    reasons = {table_id: _reasons(material.public.spec, table_id) for table_id in material.public.spec.tables}
    kinds = {
        "passed": words.say("通过检查", "Checks passed"),
        "failed": words.say("不符", "Checks failed"),
        "could-not-run": words.say("无法检查", "Could not be checked"),
    }
    for view in material.sources:
        yield Page(
            view.place.path,
            "source.html",
            words.table(view.place.table_id),
            "",
            {
                "public": material.public,
                "view": view,
                "kinds": kinds,
                "reasons": reasons[view.place.table_id],
            },
        )


def _reasons(spec: Spec, table_id: str) -> Mapping[str, Bilingual]:
    return {rule.rule: rule.reason for rule in (*spec.between_tables, *spec.tables[table_id].rules)}
