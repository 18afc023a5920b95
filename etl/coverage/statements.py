"""What is stated of empty tables apart from the tables.

A sheet of its own counts as a `nil.yml` does, and what is stated anywhere is missing nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from etl.spec.nil import NilStatement
from etl.table import Submission

HEARD = frozenset({"accepted", "superseded", "unrecognised"})
"""A document that holds nothing but the statement has no table to be recognised by."""
DOUBT = "nil-statement-missing"


def stated_in(submissions: Iterable[Submission]) -> Iterator[NilStatement]:
    """One for every table that a sheet may mean: what the body does not owe meets no duty."""
    for submission in submissions:
        who, receipt = submission.identity, submission.receipt
        if submission.status in HEARD and who.department_code and who.fiscal_year and who.document:
            for sheet in submission.sheets:
                for table_id in sheet.nil:
                    yield NilStatement(
                        who.department_code,
                        who.fiscal_year,
                        who.document,
                        table_id,
                        sheet.sheet,
                        receipt.received_on,
                        receipt.file,
                    )


def withdraw_stated(submissions: Sequence[Submission], stated: Iterable[NilStatement]) -> tuple[Submission, ...]:
    """The submissions without the doubt that a table is empty and nobody said so, where somebody did, elsewhere.

    `stated` is what every `nil.yml` says; what sheets of the submissions say is heard too. A statement about one
    document of one body speaks for no other.
    """
    said = {_about(one): one for one in (*stated, *stated_in(submissions))}
    return tuple(_relieved(submission, said.keys()) for submission in submissions)


def _about(one: NilStatement) -> tuple[str, int, str, str]:
    return one.department_code, one.fiscal_year, one.document, one.table_id


def _relieved(submission: Submission, said: Collection[tuple[str, int, str, str]]) -> Submission:
    who = submission.identity
    settled = [
        one
        for one in submission.findings
        if one.code == DOUBT and (who.department_code, who.fiscal_year, who.document, one.table_id) in said
    ]
    if not settled:
        return submission
    met = {(one.rule, one.table_id) for one in settled}
    return replace(
        submission,
        findings=tuple(one for one in submission.findings if one not in settled),
        outcomes=tuple(
            replace(one, kind="passed") if (one.rule, one.table_id) in met else one for one in submission.outcomes
        ),
    )
