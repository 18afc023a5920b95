"""A dataset as search engines read it: schema.org, as JSON-LD. In: an Entry, its rows. Out: a JSON value for its page.

https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

from typing import Any

from etl.publish.data.dcat import address
from etl.publish.data.entries import Entry
from etl.publish.data.forms import form
from etl.publish.data.offers import Offer, dataset_offers
from etl.publish.places import dataset_page
from etl.publish.public import Public
from etl.spec.declarations import Jurisdiction


def schema_org(entry: Entry, rows: int, public: Public) -> dict[str, Any]:
    """What a dataset is; the addresses of its files only where the county says where its site stands."""
    jurisdiction = public.jurisdiction
    publisher = {"@type": "GovernmentOrganization", "name": jurisdiction.publisher}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": entry.title.zh,
        "alternateName": entry.title.en,
        "description": f"{entry.description.zh} {entry.description.en}",
        "identifier": f"{jurisdiction.code}/{entry.name}",
        "inLanguage": ["zh-Hans", "en"],
        "isAccessibleForFree": True,
        "license": jurisdiction.licence_url or jurisdiction.licence_name,
        "creator": publisher,
        "publisher": publisher,
        "keywords": [word for keyword in entry.keywords for word in (keyword.zh, keyword.en)],
        "spatialCoverage": {
            "@type": "AdministrativeArea",
            "name": jurisdiction.names.zh,
            "identifier": jurisdiction.code,
        },
        **({"temporalCoverage": f"{entry.years[0]}/{entry.years[-1]}"} if entry.years else {}),
        **({"datePublished": entry.issued, "dateModified": entry.modified} if entry.modified else {}),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": field["title"], "propertyID": field["name"], "unitText": "CNY"}
            for field in entry.schema["fields"]
            if str(field["name"]).endswith("_yuan")
        ],
        **(_where(entry, rows, jurisdiction) if jurisdiction.site_url else {}),
    }


def _where(entry: Entry, rows: int, jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {
        "url": address(jurisdiction, f"../{dataset_page(entry.name)}"),
        "includedInDataCatalog": {"@type": "DataCatalog", "url": address(jurisdiction, "catalog.jsonld")},
        "distribution": [_distribution(offer, jurisdiction) for offer in dataset_offers(entry.name, rows)],
    }


def _distribution(offer: Offer, jurisdiction: Jurisdiction) -> dict[str, Any]:
    kind = form(offer.path)
    return {
        "@type": "DataDownload",
        "name": offer.label,
        "contentUrl": address(jurisdiction, offer.path),
        "encodingFormat": kind.compressed or kind.media_type,
    }
