"""Mistakes in what stands around the figures: titles, units, headers, notes, hidden places, whole sheets."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

from etl.demo.filing import Planted
from etl.demo.grid import Cell, Grid, Place
from tests.mistakes.county import Paper, Spot, copy_of, remove_row
from tests.mistakes.in_figures import CODED
from tests.mistakes.planting import Plant
from tests.workbooks import repacked


def title_of(grid: Grid) -> Place:
    return min(place for place, cell in grid.cells.items() if cell.style == "title")


def sheets_of(paper: Paper, *tables: str) -> list[Spot]:
    """The sheets of tables, each at its title."""
    return [
        Spot(file, grid, title_of(grid))
        for file, grid in paper.sheets()
        if not tables or next(iter(grid.tags.values())).table_id in tables
    ]


def _heads(grid: Grid) -> list[Place]:
    """Cells of the header, without the row of column numbers."""
    return sorted(
        place
        for place, cell in grid.cells.items()
        if cell.style == "head" and not str(cell.value).isdecimal() and cell.value != "栏次"
    )


# --- units ----------------------------------------------------------------------------------------------------------


def unit_missing(paper: Paper, rng: Random) -> bool:
    """No unit in a sheet that stands alone in its file, so that no other tells it."""
    found = [spot for spot in sheets_of(paper, *CODED) if len(spot.file.grids) == 1 and not paper.stacked]
    if not found:
        return False
    spot = rng.choice(found)
    place, cell = next((at, cell) for at, cell in spot.grid.cells.items() if "单位：" in str(cell.value))
    spot.grid.put(*place, replace(cell, value=re.sub(r"单位：(万元|元)", "", str(cell.value))))
    paper.expect(spot)
    paper.expect(spot.at(place))
    return True


def unit_wrong(paper: Paper, rng: Random) -> bool:
    """One table of several says 元 for 万元, or 万元 for 元."""
    tables = ("general-budget-expenditure", "expenditure", "revenue")
    found = [spot for spot in sheets_of(paper, *tables) if len(paper.files) == 1 and not paper.stacked]
    if not found:
        return False
    spot = rng.choice(found)
    place, cell = next((at, cell) for at, cell in spot.grid.cells.items() if "单位：" in str(cell.value))
    other = {"单位：元": "单位：万元", "单位：万元": "单位：元"}
    spot.grid.put(*place, replace(cell, value=re.sub(r"单位：(万元|元)", lambda said: other[said[0]], str(cell.value))))
    paper.expect(spot)
    paper.expect(spot.at(place))
    for at, tag in spot.grid.tags.items():
        if tag.fen and tag.line_code == "total":
            paper.expect(spot.at(at))
    return True


# --- headers --------------------------------------------------------------------------------------------------------


def column_untold(paper: Paper, rng: Random) -> bool:
    """The label of a column of figures is something that no form prints."""
    found = [
        (spot, place)
        for spot in sheets_of(paper, *CODED)
        for place in _heads(spot.grid)
        if any(at[1] == place[1] and tag.fen and tag.measure != "total" for at, tag in spot.grid.tags.items())
        and not any(place[0] < other[0] and place[1] == other[1] for other in _heads(spot.grid))
    ]
    if not found:
        return False
    spot, place = rng.choice(found)
    paper.expect(spot)
    paper.expect(spot.at(place))
    spot.grid.put(*place, Cell(rng.choice(("测算口径甲", "备用栏", "待定")), style="head"))
    return True


def columns_alike(paper: Paper, rng: Random) -> bool:
    """Two columns with one label."""
    found = []
    for spot in sheets_of(paper, "expenditure", "general-budget-expenditure"):
        labels = {str(spot.grid.cells[place].value): place for place in _heads(spot.grid)}
        if {"基本支出", "项目支出"} <= labels.keys() and labels["基本支出"][0] == labels["项目支出"][0]:
            found.append((spot, labels))
    if not found:
        return False
    spot, labels = rng.choice(found)
    place = labels["项目支出"]
    paper.expect(spot)
    paper.expect(spot.at(place))
    paper.expect(spot.at(labels["基本支出"]))
    spot.grid.put(*place, Cell("基本支出", style="head"))
    return True


def header_gone(paper: Paper, rng: Random) -> bool:
    """The header was deleted with its rows."""
    found = sheets_of(paper, *CODED) if not paper.stacked else []
    if not found:
        return False
    spot = rng.choice(found)
    rows = sorted({place[0] for place, cell in spot.grid.cells.items() if cell.style == "head"}, reverse=True)
    for row in rows:
        remove_row(spot.grid, row)
    file = spot.file
    for row in range(spot.grid.height):
        for column in range(spot.grid.width):
            paper.expect(Spot(file, spot.grid, (row, column)))
    return True


def no_such_table(paper: Paper, rng: Random) -> bool:
    """A sheet of figures that is none of the forms."""
    if paper.stacked or len(paper.files) > 1 or paper.files[0].container.startswith("csv"):
        return False
    grid = Grid("附：台账")
    rows: list[tuple[str | Decimal, ...]] = [
        ("设备台账",),
        ("存放地点", "启用月份", "数量", "原值"),
        ("一号仓库", "三月"),
    ]
    rows[2] = (*rows[2], Decimal(rng.randint(2, 9)), Decimal(rng.randint(1000, 9999)))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            grid.put(row, column, Cell(value))
    paper.files[0].grids.append(grid)
    file = paper.files[0]
    for row in range(3):
        for column in range(4):
            paper.expect(Spot(file, grid, (row, column)))
    file.planted.append(Planted(file.sheet(len(file.grids)), "", "", ""))
    return True


# --- lines of text --------------------------------------------------------------------------------------------------


def below(*choices: str) -> Plant:
    """A line below a table; `{}` stands for the year."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = sheets_of(paper, *CODED)
        if not found:
            return False
        spot = rng.choice(found)
        place = (spot.grid.height, 0)
        spot.grid.put(*place, Cell(rng.choice(choices).replace("{}", str(paper.account.year)), style="note"))
        paper.expect(spot.at(place))
        return True

    return plant


def line_untold(paper: Paper, rng: Random) -> bool:
    """A line of a summary by a name that no form prints, where its figure is not nil."""
    found = [
        spot
        for spot in paper.spots("revenue-expenditure-summary")
        if spot.tag.line_code.startswith("income-") and spot.tag.line_code != "income-current-year" and spot.tag.fen
    ]
    if not found:
        return False
    spot = rng.choice(found)
    place = (spot.place[0], spot.place[1] - 1)
    paper.expect(spot)
    paper.expect(spot.at(place))
    spot.grid.put(*place, Cell(rng.choice(("十、结余核定款", "机动款", "补差资金"))))
    return True


def nil_unstated(paper: Paper, rng: Random) -> bool:
    found = [
        (Spot(file, grid, place))
        for file in paper.files
        for grid in file.grids
        for place, cell in grid.cells.items()
        if str(cell.value).endswith("故本表无数据。") and grid.form[:2] in {"db", "df", "gk"}
    ]
    if not found:
        return False
    spot = rng.choice(found)
    del spot.grid.cells[spot.place]
    at = spot.file.grids.index(spot.grid) + 1
    for row in range(spot.grid.height):
        for column in range(spot.grid.width):
            paper.expect(spot.at((row, column)))
    spot.file.planted.append(Planted(spot.file.sheet(at), "", "", ""))
    return True


def nil_contradicted(paper: Paper, rng: Random) -> bool:
    """The statement that there is nothing, below a table that has something."""
    found = [spot for spot in sheets_of(paper, "government-fund") if any(tag.fen for tag in spot.grid.tags.values())]
    if not found:
        return False
    spot = rng.choice(found)
    said = f"注：本部门{paper.account.year}年没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    place = (spot.grid.height, 0)
    spot.grid.put(*place, Cell(said, style="note"))
    paper.expect(spot.at(place))
    for at, tag in spot.grid.tags.items():
        if tag.fen:
            paper.expect(spot.at(at))
    return True


# --- hidden ---------------------------------------------------------------------------------------------------------


def hidden_sheet(paper: Paper, rng: Random) -> bool:
    file = rng.choice(paper.files)
    if file.container != "xlsx":
        return False
    grid = Grid("草稿", hidden=True)
    for row, values in enumerate((("测算草稿（虚构）",), ("事项", "上年"), ("人员", Decimal(rng.randint(10, 99))))):
        for column, value in enumerate(values):
            grid.put(row, column, Cell(value))
    file.grids.append(grid)
    file.planted.append(Planted("草稿", "", "", ""))
    return True


def hidden(what: str) -> Plant:
    """A row or a column with figures that cannot be seen."""

    def plant(paper: Paper, rng: Random) -> bool:
        found = [
            spot
            for spot in paper.spots(*CODED)
            if spot.file.container == "xlsx" and spot.tag.fen and spot.tag.line_code != "total" and not paper.stacked
        ]
        if not found:
            return False
        spot = rng.choice(found)
        sheet = f"xl/worksheets/sheet{spot.file.grids.index(spot.grid) + 1}.xml"
        data = spot.file.content()
        row, column = spot.place
        part = _part(data, sheet)
        if what == "row":
            part = part.replace(f'<row r="{row + 1}"', f'<row r="{row + 1}" hidden="1"')
        else:
            width = spot.grid.width
            spans = [(1, column), (column + 1, column + 1), (column + 2, width)]
            cols = "".join(
                f'<col min="{first}" max="{last}" width="16"{hide}/>'
                for (first, last), hide in zip(spans, ("", ' hidden="1"', ""), strict=True)
                if first <= last
            )
            part = re.sub(r"<cols>.*?</cols>", f"<cols>{cols}</cols>", part)
        spot.file.data = repacked(data, {sheet: part.encode()})
        for at in spot.grid.cells:
            if at[0 if what == "row" else 1] == spot.place[0 if what == "row" else 1]:
                paper.expect(spot.at(at))
        return True

    return plant


def _part(data: bytes, name: str) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read(name).decode()


# --- whole sheets ---------------------------------------------------------------------------------------------------


def sheet_twice(paper: Paper, rng: Random) -> bool:
    """A table a second time in one workbook, with other figures."""
    found = [spot for spot in sheets_of(paper, "expenditure", "revenue") if not paper.stacked and len(paper.files) == 1]
    if not found:
        return False
    spot = rng.choice(found)
    copy = copy_of(replace(spot.file, grids=[spot.grid])).grids[0]
    copy.name = f"{spot.grid.name[:20]}（2）"
    at = [place for place, tag in copy.tags.items() if tag.fen]
    paper.restate(Spot(spot.file, copy, at[0]), copy.tags[at[0]].fen + 100 * copy.unit_fen)
    spot.file.grids.append(copy)
    for grid in (spot.grid, copy):
        for place in grid.cells:
            paper.expect(Spot(spot.file, grid, place))
    return True


def card(digits: str) -> str:
    """Digits of a bank card with the check digit of Luhn."""
    sums = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-sums % 10}"
