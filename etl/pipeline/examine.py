"""One file, from its bytes to Submissions with everything that can be said of them alone.

In come the receipt, the declarations and what a `submission.yml` says; out comes a Submission that is read and checked
but not judged: its status is empty, or `unreadable`. A file that holds the tables of several bodies, years or documents
gives one for each. Nothing that stands in a file stops the reading of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from etl import corrections
from etl.checks import check_between, check_presence, check_table
from etl.finding import Finding, Outcome, error
from etl.normalise import join, normalise
from etl.pipeline.spread import Mishap
from etl.privacy import in_names, mask, mask_finding, scan
from etl.publish.gate import UNREADABLE
from etl.recognise import Share, divide, identify, read_as_departments, recognise
from etl.sheet_report import SheetReport
from etl.spec.declared import Declared
from etl.spec.model import Spec
from etl.suggest import Judge, explain
from etl.table import Identity, Match, Mended, Receipt, Submission, Table, Workbook
from etl.workbook import read


def examine(receipt: Receipt, spec: Spec, declared: Declared | None = None) -> tuple[Submission, ...]:
    """Read and check one file: usually one submission."""
    data = receipt.archived.read_bytes()
    workbook, findings = read(data, receipt.file)
    findings = [*findings, *in_names(receipt.file, workbook, spec)]
    if workbook is None:
        return (Submission(receipt, Identity(), UNREADABLE, findings=tuple(findings)),)
    personal = scan(workbook, data, spec)
    workbook, findings, mended = _mended(workbook, findings, receipt.sha256, spec)
    matches, sheets, about_sheets = recognise(workbook, spec, receipt.file)
    about_file = [*findings, *personal, *about_sheets]
    shares = divide(matches, declared, spec)
    return tuple(
        _examine_share(
            share,
            _seen_by(share, shares, workbook),
            receipt,
            mended,
            declared,
            _theirs(place, shares, sheets, about_file),
            spec,
        )
        for place, share in enumerate(shares)
    )


def _examine_share(
    share: Share,
    workbook: Workbook,
    receipt: Receipt,
    mended: tuple[Mended, ...],
    declared: Declared | None,
    about: tuple[list[SheetReport], list[Finding]],
    spec: Spec,
) -> Submission:
    identity, about_identity = identify(workbook, share.matches, receipt.file, declared, spec, share.named_by)
    matches, about_forms = read_as_departments(share.matches, identity, spec)
    tables, whole, about_cells = _tables(matches, identity, mended, spec)
    about_sums, outcomes = _check(whole, identity, spec)
    sheets, about_file = about
    about_tables, presence = check_presence(whole, sheets, identity, spec)
    outcomes += presence
    said = [*about_file, *about_identity, *about_forms, *about_cells, *about_sums, *about_tables]
    found = explain(said, whole, _judge(whole, identity, spec))
    return Submission(receipt, identity, "", tuple(tables), tuple(sheets), tuple(found), tuple(outcomes), mended=mended)


def _mended(
    workbook: Workbook, findings: Sequence[Finding], sha256: str, spec: Spec
) -> tuple[Workbook, list[Finding], tuple[Mended, ...]]:
    """The workbook as people have set it right; what they wrote is shown, and so without personal numbers."""
    workbook, kept, mended = corrections.mend(workbook, findings, sha256, spec.corrections)
    told = [mask_finding(one, spec) if one.code == "correction-stale" else one for one in kept]
    fields = ("was", "now", "reason", "by")
    masked = tuple(replace(one, **{key: mask(getattr(one, key), spec) for key in fields}) for one in mended)
    return workbook, told, masked


def _seen_by(share: Share, shares: Sequence[Share], workbook: Workbook) -> Workbook:
    """The workbook without the sheets of the other shares: who they are says nothing of this one."""
    own = {id(match.sheet) for match in share.matches}
    others = {id(match.sheet) for each in shares for match in each.matches} - own
    return replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if id(sheet) not in others))


def _theirs(
    place: int, shares: Sequence[Share], sheets: Sequence[SheetReport], findings: Sequence[Finding]
) -> tuple[list[SheetReport], list[Finding]]:
    """What concerns one share of a file: its own sheets; of what belongs to nobody the errors, and the first share all.

    What makes a file unfit makes every share of it unfit: when in doubt, withhold. Contents name the tables of all.
    """
    if len(shares) == 1:
        return list(sheets), list(findings)
    own = {match.sheet.name for match in shares[place].matches}
    owned = {match.sheet.name for share in shares for match in share.matches}
    return (
        [
            replace(report, listed=())
            for report in sheets
            if report.sheet in own or (place == 0 and report.sheet not in owned)
        ],
        [
            finding
            for finding in findings
            if finding.location.sheet in own
            or (finding.location.sheet not in owned and (place == 0 or finding.severity == "error"))
        ],
    )


def unread(receipt: Receipt, mishap: Mishap) -> Submission:
    """The submission of a file that could not be examined."""
    finding = error("file-unreadable", values={"situation": mishap.situation})
    return Submission(receipt, Identity(), UNREADABLE, findings=(finding,))


def mark(submission: Submission, spec: Spec) -> bytes | None:
    """The marked copy of a file; None where there is nothing to mark it in."""
    from etl.feedback.annotate import marked_copy  # openpyxl: slow to import, and seldom needed

    data = submission.receipt.archived.read_bytes()
    workbook, _ = read(data, submission.receipt.file)
    if workbook is None:
        return None
    return marked_copy(data, workbook, submission.findings, spec)


def _tables(
    matches: Sequence[Match], identity: Identity, mended: Sequence[Mended], spec: Spec
) -> tuple[list[Table], list[Table], list[Finding]]:
    """Every recognised block as a table, with the texts of cells that people set right; and as the rules see them."""
    tables: list[Table] = []
    findings: list[Finding] = []
    for match in matches:
        read_table, found = normalise(match, identity, spec)
        tables.append(corrections.restore(read_table, mended))
        findings += found
    standing, whole, about_joints = join(tables)
    return standing, whole, [*findings, *about_joints]


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


def _judge(tables: Sequence[Table], identity: Identity, spec: Spec) -> Judge:
    """What the same rules would say if some of the tables were changed; those that are not are checked once."""
    known: dict[int, list[Finding]] = {}

    def judge(changed: Sequence[Table]) -> Iterator[Finding]:
        for table, original in zip(changed, tables, strict=True):
            if table is not original:
                yield from check_table(table, identity, spec)[0]
        for place, (table, original) in enumerate(zip(changed, tables, strict=True)):
            if table is original:
                if place not in known:
                    known[place] = check_table(table, identity, spec)[0]
                yield from known[place]
        yield from check_between(changed, identity, spec)[0]

    return judge
