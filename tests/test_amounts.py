"""What a cell states, as clerks write it: read exactly, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.amounts import Value, format_amount, parse_amount, parse_percentage, to_fen

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

NOT_READ: list[Value] = ["约3万", "1,2,3", "12.5万元", "3.4.5", "1e5", "(-3)", "十二", True, float("nan"), float("inf")]


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


def test_half_a_fen_goes_up() -> None:
    assert (to_fen(Decimal("0.005")), to_fen(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))
    assert format_amount(Decimal("1234567.005")) == "1,234,567.01"
