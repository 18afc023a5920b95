"""Who owed what, by when, and what became of it.

Takes the warehouse and the day; gives `coverage.csv` row by row, the headline rates, and findings for what is missing
or late. Which duty met which table is a query (`queries/duties.sql`), and so are the rates; here the clocks are set
against it. Claims no lateness where a date is not known, and counts nothing as published that was not accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.answer import CoverageRow, RateResult
from etl.calendar import days_late, due_on
from etl.finding import Finding, note, warning
from etl.spec.model import Spec
from etl.warehouse import COVERAGE, Warehouse, in_columns

UNITS_OWE_SINCE = 2021
"""Subordinate units publish their own tables under art. 6 of the Budget Law's Implementing Regulation, in force since
1 October 2020: the budget of 2021 is the first that came after it."""

CLOCKED = frozenset({"budget", "final-account"})
"""Documents on the clock of the Budget Law. Lists of fees are on that of the information regulation: working days."""

HELD = frozenset({"published", "nil-declared", "nil-undeclared"})
"""Statuses of what is there."""


def measure(
    warehouse: Warehouse, spec: Spec, today: date
) -> tuple[tuple[CoverageRow, ...], tuple[RateResult, ...], list[Finding]]:
    """Every duty with its status, the headline rates of every year, and what is missing or late.

    Rows of bodies that may not be named are among them: `Department.may_be_named` says which.
    """
    jurisdiction = spec.jurisdiction
    duties = warehouse.ask("duties", first_year=jurisdiction.first_year, units_since=UNITS_OWE_SINCE)
    rows = tuple(_row(duty, spec.clock_days, today) for duty in duties)
    warehouse.load("coverage", COVERAGE, in_columns(COVERAGE, rows))
    return rows, tuple(_rates(warehouse, spec)), _findings(warehouse, spec)


def _row(duty: Mapping[str, Any], clock_days: int, today: date) -> CoverageRow:
    """A duty as the query found it, with the clock set against it."""
    status = str(duty["status"])
    due: date | None = None
    if duty["approved_on"] and status != "exempt" and duty["document"] in CLOCKED:
        due = due_on(duty["approved_on"], clock_days)
    if status == "missing" and not _has_come(duty, due, today):
        status = "not-due"
    published_on: date | None = duty["published_on"] if status in HELD else None
    return CoverageRow(
        duty["department_code"],
        duty["department_name"],
        duty["fiscal_year"],
        duty["document"],
        duty["table_id"],
        duty["obligation"],
        status,
        due.isoformat() if due else "",
        published_on.isoformat() if published_on else "",
        days_late(due, published_on) if due and published_on else None,
        "" if status == "exempt" else duty["submission_id"],
    )


def _has_come(duty: Mapping[str, Any], due: date | None, today: date) -> bool:
    """Whether the day is over on which a document was due.

    Where the approval date is not known, one thing still is: there is no final account of a year that has not ended,
    and no budget before its year begins.
    """
    if due:
        return today > due
    earliest = duty["fiscal_year"] + (1 if duty["document"] == "final-account" else 0)
    return bool(today >= date(earliest, 1, 1))


def _rates(warehouse: Warehouse, spec: Spec) -> list[RateResult]:
    results = [
        RateResult(rate.key, **answer)
        for rate in spec.rates
        for answer in warehouse.ask("rates", document=rate.document, tables=list(rate.tables))
    ]
    order = {rate.key: place for place, rate in enumerate(spec.rates)}
    return sorted(results, key=lambda result: (result.fiscal_year, order[result.key]))


# --- findings ---------------------------------------------------------------------------------------------------


def _findings(warehouse: Warehouse, spec: Spec) -> list[Finding]:
    """One finding for a document of a body in a year, not one for each table: nobody reads nine that say the same."""
    findings: list[Finding] = []
    for disclosure in warehouse.ask("disclosures"):
        if disclosure["missing"]:
            findings.append(_missing(disclosure, spec))
        if disclosure["days_late"]:
            findings.append(_about("disclosure-late", disclosure, days=str(disclosure["days_late"])))
        if disclosure["published"] and not disclosure["due_on"] and disclosure["document"] in CLOCKED:
            findings.append(_about("approval-date-missing", disclosure))
    return findings


def _missing(disclosure: Mapping[str, Any], spec: Spec) -> Finding:
    """What of a document has not come: all of it, one table, or several."""
    missing: Sequence[str] = disclosure["missing"]
    if len(missing) == disclosure["required"] and not disclosure["published"]:
        return _about("disclosure-missing", disclosure, situation="document")
    names = [spec.tables[table_id].name.zh if table_id in spec.tables else table_id for table_id in missing]
    if len(missing) == 1:
        return _about("disclosure-missing", disclosure, missing[0], table=names[0])
    parts = "、".join(f"《{name}》" for name in names)
    return _about("disclosure-missing", disclosure, situation="tables", table="》《".join(names), parts=parts)


def _about(code: str, disclosure: Mapping[str, Any], table_id: str = "", **values: str) -> Finding:
    make = note if code == "approval-date-missing" else warning
    days = {key: disclosure[key].isoformat() for key in ("due_on", "published_on") if disclosure[key]}
    return make(
        code,
        table_id=table_id,
        department_code=disclosure["department_code"],
        fiscal_year=disclosure["fiscal_year"],
        document=disclosure["document"],
        values={"year": str(disclosure["fiscal_year"]), **days, **values},
    )
