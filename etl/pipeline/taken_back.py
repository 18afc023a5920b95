"""What people took back, and what left the inbox without anybody having decided so.

A withdrawal is a decision in `withdrawn.yml`; taking a file out of the inbox is none. So what stood goes on standing,
from the archive, until a later file replaces it or somebody decides; where it holds nothing up any more, it is let go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from etl.finding import Finding, note, warning
from etl.privacy import mask
from etl.spec.model import Spec
from etl.spec.withdrawn import Withdrawal
from etl.table import LEFT, WITHDRAWN, Submission


def take_back(submission: Submission, spec: Spec) -> Submission:
    """The submission with a finding for each decision to take it back; of what is private, nothing else is said."""
    if submission.receipt.duplicate:
        return submission
    decided = [each for each in spec.withdrawals if each.submission_id == submission.submission_id]
    if not decided:
        return submission
    private = [each for each in decided if each.is_private]
    kept = [one for one in submission.findings if not any(each.table in ("", one.table_id) for each in private)]
    return replace(submission, findings=(*kept, *(_told(each, spec) for each in decided)))


def idle_withdrawals(received: Collection[str], spec: Spec) -> list[Finding]:
    """Decisions on files that never came."""
    return [
        warning("withdrawal-unmatched", actual=each.submission_id, values={"code": each.submission_id})
        for each in spec.withdrawals
        if each.submission_id not in received
    ]


def holding_up(submissions: Iterable[Submission], left: Collection[str]) -> tuple[Submission, ...]:
    """The submissions without those that left the inbox and of which nothing stands; by path."""
    kept = (one for one in submissions if one.submission_id not in left or one.standing)
    return tuple(sorted(kept, key=lambda one: one.receipt.file))


def tell_left(submissions: Sequence[Submission]) -> list[Submission]:
    """Those that left the inbox, each with a word on it."""
    return [
        replace(
            one,
            findings=(
                warning(LEFT, actual=one.receipt.file, values={"code": one.submission_id}),
                *one.findings,
            ),
        )
        for one in submissions
    ]


def _told(decision: Withdrawal, spec: Spec) -> Finding:
    name = spec.tables[decision.table].name.zh if decision.table else ""
    values = {
        "by": mask(decision.by, spec),
        "on": decision.on,
        "text": mask(decision.reason, spec),
        "table": name,
        "situation": "private" if decision.is_private else "default",
    }
    return note(WITHDRAWN, table_id=decision.table, values={key: value for key, value in values.items() if value})
