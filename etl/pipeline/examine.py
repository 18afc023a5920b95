"""One file, from its bytes to a Submission with everything that can be said of it alone.

In come the receipt, the declarations and what a `submission.yml` says; out comes a Submission that is read and checked
but not judged: its status is empty, or `unreadable`. Nothing that stands in a file stops the reading of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl import corrections
from etl.checks import check_between, check_table
from etl.finding import Finding, Outcome, error
from etl.normalise import normalise
from etl.pipeline.spread import Mishap
from etl.privacy import scan
from etl.publish.gate import UNREADABLE
from etl.recognise import identify, recognise
from etl.spec.declared import Declared
from etl.spec.model import Spec
from etl.suggest import explain
from etl.table import Identity, Match, Receipt, Submission, Table
from etl.workbook import read


def examine(receipt: Receipt, spec: Spec, declared: Declared | None = None) -> Submission:
    """Read and check one file."""
    data = receipt.archived.read_bytes()
    workbook, findings = read(data, receipt.file)
    if workbook is None:
        return Submission(receipt, Identity(), UNREADABLE, findings=tuple(findings))
    matches, sheets, about_sheets = recognise(workbook, spec, receipt.file)
    identity, about_identity = identify(workbook, matches, receipt.file, declared, spec)
    tables, about_cells = _tables(matches, identity, receipt.sha256, spec)
    about_sums, outcomes = _check(tables, identity, spec)
    found = [*findings, *scan(workbook, data), *about_identity, *about_sheets, *about_cells, *about_sums]
    return Submission(
        receipt, identity, "", tuple(tables), tuple(sheets), tuple(explain(found, tables)), tuple(outcomes)
    )


def unread(receipt: Receipt, mishap: Mishap) -> Submission:
    """The submission of a file that could not be examined."""
    finding = error("file-unreadable", values={"situation": mishap.situation})
    return Submission(receipt, Identity(), UNREADABLE, findings=(finding,))


def mark(submission: Submission, spec: Spec, destination: Path) -> bool:
    """Write the marked copy of a file; False where there is nothing to mark it in."""
    from etl.feedback.annotate import annotate  # openpyxl: slow to import, and seldom needed

    data = submission.receipt.archived.read_bytes()
    workbook, _ = read(data, submission.receipt.file)
    if workbook is None:
        return False
    annotate(data, workbook, submission.findings, spec, destination)
    return True


def _tables(matches: Sequence[Match], identity: Identity, sha256: str, spec: Spec) -> tuple[list[Table], list[Finding]]:
    """Every recognised sheet as a table, with what people have decided about its cells."""
    tables: list[Table] = []
    findings: list[Finding] = []
    for match in matches:
        read_table, found = normalise(match, identity, spec)
        table, about_corrections = corrections.apply(read_table, sha256, spec.corrections)
        tables.append(table)
        findings += [*found, *about_corrections]
    return tables, findings


def _check(tables: Sequence[Table], identity: Identity, spec: Spec) -> tuple[list[Finding], list[Outcome]]:
    """What the rules say of each table, then of the tables together."""
    findings: list[Finding] = []
    outcomes: list[Outcome] = []
    for table in tables:
        found, became = check_table(table, identity, spec)
        findings += found
        outcomes += became
    found, became = check_between(tables, identity, spec)
    return [*findings, *found], [*outcomes, *became]
