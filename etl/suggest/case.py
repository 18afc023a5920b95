"""One finding as arithmetic: which cells it adds up, with which sign, and what is missing.

Takes a finding and the tables as the rules saw them; gives a Case, in yuan. What a rule added is read from the evidence
of its finding: the cell it stands at, the names of the parts, the amount that was expected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from etl.amounts import FEN
from etl.finding import Finding
from etl.table import Figure, Line, Table

SUMS = frozenset(
    {
        *("sum-mismatch", "total-unbalanced", "roll-forward-mismatch", "change-mismatch"),
        *("amounts-differ", "part-exceeds-whole", "carry-over-mismatch", "budget-differs", "unit-suspect"),
    }
)
"""Codes whose difference is one of amounts."""

UNEQUAL = frozenset({"part-exceeds-whole"})
"""Codes that only say which of two is the larger: their difference is not the size of the slip."""

ACROSS = frozenset({"measures", "three-public-columns"})
"""Situations in which a figure is compared with those beside it and not with those below it."""
_ACROSS_CODES = frozenset({"roll-forward-mismatch", "change-mismatch"})

Place = tuple[int, int, str]
"""A cell by its meaning: which table, which line of it, which measure."""

_CUT = "……"
_TOTAL = "total"
_BETWEEN = "、＋－"
_AFTER = "、＋－…"


@dataclass(frozen=True, slots=True)
class Case:
    """One finding with the cells it compares."""

    finding: Finding
    difference: Decimal
    """Left less right, in yuan."""
    slack: Decimal
    """How far rounding may have moved it, in yuan."""
    signs: Mapping[Place, int] = field(default_factory=dict)
    """What a cell does to the difference: 1 makes it larger, -1 smaller."""
    stated: Place | None = None
    """The figure that is compared with a sum; None where several stand on the left."""
    across: bool = False

    @property
    def parts(self) -> tuple[Place, ...]:
        return tuple(place for place in self.signs if place != self.stated)


def is_sum(finding: Finding) -> bool:
    """True for a finding of a rule about amounts that asks for something."""
    return bool(finding.rule) and finding.code in SUMS and finding.severity != "note"


class Book:
    """The tables of one submission as the rules saw them, with every figure by its cell."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self._at: dict[tuple[str, str, str], list[Place]] = {}
        self._of: dict[str, list[tuple[Place, Decimal]]] = {}
        for number, table in enumerate(tables):
            for row, line in enumerate(table.lines if table.unit_yuan else ()):
                for measure, figure in line.figures.items():
                    place, cell = (number, row, measure), (table.table_id, figure.sheet or table.sheet, figure.cell)
                    self._at.setdefault(cell, []).append(place)
                    self._of.setdefault(table.table_id, []).append((place, table.yuan(figure)))

    def at(self, finding: Finding) -> list[Place]:
        """The figures a finding stands at."""
        cells, sheet = finding.location.cell.split(","), finding.location.sheet
        return [place for cell in cells for place in self._at.get((finding.table_id, sheet, cell), ())]

    def of(self, table_id: str) -> Sequence[tuple[Place, Decimal]]:
        """The figures of the tables of one id, in yuan."""
        return self._of.get(table_id, ())

    def line(self, place: Place) -> Line:
        return self.tables[place[0]].lines[place[1]]

    def figure(self, place: Place) -> Figure | None:
        """What stands in a cell; None where it is blank."""
        return self.line(place).figures.get(place[2])

    def number(self, place: Place) -> Decimal:
        """The same in the unit of its table; a blank is nothing."""
        figure = self.figure(place)
        return figure.number if figure else Decimal(0)

    def yuan(self, place: Place) -> Decimal:
        return self.number(place) * self.tables[place[0]].unit_yuan

    def column(self, place: Place) -> str:
        """The last part of its header."""
        columns = self.tables[place[0]].columns
        return next((column.label.rsplit("/", 1)[-1] for column in columns if column.key == place[2]), place[2])

    def decimals(self, place: Place) -> int:
        figure, table = self.figure(place), self.tables[place[0]]
        return max(table.decimals, figure.decimals if figure else 0)


def title(line: Line) -> str:
    """A line as findings name it: `205 教育支出`, or its name alone."""
    return f"{line.code} {line.name}".strip() if line.code.isascii() and line.code.isdigit() else line.name


def case_of(finding: Finding, book: Book) -> Case | None:
    """The finding as arithmetic; None where nothing differs, its figure is not found or no size follows from it."""
    left = book.at(finding) if finding.difference and finding.code not in UNEQUAL else []
    if not left or not finding.difference:
        return None
    stated, other = left[0] if len(left) == 1 else None, finding.values.get("other_table_id", "")
    across = not other and (finding.code in _ACROSS_CODES or finding.values.get("situation") in ACROSS)
    expected = sum((book.yuan(place) for place in left), Decimal(0)) - finding.difference
    if other:
        right = _beyond(finding.values.get("other_line", ""), book, other, left, expected)
    elif stated is None:
        return None
    elif not finding.values.get("parts", ""):
        right = dict.fromkeys(_equal(book, finding.table_id, left, expected), -1)
    elif across:
        right = _beside(finding.values["parts"], book.tables[stated[0]], stated)
    else:
        right = _below(finding.values["parts"], book.tables[stated[0]], stated)
    signs = {**dict.fromkeys(left, 1), **right}
    return Case(finding, finding.difference, _slack(book, signs), signs, stated, across)


def _slack(book: Book, signs: Mapping[Place, int]) -> Decimal:
    """Half a step for every figure that is printed more coarsely than in fen."""
    steps = [book.tables[place[0]].step for place in signs if book.figure(place)]
    return Decimal(0) if all(step == FEN for step in steps) else sum(steps, Decimal(0)) / 2


def _equal(book: Book, table_id: str, left: Sequence[Place], yuan: Decimal) -> list[Place]:
    """Cells of a table that state an amount."""
    return [place for place, stated in book.of(table_id) if place not in left and abs(stated - yuan) < FEN]


def _beyond(text: str, book: Book, table_id: str, left: Sequence[Place], expected: Decimal) -> dict[Place, int]:
    """Cells of the other table: those with the expected amount, else those of the lines that were named."""
    equal = _equal(book, table_id, left, expected) if expected else []
    if equal:
        return dict.fromkeys(equal, -1)
    signs = {place: -_sign_of(book.line(place), text) for place, _ in book.of(table_id) if place not in left}
    return {place: sign for place, sign in signs.items() if sign}


def _beside(text: str, table: Table, stated: Place) -> dict[Place, int]:
    """Cells of the same line, blank ones too, in the columns that were named."""
    labels = {column.key: column.label.rsplit("/", 1)[-1] for column in table.columns if column.key}
    known = {**{measure: measure for measure in table.lines[stated[1]].figures}, **labels}
    signs = {measure: _sign_in(text, label) for measure, label in known.items() if measure != stated[2]}
    return {(stated[0], stated[1], measure): -sign for measure, sign in signs.items() if sign}


def _below(text: str, table: Table, stated: Place) -> dict[Place, int]:
    """Cells of the same column, blank ones too, in the lines that were named; those of the next level, if cut off."""
    number, row, measure = stated
    code = table.lines[row].code
    signs: dict[Place, int] = {}
    for at, line in enumerate(table.lines):
        if at == row:
            continue
        if line.code == code and code:
            signs[number, at, measure] = 1  # a line that stands twice is compared as one
        elif sign := _sign_of(line, text):
            signs[number, at, measure] = -sign
        elif text.endswith(_CUT) and _is_next(line, code, table):
            signs[number, at, measure] = -1
    return signs


def below(place: Place, book: Book) -> dict[Place, int]:
    """The cells that a cell is the sum of by the codes of their lines, whether or not a rule says so."""
    number, row, measure = place
    table, code = book.tables[number], book.line(place).code
    if not (code == _TOTAL or code.isdigit()):
        return {}
    return {
        (number, at, measure): -1 for at, line in enumerate(table.lines) if at != row and _is_next(line, code, table)
    }


def _sign_of(line: Line, text: str) -> int:
    if not line.name:
        return 1
    return _sign_in(text, title(line)) or _sign_in(text, line.name)


def _sign_in(text: str, name: str) -> int:
    """The sign a name has among others, as in `年初＋收入－支出` or `201 教育、205 卫生`; 0 where it is absent."""
    at = text.find(name) if name else -1
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if (not before or before in _BETWEEN) and (not after or after in _AFTER):
            return -1 if before == "－" else 1
        at = text.find(name, at + 1)
    return 0


def _is_next(line: Line, code: str, table: Table) -> bool:
    """True for a line one level below a code (below the total: of the first level)."""
    above = code if code.isdigit() else ""
    lengths = {len(each.code) for each in table.lines if each.code.isdigit() and each.code.startswith(above)}
    next_level = min((length for length in lengths if length > len(above)), default=0)
    if not line.code.isdigit():
        return not above and not next_level
    return line.code.startswith(above) and len(line.code) == next_level
