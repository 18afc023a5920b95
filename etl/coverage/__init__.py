"""Who owed what, by when, and what became of it.

    declared duties × register × what came -> rows of coverage.csv -> rates, axes, trend; and what is missing or late

Takes the warehouse, the declarations and the day. Which duty met which table is a query (`queries/duties.sql`), and so
is every number made of it; here the clocks are set against it. Claims no lateness where a date is not known, and counts
nothing as published that was not accepted. Read `measure`, then `answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from etl.answer import CoverageRow, RateResult
from etl.calendar import calendar_of
from etl.coverage.answers import answer, rates
from etl.coverage.dates import contradictions
from etl.coverage.findings import about_duties
from etl.coverage.rows import row_of
from etl.coverage.statements import stated_in, withdraw_stated
from etl.finding import Finding
from etl.spec.model import Spec
from etl.spec.nil import NilStatement
from etl.warehouse import COVERAGE, Columns, Warehouse, in_columns

__all__ = ["answer", "measure", "stated_in", "withdraw_stated"]

NIL_STATEMENTS: Columns = MappingProxyType(
    {
        "department_code": "VARCHAR",
        "fiscal_year": "INTEGER",
        "document": "VARCHAR",
        "table_id": "VARCHAR",
        "statement": "VARCHAR",
        "stated_on": "DATE",
        "file": "VARCHAR",
    }
)
MEASURED_ON: Columns = MappingProxyType({"today": "DATE"})


def measure(
    warehouse: Warehouse, spec: Spec, today: date, statements: Sequence[NilStatement] = ()
) -> tuple[tuple[CoverageRow, ...], tuple[RateResult, ...], list[Finding]]:
    """Every duty with its status, the headline rates of every year, and what is missing, late or contradictory.

    Rows of bodies that may not be named are among them: `Department.may_be_named` says which.
    """
    warehouse.load("measured_on", MEASURED_ON, [[today]])
    warehouse.load("nil_statements", NIL_STATEMENTS, in_columns(NIL_STATEMENTS, statements))
    # The contract counts every year that an approval or a submission names, accepted or not. One that names 2077 is a
    # slip of the pen, and would make fifty years of duties: no budget is drawn up before the year that precedes it.
    last_year = today.year + 1
    duties = warehouse.ask(
        "duties",
        first_year=spec.jurisdiction.first_year,
        last_year=last_year,
        division=spec.jurisdiction.code,
    )
    calendar = calendar_of(spec)
    rows = tuple(row_of(duty, spec, calendar, today) for duty in duties)
    warehouse.load("coverage", COVERAGE, in_columns(COVERAGE, rows))
    found = [*about_duties(warehouse, spec, last_year), *contradictions(spec)]
    return rows, rates(warehouse, spec), found
