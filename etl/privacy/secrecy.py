"""Bodies that the register does not allow to be named, where the tables of another body name them.

What is published of a table are its title, labels, lines and notes, and the names of sheet and file: those are looked
at, so that a county's account that names such a body among its recipients does not carry the name out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from etl.finding import Finding, Location, error
from etl.labels import fold
from etl.spec.declarations import Department
from etl.spec.model import Spec
from etl.table import Identity, Table, cell_name

_SHORTEST = 3
"""Characters below which an alias says too little: 公安 stands in many words."""


def names_of_others(file: str, identity: Identity, tables: Sequence[Table], spec: Spec) -> list[Finding]:
    """A finding for each place that names, or gives the code of, a body that may not be named."""
    names, codes = _hidden(spec.departments)
    if names is None:
        return []
    found = dict.fromkeys(place for place, text in _places(file, identity, tables) if _names(names, text))
    found |= dict.fromkeys(
        _at(table, line.row, line.code_column)
        for table in tables
        for line in table.lines
        if line.own_code and line.code in codes
    )
    return [error("exempt-department", place, values={"situation": "named"}) for place in found]


@lru_cache(maxsize=4)
def _hidden(departments: tuple[Department, ...]) -> tuple[re.Pattern[str] | None, frozenset[str]]:
    """Names of the bodies that may not be named, among the longer names that hold one and may; and their codes."""
    hidden = {name for body in departments if not body.may_be_named for name in _names_of(body)}
    if not hidden:
        return None, frozenset()
    open_ = {fold(body.name.zh) for body in departments if body.may_be_named}
    around = [name for name in open_ if any(one in name and one != name for one in hidden)]
    pattern = "|".join(re.escape(name) for name in sorted(around, key=len, reverse=True))
    wanted = "|".join(re.escape(name) for name in sorted(hidden, key=len, reverse=True))
    compiled = re.compile(f"{pattern}|({wanted})" if pattern else f"({wanted})")
    return compiled, frozenset(body.code for body in departments if not body.may_be_named)


def _names_of(body: Department) -> Iterator[str]:
    names = (fold(name) for name in (body.name.zh, body.name.en, *body.aliases))
    return (name for name in names if len(name) >= _SHORTEST)


def _names(names: re.Pattern[str], text: str) -> bool:
    return any(found[1] for found in names.finditer(fold(text)))


def _places(file: str, identity: Identity, tables: Iterable[Table]) -> Iterator[tuple[Location, str]]:
    yield Location(), file
    yield Location(), identity.department_name
    for table in tables:
        yield Location(table.sheet), table.sheet
        yield Location(table.sheet, table.title_cell), table.title
        for column in table.columns:
            yield Location(table.sheet), column.label
        for row, text in table.notes:
            yield _at(table, row, 0), text
        for line in table.lines:
            for text in (line.name, *line.attributes.values()):
                yield _at(table, line.row, line.name_column), text


def _at(table: Table, row: int, column: int) -> Location:
    return Location(table.sheet, cell_name(row, column), row + 1, column + 1)
