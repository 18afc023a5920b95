"""A blank of every declared form, filled in: the sheet a department would send, with any label changed at will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from etl.amounts import Value
from etl.spec.model import BandForm, Form, Spec
from etl.table import Merge, Sheet

Label = tuple[str, ...]
TITLES = {"budget": "2024年预算：", "final-account": "2024年决算：", "fee-list": "", "fund-list": ""}


@dataclass(frozen=True)
class Cell:
    """One column of a form as it is printed."""

    role: str
    key: str
    label: Label
    band: int = 0
    line: str = ""


def columns_of(form: Form) -> list[Cell]:
    """The columns of a form, each under its first label, without those that split a code in three."""
    if form.line_columns:
        names = [
            Cell("name", "", column.labels[0])
            for band in form.bands
            for column in band.columns
            if column.role == "name"
        ]
        return [*names, *(Cell("measure", "", column.labels[0], 0, column.key) for column in form.line_columns)]
    return [
        Cell(column.role, column.key, column.labels[0], number)
        for number, band in enumerate(form.bands)
        for column in sorted(band.columns, key=lambda column: column.role not in ("code", "name"))
        if column.role not in ("code-1", "code-2", "code-3", "ignored")
    ]


def sheet_of(form: Form, title: str, cells: Sequence[Cell], spec: Spec) -> Sheet:
    """The form with these columns, printed and filled in."""
    heads = [_head(form, cell) for cell in cells]
    deep = max(map(len, heads))
    rows: list[tuple[Value, ...]] = [(title,), ("单位：万元",)]
    merges: list[Merge] = []
    rows += [tuple(head[level] if level < len(head) else "" for head in heads) for level in range(deep)]
    for index, head in enumerate(heads):
        if len(head) < deep:
            merges.append((2 + len(head) - 1, index, 2 + deep - 1, index))
    rows += [tuple(_value(form, cell, index, row, spec) for index, cell in enumerate(cells)) for row in range(4)]
    return Sheet("Sheet1", tuple(rows), tuple(merges))


def _head(form: Form, cell: Cell) -> Label:
    band = form.bands[cell.band]
    return (band.heads[0], *cell.label) if band.side and cell.label[0] not in band.heads else cell.label


def _value(form: Form, cell: Cell, index: int, row: int, spec: Spec) -> Value:
    band = form.bands[cell.band]
    if cell.role == "measure":
        return float(f"{(index + 2) * (row + 3)}.{index + row + 1:02d}")
    if cell.role == "ratio":
        return f"{index + row}.5%"
    if cell.role == "text":
        return f"文字{'甲乙丙丁'[row]}{index}"
    code, name = _line(band, row, spec)
    return code if cell.role == "code" else name


def _line(band: BandForm, row: int, spec: Spec) -> tuple[str, str]:
    if band.codes in spec.codes:
        codes = spec.codes[band.codes]
        code = [code for code in sorted(codes.entries) if len(code) == 5][row * 7]
        return code, codes.entries[code][-1].name.zh
    named = [line for key in band.lines for line in spec.lines.sets.get(key, ())]
    return f"10{row}", named[row].labels[0] if len(named) > row else f"某某{'甲乙丙丁'[row]}局"
