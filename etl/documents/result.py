"""What rules between documents say of one submission."""

from __future__ import annotations

from dataclasses import dataclass

from etl.finding import Finding, Outcome

Key = tuple[str, ...]
"""What tells one submission from others: `Submission.key`."""


@dataclass(frozen=True, slots=True)
class Said:
    """Findings and outcomes of one submission."""

    findings: tuple[Finding, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    def __add__(self, other: Said) -> Said:
        return Said((*self.findings, *other.findings), (*self.outcomes, *other.outcomes))
