"""The seven real filings: every figure in its cell, every discrepancy at its row, no false error."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from etl.fact import facts
from etl.table import Submission
from tests.filings.putuo import BODIES, golden

NAMES = sorted(BODIES)
Examined = dict[str, Submission]


def read_cells(submission: Submission) -> dict[tuple[str, str], tuple[str, Decimal]]:
    """Line code and amount of every fact, by sheet and cell."""
    return {
        (fact.source_sheet, fact.source_cell): (fact.line_code, fact.amount_yuan)
        for fact in facts("310107", submission, submission.tables)
    }


@pytest.mark.parametrize("name", NAMES)
def test_figures_are_found_in_their_cells(examined: Examined, name: str) -> None:
    found = read_cells(examined[name])
    expected = {(row["sheet"], row["cell"]): row for row in golden(name, "figures")}
    missed = [key for key, row in expected.items() if found.get(key, ("", None))[1] != Decimal(row["amount_yuan"])]
    invented = [key for key in found if key not in expected]
    assert (missed, invented) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_lines_have_their_printed_codes(examined: Examined, name: str) -> None:
    found = read_cells(examined[name])
    coded = [row for row in golden(name, "figures") if row["line_code"]]
    assert [row for row in coded if found[row["sheet"], row["cell"]][0] != row["line_code"]] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_placed(examined: Examined, name: str) -> None:
    assert [key for key, (code, _) in read_cells(examined[name]).items() if not code] == []


@pytest.mark.parametrize("name", NAMES)
def test_nine_tables_and_identity(examined: Examined, name: str) -> None:
    submission = examined[name]
    code, _, scope = BODIES[name]
    year = int(re.findall(r"20\d\d", name)[0])
    document = "final-account" if name.endswith("juesuan") else "budget"
    identity = submission.identity
    assert (identity.department_code, identity.fiscal_year, identity.document, identity.scope) == (
        code,
        year,
        document,
        scope,
    )
    assert len({table.table_id for table in submission.tables}) == len(submission.tables) == 9
    assert all(report.fate != "unrecognised" for report in submission.sheets)


def _row_of(name: str, row: dict[str, str]) -> set[int]:
    """Rows of the sheet in which a golden finding stands, by the cells of its line."""
    rows = set()
    for figure in golden(name, "figures"):
        same_code = figure["line_code"] == row["line_code"]
        if figure["sheet"] == row["sheet"] and same_code and figure["line_name"] == row["line_name"]:
            rows.add(int(re.sub(r"\D", "", figure["cell"])))
    return rows


@pytest.mark.parametrize("name", NAMES)
def test_discrepancies_are_found_at_their_rows(examined: Examined, name: str) -> None:
    missed = []
    for row in golden(name, "findings"):
        rows = _row_of(name, row)
        wanted = {"note"} if row["is_rounding"] == "yes" else {"error", "warning"}
        at = [
            finding
            for finding in examined[name].findings
            if finding.location.sheet == row["sheet"]
            and finding.location.row in rows
            and finding.severity in wanted
            and (
                row["is_rounding"] != "yes"
                or abs(finding.difference or 0) == abs(Decimal(row["amount_yuan_difference"]))
            )
        ]
        if not at:
            missed.append(row)
    assert missed == []


@pytest.mark.parametrize("name", NAMES)
def test_no_false_error(examined: Examined, name: str) -> None:
    real = {
        (row["sheet"], number)
        for row in golden(name, "findings")
        if row["is_rounding"] == "no"
        for number in _row_of(name, row)
    }
    errors = [finding for finding in examined[name].findings if finding.severity == "error"]
    false = [(f.code, f.location, f.rule) for f in errors if (f.location.sheet, f.location.row) not in real]
    assert false == []
