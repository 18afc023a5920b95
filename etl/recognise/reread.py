"""Tables of the county that stand in a department's file: the same titles, read again as the department's own forms.

一般公共预算支出表 is a table of the county and one of every department. Which of them a sheet holds is known only once
it is known whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.finding import Finding, Location, warning
from etl.recognise.blocks import read_block
from etl.recognise.titles import find_titles
from etl.spec.model import Spec
from etl.table import Identity, Match, cell_name

COUNTY = "000"


def read_as_departments(
    matches: Sequence[Match], identity: Identity, spec: Spec
) -> tuple[tuple[Match, ...], list[Finding]]:
    """The tables of a department with none of the county's among them; findings for those that are no other."""
    county = spec.county_tables
    if identity.department_code in ("", COUNTY) or not any(match.table_id in county for match in matches):
        return tuple(matches), []
    kept: list[Match] = []
    findings: list[Finding] = []
    for match in matches:
        if match.table_id not in county:
            kept.append(match)
            continue
        again, about = _again(match, county, spec)
        kept += [again] if again is not None else []
        findings += about
    return tuple(kept), findings


def _again(match: Match, county: frozenset[str], spec: Spec) -> tuple[Match | None, list[Finding]]:
    at = Location(match.sheet.name, cell_name(max(match.title_row, 0), 0), max(match.title_row, 0) + 1, 1)
    for title in find_titles(match.sheet, spec):
        if max(title.row, 0) != match.title_row:
            continue
        forms = tuple((form, documents) for form, documents in title.forms if form.table_id not in county)
        if forms:
            found, about, missing = read_block(match.sheet, replace(title, forms=forms), match.end_row, spec)
            return found, [*about, *([missing] if missing is not None else [])]
    values = {"situation": "county", "form": spec.tables[match.table_id].name.zh, "label": match.title}
    return None, [warning("sheet-unrecognised", at, actual=match.title, values=values)]
