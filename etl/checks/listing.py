"""Reading a list of fees or funds: which rows are parts of which item, what holds for them, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from etl.amounts import NIL_MARKS
from etl.checks.evidence import values
from etl.finding import Finding, Location, Severity
from etl.labels import fold_name
from etl.printed import at
from etl.spec.model import Rule
from etl.table import Column, Line, Table

_ITEM = ("list_type", "department", "item_no", "item")
"""What rows of one item have in common."""
_REMARK = re.compile(r"\([^()]*\)")
_LONGEST = 60
"""Characters of a printed text that a finding quotes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list, and the rows of the item within which it stands."""

    line: Line
    above: tuple[Line, ...]
    """From the item down; empty for the row of an item itself."""
    before: Line | None
    """The row above it, where that is of the same item."""
    is_head: bool
    """True where parts of it follow: they say what it leaves blank."""

    def said(self, field: str) -> str:
        """What the row says, or the nearest above that has it; empty where none does, or where a nil mark stands."""
        texts = (line.attributes.get(field, "").strip() for line in (self.line, *reversed(self.above)))
        return next((text for text in texts if text and text not in NIL_MARKS), "")

    def is_news(self, field: str) -> bool:
        """False where the same was said by the rows above: what holds for an item is told once."""
        text = self.line.attributes.get(field, "")
        others = (*self.above, *(() if self.before is None else (self.before,)))
        return all(line.attributes.get(field, "") != text for line in others)

    @property
    def title(self) -> str:
        """The item and its part, as printed."""
        names = (self.line.attributes.get(key, "") for key in ("item", "sub_item"))
        return quoted(" ".join(name for name in names if name))

    @property
    def names(self) -> tuple[str, ...]:
        """The item and every level of its parts, folded, remarks in brackets dropped."""
        return _names(self.line)

    @property
    def new_names(self) -> tuple[str, ...]:
        """Those of them that the rows above do not bear."""
        others = (*self.above, *(() if self.before is None else (self.before,)))
        borne = {name for line in others for name in _names(line)}
        return tuple(name for name in self.names if name not in borne)


def entries(table: Table) -> list[Entry]:
    """Every row of a list, in printed order."""
    made: list[Entry] = []
    open_: list[Line] = []
    before: Line | None = None
    for line, after in zip_longest(table.lines, table.lines[1:]):
        while open_ and not _is_part(line, open_[-1]):
            open_.pop()
        of_item = before if before is not None and _item(before) == _item(line) else None
        made.append(Entry(line, tuple(open_), of_item, after is not None and _is_part(after, line)))
        open_.append(line)
        before = line
    return made


def of_kinds(table: Table, parameters: Mapping[str, object]) -> list[Entry]:
    """The rows whose list_type the rule does not leave out by `except_types`."""
    left_out = parameters.get("except_types", ())
    assert isinstance(left_out, list | tuple)
    return [entry for entry in entries(table) if entry.line.attributes.get("list_type", "") not in left_out]


def bare_name(name: str) -> str:
    """A name by which items are compared: without ordinal, remarks in brackets, and width.

    >>> bare_name("（1）水资源费（ 地方留成部分 ）")
    '水资源费'
    """
    return _REMARK.sub("", fold_name(name)).strip("()")


def column_of(table: Table, field: str, text: str = "") -> Column | None:
    """The column of a field; where levels are ticked in columns of their own, that of the level that was said."""
    own = next((column for column in table.columns if column.key == field), None)
    if own is not None or not text:
        return own
    levels = (column for column in table.columns if column.role == "ignored")
    return next((column for column in levels if column.label.rsplit("/", 1)[-1].startswith(text)), None)


def place(table: Table, line: Line, column: Column | None) -> Location:
    """The cell of a row in a column; its first cell where the list has no such column."""
    return at(table, line, line.name_column if column is None else column.index)


def told(
    rule: Rule,
    table: Table,
    location: Location,
    field: str,
    more: Mapping[str, str],
    *,
    severity: Severity | None = None,
    expected: str = "",
    actual: str = "",
) -> Finding:
    """What a rule says of a cell of a list."""
    return Finding(
        severity or rule.severity,
        rule.finding,
        location,
        table.table_id,
        field,
        expected,
        quoted(actual),
        None,
        rule.rule,
        values(table, **{"situation": "default", **more}),
    )


def in_column(places: Sequence[Location]) -> Location:
    """Several cells of one column, from the top down, rows that follow each other as a range: `E4:E9,E12`."""
    runs: list[list[Location]] = []
    for each in places:
        if runs and each.row == runs[-1][-1].row + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    cells = (run[0].cell if len(run) == 1 else f"{run[0].cell}:{run[-1].cell}" for run in runs)
    first = places[0]
    return Location(first.sheet, ",".join(cells), first.row, first.column)


def matches(patterns: Iterable[str], text: str) -> bool:
    """True where one of the patterns is found in a text."""
    return any(re.search(pattern, text) for pattern in patterns)


def quoted(text: str) -> str:
    """A printed text on one line, cut off where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _names(line: Line) -> tuple[str, ...]:
    parts = (line.attributes.get("item", ""), *line.attributes.get("sub_item", "").split(" "))
    return tuple(dict.fromkeys(name for part in parts if (name := bare_name(part))))


def _item(line: Line) -> tuple[str, ...]:
    return tuple(line.attributes.get(key, "") for key in _ITEM)


def _is_part(line: Line, head: Line) -> bool:
    """True for a row that is a part of another's item or sub-item."""
    own, above = line.attributes.get("sub_item", ""), head.attributes.get("sub_item", "")
    return _item(line) == _item(head) and own != above and own.startswith(f"{above} " if above else "")
