"""What the catalogue knows of each thing that can be downloaded, gathered once for every form of metadata.

Takes the datasets and the files that were written for them; gives Entries. Data Package, DCAT and checksums are views
of these, so that they cannot contradict each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.publish.data.core_fields import ALL_DOCUMENTS, INDEX_SCHEMA
from etl.publish.data.datasets import Dataset
from etl.publish.data.dictionary import COVERAGE_SCHEMA, DEPARTMENTS_SCHEMA, FACTS_SCHEMA
from etl.publish.data.forms import FORMS, Form, form
from etl.publish.data.rows import ALL_COVERAGE, ALL_DEPARTMENTS, ALL_FACTS
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual
from etl.spec.model import TableSpec
from etl.table import Submission

NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Download:
    """One file as it lies under `data/`."""

    path: str
    """Relative to `data/`, `/` between parts."""
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def form(self) -> Form:
        return form(self.path)

    @property
    def format(self) -> str:
        return self.form.file_type.lower()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the catalogue: what it is, and the files it can be had in, CSV first."""

    name: str
    title: Bilingual
    description: Bilingual
    schema: Mapping[str, Any]
    downloads: tuple[Download, ...]
    submissions: tuple[Submission, ...]
    """What it was made from."""
    law: Bilingual = NOTHING
    """Why it must be published."""
    keywords: tuple[Bilingual, ...] = ()
    """The documents it comes from, beside those that everything has."""

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({submission.identity.fiscal_year for submission in self.submissions}))

    @property
    def issued(self) -> str:
        """Day of the first submission it was made from; empty where there is none."""
        return min((submission.receipt.received_on for submission in self.submissions), default="")

    @property
    def modified(self) -> str:
        """Day of the latest submission it was made from; empty where there is none."""
        return max((submission.receipt.received_on for submission in self.submissions), default="")


def make_entries(public: Public, found: Sequence[Dataset], data: Path) -> tuple[Entry, ...]:
    """Every entry of the catalogue: the datasets, then what is one file for all."""
    standing = {one.submission.receipt.file: one.submission for one in public.standing}
    everyone = tuple(standing.values())
    whole = (
        ("facts", ALL_FACTS, FACTS_SCHEMA, everyone),
        ("coverage", ALL_COVERAGE, COVERAGE_SCHEMA, everyone),
        ("departments", ALL_DEPARTMENTS, DEPARTMENTS_SCHEMA, ()),
        ("index", ALL_DOCUMENTS, INDEX_SCHEMA, everyone),
    )
    return (
        *(_dataset_entry(dataset, public, data) for dataset in found),
        *(Entry(name, title, title, schema, _downloads(data, name), made_of) for name, title, schema, made_of in whole),
    )


def dataset_entry(
    table: TableSpec, submissions: tuple[Submission, ...], public: Public, downloads: tuple[Download, ...] = ()
) -> Entry:
    """The entry of one dataset; without its files where they are not there yet to be measured."""
    kinds = {submission.identity.document for submission in submissions}
    keywords = tuple(name for kind, name in public.spec.documents.items() if kind in kinds)
    return Entry(
        table.table_id, table.name, table.description, table.schema, downloads, submissions, table.law, keywords
    )


def _dataset_entry(dataset: Dataset, public: Public, data: Path) -> Entry:
    stem = f"{dataset.table.table_id}/{dataset.table.table_id}"
    return dataset_entry(dataset.table, dataset.submissions, public, _downloads(data, stem))


def _downloads(data: Path, stem: str) -> tuple[Download, ...]:
    """The files there are, in the order in which they are offered, CSV first."""
    return tuple(measure(data, f"{stem}.{ending}") for ending in FORMS if (data / f"{stem}.{ending}").exists())


def measure(data: Path, path: str) -> Download:
    """Measure one file under `data/`."""
    return weigh(path, (data / path).read_bytes())


def weigh(path: str, content: bytes) -> Download:
    """What a file of this content is."""
    return Download(path, len(content), hashlib.sha256(content).hexdigest())
