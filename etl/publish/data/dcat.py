"""`data/catalog.jsonld`, after DCAT 3 and DCAT-AP 3.0: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/

Takes Entries; gives a JSON-LD value with its context inside, so that reading it asks no other host. Addresses are
relative to `data/`, or absolute where the county says under which address its site stands. Everything that is spoken of
has an address of its own: what has none would be called differently in each Turtle file that is made of this.
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
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
"""Lists of the EU's Publications Office, which DCAT-AP takes its words from."""
_LANGUAGES = [{"@id": f"{_AUTHORITY}language/{code}", "@type": "dct:LinguisticSystem"} for code in ("ZHO", "ENG")]
_THEMES = [{"@id": f"{_AUTHORITY}data-theme/{code}", "@type": "skos:Concept"} for code in ("GOVE", "ECON")]
_YEARLY = {"@id": f"{_AUTHORITY}frequency/ANNUAL", "@type": "dct:Frequency"}
_STABLE = {"@id": f"{_AUTHORITY}planned-availability/STABLE", "@type": "skos:Concept"}
_SUBJECT = Bilingual("财政公开", "fiscal transparency")


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
        "dcat:themeTaxonomy": {"@id": f"{_AUTHORITY}data-theme", "@type": "skos:ConceptScheme"},
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
        "dct:language": _LANGUAGES,
        "dct:spatial": _place(jurisdiction),
        "dct:accrualPeriodicity": _YEARLY,
        **({"dct:temporal": _years(entry, jurisdiction)} if entry.years else {}),
        **_days(entry.issued, entry.modified),
        **(landing if "/" in entry.downloads[0].path else {}),
        "dcat:theme": _THEMES,
        "dcat:keyword": [label for word in (_SUBJECT, *entry.keywords) for label in both(word)],
        "dcat:contactPoint": _contact(jurisdiction),
        "dcat:distribution": [_distribution(entry, file, jurisdiction) for file in entry.downloads],
    }


def _distribution(entry: Entry, file: Download, jurisdiction: Jurisdiction) -> dict[str, Any]:
    where = address(jurisdiction, file.path)
    label = file.form.label
    return {
        "@id": where,
        "@type": "dcat:Distribution",
        "dct:title": both(Bilingual(f"{entry.title.zh}（{label}）", f"{entry.title.en} ({label})")),
        "dct:description": both(file.form.use),
        "dct:license": _licence(jurisdiction),
        "dct:format": {"@id": f"{_AUTHORITY}file-type/{file.form.file_type}", "@type": "dct:MediaTypeOrExtent"},
        "dcatap:availability": _STABLE,
        "dcat:accessURL": {"@id": where},
        "dcat:downloadURL": {"@id": where},
        "dcat:mediaType": _media_type(file.form.media_type),
        **({"dcat:compressFormat": _media_type(file.form.compressed)} if file.form.compressed else {}),
        "dcat:byteSize": {"@value": str(file.bytes), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@id": address(jurisdiction, f"{file.path}#sha256"),
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256", "@type": "spdx:ChecksumAlgorithm"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _media_type(name: str) -> dict[str, str]:
    return {"@id": _MEDIA_TYPES + name, "@type": "dct:MediaType"}


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
    return {
        "@id": address(jurisdiction, "#publisher"),
        "@type": ["foaf:Agent", "foaf:Organization"],
        "foaf:name": {"@value": jurisdiction.publisher, "@language": "zh-Hans"},
    }


def _contact(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {
        "@id": address(jurisdiction, "#contact"),
        "@type": ["vcard:Kind", "vcard:Organization"],
        "vcard:fn": jurisdiction.publisher,
        "vcard:note": jurisdiction.contact,
    }


def _licence(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {
        "@id": jurisdiction.licence_url or address(jurisdiction, "#licence"),
        "@type": "dct:LicenseDocument",
        "dct:title": jurisdiction.licence_name,
    }


def _place(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {
        "@id": address(jurisdiction, "#place"),
        "@type": "dct:Location",
        "dct:identifier": jurisdiction.code,
        "rdfs:label": both(jurisdiction.names),
    }


def _years(entry: Entry, jurisdiction: Jurisdiction) -> dict[str, Any]:
    first, last = entry.years[0], entry.years[-1]
    return {
        "@id": address(jurisdiction, f"#{first}-{last}"),
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": _day(f"{first}-01-01"),
        "dcat:endDate": _day(f"{last}-12-31"),
    }


def _days(issued: str, modified: str) -> dict[str, Any]:
    days = {"dct:issued": issued, "dct:modified": modified}
    return {key: _day(day) for key, day in days.items() if day}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
