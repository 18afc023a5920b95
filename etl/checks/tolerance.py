"""How far apart two figures may be because they were rounded, and no further. Domain notes: checks, section 1.

Everything is in yuan and not rounded. A table's step is the smallest difference it can print: its unit times ten to the
power of minus its decimals.

| printed | what is compared                  | may differ by                                         |
| ------- | --------------------------------- | ----------------------------------------------------- |
| fen     | a sum in the table                | nothing                                               |
| else    | a sum of n figures in the table   | n halves of the step, and half a step for the total   |
| fen     | two tables, both in fen           | nothing                                               |
| else    | two tables                        | half the step of each, for each figure that was added |
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from etl.amounts import FEN

EXACT = Decimal(0)


def inside(step: Decimal, addends: int) -> Decimal:
    """Greatest difference that rounding explains between a printed total and the sum of `addends` printed figures.

    >>> inside(Decimal("100"), 4)
    Decimal('250')
    >>> inside(Decimal("0.01"), 40)
    Decimal('0')
    """
    return EXACT if step == FEN else (addends + 1) * step / 2


def between(left: Decimal, right: Decimal, left_addends: int = 1, right_addends: int = 1) -> Decimal:
    """Greatest difference that rounding explains between two tables with these steps.

    >>> between(Decimal("100"), Decimal("100"))
    Decimal('100')
    >>> between(Decimal("100"), Decimal("0.01"))
    Decimal('50.005')
    """
    if left == right == FEN:
        return EXACT
    return (left_addends * left + right_addends * right) / 2


def same_when_rounded(left: Decimal, left_step: Decimal, right: Decimal, right_step: Decimal) -> bool:
    """True where the finer figure, rounded as the coarser table prints, is the coarser figure.

    >>> same_when_rounded(Decimal("8300"), Decimal("100"), Decimal("8265"), Decimal("0.01"))
    True
    """
    if left_step == right_step:
        return left == right
    coarser, finer, step = (left, right, left_step) if left_step > right_step else (right, left, right_step)
    return round_to(finer, step) == coarser


def round_to(amount: Decimal, step: Decimal) -> Decimal:
    """An amount as a table with this step prints it, in yuan."""
    return (amount / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
