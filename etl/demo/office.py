"""A body as it reports: its ways, and the files it makes of an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.demo.compose import Page, compose
from etl.demo.county import Body
from etl.demo.figures import Figures, figures
from etl.demo.filing import File, Planted, pack
from etl.demo.grid import Grid
from etl.demo.habits import Habit
from etl.demo.money import Account
from etl.demo.records import records
from etl.spec.model import CodeList


@dataclass(frozen=True, slots=True)
class Office:
    """A body, its ways, and the forms there are."""

    body: Body
    ways: Habit
    forms: Mapping[str, Any]
    functional: CodeList
    economic: CodeList
    first_year: int
    """Of the county: nothing is known of the years before."""

    def files(self, account: Account, name: str = "") -> list[File]:
        """The files of a document, in another name where one is given."""
        name = name or self.body.zh
        page = Page(name, self.body.code, account.year, account.document, self.ways, self.functional, self.economic)
        filled = figures(account, self.body)
        listed = records(account, self.body, self.functional, self.economic)
        grids = [compose(key, form, filled, listed, page) for key, form in self._forms(account).items()]
        return pack(grids, self.body.code, name, account.year, account.document, self.ways)

    def government(self, year: int, document: str, rows: Figures) -> list[File]:
        """The files of the county's own budget or final account."""
        page = Page(self.body.zh, self.body.code, year, document, self.ways, self.functional, self.economic)
        keys = self.forms["families"]["government"][document]
        grids = [compose(key, self.forms["forms"][key], rows, {}, page) for key in keys]
        return pack(grids, self.body.code, self.body.zh, year, document, self.ways)

    def _forms(self, account: Account) -> dict[str, Mapping[str, Any]]:
        """The forms that the office uses for a document, by key. Yunnan's budget forms came in 2022."""
        known = self.forms["forms"]
        keys = list(self.forms["families"][self.ways.family][account.document])
        if known[keys[0]].get("since", 0) > account.year:
            keys = list(self.forms["families"]["national"][account.document])
        if self.ways.three_down and "db7" in keys:
            keys[keys.index("db7")] = "three-down"
        chosen = {key: known[key] for key in keys if known[key].get("since", 0) <= account.year}
        return {
            key: {**form, "bands": known[form["like"]]["bands"]} if "like" in form else form
            for key, form in chosen.items()
        }


@dataclass(slots=True)
class Filing:
    """One document of one body, as it was filed."""

    office: Office
    account: Account
    files: list[File]
    planted: list[Planted] = field(default_factory=list)
    """What is wrong with the document as a whole."""
    spoiled: bool = False
    """Something was planted: nothing else is."""

    @property
    def key(self) -> tuple[str, int, str]:
        return self.office.body.code, self.account.year, self.account.document

    def find(self, table_id: str) -> tuple[File, Grid] | None:
        """The sheet of a table, and the file it lies in."""
        for file in self.files:
            for grid in file.grids:
                if any(tag.table_id == table_id for tag in grid.tags.values()):
                    return file, grid
        return None
