"""What became of the sheets of a workbook, the ones without a table included. Bottom room: imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Listed:
    """A table that a sheet of contents names."""

    title: str
    """As printed, without its number and its page."""
    cell: str
    row: int
    """One-based."""
    tables: tuple[tuple[str, str], ...]
    """Table ids and parts that the title may mean."""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of one sheet: every sheet ends as one of these."""

    sheet: str
    fate: Literal["recognised", "ignored", "unrecognised", "empty"]
    table_id: str = ""
    form: str = ""
    reason: str = ""
    """For ignored sheets: cover, contents, notes …"""
    listed: tuple[Listed, ...] = ()
    """For contents: the tables they name."""
    nil: tuple[str, ...] = ()
    """For a sheet that states which tables are empty: their ids, every one that a name may mean."""
