"""A form of `schemas/demo/forms.yml` filled in with the figures of an account, in the ways of an office -> a Grid.

label                                       预算01表
title                   2024年部门支出总体情况表
body and unit           部门：…          单位：万元
header, serials, lines, foot, note
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from etl.demo.figures import Figures, Rows
from etl.demo.grid import Cell, Grid, Tag, header
from etl.demo.habits import Habit
from etl.demo.records import Record
from etl.spec.model import CodeList

UNITS = {"元": 100, "万元": 1_000_000}
"""Fen in one of each."""
NIL = "—"
_ORDINALS = "〇一二三四五六七八九十"
_NOT_OF_DEPARTMENTS = ("209", "227", "230", "233")
"""Classes that no department's form prints."""
_CODE_PARTS = ("类", "款", "项")


@dataclass(frozen=True, slots=True)
class Page:
    """What a form needs to know of whose it is."""

    body: str
    code: str
    year: int
    document: str
    habit: Habit
    functional: CodeList
    economic: CodeList


def compose(
    key: str, form: Mapping[str, Any], figures: Figures, listed: Mapping[str, Sequence[Record]], page: Page
) -> Grid:
    """One form as a sheet."""
    unit = form.get("unit") or page.habit.unit(page.document)
    grid = Grid(key, key, unit_fen=UNITS[unit])
    rows = figures.get(form.get("rows", form["table"]), {})
    bands = [_Band(form, band, rows, page) for band in form["bands"]]
    if "records" in form:
        bands[0].lines = [_recorded(record, bands[0].columns[0].kind) for record in listed[form["records"]]]
    places, left = [], 0
    for band in bands:
        places.append(left)
        left += len(band.columns)
    top = _head(grid, form, unit, left, page)
    heads = [
        (at + n, column.head) for at, band in zip(places, bands, strict=True) for n, column in enumerate(band.columns)
    ]
    top = header(grid, top, heads)
    if page.habit.serials:
        top = _serials(grid, top, bands, places)
    foot = top + max(len(band.lines) for band in bands)
    for band, at in zip(bands, places, strict=True):
        for row, line in [*enumerate(band.lines, start=top), *enumerate(band.foot, start=foot)]:
            _write_line(grid, row, at, band, line, page)
            _write_serial(grid, row, at, band, row - top + 1)
    _below(grid, form, foot + max(len(band.foot) for band in bands), page)
    return grid


@dataclass(frozen=True, slots=True)
class _Column:
    head: tuple[str, ...]
    kind: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    code: str
    name: str
    figures: Mapping[str, int]
    coded: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    """What stands in columns of text, by the kind of the column."""


class _Band:
    """One block of a form: its columns as the office draws them, its lines and its foot."""

    def __init__(self, form: Mapping[str, Any], said: Mapping[str, Any], rows: Rows, page: Page) -> None:
        self.table, self.across = form["table"], form.get("across", False)
        self.economic = form["table"] == "basic-expenditure" or form.get("rows") == "project-economic"
        self.columns = list(_columns(said, page.habit, _CODE_PARTS[:2] if self.economic else _CODE_PARTS))
        self.joined = page.habit.codes == "named" and "coded" in said.get("lines", ())
        """Code and name stand in one cell."""
        self.rows = rows
        codes = page.economic if self.economic else page.functional
        self.lines: list[_Line] = [_Line("", "", {})] if self.across else []
        for token in said.get("lines", ()):
            if token == "classes":
                self.lines += _classes(rows, page)
            elif token == "coded":
                self.lines += _coded(rows, codes, page)
            elif token == "units":
                self.lines += _units(rows, page)
            else:
                self.lines.append(
                    _named(token, rows, coded=any(column.kind.startswith("code") for column in self.columns))
                )
        if "prefixes" in said:
            self.lines += [_line(code, rows, codes, page) for code in rows if code[:3] in said["prefixes"]]
        self.foot = [_named(token, rows) for token in said.get("foot", ())]


def _columns(said: Mapping[str, Any], habit: Habit, levels: Sequence[str]) -> Iterator[_Column]:
    joined = habit.codes == "named" and "coded" in said.get("lines", ())
    for column in said["columns"]:
        head = tuple(column["head"])
        if column["is"] == "code" and habit.codes == "three":
            yield from (_Column((*head, part), f"code-{place}") for place, part in enumerate(levels))
        elif column["is"] != "name" or not joined:
            yield _Column(head, column["is"], column.get("line", ""))


# --- lines ----------------------------------------------------------------------------------------------------------


def _named(token: Sequence[str], rows: Rows, coded: bool = False) -> _Line:
    """A line that the form names; one whose key begins with a tilde has a name only."""
    key, label = token
    return _Line("" if key.startswith("~") else key, label, rows.get(key, {}), coded and key.isdecimal())


def _classes(rows: Rows, page: Page) -> Iterator[_Line]:
    """The classes of the year with their ordinals; offices differ in whether they print those without money."""
    place = 0
    for code in sorted(page.functional.entries):
        held = any(entry.holds(page.year) for entry in page.functional.entries[code])
        if len(code) != 3 or not held or code in _NOT_OF_DEPARTMENTS:
            continue
        if code in rows or page.habit.all_classes:
            place += 1
            name = page.functional.name_of(code, page.year)
            yield _Line(code, f"{ordinal(place)}、{name.zh if name else ''}", rows.get(code, {}))


def ordinal(number: int) -> str:
    """21 is 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _ORDINALS[tens]) + ("十" if tens else "") + (_ORDINALS[ones] if ones else "")


def _coded(rows: Rows, codes: CodeList, page: Page) -> list[_Line]:
    lines = [_line(code, rows, codes, page) for code in rows if code.isdecimal()]
    total = _Line("total", "合计", rows.get("total", {}))
    if not lines:
        return [total]
    return [total, *lines] if page.habit.total_first else [*lines, total]


def _units(rows: Rows, page: Page) -> list[_Line]:
    total = _Line("total", "合计", rows.get("total", {}))
    own = _Line(page.code, page.body, rows[page.code], texts={"unit-code": page.code})
    return [total, own] if page.habit.total_first else [own, total]


def _recorded(record: Record, first: str) -> _Line:
    texts = {key: value for key, value in record.values.items() if isinstance(value, str)}
    amounts = {key: value for key, value in record.values.items() if isinstance(value, int)}
    if record.line == "total":
        texts[first] = record.name
    return _Line(record.line, record.name, amounts, texts=texts)


def _line(code: str, rows: Rows, codes: CodeList, page: Page) -> _Line:
    name = codes.name_of(code, page.year)
    return _Line(code, name.zh if name else "", rows[code], coded=True, texts={"unit-name": page.body})


# --- cells ----------------------------------------------------------------------------------------------------------


def _write_line(grid: Grid, row: int, left: int, band: _Band, line: _Line, page: Page) -> None:
    for place, column in enumerate(band.columns):
        at = left + place
        if column.kind.startswith("code"):
            _write_code(grid, row, at, band, column.kind, line, page)
        elif column.kind == "name":
            _write_name(grid, row, at, line)
        elif column.kind == "percent":
            _write_percent(grid, row, at, line)
        elif column.kind in line.texts:
            grid.put(row, at, Cell(line.texts[column.kind]))
        else:
            _write_figure(grid, row, at, band, column, line, page)


def _write_code(grid: Grid, row: int, column: int, band: _Band, kind: str, line: _Line, page: Page) -> None:
    if band.joined:
        text = f"{line.code} {line.name}" if line.coded else line.name
        grid.put(row, column, Cell(text, indent=_depth(line)))
        if line.coded:
            grid.codes[line.code] = (row, column)
        return
    if not line.coded:
        return
    if kind == "code":
        number = page.habit.codes == "number"
        grid.put(row, column, Cell(Decimal(line.code), "0") if number else Cell(line.code))
        grid.codes[line.code] = (row, column)
        return
    place = int(kind.removeprefix("code-"))
    pieces = [line.code[:3], line.code[3:5], line.code[5:7]]
    if pieces[place]:
        grid.put(row, column, Cell(pieces[place]))
        grid.codes[line.code] = (row, column)


def _write_name(grid: Grid, row: int, column: int, line: _Line) -> None:
    grid.put(row, column, Cell(line.name, indent=_depth(line)))


def _depth(line: _Line) -> int:
    return (len(line.code) - 3) // 2 if line.coded else 0


def _write_serial(grid: Grid, row: int, left: int, band: _Band, number: int) -> None:
    for place, column in enumerate(band.columns):
        if column.kind == "serial":
            grid.put(row, left + place, Cell(str(number)))


def _write_percent(grid: Grid, row: int, column: int, line: _Line) -> None:
    change, previous = line.figures.get("change", 0), line.figures.get("previous", 0)
    if previous:
        grid.put(row, column, Cell(f"{Decimal(change * 100) / previous:.2f}%", style="right"))


def _write_figure(grid: Grid, row: int, at: int, band: _Band, column: _Column, line: _Line, page: Page) -> None:
    code = column.line or line.code
    fen = (band.rows.get(column.line, {}) if column.line else line.figures).get(column.kind)
    cell = None if fen is None else amount(fen, grid.unit_fen, page.habit)
    if cell is not None and fen is not None:
        grid.put(row, at, cell)
        if not code and not isinstance(cell.value, Decimal) and cell.value == NIL:
            return  # on a line without a key a mark for nothing is no figure: contract, section 9
        name = column.head[-1] if column.line else line.name
        grid.tags[row, at] = Tag(band.table, code, name, column.kind, fen)


def amount(fen: int, unit_fen: int, habit: Habit) -> Cell | None:
    """An amount as the office writes it; None for a blank."""
    if not fen and habit.nil != "zero":
        return Cell(NIL, style="right") if habit.nil == "dash" else None
    number = Decimal(fen) / unit_fen
    if habit.amounts == "number":
        return Cell(number, habit.look, "right")
    text = f"{number:,.2f}" if habit.amounts == "comma" else f"{number:.2f}"
    return Cell(text, style="right")


# --- around the lines -----------------------------------------------------------------------------------------------


def _head(grid: Grid, form: Mapping[str, Any], unit: str, width: int, page: Page) -> int:
    habit, last = page.habit, max(width - 1, 1)
    row = 0
    if habit.label and "label" in form:
        grid.put(row, last, Cell(form["label"], style="right"))
        row += 1
    title = form["titles"][page.year % len(form["titles"])]
    before = {"year": f"{page.year}年", "body": f"{page.body}{page.year}年", "below": ""}[habit.title]
    grid.put(row, 0, Cell(before + title, style="title"))
    grid.merge(row, 0, row, last)
    grid.name = title
    row += 1
    if habit.title == "below":
        grid.put(row, 0, Cell(f"{page.year}年度"))
        row += 1
    if habit.heading == "one":
        grid.put(row, 0, Cell(f"部门：{page.body}    单位：{unit}"))
    else:
        grid.put(row, 0, Cell(f"部门：{page.body}"))
        grid.put(row, last, Cell(f"单位：{unit}", style="right"))
    return row + 1


def _serials(grid: Grid, row: int, bands: Sequence[_Band], places: Sequence[int]) -> int:
    number = 0
    for band, left in zip(bands, places, strict=True):
        for place, column in enumerate(band.columns):
            if column.kind == "name" or (column.kind == "code" and band.joined):
                grid.put(row, left + place, Cell("栏次", style="head"))
            elif column.kind != "serial" and not column.kind.startswith("code"):
                number += 1
                grid.put(row, left + place, Cell(str(number), style="head"))
    return row + 1


def _below(grid: Grid, form: Mapping[str, Any], row: int, page: Page) -> None:
    if "nil" in form and not any(tag.fen for tag in grid.tags.values()):
        grid.put(row, 0, Cell(f"注：本部门{page.year}年没有{form['nil']}，故本表无数据。", style="note"))
    elif page.habit.notes:
        about = "预算安排" if page.document == "budget" else "实际收支"
        grid.put(row, 0, Cell(f"注：本表反映本部门{page.year}年度{about}情况。", style="note"))
