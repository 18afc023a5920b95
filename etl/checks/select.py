"""Finding lines and figures by the words that rules use.

A term of a rule is

    income-other                    a line of that code; where the code names a group of lines.yml, the sum of the group
    classes                         every line of the table with a code of three digits
    [a, b]                          alternatives: the first that has a figure
    {sum: [a, b, c]}                these together, as far as they are printed

and the same for measures, which have no groups. A blank part counts as nothing beside parts that are filled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from etl.spec.model import Spec
from etl.table import Figure, Line, Table

CLASSES = "classes"
TOTAL = "total"
_CLASS_LENGTH = 3
_KEPT = 64
"""Tables of which is kept what many rules ask of them: more than a document has."""


class Part(NamedTuple):
    """One addend: a figure with the line it stands in, added or taken away."""

    line: Line
    figure: Figure
    sign: int = 1


class Found(NamedTuple):
    """What a term came to: whether it is printed at all, and its figures."""

    printed: bool
    parts: tuple[Part, ...] = ()


ABSENT = Found(False)


def total_of(table: Table, parts: Iterable[Part]) -> Decimal:
    """The parts added up, in yuan."""
    return sum([part.sign * part.figure.number for part in parts], Decimal(0)) * table.unit_yuan


@lru_cache(maxsize=_KEPT)
def measures_of(table: Table) -> tuple[str, ...]:
    """Every measure of which the table has a figure, in printed order."""
    filled = {measure: None for line in table.lines for measure in line.figures}
    columns = {column.key: None for column in table.columns if column.role == "measure" and column.key in filled}
    return tuple(columns | filled)


def is_code(code: str) -> bool:
    """True for a code of a classification, False for a slug of ours."""
    return code.isascii() and code.isdigit()


def is_classified(line: Line) -> bool:
    """True for a line whose code is one of a classification, and not a body's or a project's own."""
    return is_code(line.code) and not line.own_code


def by_code(table: Table, code: str, side: str = "") -> tuple[Line, ...]:
    """The lines of a code, on one side where that is given."""
    lines = _by_code(table).get(code, ())
    return tuple([line for line in lines if line.side == side]) if side else lines


@lru_cache(maxsize=_KEPT)
def _by_code(table: Table) -> Mapping[str, tuple[Line, ...]]:
    lines: dict[str, list[Line]] = {}
    for line in table.lines:
        lines.setdefault(line.code, []).append(line)
    return MappingProxyType({code: tuple(same) for code, same in lines.items()})


@lru_cache(maxsize=_KEPT)
def classified(table: Table) -> tuple[Line, ...]:
    """The lines that have a code of a classification."""
    return tuple([line for line in table.lines if is_classified(line)])


def any_figure(lines: Iterable[Line], measure: str) -> bool:
    """True where one of the lines has an amount other than zero."""
    return any(measure in line.figures and line.figures[measure].number for line in lines)


def filled_line(table: Table, code: str, side: str = "") -> Line | None:
    """The line of a code: the first with a figure, else the first; None where it is not printed."""
    lines = by_code(table, code, side)
    return next((line for line in lines if line.figures), lines[0] if lines else None)


def lines_term(table: Table, term: Any, measure: str, spec: Spec, side: str = "") -> Found:
    """Figures of one measure for a term about lines."""
    if isinstance(term, dict):
        return _together([lines_term(table, each, measure, spec, side) for each in term["sum"]])
    if isinstance(term, (list, tuple)):
        return _first([lines_term(table, each, measure, spec, side) for each in term])
    name = str(term)
    if name in spec.lines.groups:
        return _together([lines_term(table, each, measure, spec, side) for each in spec.lines.groups[name]])
    lines = classes(table, side) if name == CLASSES else by_code(table, name, side)
    if not lines:
        return ABSENT
    parts = tuple([Part(line, line.figures[measure]) for line in lines if measure in line.figures])
    return Found(True, parts if name == CLASSES else parts[:1])


def measures_term(term: Any, filled: Collection[str]) -> tuple[str, ...]:
    """The measures a term comes to in a table with figures of these: alternatives are chosen for the whole table."""
    if isinstance(term, (list, tuple)):
        return next((found for each in term if (found := measures_term(each, filled))), ())
    if isinstance(term, dict):
        return tuple(name for each in term["sum"] for name in measures_term(each, filled))
    return (term,) if term in filled else ()


def parts_of(line: Line, measures: Iterable[str], sign: int = 1) -> tuple[Part, ...]:
    """The figures a line has of these measures."""
    return tuple(Part(line, line.figures[measure], sign) for measure in measures if measure in line.figures)


def classes(table: Table, side: str = "") -> tuple[Line, ...]:
    """Lines of the first level of a classification."""
    return tuple([line for line in classified(table) if len(line.code) == _CLASS_LENGTH and side in ("", line.side)])


def _first(found: Sequence[Found]) -> Found:
    filled = (each for each in found if each.parts)
    return next(filled, next((each for each in found if each.printed), ABSENT))


def _together(found: Sequence[Found]) -> Found:
    return Found(any(each.printed for each in found), tuple([part for each in found for part in each.parts]))


def minus(found: Found) -> Found:
    """The same figures, taken away."""
    return Found(found.printed, tuple(Part(part.line, part.figure, -part.sign) for part in found.parts))
