"""What travels inside this room: a part of a sheet, what its columns hold, what they probably are, and the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from etl.finding import Finding
from etl.recognise.header import Header
from etl.spec.model import Form
from etl.table import Sheet

How = Literal["known", "content", "like", "sum", "left", "new"]
"""Why a column is taken for what it is: a declared label; what stands below it; a label much like it; its sums; nothing
else is left; or it is not, and waits for a name."""

Kind = Literal["code", "text", "figure", "ratio", "serial", "blank"]
"""What stands below a header."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a sheet that holds one table."""

    sheet: Sheet
    title: str
    """As printed, spaces removed; empty where there is none."""
    title_row: int
    """-1 where it stands in no row of the sheet."""
    stop: int
    """One past the last row."""
    header: Header
    kinds: tuple[Kind, ...]
    """By column of the header."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What one column probably is."""

    index: int
    label: tuple[str, ...]
    """The label a template would give: folded header texts from the top down."""
    role: str
    """As in `etl.table.Column`."""
    key: str
    how: How
    others: tuple[str, ...] = ()
    """Keys that it may be as well."""
    line: str = ""
    """Layout columns: code of the line, `key` being its measure."""
    line_label: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BandGuess:
    """One block of columns."""

    side: str
    heads: tuple[str, ...]
    codes: str
    lines: tuple[str, ...]
    repeat: bool
    columns: tuple[Guess, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The form that a block comes nearest to, and why it is not that form."""

    form: Form
    document: str
    """Of the title that comes nearest; empty where no title is near."""
    likeness: float
    """0 to 1: how sure it is that the block is this table."""
    same_title: bool
    missing: tuple[str, ...]
    """Labels that the form requires and the block lacks, as the form prints them."""
    unknown: tuple[str, ...]
    """Labels that the block prints and the form does not have."""
    unknown_at: frozenset[int]
    """Their columns."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What the sheet gives when it is read with the proposal."""

    read: bool
    lines: int = 0
    figures: int = 0
    unnamed: tuple[str, ...] = ()
    """Cells of lines that no declaration names."""
    unread: tuple[str, ...] = ()
    """Cells of headers with figures below them that the proposal does not read."""
    passed: int = 0
    """Sums and identities of the table that hold."""
    failed: tuple[str, ...] = ()
    """Rules of the table that do not hold."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A template file that is not yet one."""

    block: Block
    table_id: str
    rivals: tuple[str, ...]
    """Other tables that it is nearly as like."""
    is_like: bool
    """False where it is like no table."""
    form: str
    """Name of the form, not taken by another."""
    layout: str
    document: str
    document_sure: bool
    title: str
    """As the template would give it; the table's own name where the sheet has none."""
    unit: str
    requires: tuple[str, ...]
    bands: tuple[BandGuess, ...]
    default_measure: Mapping[str, str]
    fill_down: tuple[str, ...]
    constants: Mapping[str, str]
    part: str
    near: Near
    finding: Finding | None
    """What checking says of the block."""
    tried: Tried = Tried(False)

    @property
    def path(self) -> str:
        """Where the file belongs, from the root."""
        return f"schemas/tables/{self.table_id}/template-{self.form.removeprefix(f'{self.table_id}-')}.yml"

    @property
    def columns(self) -> tuple[Guess, ...]:
        return tuple(column for band in self.bands for column in band.columns)
