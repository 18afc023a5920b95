"""Who a submission is from, for which year, which document: from its content first, then from its name and folders."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from etl.finding import Finding, Location, error, warning
from etl.labels import fold
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Identity, Match, Sheet, Workbook, cell_name

_COVER = 40
"""Rows of a sheet without a table, such as a cover, that may name the body."""
_COVER_LINES = 2
"""A cover says in its first lines whether a department or a unit reports; a list of units further down says nothing."""
_YEAR = re.compile(r"((?:19|20)\d{2})年")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_AFTER_NAME = re.compile(
    r"$|[\d(（〔_\-.,，、 ]|年|部门|单位|本级|预算|决算|三公|收入|支出|公开|关于|财政|一般|政府性|国有"
)
"""What may follow the name of a body in running text, so that 县人民政府 is not found in 县人民政府办公室."""


class Declared(Protocol):
    """What a `submission.yml` says."""

    @property
    def department_code(self) -> str: ...
    @property
    def fiscal_year(self) -> int: ...
    @property
    def document(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that may say who and when."""

    text: str
    place: str
    at: Location
    rank: int
    """0 titles and headings, 1 covers, 2 the file's name, 3 its folders."""
    order: int = 0
    """Of the texts of a sheet without a table: which it is, from 0."""


def identify(
    workbook: Workbook, matches: Sequence[Match], file: str, declared: Declared | None, spec: Spec
) -> tuple[Identity, list[Finding]]:
    """Who, which year, which document, which scope, each with the place where it was read."""
    texts = [*_texts(workbook, matches), *_name_texts(file)]
    findings: list[Finding] = []
    evidence: dict[str, str] = {}
    year = _year(texts, declared, evidence, findings)
    document = _document(texts, matches, declared, spec, evidence, findings)
    department = _department(texts, workbook, matches, declared, year, spec, evidence, findings)
    scope = _scope(texts, department, spec)
    if department is None:
        return Identity("", "", year, document, scope, evidence), findings
    return Identity(department.code, department.name.zh, year, document, scope, evidence), findings


def _texts(workbook: Workbook, matches: Sequence[Match]) -> list[_Text]:
    titled = {id(match.sheet) for match in matches}
    texts: list[_Text] = []
    for match in matches:
        texts += _rows(match.sheet, range(max(match.title_row - 2, 0), match.first_row), 0)
    for sheet in workbook.sheets:
        if id(sheet) not in titled:
            texts += _rows(sheet, range(min(_COVER, len(sheet.rows))), 1)
    return texts


def _rows(sheet: Sheet, rows: Iterable[int], rank: int) -> list[_Text]:
    return [
        _Text(value, f"{at.sheet}!{at.cell}", at, rank, order)
        for order, (at, value) in enumerate(_written(sheet, rows))
    ]


def _written(sheet: Sheet, rows: Iterable[int]) -> Iterator[tuple[Location, str]]:
    for row in rows:
        for column, value in enumerate(sheet.rows[row] if row < len(sheet.rows) else ()):
            if isinstance(value, str) and value.strip():
                yield Location(sheet.name, cell_name(row, column), row + 1, column + 1), value


def _name_texts(file: str) -> list[_Text]:
    *folders, name = file.split("/")
    return [
        _Text(name.rsplit(".", 1)[0], file, Location(), 2),
        *(_Text(folder, file, Location(), 3) for folder in reversed(folders)),
    ]


def _year(texts: Sequence[_Text], declared: Declared | None, evidence: dict[str, str], findings: list[Finding]) -> int:
    if declared is not None and declared.fiscal_year:
        evidence["fiscal_year"] = "submission.yml"
        return declared.fiscal_year
    said: list[tuple[int, _Text]] = []
    for text in texts:
        pattern = _YEAR if text.rank < 2 else _FILE_YEAR
        folded = unicodedata.normalize("NFKC", text.text)
        said += [(int(found), text) for found in pattern.findall("".join(folded.split()))[:1]]
    if not said:
        findings.append(error("year-unknown"))
        return 0
    said.sort(key=lambda pair: pair[1].rank)
    year, source = said[0]
    evidence["fiscal_year"] = source.place
    for other, text in said[1:]:
        if other != year:
            values = {"year": str(year), "text": str(other)}
            findings.append(warning("year-differs", text.at, expected=str(year), actual=str(other), values=values))
            break
    return year


def _document(
    texts: Sequence[_Text],
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
        evidence["document"] = f"{first.sheet.name}!{cell_name(first.title_row, 0)}"
        return document
    for text in sorted(texts, key=lambda text: text.rank):
        folded = fold(text.text)
        for pattern, document in spec.recognition.document_patterns:
            if re.search(pattern, folded):
                evidence["document"] = text.place
                return document
    findings.append(error("document-unknown"))
    return ""


def _department(
    texts: Sequence[_Text],
    workbook: Workbook,
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
            findings.append(
                error("department-unknown", actual=declared.department_code, values={"text": declared.department_code})
            )
        return department
    labelled = _labelled(texts, spec)
    known = [(found, text) for name, text in labelled if (found := _named(name, year, spec)) is not None]
    if not known:
        known = [
            (found, text)
            for text in sorted(texts, key=lambda text: text.rank)
            if (found := _contained(text.text, year, spec))
        ]
    if not known:
        at = labelled[0][1].at if labelled else Location()
        values = {"text": labelled[0][0]} if labelled else {}
        findings.append(error("department-unknown", at, actual=values.get("text", ""), values=values))
        return None
    department, source = known[0]
    evidence["department"] = source.place
    for other, text in known[1:]:
        if other.code != department.code and text.rank == 0 == source.rank and labelled:
            values = {"name": department.name.zh, "text": other.name.zh}
            findings.append(
                warning("department-differs", text.at, expected=department.name.zh, actual=other.name.zh, values=values)
            )
            break
    if year and not department.existed(year):
        values = {"situation": "not-that-year", "text": department.name.zh, "year": str(year)}
        findings.append(error("department-unknown", source.at, actual=department.name.zh, values=values))
    return department


def _labelled(texts: Sequence[_Text], spec: Spec) -> list[tuple[str, _Text]]:
    found: list[tuple[str, _Text]] = []
    for text in sorted((text for text in texts if text.rank < 2), key=lambda text: text.rank):
        plain = unicodedata.normalize("NFKC", text.text)
        for pattern in spec.recognition.department_patterns:
            match = re.search(pattern, plain)
            if match and not re.match(r"(百万|亿|万|千)?元", match.group(1)):
                found.append((match.group(1), text))
                break
    return found


def _named(name: str, year: int, spec: Spec) -> Department | None:
    folded = re.sub(r"\((本级|汇总|部门|单位)\)$", "", fold(name))
    fits = [d for d in spec.departments if folded in {fold(known) for known in (d.name.zh, *d.aliases)}]
    return _of_year(fits, year)


def _contained(text: str, year: int, spec: Spec) -> Department | None:
    folded = fold(text)
    longest: list[Department] = []
    length = 2
    for department in spec.departments:
        for known in (department.name.zh, *department.aliases):
            name = fold(known)
            at = folded.find(name)
            if len(name) < max(length, 3) or at < 0 or not _AFTER_NAME.match(folded[at + len(name) :]):
                continue
            if len(name) > length:
                longest, length = [], len(name)
            longest.append(department)
    return _of_year(longest, year)


def _of_year(departments: Sequence[Department], year: int) -> Department | None:
    existing = [department for department in departments if not year or department.existed(year)]
    return next(iter(existing or departments), None)


def _scope(texts: Sequence[_Text], department: Department | None, spec: Spec) -> str:
    if department is not None and department.scope == "unit":
        return "unit"
    said = [text for text in texts if text.rank == 0 or (text.rank == 1 and text.order < _COVER_LINES)]
    patterns = spec.recognition.unit_scope_patterns
    return "unit" if any(re.search(pattern, fold(text.text)) for text in said for pattern in patterns) else "department"
