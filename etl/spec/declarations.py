"""What a county and its duties are declared to be: bodies, dates, obligations, human decisions, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.spec.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Department:
    """One row of the register."""

    code: str
    name: Bilingual
    aliases: tuple[str, ...]
    kind: str
    scope: str
    parent_code: str
    valid_from: int
    """First fiscal year."""
    valid_to: int
    """Last fiscal year; 9999 while it exists."""
    exempt: str
    """`yes`, `partly` or empty."""
    exempt_reason: str
    public_name: bool
    successor_of: tuple[str, ...]
    name_source: str

    def existed(self, year: int) -> bool:
        return self.valid_from <= year <= self.valid_to

    @property
    def may_be_named(self) -> bool:
        return self.exempt != "yes" or self.public_name

    @property
    def is_verified(self) -> bool:
        return self.name_source.startswith("verified")


@dataclass(frozen=True, slots=True)
class Approval:
    """When a document of a department was approved and published."""

    department_code: str
    fiscal_year: int
    document: str
    approved_on: str
    published_on: str
    """As the original page shows it; empty where nobody entered it."""
    published_url: str
    note: str
    signed_on: str = ""
    """The day the document itself is signed with."""
    line: int = 0
    """In `approvals.csv`."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """`datasets/jurisdiction.yml`."""

    code: str
    names: Bilingual
    licence_name: str
    licence_url: str
    publisher: str
    contact: str
    site_url: str
    first_year: int
    currency: str
    working_days: Mapping[str, bool]
    budget_units_claimed: int = 0
    budget_units_source: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """How a day on which something falls due is reckoned."""

    key: str
    name: Bilingual
    kind: str
    """`calendar-days` or `working-days` after the day that sets it going, or `yearly`."""
    days: int
    """0 for a yearly one."""
    month: int
    day: int
    """Of the year after the one that is reported on; 0 for the others."""
    starts: Bilingual
    authority: str


@dataclass(frozen=True, slots=True)
class Latest:
    """Until when a document may still come where nobody entered the day of its approval."""

    years: int
    """After the fiscal year, in which it is approved at the latest."""
    month: int
    day: int
    days: Mapping[str, int]
    """By kind of body: from the last day of approval to the last day of publication."""
    reason: Bilingual
    authority: str


@dataclass(frozen=True, slots=True)
class InternationalClock:
    """When the Open Budget Survey counts a document of a government as published in time."""

    key: str
    name: Bilingual
    document: str
    """The county's own that is meant; empty where this catalogue has none."""
    after: str
    """`approval`, `year` or `period`: what the months are counted from; `before`: they end with the approval."""
    months: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty of one kind of body to publish a table in a document."""

    document: str
    table_id: str
    since: int
    until: int
    level: str
    """`required`, `conditional` or `expected`."""
    who: str
    """`county`, `department`, `township` or `unit`."""
    authority: str
    clock: str = "budget-law"
    division: str = ""
    """How the division code of a county begins that owes it; empty for every county."""

    @property
    def government(self) -> bool:
        """True for duties of the county government itself (000)."""
        return self.who == "county"


@dataclass(frozen=True, slots=True)
class FurtherDuty:
    """A duty that no single table meets."""

    key: str
    name: Bilingual
    who: tuple[str, ...]
    documents: tuple[str, ...]
    tables: tuple[str, ...]
    since: int
    until: int
    clock: str
    """Empty where it is due with its document."""
    checked_by: str
    """Query that measures it; empty where only a person can tell."""
    authority: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A headline rate: of which document, over which tables."""

    key: str
    name: Bilingual
    document: str
    """Empty for every document."""
    tables: tuple[str, ...]
    """Empty for every required table."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A human decision on one cell (contract, section 9)."""

    file_sha256: str
    sheet: str
    cell: str
    was: str
    now: str
    reason: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A human decision to live with one finding until a day."""

    fingerprint: str
    reason: str
    by: str
    on: str
    until: str
