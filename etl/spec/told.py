"""What is declared for people and decides nothing about a figure: words of pages, letters, reports and of the search.

In: a Reader and the folder of schemas. Out: Told, or mistakes left with the reader.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from etl.spec.annual import AnnualReport, annual_report
from etl.spec.fee_lists import FeeWords, fee_words
from etl.spec.files import Reader
from etl.spec.glossary import Glossary, glossary
from etl.spec.headings import Headings, headings
from etl.spec.letters import Letters, letters
from etl.spec.numbers import Numbers, numbers
from etl.spec.search import SearchWords, search_words
from etl.spec.situations import Situation, situations


@dataclass(frozen=True, slots=True)
class Known:
    """What such words may speak of; None where that could not be read itself."""

    documents: Collection[str] | None
    tables: Collection[str]
    measures: Collection[str] | None
    lines: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Told:
    letters: Letters
    annual: AnnualReport
    numbers: Numbers
    situations: tuple[Situation, ...]
    fee_words: FeeWords
    headings: Headings
    glossary: Glossary
    search: SearchWords


def told(reader: Reader, schemas: Path, known: Known) -> Told | None:
    """Every one of these files; None where one is wrong, which the reader says."""
    said = reader.declaration(schemas / "letters.yml", "letters")
    yearly = reader.declaration(schemas / "annual-report.yml", "annual-report")
    counted = reader.declaration(schemas / "numbers.yml", "numbers")
    met = reader.declaration(schemas / "situations.yml", "situations")
    listed = reader.declaration(schemas / "fee-lists.yml", "fee-lists")
    called = reader.declaration(schemas / "headings.yml", "headings")
    explained = reader.declaration(schemas / "glossary.yml", "glossary")
    typed = reader.declaration(schemas / "search.yml", "search")
    # Each is looked through whatever is wrong with the others: every mistake is told at once.
    written = letters(said) if said else None
    reported = annual_report(yearly, known.documents, known.tables) if yearly else None
    shown = numbers(counted) if counted else None
    arranged = situations(met) if met else None
    charged = fee_words(listed) if listed else None
    headed = headings(called, known.documents) if called else None
    terms = glossary(explained, known.measures, known.lines) if explained else None
    words = search_words(typed) if typed else None
    if written is None or reported is None or shown is None or arranged is None:
        return None
    if charged is None or headed is None or terms is None or words is None:
        return None
    return Told(written, reported, shown, arranged, charged, headed, terms, words)
