"""What came of a file, as lines of text that a case can state by hand.

= 208 2024 final-account                      one such line begins each submission; its fate follows where asked
warning unit-missing 表!A1                    a finding; /word after its code tells the situation
expenditure 201 total=125000@C4 basic=…       the figures of one printed line, in yuan, each with its cell
sheet 封面 ignored cover                      what became of a sheet (compared only where a case states any)
remark expenditure 9                          row of a note (compared only where a case states any)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from etl.amounts import to_fen
from etl.finding import Finding
from etl.table import Figure, Line, Submission, Table, cell_name

SITUATIONS = {
    "repaired",
    "file-unreadable",
    "unit-suspect",
    "unit-missing",
    "hidden-content",
    "code-unreadable",
    "personal-data",
}
"""Codes of which the situation is a part of what a case states."""


SHALLOW = "detail-missing"
"""The tables of the cases are cut short, at the class mostly; that a county's are not is asked in tests/checks."""


def lines_of(submission: Submission, fields: Collection[str], *, fate: bool, leave_out: str = "") -> list[str]:
    """Everything of one submission; without the findings of codes that begin as `leave_out` says: they are another's."""
    found = [head(submission, fate=fate)]
    told = [
        one
        for one in submission.findings
        if one.code != SHALLOW and (not leave_out or not one.code.startswith(leave_out))
    ]
    found += [_finding(finding) for finding in told]
    found += [
        " ".join(filter(None, ("sheet", report.sheet, report.fate, report.reason or report.table_id)))
        for report in submission.sheets
    ]
    several = len({table.sheet for table in submission.tables}) > 1
    replaced = submission.status == "superseded" or submission.standing
    for table in submission.tables:
        found += [f"remark {table.table_id} {row + 1}" for row, _ in table.notes]
        if not replaced or table.table_id in submission.standing:
            found += _rows(table, fields, several) if table.settled else [f"unsettled {table.table_id}"]
    return found


def head(submission: Submission, *, fate: bool) -> str:
    """Whose, which year, which document; `-` for what is not known."""
    who = submission.identity
    scope = "" if who.scope == "department" else who.scope
    parts = (who.department_code or "-", str(who.fiscal_year or "-"), who.document or "-", scope)
    return " ".join(part for part in ("=", *parts, submission.status if fate else "") if part)


def _finding(finding: Finding) -> str:
    at = finding.location
    situation = finding.values.get("situation", "") if finding.code in SITUATIONS else ""
    code = f"{finding.code}/{situation}" if situation and situation != "default" else finding.code
    place = f"{at.sheet}!{at.cell}" if at.sheet and at.cell else at.sheet or at.cell
    return " ".join(filter(None, (finding.severity, code, place.replace(" ", "␣"))))


def _rows(table: Table, fields: Collection[str], several: bool) -> Iterator[str]:
    for line in table.lines:
        shown = [*_figures(table, line, several), *_attributes(line, fields)]
        if shown:
            name = line.code or (f"?{line.name}" if line.name else cell_name(line.row, line.name_column))
            yield " ".join((table.table_id, name, *shown))


def _figures(table: Table, line: Line, several: bool) -> Iterator[str]:
    for figure in line.figures.values():
        where = f"{table.sheet}!{figure.cell}" if several else figure.cell
        yield f"{figure.measure}={_yuan(table, figure)}@{where}"


def _attributes(line: Line, fields: Collection[str]) -> Iterator[str]:
    for key in fields:
        if key in line.attributes:
            yield f"{key}:{''.join(line.attributes[key].split())}"


def _yuan(table: Table, figure: Figure) -> str:
    amount: Decimal = to_fen(table.yuan(figure))
    return f"{amount:f}".removesuffix(".00")
