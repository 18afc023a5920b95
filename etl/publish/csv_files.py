"""CSV as the contract has it (section 4), and the tables that are one file each.

Takes a Publication; writes files that Excel in Chinese opens right: UTF-8 with a BOM, CRLF, ISO dates, no thousands
separators. The same values give the same bytes. What may be public has been settled before: `publication.facts` are
public, and bodies that may not be named are left out of everything that is not for the reviewers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

from etl.answer import CoverageRow
from etl.fact import Fact
from etl.finding import Finding
from etl.publish.public import Public
from etl.publish.publication import Publication
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Submission
from etl.wording import in_reading_order, sentence

BOM = "\ufeff"
_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""A spreadsheet takes a text that begins like this for a formula; one set to Chinese the wide signs, too."""
_RISKY = frozenset(_RUNS)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")

FACTS = Fact._fields
COVERAGE = tuple(field.name for field in fields(CoverageRow))
DEPARTMENTS = (
    *("department_code", "name_zh", "name_en", "aliases", "kind", "scope", "parent_code", "valid_from", "valid_to"),
    *("exempt", "exempt_reason", "successor_of", "name_source"),
)
SUBMISSIONS = (
    *("submission_id", "file", "sha256", "received_on", "department_code", "fiscal_year", "document", "scope"),
    *("status", "errors", "warnings", "notes"),
)
FINDINGS = (
    *("severity", "code", "submission_id", "file", "sheet", "cell", "table_id", "department_code", "fiscal_year"),
    *("document", "field", "expected", "actual", "difference", "message_zh", "message_en", "fingerprint"),
)
RULES = (
    *("submission_id", "file", "department_code", "fiscal_year", "document", "rule", "table_id", "sheet"),
    *("outcome", "reason", "checked"),
)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV file for people, making its folder where there is none."""
    write_text(path, BOM + "".join(csv_lines((header, *rows))))


def write_text(path: Path, text: str) -> None:
    """Write a text as it is, making its folder where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def csv_lines(rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows as lines for people, each with its end: what a spreadsheet could run is made harmless."""
    lines = _Lines()
    # Asked here of every cell there is: a text that does not begin like a formula is itself.
    told = ([v if v.__class__ is str and v[:1] not in _RISKY else csv_text(v) for v in row] for row in rows)
    csv.writer(lines, lineterminator="\r\n").writerows(told)
    return lines


def machine_lines(rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows as lines for programs, each with its end: every text as it was read.

    Written with CRLF and cut, because the writer puts a lone CR between quotes only where lines end in one.
    """
    lines = _Lines()
    told = ([v if v.__class__ is str else plain_text(v) for v in row] for row in rows)
    csv.writer(lines, lineterminator="\r\n").writerows(told)
    return [f"{line[:-2]}\n" for line in lines]


class _Lines(list[str]):
    """A list that a writer takes for a file: each row arrives in one piece."""

    write = list.append


def csv_text(value: object) -> str:
    """One value as it stands in a CSV file.

    >>> csv_text(Decimal("-12.50")), csv_text("=1+1"), csv_text("-12.50"), csv_text(None)
    ('-12.50', "'=1+1", '-12.50', '')
    """
    return harmless(value) if isinstance(value, str) else plain_text(value)


def plain_text(value: object) -> str:
    """One value as programs read it: a blank is empty, an amount has all its places."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs as a formula; a number stays a number."""
    return f"'{text}" if text.startswith(_RUNS) and not _NUMBER.fullmatch(text) else text


def write_facts(facts: Iterable[Fact], path: Path) -> None:
    """Every figure with where it came from: contract, section 5."""
    write_csv(path, FACTS, facts)


def write_coverage(public: Public, path: Path) -> None:
    """Who owes what and what became of it: contract, section 7; without the bodies that may not be named."""
    write_csv(path, COVERAGE, map(attrgetter(*COVERAGE), public.coverage))


def write_departments(public: Public, path: Path) -> None:
    """The register as it may be public."""
    codes = frozenset(department.code for department in public.departments)
    write_csv(path, DEPARTMENTS, (department_row(department, codes) for department in public.departments))


def department_row(department: Department, named: frozenset[str]) -> tuple[object, ...]:
    """One row of the public register; codes of bodies that may not be named are left out of it."""
    return (
        department.code,
        department.name.zh,
        department.name.en,
        "|".join(department.aliases),
        department.kind,
        department.scope,
        department.parent_code if department.parent_code in named else "",
        department.valid_from or "",
        "" if department.valid_to == 9999 else department.valid_to,
        department.exempt,
        department.exempt_reason,
        "|".join(code for code in department.successor_of if code in named),
        department.name_source,
    )


def write_submissions(submissions: Iterable[Submission], path: Path) -> None:
    """What came in and what became of it: contract, section 6; for the reviewers."""
    write_csv(path, SUBMISSIONS, (submission_row(submission) for submission in submissions))


def submission_row(submission: Submission) -> tuple[object, ...]:
    """One row of submissions.csv."""
    receipt, identity = submission.receipt, submission.identity
    return (
        submission.submission_id,
        receipt.file,
        receipt.sha256,
        receipt.received_on,
        identity.department_code,
        identity.fiscal_year or "",
        identity.document,
        identity.scope,
        submission.status,
        submission.count("error"),
        submission.count("warning"),
        submission.count("note"),
    )


def write_findings(publication: Publication, folder: Path, others: Sequence[Finding] = ()) -> None:
    """Everything that is wrong, as findings.csv and findings.json with the same keys: contract, section 6.

    `others` are findings that belong to no submission: about duties and human decisions.
    """
    rows = tuple(finding_rows(publication, others))
    write_csv(folder / "findings.csv", FINDINGS, (tuple(row.values()) for row in rows))
    listed = [{key: _json(value) for key, value in row.items()} for row in rows]
    (folder / "findings.json").write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8")


def finding_rows(publication: Publication, others: Sequence[Finding] = ()) -> Iterator[Mapping[str, object]]:
    """Rows of findings.csv: submission by submission, each in the order in which it is mended."""
    spec = publication.spec
    for submission in publication.submissions:
        sheets = [report.sheet for report in submission.sheets]
        for finding in in_reading_order(submission.findings, sheets, spec):
            yield _finding_row(finding, submission, spec)
    for finding in in_reading_order(others, (), spec):
        yield _finding_row(finding, None, spec)


def _finding_row(finding: Finding, submission: Submission | None, spec: Spec) -> Mapping[str, object]:
    identity = submission.identity if submission else None
    submission_id = submission.submission_id if submission else ""
    cells = (
        finding.severity,
        finding.code,
        submission_id,
        submission.receipt.file if submission else finding.values.get("file", ""),
        finding.location.sheet,
        finding.location.cell,
        finding.table_id,
        finding.department_code or (identity.department_code if identity else ""),
        finding.fiscal_year or (identity.fiscal_year if identity else 0) or None,
        finding.document or (identity.document if identity else ""),
        finding.field,
        finding.expected,
        finding.actual,
        finding.difference,
        sentence(finding, spec, "zh"),
        sentence(finding, spec, "en"),
        finding.fingerprint(submission_id),
    )
    return dict(zip(FINDINGS, cells, strict=True))


def _json(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def write_rules(submissions: Iterable[Submission], path: Path) -> None:
    """What became of every rule on every table; for the reviewers."""
    write_csv(path, RULES, (row for submission in submissions for row in rule_rows(submission)))


def rule_rows(submission: Submission) -> Iterator[tuple[object, ...]]:
    """Rows of rules.csv for one submission, in the order in which the rules ran."""
    identity = submission.identity
    for outcome in submission.outcomes:
        yield (
            submission.submission_id,
            submission.receipt.file,
            identity.department_code,
            identity.fiscal_year or "",
            identity.document,
            outcome.rule,
            outcome.table_id,
            outcome.sheet,
            outcome.kind,
            outcome.reason,
            outcome.checked,
        )
