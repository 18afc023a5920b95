"""How the figures of a table are kept in their cells: as text, hidden, or shown otherwise than stored."""

from __future__ import annotations

from collections.abc import Sequence

from etl.finding import Finding, Location, note, warning
from etl.table import Figure, Line, Match

_NAMED_CELLS = 20


def about_habits(match: Match, lines: Sequence[Line]) -> list[Finding]:
    """What a reviewer should know of the cells; nothing of it changes a figure."""
    figures = [figure for line in lines for figure in line.figures.values()]
    found = (_as_text(match, figures), _hidden(match, figures), _scaled(match, figures))
    return [finding for finding in found if finding is not None]


def _as_text(match: Match, figures: Sequence[Figure]) -> Finding | None:
    """Some numbers stored as text beside others that are not. A sheet of text alone is a habit, or a text file."""
    stored = [isinstance(match.sheet.value(figure.row, figure.column), str) for figure in figures]
    texts = [figure for figure, is_text in zip(figures, stored, strict=True) if is_text and not figure.nil]
    if not texts or all(stored):
        return None
    values = {"situation": "text-numbers", "table": match.title, "text": str(len(texts))}
    return note("repaired", _at(match, texts[:1]), table_id=match.table_id, values=values)


def _hidden(match: Match, figures: Sequence[Figure]) -> Finding | None:
    sheet = match.sheet
    hidden = [f for f in figures if f.number and (f.row in sheet.hidden_rows or f.column in sheet.hidden_columns)]
    if not hidden:
        return None
    values = {"situation": "figures", "table": match.title}
    return warning("hidden-content", _at(match, hidden), table_id=match.table_id, values=values)


def _scaled(match: Match, figures: Sequence[Figure]) -> Finding | None:
    scaled = [figure for figure in figures if figure.number and (figure.row, figure.column) in match.sheet.scales]
    if not scaled:
        return None
    first = scaled[0]
    values = {"situation": "shown", "table": match.title, "stated": first.text, "computed": f"{first.number:f}"}
    return warning("unit-suspect", _at(match, scaled), table_id=match.table_id, actual=first.text, values=values)


def _at(match: Match, figures: Sequence[Figure]) -> Location:
    first = figures[0]
    cells = ",".join(figure.cell for figure in figures[:_NAMED_CELLS])
    return Location(match.sheet.name, cells, first.row + 1, first.column + 1)
