"""What is declared, as frozen values: `load` reads `schemas/` and `datasets/`, or names every mistake in them."""

from __future__ import annotations

from etl.spec.load import load
from etl.spec.mistakes import Mistake, SpecError

__all__ = ["Mistake", "SpecError", "load"]
