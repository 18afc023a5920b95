"""`schemas/glossary.yml` -> the words of the forms, explained, as frozen values; and what is wrong among them.

terms:
  official-reception:            its address on the page: glossary/#official-reception
    group: three-public
    zh: 公务接待费
    en: Official reception
    aliases: [接待费]            other words for the same, each of one term only
    says: {zh: …, en: …}         two sentences
    authority: 《预算法》第六条       where there is one
    see: [three-public-expenses]
    measures: []                 columns of measures.yml that lead here
    lines: [reception]           lines of lines.yml that lead here
plain: {measures: [amount], lines: [total]}     columns and lines that need no explaining
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from etl.labels import fold
from etl.spec.bilingual import Bilingual
from etl.spec.files import Source


@dataclass(frozen=True, slots=True)
class Term:
    """One word explained."""

    key: str
    group: str
    name: Bilingual
    aliases: tuple[str, ...]
    says: Bilingual
    authority: str
    """Empty where nothing lays it down."""
    see: tuple[str, ...]
    measures: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def called(self) -> tuple[str, ...]:
        """Every name it has."""
        return (self.name.zh, self.name.en, *self.aliases)

    def also(self, lang: str) -> tuple[str, ...]:
        """Other words for it in one language: Chinese ones are those that are not written in ASCII."""
        return tuple(alias for alias in self.aliases if alias.isascii() == (lang == "en"))


@dataclass(frozen=True)
class Glossary:
    """Every term, and the columns and lines that need none. Not slotted: what is looked up often is kept."""

    groups: Mapping[str, Bilingual] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    plain_measures: frozenset[str] = frozenset()
    plain_lines: frozenset[str] = frozenset()

    def of_measure(self, measure: str) -> Term | None:
        """The term that explains a column."""
        return self._measures.get(measure)

    def of_line(self, code: str) -> Term | None:
        """The term that explains a named line."""
        return self._lines.get(code)

    def of_words(self, text: str) -> Term | None:
        """The term that is called so, in whatever width or case it is printed; None where no term is."""
        return self._names.get(same(text))

    @cached_property
    def _measures(self) -> Mapping[str, Term]:
        return {measure: term for term in self.terms.values() for measure in term.measures}

    @cached_property
    def _lines(self) -> Mapping[str, Term]:
        return {line: term for term in self.terms.values() for line in term.lines}

    @cached_property
    def _names(self) -> Mapping[str, Term]:
        return {same(name): term for term in self.terms.values() for name in term.called}


NO_GLOSSARY = Glossary()


def same(text: str) -> str:
    """A name for comparing: width, spaces, quotes and case do not tell words apart."""
    return fold(text).lower()


def glossary(source: Source, measures: Collection[str] | None, lines: Collection[str] | None) -> Glossary:
    """What `glossary.yml` holds; what is wrong in it is said to the source. None stands for a file itself broken."""
    said = source.data
    made = Glossary(
        {key: Bilingual(name["zh"], name["en"]) for key, name in said["groups"].items()},
        dict(_terms(said["terms"])),
        frozenset(said["plain"]["measures"]),
        frozenset(said["plain"]["lines"]),
    )
    _say_unknown(source, made, {"measures": measures, "lines": lines})
    _say_twice(source, made)
    for key in made.groups:
        if not any(term.group == key for term in made.terms.values()):
            source.wrong(("groups", key), "这一组没有名词", "this group has no term")
    return made


def _terms(said: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, Term]]:
    for key, one in said.items():
        yield key, _term(key, one)


def _term(key: str, one: Mapping[str, object]) -> Term:
    def texts(name: str) -> tuple[str, ...]:
        found = one.get(name, ())
        return tuple(str(text) for text in found) if isinstance(found, list) else ()

    says = one["says"]
    return Term(
        key,
        str(one["group"]),
        Bilingual(str(one["zh"]), str(one["en"])),
        texts("aliases"),
        Bilingual(says["zh"], says["en"]) if isinstance(says, dict) else Bilingual("", ""),
        str(one.get("authority", "")),
        texts("see"),
        texts("measures"),
        texts("lines"),
    )


def _say_unknown(source: Source, made: Glossary, known: Mapping[str, Collection[str] | None]) -> None:
    """Groups, terms, columns and lines that nobody declares."""
    for term in made.terms.values():
        place = ("terms", term.key)
        if term.group not in made.groups:
            source.wrong((*place, "group"), f"没有“{term.group}”这一组", f'there is no group "{term.group}"')
        for number, other in enumerate(term.see):
            if other not in made.terms or other == term.key:
                source.wrong((*place, "see", number), f"没有另一个名词“{other}”", f'there is no other term "{other}"')
        for kind, slugs in (("measures", term.measures), ("lines", term.lines)):
            for number, slug in enumerate(slugs):
                _say_if_unknown(source, (*place, kind, number), slug, known[kind])
    for kind, slugs in source.data["plain"].items():
        for number, slug in enumerate(slugs):
            _say_if_unknown(source, ("plain", kind, number), slug, known[kind])


def _say_if_unknown(source: Source, place: tuple[str | int, ...], slug: str, known: Collection[str] | None) -> None:
    if known is not None and slug not in known:
        source.wrong(place, f"没有声明过“{slug}”", f'"{slug}" is not declared')


def _say_twice(source: Source, made: Glossary) -> None:
    """Names, columns and lines that two terms claim, or a term and the plain ones."""
    names: dict[str, str] = {}
    claimed = {("measures", slug): "plain" for slug in made.plain_measures}
    claimed |= {("lines", slug): "plain" for slug in made.plain_lines}
    for term in made.terms.values():
        for name in dict.fromkeys(map(same, term.called)):
            first = names.setdefault(name, term.key)
            if first != term.key:
                source.wrong(("terms", term.key), f"“{name}”已是 {first} 的名称", f'"{name}" is a name of {first}')
        for kind, slugs in (("measures", term.measures), ("lines", term.lines)):
            for number, slug in enumerate(slugs):
                first = claimed.setdefault((kind, slug), term.key)
                if first != term.key:
                    place = ("terms", term.key, kind, number)
                    source.wrong(place, f"“{slug}”已归 {first}", f'"{slug}" already belongs to {first}')
