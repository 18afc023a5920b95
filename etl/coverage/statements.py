"""What submissions state of empty tables in a sheet of their own -> statements, as if they stood in a `nil.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.spec.nil import NilStatement
from etl.table import Submission

HEARD = frozenset({"accepted", "superseded", "unrecognised"})
"""A document that holds nothing but the statement has no table to be recognised by."""


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
