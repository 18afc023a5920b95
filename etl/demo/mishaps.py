"""What goes wrong with whole files and documents: one function a mistake of `schemas/demo/mistakes.yml`.

Each takes a filing, the others and chance; changes the filing, and says which file shows it and where. None where the
filing does not lend itself to it; then nothing was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType

from etl.demo.filing import File
from etl.demo.grid import Cell
from etl.demo.office import Filing
from etl.demo.slip import Slip
from etl.demo.slips import SLIPS

Mishap = Callable[[Filing, Sequence[Filing], Random], Slip | None]

_STRANGER = "天文历法局"
"""A body that no register has."""


def _missing_table(filing: Filing, _: Sequence[Filing], __: Random) -> Slip | None:
    found = filing.find("state-capital")
    file, grid = found or (filing.files[0], None)
    if grid is None:
        grid = next((each for each in file.grids if each.form in {"db9", "df9", "gk09"}), None)
    if grid is None or len(file.grids) == 1:
        return None
    file.grids.remove(grid)
    return Slip(file)


def _carry_over(filing: Filing, _: Sequence[Filing], rng: Random) -> Slip | None:
    """More was there at the start of the year than was left at the end of the last."""
    account = filing.account
    pots = [pot for pot, fen in account.opening.items() if pot[1] == "general-budget" and fen]
    if account.document == "budget" or not pots or account.year == filing.office.first_year:
        return None
    opening = {**account.opening, pots[0]: account.opening[pots[0]] + rng.randint(1, 9) * 1_000_000}
    filing.account = replace(account, opening=opening)
    if filing.account.income()[pots[0]] < 0:
        filing.account = account
        return None
    filing.files = filing.office.files(filing.account)
    found = filing.find("revenue-expenditure-summary")
    return Slip(*found, found[1].place_of("carry-over-opening", "amount")) if found else None


def _copied(filing: Filing, others: Sequence[Filing], rng: Random) -> Slip | None:
    """The figures of another body under one's own name."""
    account = filing.account
    alike = [
        other
        for other in others
        if other.account.year == account.year
        and other.account.document == account.document
        and other.office.body.code != filing.office.body.code
        and not other.spoiled
        and other.office.ways.packing != "table"
        and not other.office.body.parent
        and other.office.ways.grain >= filing.office.ways.grain
    ]
    if not alike or filing.office.ways.family == "yunnan" or filing.office.ways.packing == "table":
        return None
    other = rng.choice(alike)
    filing.files = filing.office.files(other.account)
    other.spoiled = True
    return Slip(filing.files[0], also=other.files[0])  # nobody can tell the copy from the original


def _duplicate(filing: Filing, _: Sequence[Filing], __: Random) -> Slip:
    file = filing.files[0]
    again = replace(file, path=f"补报/{file.path}", planted=[])
    filing.files.append(again)
    return Slip(again)


def _damaged(filing: Filing, _: Sequence[Filing], __: Random) -> Slip | None:
    file = filing.files[0]
    if file.container != "xlsx":
        return None
    data = file.content()
    file.data = data[: len(data) * 2 // 3]
    file.grids = []
    return Slip(file)


def _unknown_body(filing: Filing, _: Sequence[Filing], __: Random) -> Slip | None:
    """Somebody else sends the same figures, beside the right filing."""
    if filing.office.ways.packing == "table":
        return None
    strange = filing.office.files(filing.account, _STRANGER)
    for file in strange:
        file.department_code = ""
    filing.files += strange
    return Slip(strange[0])


def _resent(filing: Filing, _: Sequence[Filing], rng: Random) -> Slip | None:
    """A first version with a wrong total, a second that is right; the days stand beside each."""
    if filing.office.ways.packing == "table":
        return None
    first = Filing(filing.office, filing.account, filing.office.files(filing.account))
    slip = SLIPS["total-off"](first, rng)
    if slip is None:
        return None
    _in_turn(filing, first.files)
    return slip


def _replaced(filing: Filing, _: Sequence[Filing], __: Random) -> Slip | None:
    """A first version that was right but for a note, a second that takes its place."""
    if filing.office.ways.packing == "table":
        return None
    first = filing.office.files(filing.account)
    grid = first[0].grids[-1]
    grid.put(grid.height, 0, Cell("注：初次报送。", style="note"))
    _in_turn(filing, first)
    return Slip(first[0])


def _in_turn(filing: Filing, first: list[File]) -> None:
    """Two versions in folders of their own, each with the day it came."""
    final = filing.account.document == "final-account"
    for place, file in enumerate([*first, *filing.files], start=1):
        folder, _slash, name = file.path.rpartition("/")
        file.path = f"{folder}/更正/{filing.office.body.code}/第{place}次/{name}"
        file.received_on = f"{filing.account.year + final}-{9 if final else 3:02d}-{place * 7:02d}"
    filing.files = [*first, *filing.files]


def _missing_document(filing: Filing, _: Sequence[Filing], __: Random) -> Slip | None:
    """Nothing was published at all."""
    if filing.office.body.parent:
        return None
    file = filing.files[0]
    filing.files = []
    return Slip(file)


MISHAPS: Mapping[str, Mishap] = MappingProxyType(
    {
        "missing-table": _missing_table,
        "carry-over": _carry_over,
        "copied": _copied,
        "duplicate": _duplicate,
        "damaged": _damaged,
        "unknown-body": _unknown_body,
        "resent-after-error": _resent,
        "replaced": _replaced,
        "missing-document": _missing_document,
    }
)
