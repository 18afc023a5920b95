"""What must hold for every table: the order of rows, the unit and the layout change nothing, and rounding is no error."""

from __future__ import annotations

import dataclasses
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.checks import check_table
from etl.checks.tolerance import between, inside
from etl.finding import Finding
from etl.table import Figure, Line, Table
from tests.checks.tables import WAN, YUAN, rule, table, who
from tests.checks.tables import inside as one_rule
from tests.sheets import fuyuan

FEN = Decimal("0.01")
CODES = ["205", "20502", "2050201", "2050202", "20508", "2050803", "208", "20805", "2080505"]
LEAVES = [code for code in CODES if len(code) == 7]
MEASURES = ("basic", "project")

fen = st.integers(min_value=0, max_value=10**10)
amounts = st.fixed_dictionaries({(code, measure): fen for code in LEAVES for measure in MEASURES})


def spending(leaves: dict[tuple[str, str], int]) -> Table:
    """A table of yuan whose every sum holds."""

    def total(code: str, measure: str) -> int:
        return sum(
            value for (leaf, each), value in leaves.items() if leaf.startswith(code) and measure in ("total", each)
        )

    rows = [
        (code or "total", f"科目{code}", {key: str(Decimal(total(code, key)) * FEN) for key in ("total", *MEASURES)})
        for code in ("", *CODES)
    ]
    return table("expenditure", rows, unit=YUAN)


def changed(made: Table, place: int, measure: str, by: int) -> Table:
    """The same with one figure off by so many fen."""
    lines = list(made.lines)
    line = lines[place]
    figure = dataclasses.replace(line.figures[measure], number=line.figures[measure].number + by * FEN)
    lines[place] = dataclasses.replace(line, figures={**line.figures, measure: figure})
    return dataclasses.replace(made, lines=tuple(lines))


def in_ten_thousand(made: Table) -> Table:
    """The same amounts to the fen, printed in 万元."""

    def printed(figure: Figure) -> Figure:
        return dataclasses.replace(figure, number=figure.number.scaleb(-4), decimals=6)

    lines = tuple(
        dataclasses.replace(line, figures={key: printed(figure) for key, figure in line.figures.items()})
        for line in made.lines
    )
    return dataclasses.replace(made, lines=lines, unit="万元", unit_yuan=WAN, decimals=6)


def one_column_further(made: Table) -> Table:
    """The same with a column to the left and three rows above, its columns of figures the other way round."""

    def moved(line: Line) -> Line:
        figures = {
            key: dataclasses.replace(figure, row=figure.row + 3, column=20 - figure.column)
            for key, figure in reversed(line.figures.items())
        }
        return dataclasses.replace(line, row=line.row + 3, figures=figures, code_column=1, name_column=2)

    columns = [dataclasses.replace(column, index=20 - column.index) for column in made.columns if column.key]
    return dataclasses.replace(made, lines=tuple(map(moved, made.lines)), columns=tuple(reversed(columns)))


def told(made: Table) -> Counter[tuple[str, ...]]:
    """Everything that is said of the sums, but where."""
    findings, _ = check_table(made, who(), fuyuan())
    return Counter(_what(finding) for finding in findings if finding.code in {"sum-mismatch", "rounding-difference"})


def _what(finding: Finding) -> tuple[str, ...]:
    amounts = (finding.expected, finding.actual, f"{finding.difference:.2f}")
    return finding.severity, finding.code, finding.rule, finding.field, *amounts, finding.values["line"]


@given(amounts)
@settings(max_examples=30, deadline=None)
def test_sums_that_hold_are_silent(leaves: dict[tuple[str, str], int]) -> None:
    assert told(spending(leaves)) == Counter()


slips = st.tuples(
    st.integers(0, len(CODES)), st.sampled_from(("total", *MEASURES)), st.integers(-(10**7), 10**7).filter(bool)
)


@given(amounts, slips, st.permutations(range(len(CODES) + 1)))
@settings(max_examples=60, deadline=None)
def test_order_unit_and_layout_change_nothing(
    leaves: dict[tuple[str, str], int], slip: tuple[int, str, int], order: list[int]
) -> None:
    wrong = changed(spending(leaves), *slip)
    expected = told(wrong)
    assert sum(expected.values()) >= 1
    assert told(dataclasses.replace(wrong, lines=tuple(wrong.lines[place] for place in order))) == expected
    assert told(in_ten_thousand(wrong)) == expected
    assert told(one_column_further(wrong)) == expected


@given(st.lists(fen, min_size=1, max_size=12), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_what_was_rounded_is_never_an_error(parts: list[int], decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)

    def printed(value: int) -> str:
        return str((value * FEN / WAN).quantize(step, rounding=ROUND_HALF_UP))

    figures = {f"m{place}": printed(value) for place, value in enumerate(parts)}
    made = table("expenditure", [("total", "合计", {"total": printed(sum(parts)), **figures})], decimals=decimals)
    findings, _ = one_rule(made, rule("measures-sum", measure="total", parts=list(figures)))
    assert {(finding.severity, finding.code) for finding in findings} <= {("note", "rounding-difference")}


@given(st.integers(1, 12), st.integers(0, 3), st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_the_worst_that_rounding_can_do_is_n_halves_and_one(addends: int, decimals: int, off: int) -> None:
    """n × 0.5 × 10^-d + 0.5 × 10^-d, and not a hair more."""
    step = Decimal(1).scaleb(-decimals)
    figures = {f"m{place}": "10" for place in range(addends)}
    total = str(10 * addends + off * step)
    made = table("expenditure", [("total", "合计", {"total": total, **figures})], decimals=decimals)
    findings, _ = one_rule(made, rule("measures-sum", measure="total", parts=list(figures)))
    assert [finding.severity for finding in findings] == ["note" if 2 * off <= addends + 1 else "error"]


steps = st.sampled_from([Decimal(step) for step in ("0.01", "1", "100", "1000", "10000")])


@given(steps, st.integers(1, 30))
def test_a_sum_of_one_table(step: Decimal, addends: int) -> None:
    assert inside(step, addends) == (0 if step == FEN else addends * step / 2 + step / 2)


@given(steps, steps)
def test_one_amount_of_two_tables(left: Decimal, right: Decimal) -> None:
    assert between(left, right) == between(right, left) == (0 if left == right == FEN else (left + right) / 2)
