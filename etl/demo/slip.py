"""Where a mistake that was made on purpose shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from etl.demo.filing import File
from etl.demo.grid import Grid, Place
from etl.demo.office import Filing


@dataclass(frozen=True, slots=True)
class Slip:
    """Where a mistake shows: an empty place is the file as a whole."""

    file: File
    grid: Grid | None = None
    place: Place | None = None
    also: File | None = None
    """Another file of which the same is said."""


Slipper = Callable[[Filing, Random], Slip | None]
"""Makes a mistake in a filing; None where the filing has nothing to get wrong in that way."""
