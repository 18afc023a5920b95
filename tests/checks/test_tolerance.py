"""What rounding explains, in yuan."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.checks.tolerance import between, inside, round_to, same_when_rounded

INSIDE = [
    ("0.01", 30, "0"),  # fen
    ("1", 1, "1"),  # whole yuan
    ("1", 3, "2"),
    ("100", 2, "150"),  # 万元, two decimals
    ("1000", 4, "2500"),  # 万元, one decimal
    ("0.0001", 3, "0.0002"),  # finer than fen
]
BETWEEN = [
    ("0.01", "0.01", 1, 1, "0"),
    ("100", "100", 1, 1, "100"),
    ("100", "0.01", 1, 1, "50.005"),
    ("1", "100", 1, 1, "50.5"),
    ("100", "100", 1, 2, "150"),
    ("1", "1", 1, 1, "1"),
]
ROUNDED = [
    ("8300", "100", "8265", "0.01", True),
    ("8265", "0.01", "8300", "100", True),
    ("8300", "100", "8249.99", "0.01", False),
    ("8300", "100", "8250", "0.01", True),  # half up
    ("100", "100", "200", "100", False),
    ("-8300", "100", "-8265", "0.01", True),
]


@pytest.mark.parametrize(("step", "addends", "expected"), INSIDE)
def test_a_sum_in_a_table(step: str, addends: int, expected: str) -> None:
    assert inside(Decimal(step), addends) == Decimal(expected)


@pytest.mark.parametrize(("left", "right", "left_n", "right_n", "expected"), BETWEEN)
def test_two_tables(left: str, right: str, left_n: int, right_n: int, expected: str) -> None:
    assert between(Decimal(left), Decimal(right), left_n, right_n) == Decimal(expected)


@pytest.mark.parametrize(("left", "left_step", "right", "right_step", "expected"), ROUNDED)
def test_the_finer_rounds_to_the_coarser(
    left: str, left_step: str, right: str, right_step: str, expected: bool
) -> None:
    assert same_when_rounded(*map(Decimal, (left, left_step, right, right_step))) is expected


def test_rounding_to_a_step() -> None:
    assert round_to(Decimal(108015), Decimal(100)) == Decimal(108000)
