"""What changed from one release to the next, as values that travel. Bottom room.

`etl.releases` makes them from the log; whatever is drawn from them has been looked through before: what has since been
withheld, or withdrawn for the sake of a person or a secret, is not in them but for a count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ARRIVED = "arrived"
ADDED = "added"
REPLACED = "replaced"
CHANGED = "changed"
WITHDRAWN = "withdrawn"
GONE = "gone"
RETRACTED = "retracted"

KINDS = (ARRIVED, ADDED, REPLACED, CHANGED, WITHDRAWN, GONE, RETRACTED)
"""What may become of a document, in the order in which it is told:

arrived     nothing of it stood before
added       a further file brought tables that it did not have
replaced    a later file brought tables in the place of others
changed     the same files say something else now: a correction, or the program reads them differently
withdrawn   taken back by a decision in `withdrawn.yml`
gone        its file left the inbox, and nobody wrote a decision down
retracted   the file is there and no longer accepted, or its body may no longer be named
"""

LATER_FILE = "later-file"
CORRECTION = "correction"
READ_ANEW = "read-anew"

REASONS = (LATER_FILE, CORRECTION, READ_ANEW, WITHDRAWN, GONE, RETRACTED)
"""Why a figure changed; with a correction and a withdrawal, people said more."""


@dataclass(frozen=True, slots=True, order=True)
class Whose:
    """Which document of whom."""

    department_code: str
    fiscal_year: int
    document: str
    scope: str

    @property
    def key(self) -> str:
        return f"{self.department_code}/{self.fiscal_year}/{self.document}/{self.scope}"

    @classmethod
    def of(cls, key: str) -> Whose:
        """The other way round."""
        code, year, document, scope = key.rsplit("/", 3)
        return cls(code, int(year), document, scope)


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that is another than it was."""

    release: int
    day: str
    whose: Whose
    table_id: str
    line_code: str
    line_name: str
    measure: str
    old: Decimal | None
    """In yuan; None where the figure is new in a table that stood before."""
    new: Decimal | None
    """None where the figure is no longer there."""
    sheet: str
    cell: str
    """Of the new figure; of the old one where there is no new."""
    submission_id: str
    """That the cell is in."""
    before_id: str
    """That the old figure was read from; empty where there is none."""
    reason: str
    """One of REASONS."""
    text: str = ""
    """What people wrote down as their reason."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of one document."""

    release: int
    day: str
    kind: str
    """One of KINDS."""
    whose: Whose
    tables: tuple[str, ...]
    """Those concerned, by id."""
    came: tuple[str, ...]
    """Submissions of which something stands now and did not before."""
    left: tuple[str, ...]
    """Submissions of which something stood before and does not now."""
    text: str = ""
    on: str = ""
    """Of a withdrawal: why, and the day it was decided."""
    decided: str = ""
    """The submission that the withdrawal is about."""
    figures: tuple[FigureChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """One publish that changed data."""

    number: int
    day: str
    sha256: str
    """Of its line in the log, which the next one names."""
    previous: str
    """That of the one before; empty for the first."""
    data: str
    """Hash of everything under `data/`."""
    program: str
    counts: Mapping[str, int]
    """By kind of change and for `figures`: as the log has them, whatever may be named today."""
    datasets: Mapping[str, str]
    """Datasets that changed: hash of the CSV; empty where there is none any more."""
    documents: tuple[DocumentChange, ...] = ()
    unnamed: int = 0
    """Changes of which only the number may be known."""

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        return tuple(figure for document in self.documents for figure in document.figures)

    @property
    def is_description(self) -> bool:
        """True where no document changed: another program describes the same figures."""
        return not any(self.counts.values())


@dataclass(frozen=True, slots=True)
class Version:
    """A dataset as it was from one release up to the next that changed it."""

    table_id: str
    number: int
    day: str
    until: int
    """The release that changed it."""
    until_day: str
    sha256: str
    is_withheld: bool = False
    """True where it held something that may no longer be seen."""

    @property
    def path(self) -> str:
        """Under `data/`."""
        return f"{self.table_id}/versions/{self.number}/{self.table_id}.csv"


@dataclass(frozen=True, slots=True)
class History:
    """Every release, latest first, as far as it may be seen."""

    releases: tuple[Release, ...] = ()
    versions: tuple[Version, ...] = ()
    """Earlier ones, latest first; what stands now is not among them."""
    log: str = field(default="", repr=False)
    """The lines of the log, word for word: numbers and hashes, no names."""

    @property
    def latest_changes(self) -> tuple[DocumentChange, ...]:
        """What became of documents that had stood before, latest first."""
        return tuple(
            change for release in self.releases for change in release.documents if change.kind not in (ARRIVED, ADDED)
        )

    def versions_of(self, table_id: str) -> tuple[Version, ...]:
        return tuple(version for version in self.versions if version.table_id == table_id)

    def changes_of(self, department_code: str) -> tuple[DocumentChange, ...]:
        """Everything that became of the documents of a body after its first, latest first."""
        return tuple(
            change
            for release in self.releases
            for change in release.documents
            if change.whose.department_code == department_code
        )

    def figures_of(self, table_id: str) -> tuple[FigureChange, ...]:
        """Every figure of a table that changed, latest first."""
        return tuple(figure for release in self.releases for figure in release.figures if figure.table_id == table_id)
