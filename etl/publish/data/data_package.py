"""`datapackage.json`, after Data Package 2: https://datapackage.org/standard/data-package/

Takes Entries; gives JSON values. Each dataset has a package of its own, whose CSV is the one resource that programs
validate; the other forms of the same rows stand beside it under `downloads`. One more package holds every dataset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from etl.publish.data.dictionary import TABLE_SCHEMA
from etl.publish.data.entries import Download, Entry
from etl.publish.data.rows import Rows
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Jurisdiction
from etl.spec.model import Spec
from etl.table import Submission

DATA_PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
FISCAL = {
    "profile": "https://specs.frictionlessdata.io/fiscal-data-package/",
    "taxonomy": "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json",
}
"""Fiscal Data Package 1.0: the list of roles that `columnType` of a field is taken from."""
_SCHEMA_KEYS = ("fields", "extraFields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues")
_LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")


def package_of(entry: Entry, public: Public) -> dict[str, Any]:
    """The package of one dataset, which lies in the folder of its files."""
    return {
        **_head(public.jurisdiction, public.built_on, entry.name, entry.title.zh, entry.description.zh),
        "title_en": entry.title.en,
        "description_en": entry.description.en,
        "sources": [_source(submission, public.spec) for submission in entry.submissions],
        "resources": [_resource(entry, public.jurisdiction, folder="", alone=True)],
    }


def package_of_all(entries: Sequence[Entry], public: Public) -> dict[str, Any]:
    """The package of everything under `data/`."""
    names = public.jurisdiction.names
    title = f"{names.zh}财政公开数据"
    description = f"{names.zh}的预算、决算和收费目录，由各单位报送的电子表格整理而成。"
    return {
        **_head(public.jurisdiction, public.built_on, f"mingzhang-{public.jurisdiction.code}", title, description),
        "title_en": f"Open fiscal data of {names.en}",
        "description_en": f"Budgets, final accounts and fee lists of {names.en}, made from departments' spreadsheets.",
        "resources": [_resource(entry, public.jurisdiction, _folder(entry)) for entry in entries],
    }


def package_of_part(
    name: str, title: Bilingual, tables: Sequence[tuple[Rows, Download]], jurisdiction: Jurisdiction, day: date
) -> dict[str, Any]:
    """The package inside a ZIP, as of a day: its tables, each with the file that lies beside the package."""
    entries = [Entry(rows.name, rows.title, rows.description, rows.schema, (file,), ()) for rows, file in tables]
    return {
        **_head(jurisdiction, day, name, title.zh, title.zh),
        "title_en": title.en,
        "description_en": title.en,
        "resources": [_resource(entry, jurisdiction, _folder(entry), alone=True) for entry in entries],
    }


def _folder(entry: Entry) -> str:
    return entry.downloads[0].path.rpartition("/")[0]


def _head(jurisdiction: Jurisdiction, day: date, name: str, title: str, description: str) -> dict[str, Any]:
    return {
        "$schema": DATA_PACKAGE,
        "name": name,
        "title": title,
        "description": description,
        **({"homepage": jurisdiction.site_url} if jurisdiction.site_url else {}),
        "created": f"{day.isoformat()}T00:00:00Z",
        "licenses": [_licence(jurisdiction.licence_name, jurisdiction.licence_url)],
        "contributors": [{"title": jurisdiction.publisher, "roles": ["publisher"]}],
        "spatial": {"code": jurisdiction.code, "name": jurisdiction.names.zh},
        "fiscal": FISCAL,
    }


def _licence(name: str, url: str) -> dict[str, str]:
    """A licence; its name is an identifier in this standard, any other name is a title."""
    named = {"name": name} if _LICENCE_NAME.fullmatch(name) else {"title": name}
    return named | ({"path": url} if url else {})


def _source(submission: Submission, spec: Spec) -> dict[str, str]:
    identity, receipt = submission.identity, submission.receipt
    document = spec.documents.get(identity.document)
    title = f"{identity.department_name} {identity.fiscal_year} 年{document.zh if document else identity.document}"
    return {"title": title, "version": receipt.received_on, "file": receipt.file, "hash": f"sha256:{receipt.sha256}"}


def _resource(entry: Entry, jurisdiction: Jurisdiction, folder: str, alone: bool = False) -> dict[str, Any]:
    """One resource; in a package by itself without what refers to other resources."""
    table, *others = entry.downloads
    return {
        "name": entry.name,
        "title": entry.title.zh,
        "title_en": entry.title.en,
        "description": entry.description.zh,
        "description_en": entry.description.en,
        "type": "table",
        "path": f"{folder}/{table.name}" if folder else table.name,
        **_file(table),
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": _schema(entry, jurisdiction.currency, alone),
        "downloads": [{"path": f"{folder}/{other.name}" if folder else other.name, **_file(other)} for other in others],
    }


def _file(file: Download) -> dict[str, Any]:
    return {
        "format": file.format,
        "mediatype": file.form.compressed or file.form.media_type,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }


def _schema(entry: Entry, currency: str, alone: bool) -> dict[str, Any]:
    """The schema of one resource; the currency, which no column says, is one for all its amounts."""
    schema = plain_schema(entry.schema)
    if any(field.get("columnType") == "value" for field in entry.schema["fields"]):
        said = {"name": "currency", "type": "string", "columnType": "value-currency:code", "constant": currency}
        schema["extraFields"] = [*schema.get("extraFields", ()), said]
    return {key: said for key, said in schema.items() if not (alone and key == "foreignKeys")}


def plain_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A Table Schema without what is said of the table elsewhere: its title, its description, the law."""
    return {"$schema": TABLE_SCHEMA, **{key: schema[key] for key in _SCHEMA_KEYS if key in schema}}
