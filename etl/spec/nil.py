"""What departments state to be empty, apart from the tables: every `nil.yml` of the inbox -> statements, findings.

It lies where a `submission.yml` may lie, is read as carefully, and concerns one document of one body, which it names
itself. A table that was sent empty without a word, or not sent at all, counts as empty with its statement from then on.
A broken file is a finding; nothing of it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.finding import Finding, error
from etl.labels import fold
from etl.spec.declared import LARGEST, files_named
from etl.spec.files import Reader, Source
from etl.spec.model import COUNTY, Spec
from etl.spec.titles import rewrite_title
from etl.spec.years import is_day

NAME = "nil.yml"


@dataclass(frozen=True, slots=True)
class NilStatement:
    """One table of one document that is said to be empty."""

    department_code: str
    fiscal_year: int
    document: str
    table_id: str
    statement: str
    stated_on: str
    file: str
    """Relative to the inbox."""


def read_nil(inbox: Path, spec: Spec) -> tuple[tuple[NilStatement, ...], list[Finding]]:
    """Every statement that could be read and names what there is, in the order of the folders; and what is wrong."""
    made: list[NilStatement] = []
    findings: list[Finding] = []
    for folder, path, size in files_named(NAME, inbox):
        file = f"{folder}/{NAME}".lstrip("/")
        reader = Reader(inbox)
        source = reader.declaration(path, "nil", required=False, texts=True) if size <= LARGEST else None
        if source is not None:
            wrong = list(_wrong(source, file, spec))
            findings += wrong
            made += [] if wrong else _statements(source, file, spec)
        elif size > LARGEST or reader.mistakes:
            findings.append(error("nil-file-invalid", values={"file": file}))
    return tuple(made), findings


def _wrong(source: Source, file: str, spec: Spec) -> Iterator[Finding]:
    """What the file names and is not there."""
    said = source.data
    if not is_day(said["on"]):
        yield error("nil-file-invalid", values={"file": file})
    code, year = said["department_code"], said["fiscal_year"]
    if not any(body.code == code and body.existed(int(year)) for body in spec.departments):
        yield error("nil-file-invalid", values={"file": file, "situation": "department", "code": code, "year": year})
        return
    for name in said["tables"]:
        if len(_table_ids(name, said, spec)) != 1:
            yield error("nil-file-invalid", values={"file": file, "situation": "table", "text": name})


def _statements(source: Source, file: str, spec: Spec) -> Iterator[NilStatement]:
    said = source.data
    common = said["department_code"], int(said["fiscal_year"]), said["document"]
    for name in dict.fromkeys(said["tables"]):
        (table_id,) = _table_ids(name, said, spec)
        yield NilStatement(*common, table_id, said["statement"].strip(), said["on"], file)


def _table_ids(name: str, said: Mapping[str, Any], spec: Spec) -> Sequence[str]:
    """The tables that a name may mean, of those the body may owe: an id means itself, a title those that carry it."""
    document = said["document"]
    is_county = said["department_code"] == COUNTY
    owed = dict.fromkeys(
        duty.table_id for duty in spec.obligations if duty.document == document and duty.government == is_county
    )
    if name in owed:
        return (name,)
    titles = _titles(name, said["department_code"], spec)
    return tuple(
        table_id
        for table_id in owed
        if table_id in spec.tables
        if any(not titles.isdisjoint(form.titles.get(document, ())) for form in spec.tables[table_id].forms)
    )


def _titles(name: str, code: str, spec: Spec) -> frozenset[str]:
    """A title as it is compared: as it stands, and without the name of the county or of the body before it."""
    title = rewrite_title(name, spec.recognition.title_rewrites)
    bodies = [body for body in spec.departments if body.code == code]
    before = (spec.jurisdiction.names.zh, *(each for body in bodies for each in (body.name.zh, *body.aliases)))
    return frozenset({title, *(title.removeprefix(fold(each)) for each in before)})
