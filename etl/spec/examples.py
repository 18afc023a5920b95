"""What a finding looks like wrong and what right: `schemas/examples.yml` -> values; and what has no example yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from etl.spec.bilingual import Bilingual
from etl.spec.mistakes import Mistake

if TYPE_CHECKING:
    from etl.spec.files import Source
    from etl.spec.model import Rule

FILE = "schemas/examples.yml"


@dataclass(frozen=True, slots=True)
class Example:
    """One thing as it should not be, and as it should."""

    wrong: Bilingual
    right: Bilingual


@dataclass(frozen=True, slots=True)
class Examples:
    """Every example of the declarations."""

    findings: Mapping[str, Example] = field(default_factory=dict)
    """By code."""
    rules: Mapping[str, Example] = field(default_factory=dict)
    """By number, or by number and table: `T-05/assets`."""

    def of_rule(self, rule: Rule) -> Example | None:
        """The example of a rule in its table, or else of its number."""
        return self.rules.get(f"{rule.rule}/{rule.table_id}") or self.rules.get(rule.rule)


NO_EXAMPLES = Examples()


def examples(source: Source) -> Examples:
    """What `examples.yml` holds."""
    return Examples(_each(source.data["findings"]), _each(source.data["rules"]))


def without_example(codes: Iterable[str], rules: Iterable[Rule], known: Examples) -> Iterator[Mistake]:
    """A mistake for every code and every rule that the rule book could not show."""
    for code in codes:
        if code not in known.findings:
            yield _missing(f"findings/{code}", code)
    for number in dict.fromkeys(rule.rule for rule in rules if known.of_rule(rule) is None):
        yield _missing(f"rules/{number}", number)


def _missing(key: str, name: str) -> Mistake:
    return Mistake(FILE, 0, key, Bilingual(f"“{name}”没有正误举例", f'"{name}" has no example'))


def _each(said: Mapping[str, Any]) -> dict[str, Example]:
    return {key: Example(_text(each["wrong"]), _text(each["right"])) for key, each in said.items()}


def _text(said: Mapping[str, str]) -> Bilingual:
    return Bilingual(said["zh"], said["en"])
