"""How things are called in one language. In: Spec and a language. Out: names and sentences, every value escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from etl.spec.bilingual import Bilingual
from etl.spec.model import Spec, TableSpec

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""What no page should hold: control characters, marks that turn the direction of writing, what has no width, halves."""

_STATES = {
    "complete": Bilingual("已公开", "published"),
    "partial": Bilingual("部分公开", "partly published"),
    "missing": Bilingual("未公开", "not published"),
    "rejected": Bilingual("已退回", "returned"),
    "not-due": Bilingual("未到期", "not due"),
    "open": Bilingual("未收到", "none received"),
    "exempt": Bilingual("依法不公开", "exempt"),
}
"""What a whole document of a year amounts to; the marks that go with the words are in the stylesheet."""

_SIDES = {
    "income": Bilingual("收入", "Income"),
    "expenditure": Bilingual("支出", "Expenditure"),
}


def clean(value: object) -> object:
    """A text without characters that could deceive or break a page; anything else as it is."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("", value)
    return value


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, as templates use them."""

    spec: Spec
    lang: str

    @property
    def other(self) -> str:
        return "en" if self.lang == "zh" else "zh"

    def say(self, zh: str, en: str, **values: Any) -> Markup:
        """A sentence of ours in the language of the page; the values in it are escaped, the sentence is trusted."""
        sentence = en if self.lang == "en" else zh
        return Markup(sentence).format(**{key: clean(value) for key, value in values.items()})

    @staticmethod
    def count(number: int, thing: str, things: str = "") -> str:
        """A number of things in English: `1 row`, `1,200 rows`, `2 bodies`."""
        return f"{number:,} {thing if number == 1 else things or thing + 's'}"

    def name(self, text: Bilingual) -> str:
        """The text in the language of the page, in the other where it has none."""
        return text[self.lang] or text[self.other]

    def document(self, document: str) -> str:
        text = self.spec.documents.get(document)
        return self.name(text) if text else document

    def document_of(self, year: int, document: str) -> str:
        """`2018 年部门预算`, `2018 budget`."""
        joint = " 年" if self.lang == "zh" else " "
        name = self.document(document)
        return f"{year}{joint}{name if self.lang == 'zh' else name[:1].lower() + name[1:]}"

    def status(self, status: str) -> str:
        """A word of contract section 7 for one table."""
        text = self.spec.coverage_statuses.get(status)
        return self.name(text) if text else status

    def state(self, state: str) -> str:
        """A word for a whole document."""
        return self.name(_STATES[state])

    def mark(self, state: str, number: int = 0) -> str:
        """A word of the coverage board: a status of contract section 7, or what is said of its days."""
        text = self.spec.numbers.verdicts.get(state)
        return self.name(text).format(n=number, days=self.count(number, "day")) if text else self.status(state)

    def meaning(self, state: str) -> str:
        """What a word of the coverage board means, in a sentence."""
        text = self.spec.numbers.meanings.get(state)
        return self.name(text) if text else ""

    def table(self, table_id: str) -> str:
        table = self.spec.tables.get(table_id)
        return self.name(table.name) if table else table_id

    def measure(self, measure: str) -> str:
        text = self.spec.measures.get(measure)
        return self.name(text) if text else measure

    def line(self, table_id: str, code: str, printed: str, year: int) -> str:
        """A line as printed in Chinese; in English the name of its code where it has one."""
        if self.lang == "zh":
            return printed
        text = self.spec.line_name(table_id, code, year) if code else None
        return text.en if text and text.en else printed

    def side(self, side: str) -> str:
        """A heading for one side of a table that has income beside spending; empty where there are no sides."""
        text = _SIDES.get(side)
        return self.name(text) if text else ""

    def kind(self, kind: str) -> str:
        """A kind of body; those that `schemas/headings.yml` does not have stay as the county wrote them."""
        return self.name(self.spec.headings.kind(kind))

    def subject(self, key: str) -> str:
        """What a headline rate is about: the document, or its one table."""
        for rate in self.spec.rates:
            if rate.key == key:
                return self.document(rate.document) if rate.document else self.table(rate.tables[0])
        return key

    def rate(self, key: str) -> str:
        """Name of a headline rate."""
        return next((self.name(rate.name) for rate in self.spec.rates if rate.key == key), key)

    def field(self, table: TableSpec, name: str, key: str) -> str:
        """Title or description of a field of a dataset."""
        for entry in table.schema["fields"]:
            if entry["name"] == name:
                return pick(entry, key, self.lang)
        return ""


def pick(entry: Any, key: str, lang: str) -> str:
    """A text of a table's schema in one language: `title` is Chinese, `title_en` beside it English."""
    own = entry.get(f"{key}_{lang}")
    return str(own or entry.get(key) or "")
