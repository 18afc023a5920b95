"""What becomes of submissions once all of them have been examined.

In come submissions, the declarations and the day; out come the same with their fates. Order matters: schemas first,
then what people have accepted, then the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from etl import corrections
from etl.documents import Key, Said
from etl.finding import Finding, note
from etl.pipeline.blocked import block
from etl.publish.gate import has_personal_data, judge
from etl.spec.model import Spec
from etl.table import Receipt, Submission
from etl.validate import IDENTITY_CODES, validate

FIELDS_OF_IDENTITY: Mapping[str, str] = MappingProxyType({**IDENTITY_CODES, "department_name": "department-unknown"})
"""By field, the code that the reading of titles may have given already; a schema says the same again of every table."""

_DIGITS = re.compile(r"\d+")


def decide(examined: Sequence[Submission], spec: Spec, day: date) -> tuple[Submission, ...]:
    """Give every submission its fate."""
    told = [_about_secrecy(submission, spec) for submission in _validate(examined, spec)]
    return judge(_without_quotes(_accept(block(submission, spec), spec, day)) for submission in told)


def reconsider(judged: Sequence[Submission], said: Mapping[Key, Said], spec: Spec, day: date) -> tuple[Submission, ...]:
    """Judge again with what other documents say of each submission."""
    return judge(
        _without_quotes(_accept(_with(submission, said[submission.key]), spec, day))
        if submission.key in said
        else submission
        for submission in judged
    )


def _with(submission: Submission, said: Said) -> Submission:
    if submission.receipt.duplicate:
        return submission
    return replace(
        submission,
        findings=(*submission.findings, *said.findings),
        outcomes=(*submission.outcomes, *said.outcomes),
    )


def _about_secrecy(submission: Submission, spec: Spec) -> Submission:
    """What is to be said where the register exempts the body from disclosure."""
    department = spec.department(submission.identity.department_code)
    if submission.receipt.duplicate or department is None or department.exempt != "yes":
        return submission
    return replace(submission, findings=(*submission.findings, note("exempt-department")))


def _accept(submission: Submission, spec: Spec, day: date) -> Submission:
    """What people have decided to live with."""
    kept, expired = corrections.accept(submission.findings, submission.submission_id, spec.acceptances, day.isoformat())
    return replace(submission, findings=(*kept, *expired))


def duplicate(receipt: Receipt, original: Submission) -> Submission:
    """The row of a file whose bytes came in before."""
    finding = note("submission-duplicate", values={"name": original.receipt.file})
    return Submission(receipt, original.identity, "", findings=(finding,))


def idle_corrections(examined: Sequence[Submission], spec: Spec) -> list[Finding]:
    """Corrections that point to nothing that was read."""
    used = {
        correction
        for submission in examined
        for table in submission.tables
        for correction in corrections.matching(table, submission.receipt.sha256, spec.corrections)
    }
    return corrections.unmatched(spec.corrections, used)


def _validate(examined: Sequence[Submission], spec: Spec) -> list[Submission]:
    """Every table against its schema, all submissions at once."""
    candidates = [
        (str(place), submission.identity, table)
        for place, submission in enumerate(examined)
        for table in submission.tables
        if table.settled
    ]
    found = validate(candidates, spec)
    return [_add(submission, found.get(str(place), ())) for place, submission in enumerate(examined)]


def _add(submission: Submission, found: Sequence[Finding]) -> Submission:
    """What a schema says, without what has been said of the same thing before."""
    if submission.receipt.duplicate:
        return submission
    said = {one.code for one in submission.findings}
    new = (one for one in found if FIELDS_OF_IDENTITY.get(one.field) not in said)
    return replace(submission, findings=(*submission.findings, *new))


def _without_quotes(submission: Submission) -> Submission:
    """A finding about a row that holds personal data might quote it: that it is personal says enough."""
    if not has_personal_data(submission):
        return submission
    private = {place for one in submission.findings if one.code == "personal-data" for place in _rows(one)}
    kept = (one for one in submission.findings if one.code == "personal-data" or private.isdisjoint(_rows(one)))
    return replace(submission, findings=tuple(kept))


def _rows(finding: Finding) -> set[tuple[str, int]]:
    """Every row that a finding is about; its place may be one cell, a range, or several: `B4,B6:B8`."""
    rows: set[tuple[str, int]] = set()
    for part in finding.location.cell.split(","):
        numbers = [int(digits) for digits in _DIGITS.findall(part)]
        rows |= {(finding.location.sheet, row) for row in range(min(numbers, default=0), max(numbers, default=-1) + 1)}
    return rows
