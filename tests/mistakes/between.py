"""Mistakes between tables: one table is that of another version of the account, and holds in itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from random import Random

from etl.demo.filing import File
from etl.demo.grid import Grid
from etl.demo.money import Account, Spend
from tests.mistakes.county import Paper, Spot
from tests.mistakes.planting import Plant

Wanted = Callable[[Spend], bool]


def spend(source: str = "", part: str = "", economic: str = "") -> Wanted:
    return lambda one: source in ("", one.source) and part in ("", one.part) and economic in ("", one.economic)


def other_version(table_id: str, wanted: Wanted, document: str = "", family: str = "", times: int = 0) -> Plant:
    """One table as it would be had one payment been another; the others as they were."""

    def change(account: Account, rng: Random) -> Account | None:
        places = [at for at, one in enumerate(account.spends) if wanted(one)]
        if not places:
            return None
        at = rng.choice(places)
        one = account.spends[at]
        more = one.fen * times if times else 10_000 * rng.randint(300, 90_000)
        spends = (*account.spends[:at], replace(one, fen=one.fen + more), *account.spends[at + 1 :])
        return replace(account, spends=spends)

    return _swapped(table_id, change, document, family)


def other_three(table_id: str, change: Callable[[Mapping[str, int]], Mapping[str, int]], document: str) -> Plant:
    """The table of “三公” with other figures."""

    def changed(account: Account, _: Random) -> Account | None:
        budget = replace(account.budget, lines=change(account.budget.lines))
        final = replace(account.final, lines=change(account.final.lines), fund={})
        return replace(account, budget=budget, final=budget if document == "budget" else final)

    return _swapped(table_id, changed, document, "")


def nothing_spent(lines: Mapping[str, int]) -> Mapping[str, int]:
    return dict.fromkeys(lines, 0)


def _swapped(table_id: str, change: Callable[[Account, Random], Account | None], document: str, family: str) -> Plant:
    def plant(paper: Paper, rng: Random) -> bool:
        if document not in ("", paper.account.document) or family not in ("", paper.ways.family):
            return False
        # What is compared must lie in one file.
        found = list(paper.sheets(table_id)) if paper.account.spends and len(paper.files) == 1 else []
        other = change(paper.account, rng) if found else None
        if other is None:
            return False
        file, grid = rng.choice(found)
        swapped = replace(_same_form(paper.office.files(other), grid), name=grid.name)
        differing = _differing(grid, swapped)
        if differing:
            file.grids[file.grids.index(grid)] = swapped
            _expect(paper, Spot(file, swapped, (0, 0)), differing, grid)
        return bool(differing)

    return plant


def _expect(paper: Paper, sheet: Spot, differing: Collection[tuple[str, str]], before: Grid) -> None:
    """It shows where the table differs from the one it replaces, and where another prints the figures it had."""
    was = {tag.fen for tag in before.tags.values() if (tag.line_code, tag.measure) in differing and tag.fen}
    for place, tag in sheet.grid.tags.items():
        if (tag.line_code, tag.measure) in differing:
            paper.expect(sheet.at(place))
    table_id = next(iter(sheet.grid.tags.values())).table_id
    basic = ("general-budget-expenditure", "total", "basic") if table_id == "basic-expenditure" else ()
    for spot in list(paper.spots()):
        tag = spot.tag
        if (tag.fen in was and tag.table_id != table_id) or (tag.table_id, tag.line_code, tag.measure) == basic:
            paper.expect(spot)


def _same_form(files: Sequence[File], wanted: Grid) -> Grid:
    return next(grid for file in files for grid in file.grids if grid.form == wanted.form)


def _differing(one: Grid, other: Grid) -> set[tuple[str, str]]:
    before = {(tag.line_code, tag.measure): tag.fen for tag in one.tags.values()}
    after = {(tag.line_code, tag.measure): tag.fen for tag in other.tags.values()}
    return {key for key in before.keys() & after.keys() if before[key] != after[key]}


def emptied(table_id: str) -> Plant:
    """A table says that there is nothing, and another that there is."""

    def change(account: Account, _: Random) -> Account | None:
        kept = tuple(one for one in account.spends if one.source != table_id)
        if len(kept) == len(account.spends):
            return None
        pots = {"opening": account.opening, "closing": account.closing}
        left = {name: {pot: fen for pot, fen in held.items() if pot[1] != table_id} for name, held in pots.items()}
        return replace(account, spends=kept, **left)

    def plant(paper: Paper, rng: Random) -> bool:
        found = [(file, grid) for file, grid in paper.sheets(table_id) if len(paper.files) == 1]
        other = change(paper.account, rng)
        if not found or other is None:
            return False
        file, grid = found[0]
        new = _same_form(paper.office.files(other), grid)
        file.grids[file.grids.index(grid)] = replace(new, name=grid.name)
        kept = next(each for each in file.grids if each.form == grid.form)
        for place in kept.cells:
            paper.expect(Spot(file, kept, place))
        for spot in list(paper.spots("appropriation-summary", "expenditure")):
            if spot.tag.fen:
                paper.expect(spot)
        return True

    return plant
