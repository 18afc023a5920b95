"""Slips in codes and names: one function a mistake of `schemas/demo/mistakes.yml`, as in `slips`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from etl.demo.grid import Grid, Place
from etl.demo.office import Filing
from etl.demo.slip import Slip

_ITEM = "2080505"
"""An item that every office has."""
_ABOLISHED = ("2080504", "未归口管理的行政单位离退休")
_ENDED = 2019
"""Last year of that item."""


def _leaf(grid: Grid) -> tuple[str, Place] | None:
    """The code of that item and its cell."""
    return next(((code, place) for code, place in grid.codes.items() if code == _ITEM), None)


def _recoded(grid: Grid, place: Place, old: str, new: str) -> None:
    cell = grid.cells[place]
    value: str | Decimal = Decimal(new) if isinstance(cell.value, Decimal) else cell.value.replace(old, new)
    grid.put(*place, replace(cell, value=value))
    for at, tag in grid.tags.items():
        if at[0] == place[0] and tag.line_code == old:
            grid.tags[at] = replace(tag, line_code=new)


def code_typo(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("expenditure")
    leaf = _leaf(found[1]) if found and filing.office.ways.codes != "three" else None
    if found is None or leaf is None:
        return None
    code, place = leaf
    _recoded(found[1], place, code, "288" + code[3:])
    return Slip(*found, place)


def old_code(filing: Filing, _: Random) -> Slip | None:
    """An item that has ended, in every table that has it."""
    if filing.account.year <= _ENDED or filing.office.ways.codes not in {"one", "number"}:
        return None
    shown: Slip | None = None
    for table_id in ("revenue", "general-budget-expenditure", "expenditure"):
        found = filing.find(table_id)
        leaf = _leaf(found[1]) if found else None
        if found is None or leaf is None:
            continue
        code, place = leaf
        _recoded(found[1], place, code, _ABOLISHED[0])
        _renamed(found[1], place, _ABOLISHED[1])
        shown = Slip(*found, place)
    return shown


def _renamed(grid: Grid, place: Place, name: str) -> Place:
    """Another name beside a code that stands in one cell."""
    beside = (place[0], place[1] + 1)
    grid.put(*beside, replace(grid.cells[beside], value=name))
    for at, tag in grid.tags.items():
        if at[0] == place[0]:
            grid.tags[at] = replace(tag, line_name=name)
    return beside


def wrong_name(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("expenditure")
    leaf = _leaf(found[1]) if found and filing.office.ways.codes in {"one", "number"} else None
    if found is None or leaf is None:
        return None
    _renamed(found[1], leaf[1], "行政单位医疗")
    return Slip(*found, leaf[1])
