"""Files that do not need one another. In: what writes each. Out: all of them written, in whatever order.

How many are written at once is for the caller to say, who knows the machine: in `one_by_one` it is none but one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

Piece = Callable[[], None]
"""Writes a file, or some."""

Abreast = Callable[[Sequence[Piece]], object]
"""Does all pieces, in whatever order, and comes back when all are done."""


def one_by_one(pieces: Sequence[Piece]) -> None:
    """Here, one after the other."""
    for piece in pieces:
        piece()
