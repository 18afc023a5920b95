"""Amounts and shares as people read them. In: Decimals in yuan. Out: text. Decides nothing about what is shown."""

from __future__ import annotations

from decimal import Decimal

from etl.amounts import format_amount, format_percent

TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)
MILLION = Decimal(1_000_000)
BILLION = Decimal(1_000_000_000)
_CENT = Decimal("0.01")
percent = format_percent
"""As everywhere: for templates, which know this module."""


def in_ten_thousand(amount: Decimal) -> str:
    """An amount in 万元, two decimals; a zero is `0`, and a figure too small for two decimals keeps those it needs.

    >>> in_ten_thousand(Decimal("164000.00")), in_ten_thousand(Decimal(0)), in_ten_thousand(Decimal("35.00"))
    ('16.40', '0', '0.0035')
    """
    if not amount:
        return "0"
    scaled = amount / TEN_THOUSAND
    if abs(scaled) < _CENT / 2:
        return format(scaled.normalize(), "f")
    return format_amount(scaled)


def in_yuan(amount: Decimal) -> str:
    """An amount in yuan, exact to the fen, with thousands separators."""
    return format_amount(amount)


def in_markup(amount: Decimal) -> str:
    """An amount in yuan for a program to read, exact, without decimals that are none.

    >>> in_markup(Decimal("164000.00")), in_markup(Decimal("164000.50"))
    ('164000', '164000.50')
    """
    return str(amount).removesuffix(".00")


def in_words(amount: Decimal, lang: str) -> str:
    """An amount for a sentence or a headline, with its unit.

    >>> in_words(Decimal("164000"), "zh"), in_words(Decimal("1234567890"), "zh"), in_words(Decimal("164000"), "en")
    ('16.40 万元', '12.35 亿元', 'CNY 164,000')
    """
    size = abs(amount)
    if lang == "en":
        if size >= BILLION:
            return f"CNY {format_amount(amount / BILLION)} billion"
        if size >= MILLION:
            return f"CNY {format_amount(amount / MILLION)} million"
        return f"CNY {format_amount(amount, 0 if amount == amount.to_integral() else 2)}"
    if size >= HUNDRED_MILLION:
        return f"{format_amount(amount / HUNDRED_MILLION)} 亿元"
    return f"{in_ten_thousand(amount)} 万元"


def signed(amount: Decimal) -> str:
    """A difference in 万元 with its sign; none where there is no difference.

    >>> signed(Decimal("164000.00")), signed(Decimal("-35.00")), signed(Decimal(0))
    ('+16.40', '−0.0035', '0')
    """
    text = in_ten_thousand(abs(amount))
    return text if not amount else f"{'+' if amount > 0 else '−'}{text}"


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part over whole; None where there is nothing to divide by."""
    return part / whole if whole else None
