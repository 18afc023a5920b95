"""How a hand goes wrong over one figure: by a unit, a sign, a decimal point, two digits, one digit.

Takes what is written and where the right figure must lie; gives every slip that leads from one to the other, the most
telling first: an exact factor of ten thousand is seldom chance, one digit among eight often is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

Kind = Literal[
    "unit-slip",
    "sign",
    "decimal-point",
    "row-twice",
    "row-missing",
    "subtotal-added",
    "misplaced-row",
    "misplaced-column",
    "digits-swapped",
    "rounding",
    "digit-wrong",
]

UNIT_POWERS = (4, 8)
"""元 for 万元, 元 for 亿元."""
POINT_POWERS = (1, 2, 3)

LOST = Decimal("0.001")
"""A figure made smaller by a power of ten has lost its last digits, so the power is met only nearly."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The right figure, as far as the sums tell: in the unit of its table."""

    number: Decimal
    low: Decimal
    high: Decimal
    """Both are the number itself where fen are printed; rounding leaves some play."""

    def holds(self, number: Decimal) -> bool:
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class Slip:
    kind: Kind
    number: Decimal
    """What should have been written."""


def slips(written: Decimal, meant: Meant, decimals: int) -> list[Slip]:
    """Every slip that explains a figure, each kind once."""
    if not written or not meant.number or written == meant.number:
        return []
    found: dict[Kind, Slip] = {}
    for slip in (
        *_powers("unit-slip", UNIT_POWERS, written, meant, decimals),
        *_sign(written, meant),
        *_powers("decimal-point", POINT_POWERS, written, meant, decimals),
        *_nearest("digits-swapped", _swaps(written, decimals), meant),
        *_nearest("digit-wrong", (*_changed(written, decimals), *_typed(written, meant, decimals)), meant),
    ):
        found.setdefault(slip.kind, slip)
    return list(found.values())


def _sign(written: Decimal, meant: Meant) -> Iterator[Slip]:
    if meant.holds(-written):
        yield Slip("sign", -written)


def _powers(kind: Kind, powers: tuple[int, ...], written: Decimal, meant: Meant, decimals: int) -> Iterator[Slip]:
    step = Decimal(1).scaleb(-decimals)
    for power in powers:
        smaller, larger = written.scaleb(-power), written.scaleb(power)
        if meant.holds(smaller) or meant.holds(smaller.quantize(step)):
            yield Slip(kind, smaller if meant.holds(smaller) else smaller.quantize(step))
        elif meant.holds(larger):
            yield Slip(kind, larger)
        elif abs(meant.number - larger) <= max(abs(larger) * LOST, step.scaleb(power) / 2):
            yield Slip(kind, meant.number)


def _nearest(kind: Kind, others: Iterator[Decimal] | tuple[Decimal, ...], meant: Meant) -> Iterator[Slip]:
    fitting = [number for number in others if meant.holds(number)]
    if fitting:
        yield Slip(kind, min(fitting, key=lambda number: (abs(number - meant.number), number)))


def _digits(number: Decimal, decimals: int) -> str:
    """The figure without its point; empty where it is finer than its table prints."""
    scaled = abs(number).scaleb(decimals)
    return "" if scaled % 1 else str(int(scaled))


def _number(digits: str, like: Decimal, decimals: int) -> Decimal:
    return Decimal(digits).scaleb(-decimals).copy_sign(like)


def _swaps(written: Decimal, decimals: int) -> Iterator[Decimal]:
    """Two neighbouring digits in each other's place."""
    digits = _digits(written, decimals)
    for at, (first, second) in enumerate(pairwise(digits)):
        if first != second:
            yield _number(digits[:at] + second + first + digits[at + 2 :], written, decimals)


def _changed(written: Decimal, decimals: int) -> Iterator[Decimal]:
    """Another digit in one place."""
    digits = _digits(written, decimals)
    for at, digit in enumerate(digits):
        for other in "0123456789":
            if other != digit:
                yield _number(digits[:at] + other + digits[at + 1 :], written, decimals)


def _typed(written: Decimal, meant: Meant, decimals: int) -> Iterator[Decimal]:
    """A digit typed that should not be there, or one that was left out."""
    ours, right = _digits(written, decimals), _digits(meant.number, decimals)
    if written * meant.number < 0 or abs(len(ours) - len(right)) != 1:
        return
    longer, shorter = (ours, right) if len(ours) > len(right) else (right, ours)
    if any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
        yield meant.number
