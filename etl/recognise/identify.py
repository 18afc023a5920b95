"""Who a submission is from, for which year, which document: from its content first, then from its name and folders."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from etl.finding import Finding, Location, error
from etl.labels import fold
from etl.recognise.bodies import bodies_of
from etl.recognise.contradictions import contradictions
from etl.recognise.texts import COVERS, FOLDERS, HEADERS, NAME, TITLES, Text, days_in, labelled, texts_of, years_in
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Identity, Match, Workbook, cell_name

_COVER_LINES = 2
"""A cover says in its first lines whether a department or a unit reports; a list of units further down says nothing."""
_NO_PARTS: Mapping[str, str] = {}


class Declared(Protocol):
    """What a `submission.yml` says."""

    @property
    def department_code(self) -> str: ...
    @property
    def fiscal_year(self) -> int: ...
    @property
    def document(self) -> str: ...


def identify(
    workbook: Workbook,
    matches: Sequence[Match],
    file: str,
    declared: Declared | None,
    spec: Spec,
    named_by: Mapping[str, str] = _NO_PARTS,
) -> tuple[Identity, list[Finding]]:
    """Who, which year, which document, which scope, each with the place where it was read.

    `named_by` gives, where one file holds several bodies, the names of sheets that say whose they are.
    """
    texts = texts_of(workbook, matches, file)
    texts = [*(Text(name, place, Location(place), TITLES) for place, name in named_by.items()), *texts]
    findings: list[Finding] = []
    evidence: dict[str, str] = {}
    year = _year(texts, _are_lists(matches, spec), declared, evidence, findings)
    document = _document(texts, matches, declared, spec, evidence, findings)
    department = _department(texts, matches, declared, year, spec, evidence, findings)
    scope = _scope(texts, department, spec)
    identity = Identity("", "", year, document, scope, evidence)
    if department is not None:
        identity = Identity(department.code, department.name.zh, year, document, scope, evidence)
    return identity, [*findings, *contradictions(texts, identity, declared is not None, spec)]


def _are_lists(matches: Sequence[Match], spec: Spec) -> bool:
    """A list is of the year in which it was made; an account is made in another year than it is about."""
    return bool(matches) and all(spec.tables[match.table_id].kind == "list" for match in matches)


def _year(
    texts: Sequence[Text],
    by_day: bool,
    declared: Declared | None,
    evidence: dict[str, str],
    findings: list[Finding],
) -> int:
    if declared is not None and declared.fiscal_year:
        evidence["fiscal_year"] = "submission.yml"
        return declared.fiscal_year
    said = sorted(((text.rank, years[0], text) for text in texts if (years := years_in(text))), key=lambda one: one[0])
    if by_day and not any(rank == TITLES for rank, _, _ in said):
        said = [(TITLES, days[0], text) for text in texts if text.rank == TITLES and (days := days_in(text))] or said
    if not said:
        findings.append(error("year-unknown"))
        return 0
    _, year, source = said[0]
    titles = [year for rank, year, _ in said if rank == TITLES]
    if titles:  # most titles of a workbook decide: one left over from last year must not
        year = max(dict.fromkeys(titles), key=titles.count)
        source = next(text for rank, one, text in said if rank == TITLES and one == year)
    evidence["fiscal_year"] = source.place
    return year


def _document(
    texts: Sequence[Text],
    matches: Sequence[Match],
    declared: Declared | None,
    spec: Spec,
    evidence: dict[str, str],
    findings: list[Finding],
) -> str:
    if declared is not None and declared.document:
        evidence["document"] = "submission.yml"
        return declared.document
    stated = [match for match in matches if match.document]
    if stated:
        counts: dict[str, int] = {}
        for match in stated:
            counts[match.document] = counts.get(match.document, 0) + 1
        document = max(counts, key=lambda key: counts[key])
        first = next(match for match in stated if match.document == document)
        evidence["document"] = f"{first.sheet.name}!{cell_name(max(first.title_row, 0), 0)}"
        return document
    headers = [
        Text(column.label, match.sheet.name, Location(match.sheet.name), HEADERS)
        for match in matches
        for band in match.bands
        for column in band.columns
    ]
    for rank in (TITLES, HEADERS, COVERS, NAME, FOLDERS):
        same = [text for text in (*texts, *headers) if text.rank == rank]
        for pattern, document in spec.recognition.document_patterns:
            if text := next((text for text in same if re.search(pattern, fold(text.text))), None):
                evidence["document"] = text.place
                return document
    findings.append(error("document-unknown"))
    return ""


def _department(
    texts: Sequence[Text],
    matches: Sequence[Match],
    declared: Declared | None,
    year: int,
    spec: Spec,
    evidence: dict[str, str],
    findings: list[Finding],
) -> Department | None:
    if declared is not None and declared.department_code:
        evidence["department"] = "submission.yml"
        department = spec.department(declared.department_code)
        if department is None:
            code = declared.department_code
            findings.append(error("department-unknown", actual=code, values={"text": code}))
        return department
    bodies = bodies_of(spec)
    named = labelled(texts, spec)
    known = [(found, text) for name, text in named if (found := bodies.named(name, year)) is not None]
    if not known:
        by_rank = sorted(texts, key=lambda text: text.rank)
        known = [(found, text) for text in by_rank if (found := bodies.contained(text.text, year))]
    county = spec.department("000")
    if not known and county is not None and matches and all(match.table_id in spec.county_tables for match in matches):
        known = [(county, texts[0])]  # the county's own tables need not say whose they are: nobody else has such
    if not known:
        at = named[0][1].at if named else Location()
        values = {"text": named[0][0]} if named else {}
        findings.append(error("department-unknown", at, actual=values.get("text", ""), values=values))
        return None
    department, source = known[0]
    evidence["department"] = source.place
    if year and not department.existed(year):
        values = {"situation": "not-that-year", "text": department.name.zh, "year": str(year)}
        findings.append(error("department-unknown", source.at, actual=department.name.zh, values=values))
    return department


def _scope(texts: Sequence[Text], department: Department | None, spec: Spec) -> str:
    if department is not None and department.scope == "unit":
        return "unit"
    said = [text for text in texts if text.rank == TITLES or (text.rank == COVERS and text.order < _COVER_LINES)]
    patterns = spec.recognition.unit_scope_patterns
    return "unit" if any(re.search(pattern, fold(text.text)) for text in said for pattern in patterns) else "department"
