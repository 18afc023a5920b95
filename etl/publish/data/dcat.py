"""`data/catalog.jsonld`, after DCAT 3: https://www.w3.org/TR/vocab-dcat-3/

Takes Entries; gives a JSON-LD value with its context inside, so that reading it asks no other host. Addresses are
relative to `data/`, or absolute where the county says under which address its site stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from etl.publish.data.entries import Download, Entry
from etl.publish.places import dataset_page
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Jurisdiction

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = [
    {"@id": "http://id.loc.gov/vocabulary/iso639-1/zh"},
    {"@id": "http://id.loc.gov/vocabulary/iso639-1/en"},
]


def catalogue(entries: Sequence[Entry], public: Public) -> dict[str, Any]:
    """The whole catalogue."""
    jurisdiction = public.jurisdiction
    names = jurisdiction.names
    issued = [entry.issued for entry in entries if entry.issued]
    modified = [entry.modified for entry in entries if entry.modified]
    return {
        "@context": CONTEXT,
        "@id": address(jurisdiction, "catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": both(Bilingual(f"{names.zh}财政公开数据", f"Open fiscal data of {names.en}")),
        "dct:description": both(
            Bilingual(f"{names.zh}的预算、决算和收费目录", f"Budgets, final accounts and fee lists of {names.en}")
        ),
        "dct:publisher": _publisher(jurisdiction),
        "dct:license": _licence(jurisdiction),
        "dct:language": _LANGUAGES,
        "dct:spatial": _place(jurisdiction),
        **_days(min(issued, default=""), max(modified, default="")),
        **({"foaf:homepage": {"@id": jurisdiction.site_url}} if jurisdiction.site_url else {}),
        "dcat:dataset": [_dataset(entry, jurisdiction) for entry in entries],
    }


def _dataset(entry: Entry, jurisdiction: Jurisdiction) -> dict[str, Any]:
    landing = {"dcat:landingPage": {"@id": address(jurisdiction, f"../{dataset_page(entry.name)}")}}
    return {
        "@id": address(jurisdiction, f"#{entry.name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": f"{jurisdiction.code}/{entry.name}",
        "dct:title": both(entry.title),
        "dct:description": both(entry.description),
        "dct:publisher": _publisher(jurisdiction),
        "dct:license": _licence(jurisdiction),
        "dct:spatial": _place(jurisdiction),
        **({"dct:temporal": _years(entry)} if entry.years else {}),
        **_days(entry.issued, entry.modified),
        **(landing if "/" in entry.downloads[0].path else {}),
        "dcat:contactPoint": _contact(jurisdiction),
        "dcat:distribution": [_distribution(entry, file, jurisdiction) for file in entry.downloads],
    }


def _distribution(entry: Entry, file: Download, jurisdiction: Jurisdiction) -> dict[str, Any]:
    where = address(jurisdiction, file.path)
    label = file.format.upper()
    return {
        "@id": where,
        "@type": "dcat:Distribution",
        "dct:title": both(Bilingual(f"{entry.title.zh}（{label}）", f"{entry.title.en} ({label})")),
        "dct:license": _licence(jurisdiction),
        "dcat:accessURL": {"@id": where},
        "dcat:downloadURL": {"@id": where},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + file.media_type},
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def address(jurisdiction: Jurisdiction, path: str) -> str:
    """Where a path that is relative to `data/` leads."""
    if not jurisdiction.site_url:
        return path
    root = jurisdiction.site_url.rstrip("/")
    return f"{root}/{path.removeprefix('../')}" if path.startswith("../") else f"{root}/data/{path}"


def both(text: Bilingual) -> list[dict[str, str]]:
    """A text with its translations, each saying its language; those there are."""
    return [
        {"@value": value, "@language": language} for language, value in (("zh-Hans", text.zh), ("en", text.en)) if value
    ]


def _publisher(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"@type": "foaf:Organization", "foaf:name": jurisdiction.publisher}


def _contact(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"@type": "vcard:Organization", "vcard:fn": jurisdiction.publisher, "vcard:note": jurisdiction.contact}


def _licence(jurisdiction: Jurisdiction) -> dict[str, Any]:
    if jurisdiction.licence_url:
        return {"@id": jurisdiction.licence_url}
    return {"@type": "dct:LicenseDocument", "dct:title": jurisdiction.licence_name}


def _place(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"@type": "dct:Location", "dct:identifier": jurisdiction.code, "rdfs:label": both(jurisdiction.names)}


def _years(entry: Entry) -> dict[str, Any]:
    first, last = entry.years[0], entry.years[-1]
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(f"{first}-01-01"),
        "dcat:endDate": _day(f"{last}-12-31"),
    }


def _days(issued: str, modified: str) -> dict[str, Any]:
    days = {"dct:issued": issued, "dct:modified": modified}
    return {key: _day(day) for key, day in days.items() if day}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
