"""The clean documents into which mistakes are planted: every body of a fictional county, in its own layout."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import yaml

from etl.demo import Plan, make
from etl.demo.compose import amount
from etl.demo.county import Body, bodies
from etl.demo.fees import lists
from etl.demo.filing import File, Planted
from etl.demo.government import government, tables
from etl.demo.grid import Grid, Place, Tag, address
from etl.demo.habits import GOVERNMENT_WAYS, Habit, habit
from etl.demo.money import Account, accounts, nothing
from etl.demo.office import Office
from etl.demo.stack import stack
from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.model import Spec
from etl.table import Receipt, Submission

examine_room = import_module("etl.pipeline.examine")  # the package shows the verb of the same name

NO_BYTES = b"no bytes"
"""Stands for a file of no bytes: a file of the county that has no data is written from its sheets."""
DEPARTMENTS = 16
"""Enough that every layout of the fictional county is among them."""
_YEARS = 2
"""The first of them is there for what the second compares itself with."""


@dataclass(frozen=True)
class Spot:
    """One figure as it is printed."""

    file: File
    grid: Grid
    place: Place

    @property
    def tag(self) -> Tag:
        return self.grid.tags[self.place]

    def at(self, place: Place) -> Spot:
        return replace(self, place=place)


@dataclass
class Paper:
    """A document while a mistake is being planted in it: what it was made of, and its files, free to be changed."""

    office: Office
    account: Account
    files: list[File]
    of: str = ""
    """Whose it is, in a word, for reports."""

    @property
    def ways(self) -> Habit:
        return self.office.ways

    @property
    def stacked(self) -> bool:
        return self.ways.packing == "sheet"

    def copy(self) -> Paper:
        return replace(self, files=[copy_of(file) for file in self.files])

    def sheets(self, table_id: str = "") -> Iterator[tuple[File, Grid]]:
        """The sheets of a table, or all that hold figures."""
        for file in self.files:
            for grid in file.grids:
                if any(tag.table_id == table_id or not table_id for tag in grid.tags.values()):
                    yield file, grid

    def spots(self, *table_ids: str) -> Iterator[Spot]:
        for file, grid in self.sheets():
            for place, tag in sorted(grid.tags.items()):
                if not table_ids or tag.table_id in table_ids:
                    yield Spot(file, grid, place)

    def restate(self, spot: Spot, fen: int) -> None:
        """Another amount in the ways of the office."""
        cell = amount(fen, spot.grid.unit_fen, replace(self.ways, nil="zero"))
        assert cell is not None
        spot.grid.put(*spot.place, cell)
        spot.grid.tags[spot.place] = replace(spot.tag, fen=fen)

    def expect(self, spot: Spot) -> None:
        """Note that the mistake shows at a cell."""
        place = spot.file.grids.index(spot.grid) + 1
        spot.file.planted.append(Planted(spot.file.sheet(place), address(spot.place), "", ""))

    def written(self) -> list[File]:
        """The files as they are sent."""
        if self.stacked:
            for file in self.files:
                stack(file)
        return self.files


def remove_row(grid: Grid, row: int) -> None:
    """Take out a row and move up what stands below."""
    _moved(grid, {at: at - (at > row) for at in range(grid.height) if at != row})


def repeat_row(grid: Grid, row: int) -> None:
    """Print a row once more, right below itself."""
    again = {(row + 1, column): cell for (at, column), cell in grid.cells.items() if at == row}
    _moved(grid, {at: at + (at > row) for at in range(grid.height)})
    grid.cells |= again


def _moved(grid: Grid, rows: Mapping[int, int]) -> None:
    """Every row at another place; those not named are gone."""
    grid.cells = {(rows[row], column): cell for (row, column), cell in grid.cells.items() if row in rows}
    grid.tags = {(rows[row], column): tag for (row, column), tag in grid.tags.items() if row in rows}
    grid.codes = {code: (rows[row], column) for code, (row, column) in grid.codes.items() if row in rows}
    grid.merges = [
        (rows[top], left, rows[bottom], right)
        for top, left, bottom, right in grid.merges
        if top in rows and bottom in rows
    ]


def copy_of(file: File) -> File:
    grids = [
        replace(grid, cells=dict(grid.cells), tags=dict(grid.tags), merges=list(grid.merges), codes=dict(grid.codes))
        for grid in file.grids
    ]
    return replace(file, grids=grids, planted=list(file.planted))


@dataclass
class County:
    """The declarations of a county, and its documents, all right."""

    folder: Path
    spec: Spec
    papers: list[Paper]
    _seen: dict[str, tuple[Submission, ...]] = field(default_factory=dict)

    def examine(self, file: File) -> tuple[Submission, ...]:
        """What the program makes of a file; the same bytes under the same name are read once."""
        data = b"" if file.data == NO_BYTES else file.content()
        digest = hashlib.sha256(data).hexdigest()
        key = f"{digest}/{file.path}"
        if key not in self._seen:
            kept = self.folder / "kept" / digest
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(data)
            receipt = Receipt(file.path, digest, "2025-01-01", len(data), kept)
            self._seen[key] = examine_room.examine(receipt, self.spec)
        return self._seen[key]


def county(folder: Path, seed: int) -> County:
    """The last year of a county of two, made from a seed."""
    make(folder, Plan(departments=DEPARTMENTS, years=_YEARS, seed=seed, share=10**6))
    spec = load(Layout(folder))
    return County(folder, spec, list(_papers(spec, seed)))


def _declared(name: str) -> Any:
    return yaml.safe_load((PROGRAM / "schemas" / "demo" / f"{name}.yml").read_text("utf-8"))


def _papers(spec: Spec, seed: int) -> Iterator[Paper]:
    """Every document of the county again, as values and not as files."""
    said, forms = _declared("county"), _declared("forms")
    years = [spec.jurisdiction.first_year + place for place in range(_YEARS)]
    names = [what + kind for what in said["project_names"]["what"] for kind in said["project_names"]["kind"]]
    made: list[Account] = []
    for place, body in enumerate(bodies(said, DEPARTMENTS)):
        rng = Random(f"{seed}/{body.code}")
        office = _office(body, habit(place, rng), forms, spec, years[0])
        kept = accounts(body, years, said["common"], names, office.ways.grain, rng)
        made += kept
        if body.exempt != "yes":
            yield from (_paper(office, account) for account in kept if account.year == years[-1])
    own = government(said["names"]["zh"], said["names"]["en"])
    office = _office(own, GOVERNMENT_WAYS, forms, spec, years[0])
    for when, document, rows in tables(forms, made, years, Random(f"{seed}/{own.code}")):
        if when == years[-1]:
            yield Paper(office, nothing(when, document), office.government(when, document, rows), "government")
    fees = list(lists(_declared("fees"), said["names"]["zh"], years[-1:]))
    yield from (Paper(office, nothing(years[-1], file.document), [file], "list") for file in fees)


def _office(body: Body, ways: Habit, forms: Any, spec: Spec, year: int) -> Office:
    return Office(body, ways, forms, spec.codes["functional"], spec.codes["economic"], year)


def _paper(office: Office, account: Account) -> Paper:
    ways = office.ways
    return Paper(office, account, office.files(account), f"{ways.family}-{ways.container}-{ways.packing}")
