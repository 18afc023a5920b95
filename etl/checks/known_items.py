"""Items of a list among those that are known nationally: by name, and whether the department fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from etl.checks.listing import Entry, bare_name
from etl.spec.fees import FeeItem
from etl.spec.model import Spec


def known_as(names: Sequence[str], spec: Spec) -> tuple[FeeItem, ...]:
    """What is known under the last of these names that is known, the names of parts being the last."""
    for name in reversed(names):
        if found := tuple(item for item in spec.fee_items if name in _names(item)):
            return found
    return ()


def of_department(entry: Entry, items: Iterable[FeeItem]) -> bool:
    """True where the department of a row is one that lists such an item, and where the row names none."""
    department = "".join(entry.said("department").split())
    return not department or any(re.search(item.departments, department) for item in items)


@lru_cache(maxsize=4096)
def _names(item: FeeItem) -> frozenset[str]:
    """A part is known by its own name; what it is a part of is known by the row of the item."""
    names = (item.item, *item.aliases) if not item.sub_item else (item.item, item.sub_item.rsplit("-", 1)[-1])
    return frozenset(map(bare_name, names))
