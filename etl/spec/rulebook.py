"""The rule book as a value: every code a finding can have, every rule, each with its example.

It is made from a Spec for the site, or read from `schemas/` alone for `mingzhang explain`, which needs no county and no
classification and would wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl.layout import Layout
from etl.spec import examples, tables, words
from etl.spec.bilingual import Bilingual
from etl.spec.examples import Example, Examples, without_example
from etl.spec.files import Reader
from etl.spec.mistakes import SpecError
from etl.spec.model import FindingSpec, Rule, Spec

SCOPES: Mapping[str, Bilingual] = {
    "inside": Bilingual("表内", "Inside a table"),
    "between": Bilingual("表间", "Between tables"),
    "documents": Bilingual("文件之间", "Between documents"),
}
"""What a rule looks at."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as people know it: a number, and the tables in which it asks the same thing."""

    number: str
    scope: str
    rules: tuple[Rule, ...]
    """The same in every table but for its parameters."""
    example: Example | None
    place: int
    """1 for the first entry of its number, 2 for the next: tables may use one number for different things."""

    @property
    def rule(self) -> Rule:
        return self.rules[0]

    @property
    def anchor(self) -> str:
        return self.number if self.place == 1 else f"{self.number}-{self.place}"


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Everything that can be found, and everything that is asked."""

    abouts: Mapping[str, Bilingual]
    findings: Mapping[str, FindingSpec]
    inside: tuple[Rule, ...]
    between: tuple[Rule, ...]
    documents: tuple[Rule, ...]
    examples: Examples

    @property
    def rules(self) -> tuple[Rule, ...]:
        return (*self.inside, *self.between, *self.documents)

    def entries(self) -> tuple[RuleEntry, ...]:
        """Every rule once, in the order of scopes and numbers."""
        return tuple(entry for scope in SCOPES for entry in self._entries(scope))

    def giving(self, code: str) -> tuple[str, ...]:
        """Numbers of the rules that find a code."""
        return tuple(sorted({rule.rule for rule in self.rules if rule.finding == code}))

    def _entries(self, scope: str) -> Iterator[RuleEntry]:
        kinds: dict[tuple[str, str, str], list[Rule]] = {}
        for rule in getattr(self, scope):
            example = self.examples.of_rule(rule)
            kinds.setdefault((rule.rule, rule.finding, example.wrong.zh if example else ""), []).append(rule)
        places: dict[str, int] = {}
        for (number, _, _), alike in sorted(kinds.items(), key=lambda kind: kind[0][0]):
            places[number] = places.get(number, 0) + 1
            ordered = tuple(sorted(alike, key=lambda rule: rule.table_id))
            yield RuleEntry(number, scope, ordered, self.examples.of_rule(ordered[0]), places[number])


def rule_book(spec: Spec) -> RuleBook:
    """The rule book of declarations that have been read."""
    inside = tuple(rule for table in spec.tables.values() for rule in table.rules)
    return RuleBook(spec.abouts, spec.findings, inside, spec.between_tables, spec.between_documents, spec.examples)


def read_rule_book(layout: Layout) -> RuleBook:
    """Read the files of the rule book and no others; raise SpecError with every mistake in them."""
    reader, schemas = Reader(layout.root), layout.schemas
    said = reader.declaration(schemas / "findings.yml", "findings")
    shown = reader.declaration(schemas / "examples.yml", "examples")
    known = words.findings(said) if said else None
    folders = sorted(path for path in (schemas / "tables").glob("*") if path.is_dir())
    inside = tuple(rule for each in folders for rule in tables.rules(reader, each / "rules.yml", each.name, known))
    between = tables.rules(reader, schemas / "rules.yml", "", known)
    documents = tables.rules(reader, schemas / "rules-documents.yml", "", known)
    if reader.mistakes:
        raise SpecError(reader.mistakes)
    # Nothing is wrong, so nothing is absent: what could not be read would be among the mistakes.
    assert said and known is not None and shown  # noqa: PT018
    abouts = words.names(said.data["abouts"])
    return RuleBook(abouts, known, inside, between, documents, examples.examples(shown))


def read_table_names(layout: Layout) -> dict[str, Bilingual]:
    """What every table is called; raise SpecError where one does not say."""
    reader, names = Reader(layout.root), {}
    for path in sorted((layout.schemas / "tables").glob("*/schema.json")):
        if source := reader.declaration(path, "table-schema"):
            names[path.parent.name] = Bilingual(source.data["title"], source.data["title_en"])
    if reader.mistakes:
        raise SpecError(reader.mistakes)
    return names


def require_examples(spec: Spec) -> None:
    """Raise SpecError where the rule book would show a code or a rule without an example."""
    book = rule_book(spec)
    if missing := tuple(without_example(book.findings, book.rules, book.examples)):
        raise SpecError(missing)
