"""What a cell states, as clerks write it: read exactly, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.amounts import Value, format_amount, format_percent, parse_amount, parse_percentage, to_fen

READ: list[tuple[Value, str, int]] = [
    (2946.25, "2946.25", 2),
    (100.0, "100", 0),
    (14, "14", 0),
    (16.400000000000002, "16.4", 1),
    (0.1 + 0.2, "0.3", 1),
    ("1,202.95", "1202.95", 2),
    ("1，202.95", "1202.95", 2),
    ("１２．５０", "12.50", 2),
    (" 307.82 ", "307.82", 2),
    ("￥5", "5", 0),
    ("12.5元", "12.5", 1),
    ("(12.5)", "-12.5", 1),
    ("（12.5）", "-12.5", 1),
    ("△12.5", "-12.5", 1),
    ("－12.5", "-12.5", 1),
    ("-2.4", "-2.4", 1),
    ("0.00", "0.00", 2),
]

NOT_READ: list[Value] = [
    *("9" * 60, "0." + "1" * 40, 1e300, -1e22),
    *["约3万", "1,2,3", "12.5万元", "3.4.5", "1e5", "(-3)", "十二", True, float("nan"), float("inf")],
]


@pytest.mark.parametrize(("value", "number", "decimals"), READ)
def test_read(value: Value, number: str, decimals: int) -> None:
    amount = parse_amount(value)
    assert amount is not None
    assert (amount.number, amount.decimals, amount.nil) == (Decimal(number), decimals, False)


@pytest.mark.parametrize("value", NOT_READ)
def test_not_guessed(value: Value) -> None:
    assert parse_amount(value) is None


@pytest.mark.parametrize("mark", ["-", "—", "——", "－", "/", "\\", "无", " — "])
def test_nil_marks(mark: str) -> None:
    amount = parse_amount(mark)
    assert amount is not None
    assert (amount.number, amount.nil) == (Decimal(0), True)


@pytest.mark.parametrize(
    ("value", "number", "decimals"),
    [("-13%", "-13", 0), ("-50.00%", "-50.00", 2), ("０.00％", "0.00", 2), (0.1463, "14.63", 2)],
)
def test_percentages(value: Value, number: str, decimals: int) -> None:
    percentage = parse_percentage(value)
    assert percentage is not None
    assert (percentage.number, percentage.decimals) == (Decimal(number), decimals)


def test_a_percentage_that_is_none() -> None:
    assert parse_percentage("—") is None
    assert parse_percentage("增加") is None


@pytest.mark.parametrize("value", [-0.0, 0.0, "-0", "(0)", "△0", "－0.00"])
def test_there_is_one_zero(value: Value) -> None:
    amount = parse_amount(value)
    assert amount is not None
    assert not amount.number.is_signed()


def test_what_rounds_to_nothing_has_no_sign() -> None:
    assert f"{to_fen(Decimal('-0.004')):f}" == "0.00"
    assert format_amount(Decimal("-0.004")) == "0.00"


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False))
def test_a_stored_amount_is_what_was_typed(typed: Decimal) -> None:
    """Money of up to thirteen digits and two decimals survives a cell, which keeps it as a binary number."""
    amount = parse_amount(float(typed))
    assert amount is not None
    assert (amount.number, parse_amount(float(typed))) == (typed, amount)
    assert -amount.number.as_tuple().exponent == amount.decimals  # type: ignore[operator]


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2, allow_nan=False), st.sampled_from(["", ","]))
def test_a_written_amount_is_what_was_typed(typed: Decimal, grouped: str) -> None:
    amount = parse_amount(f"{typed:{grouped}.2f}")
    assert amount is not None
    assert (amount.number, amount.decimals) == (typed, 2)


@given(st.text(max_size=60))
def test_no_text_is_read_in_two_ways(text: str) -> None:
    """What is remembered of a text is what would be read again, and a long one is read as a short one."""
    assert parse_amount(text) == parse_amount(text)
    spaced = parse_amount(text + " " * 50)
    assert spaced == parse_amount(text)


def test_half_a_fen_goes_up() -> None:
    assert (to_fen(Decimal("0.005")), to_fen(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))
    assert format_amount(Decimal("1234567.005")) == "1,234,567.01"


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_share_is_called_all_only_where_it_is(part: int, whole: int) -> None:
    printed = format_percent(Decimal(part) / whole)
    assert printed.endswith("%")
    assert printed[-3] == "."
    assert (Decimal(printed[:-1]) >= 100) == (part >= whole)
    assert abs(Decimal(printed[:-1]) - Decimal(part) / whole * 100) <= Decimal("0.1")
