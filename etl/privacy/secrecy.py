"""Bodies that the register does not allow to be named, where the tables of another body name them.

What is published of a table are its title, labels, lines and notes, and the names of sheet and file: those are looked
at, so that a county's account that names such a body among its recipients does not carry the name out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from etl.finding import NOWHERE, Finding, Location, error
from etl.spec.model import Spec
from etl.spec.unnamed import unnamed
from etl.table import Identity, Table, cell_name


def names_of_others(file: str, identity: Identity, tables: Sequence[Table], spec: Spec) -> list[Finding]:
    """A finding for each place that names, or gives the code of, a body that may not be named."""
    hidden = unnamed(spec.departments)
    if not hidden.codes:
        return []
    found = dict.fromkeys(place for place, text in _places(file, identity, tables) if hidden.is_named_in(text))
    found |= dict.fromkeys(
        _at(table, line.row, line.code_column)
        for table in tables
        for line in table.lines
        if line.own_code and line.code in hidden.codes
    )
    return [error("exempt-department", place, values={"situation": "named"}) for place in found]


def _places(file: str, identity: Identity, tables: Iterable[Table]) -> Iterator[tuple[Location, str]]:
    yield from ((NOWHERE, text) for text in (file, identity.department_name, *file.split("/")))
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
