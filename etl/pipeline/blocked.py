"""A rule that could not run on a table that must be published blocks acceptance like an error: silence is no pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from etl.finding import Finding, Location, Outcome, error
from etl.printed import at_title
from etl.spec.model import Spec
from etl.table import Submission

OPEN_QUESTIONS = frozenset({"part-missing", "unit-unsettled", "header-unsettled", "amount-unreadable", "codes-unknown"})
"""Reasons that lie in the table itself. Another table or document may come in a file of its own, and what is lawfully
secret is no failing."""


def block(submission: Submission, spec: Spec) -> Submission:
    """The submission with an error for every required table on which a rule could not run, where none says so yet."""
    told = {finding.table_id for finding in submission.findings if finding.severity == "error"}
    found: dict[str, Finding] = {}
    for outcome in _open(submission, spec):
        if outcome.table_id not in told:
            found.setdefault(outcome.table_id, _not_checked(submission, outcome, spec))
    return replace(submission, findings=(*submission.findings, *found.values())) if found else submission


def _open(submission: Submission, spec: Spec) -> Iterator[Outcome]:
    who = submission.identity
    required = {
        duty.table_id
        for duty in spec.obligations
        if duty.document == who.document and duty.level == "required" and duty.since <= who.fiscal_year <= duty.until
    }
    for outcome in submission.outcomes:
        if outcome.kind == "could-not-run" and outcome.reason in OPEN_QUESTIONS and outcome.table_id in required:
            yield outcome


def _not_checked(submission: Submission, outcome: Outcome, spec: Spec) -> Finding:
    table = next((one for one in submission.tables if one.table_id == outcome.table_id), None)
    at = at_title(table) if table is not None else Location(outcome.sheet)
    name = table.title if table is not None else spec.tables[outcome.table_id].name.zh
    values = {"table": name, "text": spec.outcome_reasons[outcome.reason].zh}
    return error("check-not-possible", at, table_id=outcome.table_id, rule=outcome.rule, values=values)
