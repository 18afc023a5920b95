"""What the page of one submission says, as a value: a letter to the clerk, and the evidence.

Takes a Submission and the declarations; gives a Letter. How it looks is in `docs/review/submission.html`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from etl.finding import Finding, Outcome
from etl.publish.attempts import Attempts
from etl.publish.neighbourhood import Neighbourhood, chart, neighbourhood
from etl.spec.bilingual import Bilingual
from etl.spec.model import Rule, Spec
from etl.table import LEFT, WITHDRAWN, Submission
from etl.wording import in_reading_order, say

NO_ATTEMPTS = Attempts(())
DRAWN = 200
"""Findings of one submission that get the cells around them drawn; the page says so where there are more."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding in words, with the piece of the sheet it is about."""

    finding: Finding
    title: Bilingual
    message: Bilingual
    mend: Bilingual
    fingerprint: str
    around: Neighbourhood | None = None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What became of one rule on one table."""

    outcome: Outcome
    table: str
    about: Bilingual
    """Why there is such a rule; empty where the declarations no longer have it."""
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything the page of one submission shows."""

    submission: Submission
    title: str
    remarks: tuple[Remark, ...]
    rules: tuple[RuleLine, ...]
    parts: tuple[tuple[str, str], ...]
    """Where one file holds what several bodies submitted: each with its fate."""
    duplicates: tuple[str, ...]
    """Other files with the same bytes."""
    earlier: tuple[Submission, ...]
    """What the same body handed in before of the same document, the first one first."""
    standing: tuple[Submission, ...]
    """What stands in its place while it is not in use itself."""
    is_answered: bool
    """True where it was refused, and later ones that were accepted hold all of it."""
    has_copy: bool
    """True where a marked copy lies beside the page."""

    @property
    def attempt(self) -> int:
        """1 for the first time that these tables came in, 2 for the next."""
        return len(self.earlier) + 1

    @property
    def state(self) -> str:
        """Its status as the verdict says it: also whether it was answered, or left the inbox while it stands."""
        one = self.submission
        shown = one.shown_status
        if self.is_answered and shown != "withdrawn":
            return "answered"
        return "left" if shown == "accepted" and one.has(LEFT) else shown

    @property
    def withdrawals(self) -> tuple[Remark, ...]:
        """Who took the file back, when and why."""
        return tuple(one for one in self.remarks if one.finding.code == WITHDRAWN and not one.finding.table_id)

    def rules_of(self, kinds: Collection[str]) -> tuple[RuleLine, ...]:
        """What became of rules, of the kinds of outcome given."""
        return tuple(line for line in self.rules if line.outcome.kind in kinds)

    @property
    def not_drawn(self) -> int:
        """Findings whose surroundings are not drawn because there are so many."""
        return max(len(self.remarks) - DRAWN, 0)


def make_letter(
    submission: Submission,
    parts: Sequence[Submission],
    duplicates: Sequence[Submission],
    spec: Spec,
    *,
    has_copy: bool,
    attempts: Attempts = NO_ATTEMPTS,
) -> Letter:
    """Gather what the page of a submission shows; `parts` is what it falls into, usually itself alone."""
    return Letter(
        submission=submission,
        title=title_of(submission, spec),
        remarks=tuple(_remarks(submission, spec)),
        rules=rule_lines(submission, spec),
        parts=tuple((title_of(part, spec), part.shown_status) for part in parts) if len(parts) > 1 else (),
        duplicates=tuple(one.receipt.file for one in duplicates),
        earlier=attempts.before(submission),
        standing=attempts.standing(submission),
        is_answered=attempts.is_answered(submission),
        has_copy=has_copy,
    )


def title_of(submission: Submission, spec: Spec) -> str:
    """Who and what, as far as it is known; otherwise the name of the file."""
    identity = submission.identity
    document = spec.documents.get(identity.document)
    year = f"{identity.fiscal_year} 年" if identity.fiscal_year else ""
    what = year + (document.zh if document else "")
    return " ".join(part for part in (identity.department_name, what) if part) or submission.receipt.file


def remark_of(finding: Finding, submission_id: str, spec: Spec, around: Neighbourhood | None = None) -> Remark:
    """One finding in both languages."""
    message_zh, mend_zh = say(finding, spec, "zh")
    message_en, mend_en = say(finding, spec, "en")
    return Remark(
        finding,
        spec.findings[finding.code].title,
        Bilingual(message_zh, message_en),
        Bilingual(mend_zh, mend_en),
        finding.fingerprint(submission_id),
        around,
    )


def _remarks(submission: Submission, spec: Spec) -> list[Remark]:
    sheets = [report.sheet for report in submission.sheets]
    ordered = in_reading_order(submission.findings, sheets, spec)
    spoken_of = {finding.location.sheet for finding in ordered}
    # What may be personal data is not drawn again.
    drawn = () if submission.status == "withheld" else submission.tables
    charts = tuple(chart(table) for table in drawn if table.sheet in spoken_of)
    return [
        remark_of(
            finding,
            submission.submission_id,
            spec,
            neighbourhood(charts, finding.location) if number < DRAWN else None,
        )
        for number, finding in enumerate(ordered)
    ]


def rule_lines(submission: Submission, spec: Spec) -> tuple[RuleLine, ...]:
    """The outcomes of a submission in words."""
    rules = {(rule.rule, rule.table_id): rule for rule in all_rules(spec)}
    return tuple(
        _rule_line(outcome, rules.get((outcome.rule, outcome.table_id)) or rules.get((outcome.rule, "")), spec)
        for outcome in submission.outcomes
    )


def all_rules(spec: Spec) -> tuple[Rule, ...]:
    """Every rule, those of a table before those between tables."""
    inside = (rule for table in spec.tables.values() for rule in table.rules)
    return (*inside, *spec.between_tables, *spec.between_documents)


def _rule_line(outcome: Outcome, rule: Rule | None, spec: Spec) -> RuleLine:
    table = spec.tables.get(outcome.table_id)
    reason = spec.outcome_reasons.get(outcome.reason, Bilingual(outcome.reason, outcome.reason))
    about = rule.reason if rule else Bilingual("", "")
    return RuleLine(outcome, table.name.zh if table else outcome.table_id, about, reason)
