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

from etl.publish.data.datasets import Dataset
from etl.publish.data.dictionary import COVERAGE_SCHEMA, DEPARTMENTS_SCHEMA, FACTS_SCHEMA
from etl.publish.public import Public
from etl.spec.bilingual import Bilingual
from etl.table import Submission

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}

FACTS = Bilingual("全部数字（每个数字一行，附出处）", "All figures, one a row, each with its source")
COVERAGE = Bilingual("公开情况", "Coverage: who owes what and what became of it")
DEPARTMENTS = Bilingual("单位登记表", "Register of bodies")


@dataclass(frozen=True, slots=True)
class Download:
    """One file as it lies under `data/`."""

    path: str
    """Relative to `data/`, `/` between parts."""
    format: str
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.format]


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
    return (
        *(dataset_entry(dataset, data) for dataset in found),
        Entry("facts", FACTS, FACTS, FACTS_SCHEMA, _downloads(data, "facts", "csv", "parquet"), everyone),
        Entry("coverage", COVERAGE, COVERAGE, COVERAGE_SCHEMA, _downloads(data, "coverage", "csv"), everyone),
        Entry("departments", DEPARTMENTS, DEPARTMENTS, DEPARTMENTS_SCHEMA, _downloads(data, "departments", "csv"), ()),
    )


def dataset_entry(dataset: Dataset, data: Path) -> Entry:
    """The entry of one dataset, whose files lie in a folder of its own."""
    table = dataset.table
    stem = f"{table.table_id}/{table.table_id}"
    downloads = _downloads(data, stem, "csv", "xlsx", "parquet")
    return Entry(table.table_id, table.name, table.description, table.schema, downloads, dataset.submissions)


def _downloads(data: Path, stem: str, *formats: str) -> tuple[Download, ...]:
    return tuple(download(data, f"{stem}.{suffix}") for suffix in formats)


def download(data: Path, path: str) -> Download:
    """Measure one file under `data/`."""
    content = (data / path).read_bytes()
    return Download(path, path.rpartition(".")[2], len(content), hashlib.sha256(content).hexdigest())
