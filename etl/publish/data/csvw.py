"""`<name>.csv-metadata.json`, after CSV on the Web: https://www.w3.org/TR/tabular-metadata/

Takes an Entry; gives a JSON value that stands beside its CSV, where programs that know the standard look for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.publish.data.dcat import both
from etl.publish.data.entries import Entry
from etl.publish.public import Public
from etl.publish.words import pick
from etl.spec.bilingual import Bilingual

SUFFIX = "-metadata.json"
"""Behind the whole name of the CSV: https://www.w3.org/TR/tabular-data-model/#standard-file-metadata"""
_DATATYPES: Mapping[str, str] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}
_DIALECT = {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "lineTerminators": ["\r\n"], "header": True}


def csvw_of(entry: Entry, public: Public) -> dict[str, Any]:
    """What the CSV of an entry holds, for programs that know CSVW."""
    jurisdiction = public.jurisdiction
    schema: dict[str, Any] = {"columns": [_column(field, entry) for field in entry.schema["fields"]]}
    if "primaryKey" in entry.schema:
        schema["primaryKey"] = list(entry.schema["primaryKey"])
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh-Hans"}],
        "url": entry.downloads[0].name,
        "dc:title": both(entry.title),
        "dc:description": both(entry.description),
        "dc:publisher": jurisdiction.publisher,
        "dc:license": {"@id": jurisdiction.licence_url} if jurisdiction.licence_url else jurisdiction.licence_name,
        **({"dc:modified": entry.modified} if entry.modified else {}),
        "dialect": _DIALECT,
        "tableSchema": schema,
    }


def _column(field: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    name = str(field["name"])
    title = Bilingual(pick(field, "title", "zh"), pick(field, "title", "en"))
    said = Bilingual(pick(field, "description", "zh"), pick(field, "description", "en"))
    required = name in entry.schema.get("primaryKey", ()) or bool(field.get("constraints", {}).get("required"))
    return {
        "name": name,
        "titles": name,
        "datatype": "decimal" if name.endswith("_yuan") else _DATATYPES[str(field["type"])],
        "required": required,
        "rdfs:label": both(title),
        **({"dc:description": both(said)} if said.zh or said.en else {}),
    }
