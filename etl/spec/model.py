"""What `schemas/` and the declarations in `datasets/` say, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from etl.finding import Severity
from etl.spec.annual import NO_REPORT, AnnualReport
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import (
    Acceptance,
    Approval,
    Clock,
    Correction,
    Department,
    FurtherDuty,
    InternationalClock,
    Jurisdiction,
    Latest,
    Obligation,
    Rate,
)
from etl.spec.examples import NO_EXAMPLES, Examples
from etl.spec.fee_lists import NO_WORDS as NO_FEE_WORDS
from etl.spec.fee_lists import FeeWords
from etl.spec.fees import FeeItem
from etl.spec.glossary import NO_GLOSSARY, Glossary
from etl.spec.headings import NO_HEADINGS, Headings
from etl.spec.letters import NO_LETTERS, Letters
from etl.spec.numbers import Numbers
from etl.spec.privacy import Privacy
from etl.spec.recognition import Recognition
from etl.spec.search import NO_WORDS, SearchWords
from etl.spec.situations import Situation
from etl.spec.withdrawn import Withdrawal

COUNTY = "000"
"""Code of the county government itself."""

# --- tables -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """How one column of a form is found: the labels under which it is printed."""

    role: str
    key: str
    labels: tuple[tuple[str, ...], ...]
    """Normalised labels; each is a path of header texts from the top down."""


@dataclass(frozen=True, slots=True)
class BandForm:
    """One block of a form: its columns, and where its lines get their codes."""

    side: str
    heads: tuple[str, ...]
    """Normalised header texts above the block that tell it from its neighbour (收入, 支出)."""
    columns: tuple[ColumnForm, ...]
    codes: str
    """Code list of the line codes: functional, economic, revenue; `printed` for codes of bodies and projects, of no
    classification; empty where lines have names only."""
    lines: tuple[str, ...]
    """What names the lines: sets of `schemas/lines.yml`; `classes` for the functional classes by name; `<list>-names`
    for every name of a code list; `printed` where any name may stand."""
    repeat: bool = False
    """True where the same block stands several times side by side."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One printed form of a table. Compared by identity: what is derived from one is kept beside it."""

    form: str
    table_id: str
    layout: str
    """`lines` (lines run down), `columns` (the lines are the columns, one row of figures) or `list` (text records)."""
    titles: Mapping[str, tuple[str, ...]]
    """By document: normalised titles."""
    bands: tuple[BandForm, ...]
    requires: tuple[str, ...]
    """Keys of columns without which the sheet is not this form."""
    title_required: bool
    """True where the header alone does not tell this form from others."""
    line_columns: tuple[ColumnForm, ...] = ()
    """Layout `columns`: key is the line's code."""
    default_measure: Mapping[str, str] = field(default_factory=dict)
    """Layout `columns`: by document, the measure where the header names none."""
    fill_down: tuple[str, ...] = ()
    """Fields (or `code`, `name`) that a blank cell inherits from the row above."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Layout `list`: fields that are the same in every row of this form, such as list_type."""
    part: str = ""
    """Where a body prints one table in several parts that stand beside each other: which part this form is."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: a kind of the closed set, its parameters, and why."""

    rule: str
    kind: str
    finding: str
    severity: Severity
    table_id: str
    """Empty for rules between tables."""
    parameters: Mapping[str, Any]
    reason: Bilingual
    authority: str
    documents: tuple[str, ...] = ()
    """Documents it applies to; empty for all."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the contract: its name, its dataset, its forms, its rules."""

    table_id: str
    name: Bilingual
    description: Bilingual
    law: Bilingual
    """Why it must be published, in one sentence with its authority."""
    kind: str
    """`fiscal` (lines and measures) or `list` (text records: fees, funds)."""
    schema: Mapping[str, Any]
    """Frictionless Table Schema, as published."""
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures of the dataset, in the order of its fields."""
        return tuple(
            str(entry["name"]).removesuffix("_yuan").replace("_", "-")
            for entry in self.schema["fields"]
            if str(entry["name"]).endswith("_yuan")
        )


# --- words ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LineName:
    """A line that forms print by name."""

    code: str
    name: Bilingual
    labels: tuple[str, ...]
    under: str = ""
    """Code of the line above it, where the same words mean different things in different places."""
    heading: bool = False
    """True where some forms print the words as a heading over the figures and others as the line itself."""


@dataclass(frozen=True, slots=True)
class Lines:
    """`schemas/lines.yml`: named lines by set, and groups of lines that rules speak of."""

    sets: Mapping[str, tuple[LineName, ...]]
    groups: Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One name a code had, and in which fiscal years."""

    code: str
    name: Bilingual
    valid_from: int
    valid_to: int
    """9999 while it holds."""

    def holds(self, year: int) -> bool:
        return self.valid_from <= year <= self.valid_to


@dataclass(frozen=True, slots=True)
class CodeList:
    """A classification with the years its codes hold."""

    key: str
    name: Bilingual
    lengths: tuple[int, ...]
    complete_lengths: tuple[int, ...]
    """Lengths at which the list is complete: there an unknown code is an error, elsewhere a warning."""
    entries: Mapping[str, tuple[Entry, ...]]
    by_name: Mapping[str, str]
    """Normalised name of a code of the first length -> code."""
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Normalised name -> the codes of any length that bear or bore it."""

    def name_of(self, code: str, year: int) -> Bilingual | None:
        """Name of a code in a year; its latest other name where none holds; None for an unknown code."""
        entries = self.entries.get(code)
        if not entries:
            return None
        for entry in entries:
            if entry.holds(year):
                return entry.name
        return entries[-1].name


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences for a finding in one situation."""

    message: Bilingual
    mend: Bilingual


@dataclass(frozen=True, slots=True)
class FindingSpec:
    """A code of `schemas/findings.yml`: what it means, how it is said, what to do."""

    code: str
    about: str
    title: Bilingual
    wordings: Mapping[str, Wording]
    """By kind of rule or situation; `default` always."""
    authority: str
    severities: tuple[Severity, ...] = ()
    """What it can be, the gravest first; where a rule finds it, the rule says which."""


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    """Everything that is declared, read and checked once. Compared by identity: what is derived from it is kept."""

    tables: Mapping[str, TableSpec]
    lines: Lines
    measures: Mapping[str, Bilingual]
    codes: Mapping[str, CodeList]
    findings: Mapping[str, FindingSpec]
    outcome_reasons: Mapping[str, Bilingual]
    between_tables: tuple[Rule, ...]
    recognition: Recognition
    obligations: tuple[Obligation, ...]
    clocks: Mapping[str, Clock]
    rates: tuple[Rate, ...]
    documents: Mapping[str, Bilingual]
    statuses: Mapping[str, Bilingual]
    """Fates of submissions."""
    coverage_statuses: Mapping[str, Bilingual]
    jurisdiction: Jurisdiction
    departments: tuple[Department, ...]
    approvals: tuple[Approval, ...]
    corrections: tuple[Correction, ...]
    acceptances: tuple[Acceptance, ...]
    withdrawals: tuple[Withdrawal, ...] = ()
    between_documents: tuple[Rule, ...] = ()
    fee_items: tuple[FeeItem, ...] = ()
    """Fees and funds that are known nationally."""
    causes: Mapping[str, Bilingual] = field(default_factory=dict)
    """How probable causes of a finding are said, by kind; and the sentences they stand in."""
    privacy: Privacy = field(default_factory=Privacy)
    abouts: Mapping[str, Bilingual] = field(default_factory=dict)
    """Groups of finding codes, in the order in which a person mends them."""
    examples: Examples = NO_EXAMPLES
    letters: Letters = NO_LETTERS
    annual: AnnualReport = NO_REPORT
    further_duties: tuple[FurtherDuty, ...] = ()
    township_kinds: tuple[str, ...] = ()
    """Words in the kind of a department that make it a township."""
    working_days: Mapping[date, bool] = field(default_factory=dict)
    """Days that differ from the library's calendar: True where they are worked."""
    calendar_years: frozenset[int] = frozenset()
    """Years of which `calendar.yml` has the whole."""
    latest: Mapping[str, Latest] = field(default_factory=dict)
    """By document: until when it may still come where its approval date is not known."""
    international: tuple[InternationalClock, ...] = ()
    international_source: Bilingual | None = None
    numbers: Numbers = field(default_factory=Numbers)
    """What the pages on coverage say of their numbers."""
    situations: tuple[Situation, ...] = ()
    """Situations of life in which a fee is met; the last one takes what fits no other."""
    fee_words: FeeWords = NO_FEE_WORDS
    """What the words of fee lists mean."""
    headings: Headings = NO_HEADINGS
    """What kinds of bodies, chapters of rules and subjects of documents are called."""
    glossary: Glossary = NO_GLOSSARY
    search: SearchWords = NO_WORDS

    @property
    def as_declared(self) -> Spec:
        """The same without what was decided of single files and documents: what is left changes seldom."""
        return replace(self, approvals=(), corrections=(), acceptances=(), withdrawals=())

    @property
    def clock_days(self) -> int:
        """Days of the Budget Law's clock."""
        return self.clocks["budget-law"].days

    def who(self, department: Department) -> str:
        """Which kind of body it is: `county`, `department`, `township` or `unit`."""
        if department.code == COUNTY:
            return "county"
        if department.scope == "unit":
            return "unit"
        return "township" if any(word in department.kind for word in self.township_kinds) else "department"

    @property
    def forms(self) -> tuple[Form, ...]:
        return _forms(self)

    @property
    def county_tables(self) -> frozenset[str]:
        """Tables that the county government owes and no other body."""
        own = {duty.table_id for duty in self.obligations if duty.government}
        return frozenset(own - {duty.table_id for duty in self.obligations if not duty.government})

    def department(self, code: str) -> Department | None:
        return next((department for department in self.departments if department.code == code), None)

    def line_name(self, table_id: str, code: str, year: int) -> Bilingual | None:
        """Name of a line from the named lines or the classifications; None where neither has it."""
        for names in self.lines.sets.values():
            for line in names:
                if line.code == code:
                    return line.name
        key = "economic" if table_id == "basic-expenditure" else "functional"
        return self.codes[key].name_of(code, year) if key in self.codes else None


@lru_cache(maxsize=8)
def _forms(spec: Spec) -> tuple[Form, ...]:
    return tuple(form for table in spec.tables.values() for form in table.forms)
