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
from etl.pipeline.elsewhere import found_elsewhere
from etl.pipeline.kept import Kept
from etl.pipeline.schemas import told_by_schemas
from etl.pipeline.taken_back import take_back
from etl.privacy import mask, mask_finding, names_of_others
from etl.publish.gate import UNREADABLE, has_personal_data, judge
from etl.spec.model import Spec
from etl.table import Receipt, Submission
from etl.validate import IDENTITY_CODES

FIELDS_OF_IDENTITY: Mapping[str, str] = MappingProxyType({**IDENTITY_CODES, "department_name": "department-unknown"})
"""By field, the code that the reading of titles may have given already; a schema says the same again of every table."""

_DIGITS = re.compile(r"\d+")


def decide(
    examined: Sequence[Submission], spec: Spec, day: date, jobs: int | None = 1, kept: Kept | None = None
) -> tuple[Submission, ...]:
    """Give every submission its fate; more than one of the `jobs` pays where there are many."""
    valid = _validate(examined, spec, jobs, kept)
    told = [_about_secrecy(submission, spec) for submission in found_elsewhere(valid)]
    quiet = (_without_numbers(block(submission, spec), spec) for submission in told)
    return judge(_without_quotes(take_back(_accept(submission, spec, day), spec), spec) for submission in quiet)


def reconsider(judged: Sequence[Submission], said: Mapping[Key, Said], spec: Spec, day: date) -> tuple[Submission, ...]:
    """Judge again with what other documents say of each submission."""
    return judge(
        _without_quotes(_accept(_with(submission, said[submission.key]), spec, day), spec)
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
    """What is to be said where the register exempts the body from disclosure, or one that the tables name."""
    if submission.receipt.duplicate:
        return submission
    department = spec.department(submission.identity.department_code)
    if department is not None and department.exempt == "yes":
        return replace(submission, findings=(*submission.findings, note("exempt-department")))
    named = names_of_others(submission.receipt.file, submission.identity, submission.tables, spec)
    return replace(submission, findings=(*submission.findings, *named)) if named else submission


def _accept(submission: Submission, spec: Spec, day: date) -> Submission:
    """What people have decided to live with."""
    kept, expired = corrections.accept(submission.findings, submission.submission_id, spec.acceptances, day.isoformat())
    return replace(submission, findings=tuple(_discreet(finding, spec) for finding in (*kept, *expired)))


def _discreet(finding: Finding, spec: Spec) -> Finding:
    """A finding without the personal numbers of those who accepted it: what they wrote is published."""
    written = {key: mask(finding.values[key], spec) for key in ("accepted", "accepted_by") if key in finding.values}
    return replace(finding, values={**finding.values, **written}) if written else finding


def duplicate(receipt: Receipt, original: Submission) -> Submission:
    """The row of a file whose bytes came in before."""
    finding = note("submission-duplicate", values={"name": original.receipt.file})
    return Submission(receipt, original.identity, "", findings=(finding,))


def idle_corrections(examined: Sequence[Submission], spec: Spec) -> list[Finding]:
    """Corrections that point to no cell of any file."""
    used = {
        correction
        for one in examined
        for correction in corrections.used(spec.corrections, one.mended, one.findings, one.receipt.sha256)
    }
    return corrections.unmatched(spec.corrections, used)


def _validate(examined: Sequence[Submission], spec: Spec, jobs: int | None, kept: Kept | None) -> list[Submission]:
    """Every table against its schema."""
    found = told_by_schemas(examined, spec, jobs, kept)
    return [_add(submission, findings) for submission, findings in zip(examined, found, strict=True)]


def _add(submission: Submission, found: Sequence[Finding]) -> Submission:
    """What a schema says, without what has been said of the same thing before."""
    if submission.receipt.duplicate:
        return submission
    said = {one.code for one in submission.findings}
    new = (one for one in found if FIELDS_OF_IDENTITY.get(one.field) not in said)
    return replace(submission, findings=(*submission.findings, *new))


def _without_numbers(submission: Submission, spec: Spec) -> Submission:
    """Findings about something else would quote a number that stands in the name of a sheet or of a file.

    Before people's decisions are looked up, which know a finding by what it says.
    """
    if not (has_personal_data(submission) or submission.receipt.duplicate):
        return submission
    return replace(submission, findings=tuple(mask_finding(finding, spec) for finding in submission.findings))


def _without_quotes(submission: Submission, spec: Spec) -> Submission:
    """A finding about a row that holds personal data might quote it: that it is personal says enough.

    A name of a file or of a sheet is shown with asterisks: it stands wherever the submission is spoken of.
    """
    if submission.receipt.duplicate or submission.status == UNREADABLE:
        return _without_names(submission, spec)
    if not has_personal_data(submission):
        return submission
    submission = _without_names(submission, spec)
    private = {place for one in submission.findings if one.code == "personal-data" for place in _rows(one)}
    kept = (one for one in submission.findings if one.code == "personal-data" or private.isdisjoint(_rows(one)))
    return replace(submission, findings=tuple(kept))


def _without_names(submission: Submission, spec: Spec) -> Submission:
    receipt, identity = submission.receipt, submission.identity
    evidence = {key: mask(text, spec) for key, text in identity.evidence.items()}
    return replace(
        submission,
        receipt=replace(receipt, file=mask(receipt.file, spec)),
        identity=replace(identity, department_name=mask(identity.department_name, spec), evidence=evidence),
        sheets=tuple(replace(report, sheet=mask(report.sheet, spec)) for report in submission.sheets),
        outcomes=tuple(replace(outcome, sheet=mask(outcome.sheet, spec)) for outcome in submission.outcomes),
    )


def _rows(finding: Finding) -> set[tuple[str, int]]:
    """Every row that a finding is about; its place may be one cell, a range, or several: `B4,B6:B8`."""
    rows: set[tuple[str, int]] = set()
    for part in finding.location.cell.split(","):
        numbers = [int(digits) for digits in _DIGITS.findall(part)]
        rows |= {(finding.location.sheet, row) for row in range(min(numbers, default=0), max(numbers, default=-1) + 1)}
    return rows
