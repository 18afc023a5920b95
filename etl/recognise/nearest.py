"""A sheet that no form fits: which form comes nearest, and what keeps the sheet from being it."""

from __future__ import annotations

from collections.abc import Iterable

from etl.amounts import is_blank
from etl.finding import Finding, Location, error, warning
from etl.recognise.blocks import header_of, label_of, reading_of
from etl.recognise.columns import Reading
from etl.recognise.header import Header
from etl.recognise.titles import Title, find_titles
from etl.spec.model import Form, Spec
from etl.table import Sheet, cell_name

_NAMED = 3
"""Labels of the sheet that are named as unknown."""


def nearest(sheet: Sheet, spec: Spec) -> Finding:
    """The finding for a sheet that was not recognised.

    A sheet with the title of one table whose labels are all strange is that table, filled into a form nobody knows.
    """
    titles = find_titles(sheet, spec)
    tables = {form.table_id for title in titles for form, _ in title.forms}
    if titles and len(tables) == 1:
        return _strange(sheet, titles[0], spec)
    best = _best(sheet, spec.forms, spec)
    at = _first_cell(sheet)
    if best is None:
        return warning("sheet-unrecognised", at, values={"situation": "no-title"})
    form, header, reading = best
    title = next((names[0] for names in form.titles.values() if names), form.form)
    missing = label_of(form, reading.missing[0]) if reading.missing else ""
    values = {"form": spec.tables[form.table_id].name.zh, "label": missing or title, "text": _unknown(header, reading)}
    if not missing:
        values["situation"] = "no-title"
    return warning(
        "sheet-unrecognised",
        at,
        table_id=form.table_id,
        expected=missing or title,
        actual=values["text"],
        field=form.form,
        values=values,
    )


def _strange(sheet: Sheet, title: Title, spec: Spec) -> Finding:
    best = _best(sheet, (form for form, _ in title.forms), spec)
    form = best[0] if best is not None else title.forms[0][0]
    missing = best[2].missing if best is not None else form.requires
    label = label_of(form, missing[0] if missing else form.requires[0])
    row = max(title.row, 0)
    at = Location(sheet.name, cell_name(row, title.column), row + 1, title.column + 1)
    values = {"table": title.text, "label": label, "form": form.form}
    return error("header-missing", at, table_id=form.table_id, expected=label, values=values)


def _best(sheet: Sheet, forms: Iterable[Form], spec: Spec) -> tuple[Form, Header, Reading] | None:
    """The form of which the header of the sheet has most."""
    best: tuple[int, Form, Header, Reading] | None = None
    for form in forms:
        header = header_of(sheet, 0, len(sheet.rows), form, spec)
        if header is None:
            continue
        reading = reading_of(form, header, spec)
        score = reading.found * 2 - len(reading.unknown) - len(reading.missing)
        if best is None or score > best[0]:
            best = (score, form, header, reading)
    return best[1:] if best is not None else None


def _unknown(header: Header, reading: Reading) -> str:
    labels = [header.printed[index] for index in reading.unknown if header.printed[index]]
    return "、".join(labels[:_NAMED])


def _first_cell(sheet: Sheet) -> Location:
    row, column = next(
        (row, column)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if not is_blank(value)
    )
    return Location(sheet.name, cell_name(row, column), row + 1, column + 1)
