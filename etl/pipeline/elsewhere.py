"""One document may come in several files: what one of them lacks and another brings is not missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.table import Submission

MISSING = "table-missing"


def found_elsewhere(submissions: Sequence[Submission]) -> list[Submission]:
    """The submissions without what they say of tables that other files of the same document hold."""
    held: dict[tuple[str, ...], set[str]] = {}
    for submission in submissions:
        held.setdefault(_document(submission), set()).update(table.table_id for table in submission.tables)
    return [_without(submission, held[_document(submission)]) for submission in submissions]


def _document(submission: Submission) -> tuple[str, ...]:
    who = submission.identity
    return who.department_code, str(who.fiscal_year), who.document, who.scope


def _without(submission: Submission, held: set[str]) -> Submission:
    found = [each for each in submission.findings if each.code == MISSING and each.table_id in held]
    if not found:
        return submission
    kept = tuple(each for each in submission.findings if each not in found)
    settled = {each.rule for each in found} - {each.rule for each in kept if each.code == MISSING}
    outcomes = tuple(replace(each, kind="passed") if each.rule in settled else each for each in submission.outcomes)
    return replace(submission, findings=kept, outcomes=outcomes)
