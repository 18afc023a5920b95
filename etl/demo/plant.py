"""Mistakes made on purpose: which, in which documents, and what should be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from random import Random
from typing import Any

from etl.demo.filing import Planted
from etl.demo.grid import address
from etl.demo.mishaps import MISHAPS
from etl.demo.office import Filing
from etl.demo.slip import Slip
from etl.demo.slips import SLIPS

SHARE = 4
"""One document in so many has a mistake."""


def plant(filings: Sequence[Filing], said: Mapping[str, Any], rng: Random, share: int = SHARE) -> None:
    """Plant the declared mistakes in turn, each in a document that can have it."""
    order = list(filings)
    rng.shuffle(order)
    for key in islice(cycle(said), len(filings) // share):
        for filing in order:
            if not filing.spoiled and filing.files and _plant(key, said[key], filing, filings, rng):
                filing.spoiled = True
                break


def _beside(key: str, filing: Filing, filings: Sequence[Filing]) -> list[Filing]:
    """The document with which this one is compared, where the mistake lies between two."""
    code, year, _ = filing.key
    wanted = {
        "budget-differs": (code, year, "budget"),
        "over-budget": (code, year, "budget"),
        "carry-over": (code, year - 1, "final-account"),
    }.get(key)
    return [other for other in filings if other.key == wanted]


def _plant(key: str, said: Mapping[str, Any], filing: Filing, filings: Sequence[Filing], rng: Random) -> bool:
    compared = _beside(key, filing, filings)
    if any(other.spoiled for other in compared):
        return False
    slip = SLIPS[key](filing, rng) if key in SLIPS else MISHAPS[key](filing, filings, rng)
    if slip is None:
        return False
    for other in compared:
        other.spoiled = True
    planted = _planted(slip, said)
    if not said["finding"]:
        slip.file.expected = said["status"]
    elif said["status"] == "missing":
        filing.planted.append(planted)
    else:
        for file in filter(None, (slip.file, slip.also)):
            file.planted.append(planted)
            file.expected = said["status"]
    return True


def _planted(slip: Slip, said: Mapping[str, Any]) -> Planted:
    sheet = ""
    if slip.grid is not None:
        place = slip.file.grids.index(slip.grid) + 1
        sheet = slip.file.sheet(place)
    return Planted(sheet, address(slip.place) if slip.place else "", said["finding"], said["what"])
