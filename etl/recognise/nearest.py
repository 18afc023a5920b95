"""A sheet that no form fits: which form comes nearest, and what keeps the sheet from being it."""

from __future__ import annotations

from etl.amounts import is_blank
from etl.finding import Finding, Location, warning
from etl.recognise.blocks import header_of, label_of, reading_of
from etl.recognise.columns import Reading
from etl.spec.model import Form, Spec
from etl.table import Sheet, cell_name


def nearest(sheet: Sheet, spec: Spec) -> Finding:
    """The finding for a sheet that was not recognised."""
    best: tuple[int, Form, Reading] | None = None
    for form in spec.forms:
        header = header_of(sheet, 0, len(sheet.rows), form, spec)
        if header is None:
            continue
        reading = reading_of(form, header, spec)
        score = reading.found * 2 - len(reading.unknown) - len(reading.missing)
        if best is None or score > best[0]:
            best = (score, form, reading)
    at = _first_cell(sheet)
    if best is None:
        return warning("sheet-unrecognised", at, values={"situation": "no-title"})
    _, form, reading = best
    title = next((titles[0] for titles in form.titles.values() if titles), form.form)
    missing = label_of(form, reading.missing[0]) if reading.missing else ""
    values = {"form": spec.tables[form.table_id].name.zh, "label": missing or title}
    if not missing:
        values["situation"] = "no-title"
    return warning("sheet-unrecognised", at, expected=missing or title, actual="", field=form.form, values=values)


def _first_cell(sheet: Sheet) -> Location:
    row, column = next(
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if not is_blank(value)
    )
    return Location(sheet.name, cell_name(row, column), row + 1, column + 1)
