"""Slips in a sheet: one function a mistake of `schemas/demo/mistakes.yml`.

Each takes a filing and chance; changes a cell or two, and says in which file and sheet and at which cell it shows. None
where the filing has nothing to get wrong in that way; then nothing was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from types import MappingProxyType

from etl.demo.compose import amount
from etl.demo.filing import File
from etl.demo.grid import Cell, Grid, Place
from etl.demo.office import Filing
from etl.demo.slip import Slip, Slipper
from etl.demo.slips_in_codes import code_typo, old_code, wrong_name

_BIG = 3_000_000
"""Fen: more than any rounding explains."""
_ID_BODY = "53000019000101001"
"""The first 17 digits of an identity number that nobody can have: 530000 is no county, and the day is too old."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def restate(filing: Filing, grid: Grid, place: Place, fen: int) -> None:
    """Write another amount, in the ways of the office."""
    ways = replace(filing.office.ways, nil="zero")
    cell = amount(fen, grid.unit_fen, ways)
    if cell is not None:
        grid.put(*place, cell)
    grid.tags[place] = replace(grid.tags[place], fen=fen)


def _found(filing: Filing, table_id: str, line: str, measure: str) -> tuple[File, Grid, Place] | None:
    """A figure that is printed and not nil."""
    found = filing.find(table_id)
    if found is None:
        return None
    file, grid = found
    for place, tag in grid.tags.items():
        if (tag.line_code, tag.measure) == (line, measure) and tag.fen:
            return file, grid, place
    return None


def _total_off(filing: Filing, rng: Random) -> Slip | None:
    found = _found(filing, "expenditure", "total", "total")
    if found is None:
        return None
    file, grid, place = found
    restate(filing, grid, place, grid.tags[place].fen + rng.randint(1, 3) * _BIG)
    return Slip(file, grid, place)


def _digits_swapped(filing: Filing, _: Random) -> Slip | None:
    found = _found(filing, "revenue", "total", "total")
    if found is None:
        return None
    file, grid, place = found
    digits = str(grid.tags[place].fen)
    for at in range(len(digits) - 8, -1, -1):
        if digits[at] != digits[at + 1]:
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if swapped[0] != "0":
                restate(filing, grid, place, int(swapped))
                return Slip(file, grid, place)
    return None


def _unit_slip(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("general-budget-expenditure")
    if found is None or found[1].unit_fen == 100 or len(found[0].grids) == 1:
        return None
    file, grid = found
    place, cell = next((at, cell) for at, cell in grid.cells.items() if "单位：万元" in str(cell.value))
    grid.put(*place, replace(cell, value=str(cell.value).replace("单位：万元", "单位：元")))
    for at, tag in grid.tags.items():
        grid.tags[at] = replace(tag, fen=tag.fen // 10_000)
    grid.unit_fen = 100
    return Slip(file, grid, _title(grid))


def _title(grid: Grid) -> Place:
    return next(place for place, cell in sorted(grid.cells.items()) if cell.style == "title")


def _instead(value: str, formula: str = "") -> Slipper:
    """A mistake that puts something in the place of an amount; the figure is lost."""

    def slip(filing: Filing, _: Random) -> Slip | None:
        found = _found(filing, "expenditure", "total", "project") or _found(
            filing, "expenditure", "total", "general-budget"
        )
        if found is None or (formula and found[0].container != "xlsx"):
            return None
        file, grid, place = found
        grid.put(*place, Cell(value, style="right", formula=formula))
        del grid.tags[place]
        return Slip(file, grid, place)

    return slip


def _note(make: Callable[[Filing], str], table_id: str) -> Slipper:
    """A mistake that is a line below the table."""

    def slip(filing: Filing, _: Random) -> Slip | None:
        found = filing.find(table_id)
        if found is None:
            return None
        file, grid = found
        place = (grid.height, 0)
        grid.put(*place, Cell(make(filing), style="note"))
        return Slip(file, grid, place)

    return slip


def identity_number() -> str:
    """An identity number with the right check digit that no person has."""
    check = sum(int(digit) * weight for digit, weight in zip(_ID_BODY, _ID_WEIGHTS, strict=True)) % 11
    return _ID_BODY + "10X98765432"[check]


def _nil_contradicted(filing: Filing, rng: Random) -> Slip | None:
    found = filing.find("government-fund")
    if found is None or not any(tag.fen for tag in found[1].tags.values()):
        return None
    text = f"注：本部门{filing.account.year}年没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    slip = _note(lambda _: text, "government-fund")(filing, rng)
    filled = min(place for place, tag in found[1].tags.items() if tag.fen)
    return slip and Slip(slip.file, slip.grid, filled)


def _nil_unstated(filing: Filing, _: Random) -> Slip | None:
    for file in filing.files:
        for grid in file.grids:
            for place, cell in sorted(grid.cells.items()):
                if str(cell.value).endswith("故本表无数据。") and grid.form in {
                    "db9",
                    "df9",
                    "gk09",
                    "db8",
                    "df8",
                    "gk08",
                }:
                    del grid.cells[place]
                    return Slip(file, grid)
    return None


def _hidden_sheet(filing: Filing, _: Random) -> Slip | None:
    file = filing.files[0]
    if file.container != "xlsx":
        return None
    grid = Grid("草稿", hidden=True)
    rows = (
        ("测算草稿（虚构）",),
        ("事项", "上年", "本年"),
        ("人员", Decimal(120), Decimal(130)),
        ("公用", Decimal(30), Decimal(31)),
    )
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            grid.put(row, column, Cell(value))
    file.grids.append(grid)
    return Slip(file, grid)


def _year_differs(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("general-budget-expenditure")
    if found is None or len(found[0].grids) == 1 or filing.office.ways.title == "below":
        return None
    place = _title(found[1])
    cell = found[1].cells[place]
    year = filing.account.year
    found[1].put(*place, replace(cell, value=str(cell.value).replace(f"{year}年", f"{year - 1}年")))
    return Slip(*found, place)


def _unit_missing(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("expenditure")
    if found is None or found[1].unit_fen != 100 or max(tag.fen for tag in found[1].tags.values()) < 200_000_000:
        return None
    file, grid = found
    place, cell = next((at, cell) for at, cell in grid.cells.items() if "单位：元" in str(cell.value))
    grid.put(*place, replace(cell, value=str(cell.value).replace("单位：元", "")))
    return Slip(file, grid, _title(grid))


def _rounding(filing: Filing, _: Random) -> Slip | None:
    """A class is made 0.01 万元 less, as if every line had been rounded by itself."""
    found = _found(filing, "appropriation-summary", "208", "general-budget")
    if found is None or found[1].unit_fen == 100 or filing.account.document == "budget":
        return None
    file, grid, place = found
    total = grid.place_of("208", "total")
    for at in (place, total):
        restate(filing, grid, at, grid.tags[at].fen - grid.unit_fen // 100)
    return Slip(file, grid, grid.place_of("expenditure-current-year", "total"))


def _roll_forward(filing: Filing, _: Random) -> Slip | None:
    found = filing.find("government-fund")
    if found is None or not _found(filing, "government-fund", "total", "income"):
        return None
    file, grid = found
    closing = [at for at, tag in grid.tags.items() if (tag.line_code, tag.measure) == ("total", "closing")]
    if not closing:
        return None
    restate(filing, grid, closing[0], grid.tags[closing[0]].fen + _BIG)
    return Slip(file, grid, closing[0])


def _change_off(filing: Filing, _: Random) -> Slip | None:
    found = _found(filing, "three-public-expenses", "total", "change")
    if found is None:
        return None
    file, grid, place = found
    restate(filing, grid, place, grid.tags[place].fen + 1_000_000)
    return Slip(file, grid, place)


def _three_public(measure: str, above: str = "") -> Slipper:
    """A “三公” figure too high, with its total: more than `above` where that is given."""

    def slip(filing: Filing, _: Random) -> Slip | None:
        found = _found(filing, "three-public-expenses", "reception", measure)
        if found is None or filing.account.document == "budget":
            return None
        file, grid, _place = found
        lines = {tag.line_code: at for at, tag in grid.tags.items() if tag.measure == measure}
        tags = {(tag.line_code, tag.measure): tag.fen for tag in grid.tags.values()}
        more = tags.get(("total", above), 0) - tags["total", measure] + 2_000_000 if above else 2_000_000
        for line in ("reception", "reception-domestic", "total"):
            if line in lines:
                restate(filing, grid, lines[line], grid.tags[lines[line]].fen + more)
        return Slip(file, grid, lines["total"])

    return slip


SLIPS: Mapping[str, Slipper] = MappingProxyType(
    {
        "total-off": _total_off,
        "digits-swapped": _digits_swapped,
        "unit-slip": _unit_slip,
        "text-for-amount": _instead("约3万元"),
        "formula-uncalculated": _instead("", "=VLOOKUP(A1,$X$1:$Z$9,2,FALSE)"),
        "cell-error": _instead("#REF!", "=Sheet9!A1"),
        "personal-data": _note(lambda _: f"注：经办人身份证号 {identity_number()}（虚构）。", "expenditure"),
        "template-left": _note(lambda _: "注：XX局本表反映本部门收支情况。", "expenditure"),
        "nil-unstated": _nil_unstated,
        "nil-contradicted": _nil_contradicted,
        "code-typo": code_typo,
        "old-code": old_code,
        "wrong-name": wrong_name,
        "hidden-sheet": _hidden_sheet,
        "year-differs": _year_differs,
        "unit-missing": _unit_missing,
        "rounding": _rounding,
        "roll-forward": _roll_forward,
        "change-off": _change_off,
        "over-budget": _three_public("final", "budget"),
        "budget-differs": _three_public("budget"),
    }
)
