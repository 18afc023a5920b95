"""A sheet as HTML, as short as it can be said: it stands on pages by the thousand. In: rows of
cells. Out: Markup.

Figures are the only cells with a name (and, in a form without figures, its texts): the page is opened at one of them.
End tags that HTML lets out are left out. An amount stands behind the printed text where the two differ. It is the same
in every language.

    <tr><th>8<td>2010301<td>行政运行<td id=C8>749.82<b>7,498,200.00</b>
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from etl.publish.figures import in_yuan
from etl.publish.words import clean


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell of the drawn sheet."""

    name: str
    kind: str
    """figure, nil, text, title, label, note or empty."""
    text: str = ""
    amount: Decimal | None = None
    span: int = 1


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the drawn sheet; `number` is 0 for the row of labels, which forms print over several rows."""

    number: int
    cells: tuple[SheetCell, ...]


def draw_sheet(letters: Sequence[str], rows: Sequence[SheetRow], prefix: str) -> Markup:
    """The head with its letters, and every row; `prefix` goes before the name of a cell."""
    has_figures = any(cell.amount is not None for row in rows for cell in row.cells)
    named = ("figure", "nil") if has_figures else ("text",)
    head = "".join(f"<th>{letter}" for letter in letters)
    return Markup(f"<thead><tr><td>{head}<tbody>" + "".join(_row(row, prefix, named) for row in rows))


def _row(row: SheetRow, prefix: str, named: tuple[str, ...]) -> str:
    cells = "".join(_cell(cell, prefix, named) for cell in row.cells)
    return f"<tr><th>{row.number}{cells}" if row.number else f"<tr class=l><td>{cells}"


def _cell(cell: SheetCell, prefix: str, named: tuple[str, ...]) -> str:
    tag = "th" if cell.kind == "label" and cell.text else "td"
    name = f" id={prefix}{cell.name}" if cell.kind in named else ""
    span = f" colspan={cell.span}" if cell.span > 1 else ""
    return f"<{tag}{name}{span}>{escape(clean(cell.text))}{_exact(cell)}"


def _exact(cell: SheetCell) -> str:
    """The amount in yuan, where the text does not say it already."""
    if cell.amount is None or cell.text.replace(",", "") in (str(cell.amount), _whole(cell.amount)):
        return ""
    return f"<b>{in_yuan(cell.amount)}</b>"


def _whole(amount: Decimal) -> str:
    return str(amount.to_integral_value()) if amount == amount.to_integral_value() else ""
