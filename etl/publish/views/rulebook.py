"""The rule book's pages. In: declarations. Out: chapters of codes and of rules, each entry with its place.

rulebook/                 every code and every rule, in a line
rulebook/sums/#sum-mismatch      a code, in the chapter of what it is about
rulebook/rules-t/#T-10           a rule, in the chapter of its letter
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from etl.finding import SEVERITIES, Severity
from etl.publish.places import rulebook_page
from etl.spec.bilingual import Bilingual
from etl.spec.examples import Example
from etl.spec.model import FindingSpec, Rule, Spec
from etl.spec.rulebook import SCOPES, RuleBook, RuleEntry, rule_book
from etl.wording import fill


@dataclass(frozen=True, slots=True)
class Said:
    """One way in which a finding is worded, with its figures left open."""

    message: Bilingual
    mend: Bilingual


@dataclass(frozen=True, slots=True)
class CodeView:
    """One finding code."""

    finding: FindingSpec
    said: tuple[Said, ...]
    example: Example | None
    rules: tuple[tuple[str, str], ...]
    """Numbers of the rules that find it, and where they are."""


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule."""

    entry: RuleEntry
    asked: tuple[tuple[Bilingual, tuple[str, ...]], ...]
    """What it asks, and in which tables: most ask one thing in all of them."""
    severities: tuple[Severity, ...]
    authorities: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    """Codes it gives, and where they are."""


@dataclass(frozen=True, slots=True)
class CodeChapter:
    """Codes that are about one thing."""

    path: str
    name: Bilingual
    codes: tuple[CodeView, ...]


@dataclass(frozen=True, slots=True)
class RuleChapter:
    """Rules of one letter."""

    path: str
    name: Bilingual
    scope: Bilingual
    rules: tuple[RuleView, ...]

    @property
    def authorities(self) -> tuple[str, ...]:
        """What most of its rules rest on and nothing else: said once for all of them; empty where there is no such."""
        commonest, number = Counter(rule.authorities for rule in self.rules).most_common(1)[0]
        return commonest if number * 2 > len(self.rules) else ()


class RuleBookView:
    """The chapters of the rule book of one county's declarations."""

    def __init__(self, spec: Spec) -> None:
        self._book: RuleBook = rule_book(spec)
        self._headings = spec.headings
        self._entries = self._book.entries()

    @cached_property
    def code_chapters(self) -> tuple[CodeChapter, ...]:
        book = self._book
        abouts = dict.fromkeys([*book.abouts, *(one.about for one in book.findings.values())])
        chapters = (
            CodeChapter(
                rulebook_page(about),
                book.abouts.get(about, Bilingual(about, about)),
                tuple(self._code(one) for one in book.findings.values() if one.about == about),
            )
            for about in abouts
        )
        return tuple(chapter for chapter in chapters if chapter.codes)

    @cached_property
    def rule_chapters(self) -> tuple[RuleChapter, ...]:
        letters: dict[str, list[RuleEntry]] = {}
        for entry in self._entries:
            letters.setdefault(entry.number[0], []).append(entry)
        return tuple(
            RuleChapter(
                _chapter_of(entries[0]),
                self._headings.chapter(letter),
                SCOPES[entries[0].scope],
                tuple(self._rule(entry) for entry in sorted(entries, key=lambda entry: entry.anchor)),
            )
            for letter, entries in letters.items()
        )

    def href_of_code(self, code: str) -> str:
        """Where a code is explained."""
        return f"{rulebook_page(self._book.findings[code].about)}#{code}"

    def href_of_rule(self, number: str) -> str:
        """Where a rule is explained; the rule book itself where the declarations no longer have it."""
        found = next((entry for entry in self._entries if entry.number == number), None)
        return f"{_chapter_of(found)}#{found.anchor}" if found else "rulebook/"

    def _code(self, finding: FindingSpec) -> CodeView:
        numbers = self._book.giving(finding.code)
        return CodeView(
            finding,
            tuple(_said(finding)),
            self._book.examples.findings.get(finding.code),
            tuple((number, self.href_of_rule(number)) for number in numbers),
        )

    def _rule(self, entry: RuleEntry) -> RuleView:
        asked: dict[Bilingual, list[Rule]] = {}
        for rule in entry.rules:
            asked.setdefault(rule.reason, []).append(rule)
        severities = {rule.severity for rule in entry.rules}
        codes = dict.fromkeys(rule.finding for rule in entry.rules)
        return RuleView(
            entry,
            tuple((reason, tuple(rule.table_id for rule in alike if rule.table_id)) for reason, alike in asked.items()),
            tuple(severity for severity in SEVERITIES if severity in severities),
            tuple(dict.fromkeys(rule.authority for rule in entry.rules)),
            tuple((code, self.href_of_code(code)) for code in codes if code in self._book.findings),
        )


def _said(finding: FindingSpec) -> Iterator[Said]:
    """Every wording once, its figures as …"""
    seen = set()
    for wording in finding.wordings.values():
        one = Said(_open(wording.message), _open(wording.mend))
        if one not in seen:
            seen.add(one)
            yield one


def _open(text: Bilingual) -> Bilingual:
    return Bilingual(fill(text.zh, {}), fill(text.en, {}))


def _chapter_of(entry: RuleEntry) -> str:
    return rulebook_page(f"rules-{entry.number[0].lower()}")
