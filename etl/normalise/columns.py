"""Forms whose lines are the columns: “三公” printed as one row of figures under a header of several rows.

| 合计        | 公务接待费   |           line        budget  final
| 预算数 决算数 | 预算数 决算数 |    ->     total       2.85    0.39
| 2.85   0.39 | 2.85   0.39 |           reception   2.85    0.39
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.amounts import is_blank
from etl.finding import Finding
from etl.labels import fold_label
from etl.normalise.figures import Place, read_figure, shown, unreadable
from etl.spec.model import Form, Spec
from etl.table import Column, Figure, Line, Match


def read_columns(
    match: Match, form: Form, rows: Sequence[int], document: str, spec: Spec
) -> tuple[list[Line], list[Finding]]:
    """One line for each item that the header names, in the order of the columns; blank rows give none."""
    neutral = frozenset(fold_label(label) for label in spec.recognition.neutral_labels)
    lines: list[Line] = []
    findings: list[Finding] = []
    columns = [column for band in match.bands for column in band.columns if column.role == "measure"]
    texts = [column for band in match.bands for column in band.columns if column.role == "text"]
    for row in rows:
        figures: dict[str, dict[str, Figure]] = {}
        first: dict[str, Column] = {}
        for column in columns:
            measure = column.key or form.default_measure.get(document, "budget")
            name = _name(column, neutral)
            value = match.sheet.value(row, column.index)
            first.setdefault(column.line, column)
            if is_blank(value):
                continue
            figure = read_figure(match, row, column.index, measure, value)
            if figure is None:
                findings.append(unreadable(Place(match, row, replace(column, key=measure)), name, value))
            else:
                figures.setdefault(column.line, {})[measure] = figure
        beside = {
            text.key: shown(value).strip()
            for text in texts
            if not is_blank(value := match.sheet.value(row, text.index))
        }
        for code, column in first.items():
            if figures.get(code):
                name = _name(column, neutral)
                lines.append(Line(code, name, "", row, figures[code], beside, column.index, column.index))
    return lines, findings


def _name(column: Column, neutral: frozenset[str]) -> str:
    """The item as the header prints it, without the words that only say which figure."""
    parts = column.label.split("/")
    named = [part for part in parts if fold_label(part) not in neutral]
    if column.line == "total":
        return "合计"
    return named[-1] if named else parts[-1]
