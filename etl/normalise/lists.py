"""Lists of text: fees and funds, one record an item or sub-item.

| 部门       | 序号 | 项目名称        |        department  item_no  item    sub_item
| 一、外交部门 |      |                 |  ->
|            | 2    | 签证费          |        外交部门    2        签证费
|            |      | (1)代办外国签证 |        外交部门    2        签证费  (1)代办外国签证

A blank cell of a part says what its item says, for the fields that a form fills down. A department, and the kind of
list where one sheet holds several, runs on to the next row that names one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from etl.amounts import is_blank
from etl.finding import Finding, Location, warning
from etl.labels import fold_name
from etl.normalise.bases import normal_bases
from etl.normalise.codes import read_code
from etl.normalise.dates import list_date
from etl.normalise.entries import (
    Mark,
    clean,
    department_of,
    is_department,
    mark_of,
    normal_fields,
    split_enterprise,
)
from etl.normalise.figures import quotable, shown
from etl.spec.model import Form, Spec
from etl.table import Column, Line, Match, cell_name

_PLACES = frozenset({"department", "item_no", "row_no", "item", "sub_item"})
"""Fields that say where a row belongs; a heading has no others."""
_NAMES = frozenset({"item_no", "row_no", "item"})
"""Fields that name an item once: merged over several rows, these are rows of one item."""


@dataclass(slots=True)
class _Entry:
    """An item or sub-item while the rows below it are read."""

    mark: Mark
    name: str
    printed: str
    """Its name with what stands before it."""
    fields: dict[str, str]
    number: str = ""


@dataclass(slots=True)
class _Reading:
    """A list while it is being read."""

    match: Match
    form: Form
    spec: Spec
    columns: tuple[Column, ...]
    codes: tuple[Column, ...]
    ticks: tuple[Column, ...]
    """Columns of which one is filled to say which level set an item up."""
    spans: Mapping[tuple[int, int], int]
    numbers_items: bool
    """True where items have a column for their numbers, apart from those of the rows."""
    has_departments: bool
    """True where the dataset has a field for departments."""
    department: str = ""
    list_type: str = ""
    entries: list[_Entry] = field(default_factory=list)
    """The item, and below it the sub-items within which the row stands."""
    bases: list[str] = field(default_factory=list)
    """Documents of the row above."""
    lines: list[Line] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_list(match: Match, form: Form, rows: Sequence[int], spec: Spec) -> tuple[list[Line], list[Finding]]:
    """Every item and sub-item as a line of text fields; a finding for every row that is neither, nor a heading."""
    columns = tuple(column for band in match.bands for column in band.columns)
    reading = _Reading(
        match,
        form,
        spec,
        tuple(column for column in columns if column.role == "text"),
        tuple(column for column in columns if column.role.startswith("code")),
        tuple(column for column in columns if column.role == "ignored" and _level(column, spec)),
        _spans(match, rows),
        any(column.key == "item_no" for column in columns),
        any(entry["name"] == "department" for entry in spec.tables[match.table_id].schema["fields"]),
    )
    constants = {**form.constants, "list_date": list_date(match.sheet, match.title_row, match.first_row)}
    reading.list_type = _kind_above(reading)
    for row in rows:
        fields = _fields(reading, row)
        if _is_heading(reading, fields):
            continue
        if not _place(reading, fields):
            reading.findings.append(_unplaced(reading, row))
            continue
        _finish(reading, fields)
        attributes = {key: text for key, text in {**constants, **fields}.items() if text}
        first = reading.columns[0].index
        reading.lines.append(Line("", "", "", row, {}, attributes, first, first))
    return reading.lines, reading.findings


# --- cells ------------------------------------------------------------------------------------------------------


def _spans(match: Match, rows: Sequence[int]) -> dict[tuple[int, int], int]:
    """Cells merged with a cell above them -> the row where their text stands."""
    last = rows[-1] if rows else match.first_row
    return {
        (row, left): top
        for top, left, bottom, _ in match.sheet.merges
        if match.first_row <= top < bottom
        for row in range(top + 1, min(bottom, last) + 1)
    }


def _level(column: Column, spec: Spec) -> str:
    """Who sets up the items that have something in this column; empty for other columns."""
    group, _, label = column.label.rpartition("/")
    return normal_fields({"set_by": label}, spec)["set_by"] if "级次" in group else ""


def _fields(reading: _Reading, row: int) -> dict[str, str]:
    sheet = reading.match.sheet
    fields: dict[str, str] = {}
    for column in reading.columns:
        top = reading.spans.get((row, column.index), row)
        value = sheet.value(top, column.index)
        if not is_blank(value) and (top == row or column.key not in _NAMES):
            fields[column.key] = shown(value).strip()
    for column in reading.ticks:
        value = sheet.value(row, column.index)
        if not is_blank(value):
            fields.setdefault("set_by", _level(column, reading.spec))
            fields.setdefault("catalogue", shown(value).strip())
    cells = [sheet.value(row, column.index) for column in reading.codes]
    if any(not is_blank(cell) for cell in cells):
        fields["charge_code"] = read_code(cells).digits or "".join(shown(cell) for cell in cells if not is_blank(cell))
    return fields


# --- rows -------------------------------------------------------------------------------------------------------


def _is_heading(reading: _Reading, fields: Mapping[str, str]) -> bool:
    """True for a row that only names the kind of list, or the department, of the rows below it."""
    if not fields or set(fields) - _PLACES or "sub_item" in fields:
        return False
    department, number = fields.get("department", ""), _number(reading, fields)
    item = fields.get("item", "")
    name = clean(department or item or number)
    if kind := _kind(reading, name):
        reading.list_type, reading.department, reading.entries = kind, "", []
        return True
    alone = department and not item
    if reading.has_departments and (alone or (not department and is_department(name, number, reading.spec))):
        reading.department, reading.entries = department_of(name), []
        return True
    return False


def _kind(reading: _Reading, name: str) -> str:
    sets = reading.spec.lines.sets
    lines = (line for band in reading.form.bands for key in band.lines for line in sets.get(key, ()))
    return next((line.name.zh for line in lines if fold_name(name) in line.labels), "")


def _kind_above(reading: _Reading) -> str:
    """The kind of the first part, which may be named between title and header."""
    match = reading.match
    above = (value for row in match.sheet.rows[match.title_row + 1 : match.first_row] for value in row)
    return next((kind for value in above if isinstance(value, str) and (kind := _kind(reading, clean(value)))), "")


def _number(reading: _Reading, fields: Mapping[str, str]) -> str:
    """The number of the row's item: that of its own column, or the number of the row where there is no such column."""
    return fields.get("item_no" if reading.numbers_items else "row_no", "")


_BELOW_ALL = 9
"""Level of a part that has a column of its own and no mark: whatever comes next does not stand below it."""


def _place(reading: _Reading, fields: dict[str, str]) -> bool:
    """Put a row under the item it belongs to; False where it belongs to none."""
    if department := fields.get("department"):
        reading.department = department_of(department)
    name, marked = split_enterprise(clean(fields.pop("item", "")))
    sub_item = clean(fields.pop("sub_item", ""))
    if marked:
        fields.setdefault("enterprise_related", "Y")
    if name and not (sub_item and reading.entries and name == reading.entries[0].printed):
        _enter(reading, name, fields)
    elif not reading.entries or not (sub_item or set(fields) - _PLACES):
        return False
    if sub_item:
        del reading.entries[1:]
        mark = mark_of(sub_item)
        deep = mark if mark.level else replace(mark, level=_BELOW_ALL)
        reading.entries.append(_Entry(deep, sub_item, sub_item, fields))
    if mark_of(fields.get("row_no", "")).level == 1:
        del fields["row_no"]  # the ordinal of the department
    item, *below = reading.entries
    fields["item"], fields["item_no"] = item.name, item.number
    fields["sub_item"] = " ".join(entry.name for entry in below)
    return True


def _enter(reading: _Reading, name: str, fields: dict[str, str]) -> None:
    """Go up to the entry under which a row with this mark stands; without a mark it is an item of its own."""
    entries, number = reading.entries, _number(reading, fields)
    own, printed = mark_of(name), mark_of(number)
    mark = own if own.level and not (own.names_item and printed.level) else printed
    while entries and (not mark.level or entries[-1].mark.level >= mark.level):
        entries.pop()
    if not reading.numbers_items and not entries:
        fields.pop("row_no", None)
    is_item = not entries and own.names_item
    number = (printed.number or number.rstrip(".、")) or (own.number if is_item else "")
    entries.append(_Entry(mark, own.rest if is_item else name, name, fields, number))


def _finish(reading: _Reading, fields: dict[str, str]) -> None:
    """What a row inherits, and what is published in one way of writing beside the words as printed."""
    if reading.list_type:
        fields["list_type"] = reading.list_type
    if reading.department:
        fields["department"] = reading.department
    bases = normal_bases(fields.get("basis", ""), reading.spec, reading.bases)
    for key in reading.form.fill_down:
        above = (entry.fields[key] for entry in reversed(reading.entries) if entry.fields.get(key))
        if inherited := next(above, ""):
            fields.setdefault(key, inherited)
    if not bases:
        bases = normal_bases(fields.get("basis", ""), reading.spec)
    if bases:
        reading.bases = bases
        fields["basis_normal"] = ";".join(bases)
    fields.update(normal_fields(fields, reading.spec))


def _unplaced(reading: _Reading, row: int) -> Finding:
    match = reading.match
    cells = match.sheet.rows[row]
    column = next(index for index, value in enumerate(cells) if not is_blank(value))
    at = Location(match.sheet.name, cell_name(row, column), row + 1, column + 1)
    text = quotable(cells[column])
    values = {"table": match.title, "line": text, "name": text, "code": ""}
    return warning("line-unrecognised", at, table_id=match.table_id, actual=text, values=values)
