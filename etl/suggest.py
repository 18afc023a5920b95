"""What the clerk probably meant: one probable cause for a figure that does not add up.

Takes findings and the tables they are about; gives the findings back, some with `values`:

    cause        unit-slip, sign, swapped-digits, double-count or missing-row
    cause_cell   the figure that is probably wrong, or that was left out or counted twice
    cause_line   its line, as printed
    suggestion   what it probably should be (for the last two: the amount itself), in the unit of the table

A suggestion is made only where a simple test holds exactly. It changes no severity and no fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.amounts import format_amount
from etl.finding import Finding
from etl.table import Figure, Table

EXPLAINED = frozenset(
    {
        *("sum-mismatch", "total-unbalanced", "roll-forward-mismatch", "change-mismatch"),
        *("amounts-differ", "part-exceeds-whole", "carry-over-mismatch", "budget-differs"),
    }
)
"""Codes whose difference is one of amounts. Rounding needs no explanation."""

ACROSS = frozenset({"measures", "three-public-columns"})
"""Situations in which a figure is compared with those beside it and not with those below it."""
_ACROSS_CODES = frozenset({"roll-forward-mismatch", "change-mismatch"})

UNIT_RATIOS = (Decimal(10) ** 4, Decimal(10) ** 8)
"""元 for 万元, 元 for 亿元."""

UNIT_TOLERANCE = Decimal("0.001")
"""A figure in 万元 has lost its last digits, so the ratio is met only nearly."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One finding with its figures, in the unit of its table."""

    table: Table
    stated: Figure
    computed: Decimal
    parts: tuple[tuple[str, Figure], ...]
    """Line and figure of all others that may have gone into the sum."""

    @property
    def difference(self) -> Decimal:
        return self.stated.number - self.computed


@dataclass(frozen=True, slots=True)
class _Cause:
    cause: str
    line: str
    figure: Figure
    suggestion: Decimal


def explain(findings: Sequence[Finding], tables: Sequence[Table]) -> list[Finding]:
    """The findings in their order, each with its probable cause where one was found."""
    return [_explained(finding, tables) if finding.code in EXPLAINED else finding for finding in findings]


def _explained(finding: Finding, tables: Sequence[Table]) -> Finding:
    case = _case(finding, tables)
    if case is None:
        return finding
    for test in TESTS:
        cause = test(case)
        if cause is not None:
            added = {
                "cause": cause.cause,
                "cause_cell": cause.figure.cell,
                "cause_line": cause.line,
                "suggestion": format_amount(cause.suggestion, max(case.table.decimals, cause.figure.decimals)),
            }
            return replace(finding, values={**finding.values, **added})
    return finding


def _case(finding: Finding, tables: Sequence[Table]) -> _Case | None:
    """What the finding compares; None where its figure is not found or nothing differs."""
    if not finding.difference:
        return None
    cell = finding.location.cell.split(",")[0]
    for table in tables:
        if table.sheet != finding.location.sheet or finding.table_id not in {"", table.table_id}:
            continue
        figures = [(line.name, figure) for line in table.lines for figure in line.figures.values()]
        stated = next((figure for _, figure in figures if figure.cell == cell), None)
        if stated is None or not table.unit_yuan:
            continue
        computed = stated.number - finding.difference / table.unit_yuan
        return _Case(table, stated, computed, _parts(finding, figures, stated))
    return None


def _parts(finding: Finding, figures: Sequence[tuple[str, Figure]], stated: Figure) -> tuple[tuple[str, Figure], ...]:
    """The other figures of the same column, or of the same row where the rule looks across; zeros explain nothing."""
    across = finding.code in _ACROSS_CODES or finding.values.get("situation") in ACROSS
    return tuple(
        (name, figure)
        for name, figure in figures
        if figure.number
        and figure is not stated
        and (figure.row == stated.row if across else figure.column == stated.column)
    )


def _name(case: _Case) -> str:
    return next((line.name for line in case.table.lines if case.stated in line.figures.values()), "")


def _unit_slip(case: _Case) -> _Cause | None:
    """The figure is 10⁴ or 10⁸ times what it should be, or the other way round; or one of its parts is."""
    stated, computed = case.stated.number, case.computed
    for ratio in UNIT_RATIOS:
        for wrong, right in ((stated, computed * ratio), (stated * ratio, computed)):
            if right and abs(wrong / right - 1) <= UNIT_TOLERANCE:
                return _Cause("unit-slip", _name(case), case.stated, computed)
        for line, part in case.parts:
            for meant in (part.number * ratio, part.number / ratio):
                if meant - part.number == case.difference:
                    return _Cause("unit-slip", line, part, meant)
    return None


def _sign(case: _Case) -> _Cause | None:
    """The figure, or one of its parts, has the wrong sign."""
    if case.stated.number == -case.computed:
        return _Cause("sign", _name(case), case.stated, case.computed)
    for line, part in case.parts:
        if case.difference == -2 * part.number:
            return _Cause("sign", line, part, -part.number)
    return None


def _swapped_digits(case: _Case) -> _Cause | None:
    """Two neighbouring digits changed places, in the figure or, where only one can be meant, in one of its parts."""
    difference = case.difference
    if (difference.scaleb(max(case.table.decimals, case.stated.decimals)) % 9) != 0:
        return None  # exchanging two digits always changes a number by a multiple of nine
    if _is_swap(case.stated, case.computed):
        return _Cause("swapped-digits", _name(case), case.stated, case.computed)
    found = [(line, part) for line, part in case.parts if _is_swap(part, part.number + difference)]
    if len(found) != 1:
        return None
    line, part = found[0]
    return _Cause("swapped-digits", line, part, part.number + difference)


def _is_swap(figure: Figure, meant: Decimal) -> bool:
    if figure.number * meant <= 0:
        return False
    scale = figure.decimals
    written, other = (str(int(abs(number).scaleb(scale))) for number in (figure.number, meant))
    if abs(meant).scaleb(scale) % 1 or len(written) != len(other):
        return False
    places = [place for place in range(len(written)) if written[place] != other[place]]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    first, second = places
    return written[first] == other[second] and written[second] == other[first]


def _double_count(case: _Case) -> _Cause | None:
    """The figure is too large by just one of its parts."""
    for line, part in case.parts:
        if case.difference == part.number and case.computed != part.number:
            return _Cause("double-count", line, part, part.number)
    return None


def _missing_row(case: _Case) -> _Cause | None:
    """The figure is too small by just one of its parts."""
    for line, part in case.parts:
        if case.difference == -part.number and case.stated.number:
            return _Cause("missing-row", line, part, part.number)
    return None


TESTS: tuple[Callable[[_Case], _Cause | None], ...] = (_unit_slip, _double_count, _missing_row, _sign, _swapped_digits)
"""The most telling first: a difference that equals one figure is seldom chance, a multiple of nine often is."""
