"""What a page offers to take away, ready for a list of links. In: what the page is about. Out: Offers.

No file is looked at: which forms there are follows from what it is and from how many rows it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.publish.data.forms import FORMS, OF_BODY, OF_YEAR, of_dataset
from etl.publish.places import dataset_file, department_file, year_file
from etl.spec.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Offer:
    """One file to take away."""

    path: str
    """Relative to `data/`."""
    label: str
    use: Bilingual


def dataset_offers(table_id: str, rows: int) -> tuple[Offer, ...]:
    """The forms of a dataset that has so many rows."""
    return _offers((dataset_file(table_id, ending), ending) for ending in of_dataset(rows))


def department_offers(code: str) -> tuple[Offer, ...]:
    """What one body has; there is something only where a table of it has a row."""
    return _offers((department_file(code, ending), ending) for ending in OF_BODY)


def year_offers(year: int) -> tuple[Offer, ...]:
    """What one year has; there is something only where a table of it has a row."""
    return _offers((year_file(year, ending), ending) for ending in OF_YEAR)


def _offers(files: Iterable[tuple[str, str]]) -> tuple[Offer, ...]:
    return tuple(Offer(path, FORMS[ending].label, FORMS[ending].use) for path, ending in files)
