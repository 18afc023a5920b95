"""What may go out, and why not. Pure: values in, values out.

In come submissions that have been read and checked; out come the same with a fate each (contract, section 6), and,
table by table, which of them stand: a later accepted submission replaces the tables it holds and never the rest
(contract, section 9). Which bodies may be named on a page is decided in `etl.publish.public`.

    a.xlsx  1 March  accepted  revenue, expenditure         a.xlsx  accepted    expenditure stands
    b.xlsx  2 April  accepted  revenue                ->    b.xlsx  accepted    revenue stands
    c.xlsx  3 May    rejected  revenue                      c.xlsx  rejected    nothing stands
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from etl.fact import Fact, FactsOf
from etl.spec.model import Spec
from etl.table import WITHDRAWN, Submission, Table

UNREADABLE = "unreadable"
"""The one fate that is known before anything is judged."""

Part = tuple[str, ...]
"""What one table replaces another of: whose, of which year, which document, which table."""


def judge(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """Give every submission its fate."""
    return tuple(replace(submission, status=fate(submission)) for submission in submissions)


def settle(submissions: Sequence[Submission], spec: Spec) -> tuple[Submission, ...]:
    """Say of every accepted submission which of its tables stand; one that keeps none is superseded."""
    accepted = [submission for submission in submissions if submission.status == "accepted"]
    holders: dict[Part, str] = {}
    for submission in sorted(accepted, key=lambda one: (one.receipt.received_on, one.receipt.file)):
        for table in submission.tables:
            if not is_withdrawn(submission, table.table_id):
                holders[_part(submission, table, spec)] = submission.submission_id
    return tuple(_stand(one, holders, spec) if one.status == "accepted" else one for one in submissions)


def standing_facts(submissions: Iterable[Submission], facts_of: FactsOf) -> Iterator[Fact]:
    """Every figure that may go out."""
    for submission in submissions:
        standing = (table for table in submission.tables if table.table_id in submission.standing)
        yield from facts_of(submission, standing)


# --- fates ------------------------------------------------------------------------------------------------------


def fate(submission: Submission) -> str:
    """What becomes of one submission.

    Duplicates first: they say nothing of their own. Then what must stay inside, whatever else is wrong with it.
    """
    if submission.receipt.duplicate:
        return "duplicate"
    if submission.status == UNREADABLE:
        return UNREADABLE
    if has_personal_data(submission) or any(finding.code == "exempt-department" for finding in submission.findings):
        return "withheld"
    if submission.has(WITHDRAWN):
        return "withheld"
    if not submission.tables:
        return "unrecognised"
    return "rejected" if submission.count("error") else "accepted"


def is_withdrawn(submission: Submission, table_id: str) -> bool:
    """Whether somebody took a table back, or the whole file."""
    return any(one.code == WITHDRAWN and one.table_id in ("", table_id) for one in submission.findings)


def has_personal_data(submission: Submission) -> bool:
    """Whether something was found that may be personal; where somebody has decided that it is not, it is no error."""
    return any(finding.code == "personal-data" and finding.severity == "error" for finding in submission.findings)


# --- replacement ------------------------------------------------------------------------------------------------


def _part(submission: Submission, table: Table, spec: Spec) -> Part:
    """Lists of one kind stand beside lists of another: that of the nation and that of what enterprises are charged."""
    identity = submission.identity
    whose = (identity.department_code, str(identity.fiscal_year), identity.document, identity.scope)
    part = (*whose, table.table_id, table.part)
    if spec.tables[table.table_id].kind != "list":
        return part
    return (*part, table.form, *sorted({line.attributes.get("list_type", "") for line in table.lines}))


def _stand(submission: Submission, holders: dict[Part, str], spec: Spec) -> Submission:
    def stands(table: Table) -> bool:
        is_held = holders.get(_part(submission, table, spec)) == submission.submission_id
        return is_held and not is_withdrawn(submission, table.table_id)

    standing = frozenset(table.table_id for table in submission.tables if stands(table))
    # Of two lists in one file one may be replaced: what `standing` cannot tell apart is no longer in it.
    tables = tuple(table for table in submission.tables if table.table_id not in standing or stands(table))
    return replace(submission, status="accepted" if standing else "superseded", tables=tables, standing=standing)
