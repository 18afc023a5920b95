"""What a check came to, before it becomes an Outcome: findings, how many comparisons were made, or why none was."""

from __future__ import annotations

from dataclasses import dataclass

from etl.finding import Finding, Outcome, OutcomeKind
from etl.spec.model import Rule

LACKING = frozenset(
    {
        *("part-missing", "unit-unsettled", "header-unsettled", "amount-unreadable", "codes-unknown"),
        *("other-table-absent", "other-document-absent", "part-secret", "list-undated"),
    }
)
"""Reasons that leave a question open. With any other reason there was nothing to ask."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule came to on one table."""

    findings: tuple[Finding, ...] = ()
    checked: int = 0
    reason: str = ""
    """Why nothing was compared, as a key of `outcome_reasons`; empty where something was."""

    def outcome(self, rule: Rule, table_id: str, sheet: str) -> Outcome:
        return Outcome(rule.rule, table_id, sheet, self._kind(), "" if self.checked else self.reason, self.checked)

    def _kind(self) -> OutcomeKind:
        if any(finding.severity != "note" for finding in self.findings):
            return "failed"
        if self.checked:
            return "passed"
        return "could-not-run" if self.reason in LACKING else "not-applicable"


def settle(findings: list[Finding], checked: int, reason: str) -> Result:
    """The result of a check that would give `reason` had it compared nothing."""
    return Result(tuple(findings), checked, "" if checked else reason)
