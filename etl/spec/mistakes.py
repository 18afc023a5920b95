"""What is wrong in a declaration file, as a value, and the one exception that carries all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.spec.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in one declaration file."""

    file: str
    """Relative to the jurisdiction folder, or to the program's own where the file is the program's."""
    line: int
    """One-based; 0 where the mistake is about the file as a whole."""
    key: str
    """Path of keys inside the file, `bands/0/columns`; the column's name in a CSV; empty where there is none."""
    message: Bilingual

    @property
    def where(self) -> str:
        """File, line and key, as much of it as is known: `schemas/lines.yml:12 (sets/income/0)`."""
        return f"{self.file}{f':{self.line}' if self.line else ''}{f' ({self.key})' if self.key else ''}"

    def __str__(self) -> str:
        return f"{self.where}: {self.message.zh} / {self.message.en}"


class SpecError(Exception):
    """The declarations cannot be used. Holds every mistake in every file, in the order of files and lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        ordered = sorted(set(mistakes), key=lambda each: (each.file, each.line, each.key, each.message.zh))
        self.mistakes: tuple[Mistake, ...] = tuple(ordered)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))
