"""`schemas/headings.yml` -> what kinds of bodies, chapters of rules and subjects of documents are called."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from etl.spec.bilingual import Bilingual
from etl.spec.files import Source


@dataclass(frozen=True, slots=True)
class Headings:
    """By what was written: what it is called. What is not there goes by its own word."""

    kinds: Mapping[str, Bilingual] = field(default_factory=dict)
    chapters: Mapping[str, Bilingual] = field(default_factory=dict)
    """By the first letter of a rule's number."""
    subjects: Mapping[str, str] = field(default_factory=dict)
    """By kind of document; in Chinese."""

    def kind(self, kind: str) -> Bilingual:
        return self.kinds.get(kind, Bilingual(kind, kind))

    def chapter(self, letter: str) -> Bilingual:
        return self.chapters.get(letter, Bilingual(letter, letter))


NO_HEADINGS = Headings()


def headings(source: Source, documents: Collection[str] | None) -> Headings:
    """The whole file; a subject of a document that nobody owes is a mistake."""
    said = source.data
    for document in said["subjects"]:
        if documents is not None and document not in documents:
            source.wrong(("subjects", document), "没有这种文件", "there is no such document")
    return Headings(_names(said["kinds"]), _names(said["chapters"]), dict(said["subjects"]))


def _names(said: Mapping[str, Mapping[str, str]]) -> dict[str, Bilingual]:
    return {key: Bilingual(each["zh"], each["en"]) for key, each in said.items()}
