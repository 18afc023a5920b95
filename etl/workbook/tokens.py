"""Formula tokens of an xls -> the sum they stand for, as `etl.workbook.formulas` knows it.

    ptgArea B2:B5, ptgFuncVar SUM 1, ptgRef C1, ptgAdd    =SUM(B2:B5)+C1

Tokens stand in reverse Polish order ([MS-XLS] 2.5.198, BIFF8). What is no sum is None; whether a formula can only come
to a number can be told from its last token, and which other files it names from those in between.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.workbook.formulas import Area, Corner, Formula, Term, written

_SIZES = {
    **dict.fromkeys(range(0x03, 0x17), 0),
    **{0x01: 4, 0x02: 4, 0x19: 3, 0x1C: 1, 0x1D: 1, 0x1E: 2, 0x1F: 8},
    **{0x20: 7, 0x21: 2, 0x22: 3, 0x23: 4, 0x24: 4, 0x25: 8, 0x26: 6, 0x27: 6, 0x28: 6, 0x29: 2},
    **{0x2A: 4, 0x2B: 8, 0x2C: 4, 0x2D: 8, 0x39: 6, 0x3A: 6, 0x3B: 10, 0x3C: 6, 0x3D: 10},
}
"""Bytes after a token. Texts and choices, which have none of a fixed size, are measured where they are met."""

_ADD, _SUB, _PLUS, _MINUS, _PAREN, _TEXT, _ATTR, _INT, _NUM = 0x03, 0x04, 0x12, 0x13, 0x15, 0x17, 0x19, 0x1E, 0x1F
_FUNC, _FUNC_VAR, _REF, _AREA, _REF_3D, _AREA_3D = 0x21, 0x22, 0x24, 0x25, 0x3A, 0x3B
_ATTR_CHOOSE, _ATTR_SUM = 0x04, 0x10
_SUM = 4
_NUMBER_ROOTS = frozenset({*range(0x03, 0x08), _MINUS, 0x14, _INT, _NUM})
_NUMBER_FUNCTIONS = frozenset({0, _SUM, 5, 6, 7, 24, 25, 27, 183, 228, 345})
"""COUNT, SUM, AVERAGE, MIN, MAX, ABS, INT, ROUND, PRODUCT, SUMPRODUCT, SUMIF."""

Operand = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the tokens of one formula say."""

    formula: Formula | None
    is_number: bool
    """True where it cannot come to a text."""
    names_other_file: bool
    is_whole: bool
    """False where the last token lacks some of its bytes."""


def read_tokens(data: bytes, sheets: Sequence[str | None]) -> Tokens:
    """A formula from its tokens; `sheets` are the names behind the numbers that it has for other sheets."""
    parts, is_whole = _parts(data)
    named = {struct.unpack_from("<H", more)[0] for token, more in parts if token in {_REF_3D, _AREA_3D}}
    other = any(number < len(sheets) and sheets[number] is None for number in named)
    terms = _terms(parts, sheets)
    formula = None if terms is None else Formula(terms, written(terms))
    roots = [part for part in parts if part[0] != _PAREN]
    return Tokens(formula, bool(roots) and _is_number(*roots[-1]), other, is_whole)


def _parts(data: bytes) -> tuple[list[tuple[int, bytes]], bool]:
    """Tokens, whatever they are used for, each with its bytes; none where one is not known, or lacks some."""
    parts: list[tuple[int, bytes]] = []
    place = 0
    while place < len(data):
        token = data[place] if data[place] < 0x20 else data[place] & 0x1F | 0x20
        size = _size(token, data[place + 1 : place + 4])
        more = data[place + 1 : place + 1 + size]
        if size < 0 or len(more) < size:
            return [], size < 0
        parts.append((token, more))
        place += 1 + size
    return parts, True


def _size(token: int, head: bytes) -> int:
    if token == _TEXT and len(head) >= 2:
        return 2 + head[0] * (1 + (head[1] & 1))
    if token == _ATTR and len(head) == 3 and head[0] & _ATTR_CHOOSE:
        return 3 + 2 * (head[1] + 256 * head[2] + 1)
    return _SIZES.get(token, -1)


def _is_number(token: int, more: bytes) -> bool:
    if token == _ATTR:
        return bool(more[0] & _ATTR_SUM)
    if token in {_FUNC, _FUNC_VAR}:
        return struct.unpack("<H", more[-2:])[0] in _NUMBER_FUNCTIONS
    return token in _NUMBER_ROOTS


def _terms(parts: Sequence[tuple[int, bytes]], sheets: Sequence[str | None]) -> Operand | None:
    stack: list[Operand] = []
    for token, more in parts:
        if token in {_PLUS, _PAREN} or (token == _ATTR and not more[0] & (_ATTR_SUM | _ATTR_CHOOSE)):
            continue
        operand = _operand(token, more, sheets)
        if operand is None:
            operand = _applied(token, more, stack)
        if operand is None:
            return None
        stack.append(operand)
    return stack[0] if len(stack) == 1 and not _has_range(stack[0]) else None


def _operand(token: int, more: bytes, sheets: Sequence[str | None]) -> Operand | None:
    """A number or a reference."""
    if token == _INT:
        return (Term(1, Decimal(struct.unpack("<H", more)[0])),)
    if token == _NUM:
        number = struct.unpack("<d", more)[0]
        return (Term(1, Decimal(repr(number))),) if abs(number) < 1e300 else None
    if token in {_REF, _AREA}:
        return (Term(1, _area("", more)),)
    if token in {_REF_3D, _AREA_3D}:
        number = struct.unpack_from("<H", more)[0]
        name = sheets[number] if number < len(sheets) else None
        return None if name is None else (Term(1, _area(name, more[2:])),)
    return None


def _area(sheet: str, corners: bytes) -> Area:
    if len(corners) == 4:
        row, column = struct.unpack("<HH", corners)
        return Area(sheet, Corner(row, column & 0xFF), Corner(row, column & 0xFF))
    top, bottom, left, right = struct.unpack("<4H", corners)
    return Area(sheet, Corner(top, left & 0xFF), Corner(bottom, right & 0xFF))


def _applied(token: int, more: bytes, stack: list[Operand]) -> Operand | None:
    """What plus, minus or SUM makes of the operands before it, which it takes from the stack."""
    if token == _MINUS and stack:
        return _negated(stack.pop())
    if token in {_ADD, _SUB} and len(stack) >= 2:
        right, left = stack.pop(), stack.pop()
        if _has_range(left) or _has_range(right):
            return None
        return left + (_negated(right) if token == _SUB else right)
    if token == _ATTR and stack:
        return _sum([stack.pop()])
    if token == _FUNC_VAR and struct.unpack("<H", more[1:])[0] == _SUM and 0 < more[0] <= len(stack):
        operands = stack[-more[0] :]
        del stack[-more[0] :]
        return _sum(operands)
    return None


def _sum(operands: Sequence[Operand]) -> Operand:
    terms: list[Term] = []
    for operand in operands:
        first = operand[0]
        if len(operand) == 1 and first.sign > 0 and isinstance(first.item, Area):
            terms.append(replace(first, in_sum=True))
        else:
            terms.extend(operand)
    return tuple(terms)


def _negated(operand: Operand) -> Operand:
    return tuple(replace(term, sign=-term.sign) for term in operand)


def _has_range(operand: Operand) -> bool:
    """Whether an area of several cells stands where only a number can."""
    return any(isinstance(t.item, Area) and not t.in_sum and t.item.first != t.item.last for t in operand)
