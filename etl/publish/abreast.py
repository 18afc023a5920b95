"""Files that do not need one another. In: what writes each. Out: all of them written, in whatever order.

How many are written at once is for the caller to say, who knows the machine: in `one_by_one` it is none but one. The
caller may also know files from an earlier run: of those that come as `Files` it is said what they are made from.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Piece = Callable[[], None]
"""Writes a file, or some."""

Abreast = Callable[[Sequence[Piece]], object]
"""Does all pieces, in whatever order, and comes back when all are done."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files below a folder that follow from what they are made from, and from nothing else that changes between runs.

    What writes them can reach nothing but what it is handed here: so that no file can be taken for the same that is
    not.
    """

    write: Callable[..., None]
    """Called with the folder, what they are made from, and what is given; it writes below the folder."""
    folder: Path
    made_from: tuple[Any, ...]
    """Values without sets and without what is known of this run only: they are what the files are known again by."""
    given: tuple[Any, ...] = ()
    """What follows from `made_from`, from the program or from what is declared for all files, and is not looked at."""

    def __call__(self) -> None:
        self.write(self.folder, *self.made_from, *self.given)


def one_by_one(pieces: Sequence[Piece]) -> None:
    """Here, one after the other."""
    for piece in pieces:
        piece()
