"""The tables that a sheet of contents names: 目录, 一、部门收支总体情况表……1, 二、部门收入总体情况表……2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.labels import strip_ordinal
from etl.recognise.titles import forms_of
from etl.sheet_report import Listed
from etl.spec.model import Spec
from etl.table import Sheet, cell_name

_PAGE = re.compile(r"[.…·‥—\-_\s]*第?\d{0,3}页?$")
"""What stands behind a title: dots and the number of a page."""

_TABLE = re.compile(r"表([(（][^()（）]+[)）])?$")


def listed(sheet: Sheet, spec: Spec) -> tuple[Listed, ...]:
    """Every entry that is the title of a table, in printed order. Sections that are texts (…情况说明) are none."""
    return tuple(_entries(sheet, spec))


def _entries(sheet: Sheet, spec: Spec) -> Iterator[Listed]:
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            for piece in value.splitlines() if isinstance(value, str) else ():
                title = strip_ordinal(_PAGE.sub("", piece.strip()))
                tables = _tables(title, spec) if _TABLE.search(title) else ()
                if tables:
                    yield Listed(title, cell_name(row, column), row + 1, tables)


def _tables(title: str, spec: Spec) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((form.table_id, form.part) for form, _ in forms_of(title, spec)))
