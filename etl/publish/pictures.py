"""Which figures a chart shows. In: grids of a department and words. Out: SVG; empty where a chart would say nothing.

Every number drawn stands in the table beneath its chart: the charts are made from the same cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from etl.publish.charts import Bar, Group, draw_bars
from etl.publish.figures import in_ten_thousand
from etl.publish.views.grids import Cell, Grid, GridColumn
from etl.publish.words import Words

_NOTHING = Markup("")
_DRAWN = frozenset({"figure", "nil"})
_LONGEST = 16
"""Bars of one chart; more would be a table."""
_THREE_PUBLIC_LINES = ("total", "overseas-travel", "vehicle-purchase", "vehicle-running", "reception")
_TOTAL = "total-expenditure"


@dataclass(frozen=True, slots=True)
class Pictures:
    """The charts of one language."""

    words: Words

    def three_public(self, grid: Grid) -> Markup:
        """Each of the expenses in the two latest amounts: last year and this, or budget and final account."""
        columns = [
            index
            for index, column in enumerate(grid.columns)
            if column.key in ("previous", "budget", "final") and self._drawn(grid, index)
        ][-2:]
        if not columns:
            return _NOTHING
        names = [self._column(grid.columns[index]) for index in columns]
        groups = [
            Group(
                self.words.line("three-public-expenses", row.code, row.printed, row.year),
                tuple(self._bar(series, row.cells[index]) for series, index in enumerate(columns)),
            )
            for row in grid.rows
            if row.code in _THREE_PUBLIC_LINES
        ]
        return self._draw("chart-three-public", self.words.say("“三公”经费", "Three public expenses"), names, groups)

    def spending(self, grid: Grid) -> Markup:
        """Classes of spending by size."""
        rows = [
            (row, cell)
            for row in grid.rows
            if row.code != "total" and (cell := row.cells[0]).kind in _DRAWN and cell.amount
        ]
        if len(rows) < 2:
            return _NOTHING
        rows.sort(key=lambda pair: pair[1].amount or 0, reverse=True)
        groups = [
            Group(self.words.line("expenditure", row.code, row.printed, row.year), (self._bar(1, cell),))
            for row, cell in rows[:_LONGEST]
        ]
        title = self.words.say("支出按功能分类", "Spending by function")
        return self._draw("chart-spending", title, [self._column(grid.columns[0])], groups)

    def summary(self, grid: Grid) -> Markup:
        """Total spending year by year, budget beside final account."""
        years: dict[int, dict[str, Cell]] = {}
        for index, column in enumerate(grid.columns):
            cell = grid.cell(_TOTAL, index)
            document = column.standing.place.document
            if cell.kind in _DRAWN and column.key in ("amount", "total", "final" if document != "budget" else "budget"):
                years.setdefault(column.standing.place.fiscal_year, {})[document] = cell
        documents = [one for one in ("budget", "final-account") if any(one in cells for cells in years.values())]
        if sum(len(cells) for cells in years.values()) < 2:
            return _NOTHING
        groups = [
            Group(
                str(year),
                tuple(self._bar(documents.index(document), cell) for document, cell in cells.items()),
            )
            for year, cells in sorted(years.items())
        ]
        title = self.words.say("支出总计", "Total expenditure")
        return self._draw("chart-summary", title, [self.words.document(one) for one in documents], groups)

    def _draw(self, key: str, title: str, series: Sequence[str], groups: Sequence[Group]) -> Markup:
        unit = self.words.say("单位：万元", "CNY 10,000")
        description = self.words.say(
            "横条图，{unit}。{parts}。同样的数在下面的表里。",
            "Bar chart, {unit}. {parts}. The same numbers stand in the table beneath.",
            unit=unit,
            parts="; ".join(f"{group.name}: {', '.join(bar.label for bar in group.bars)}" for group in groups),
        )
        heading = Markup(
            '<figure class="mz-figure" data-search-exclude="true">'
            '<figcaption>{} <span class="mz-unit">{}</span></figcaption>'
        ).format(title if len(series) != 1 else f"{title} · {series[0]}", unit)
        return heading + draw_bars(key, title, description, groups, series) + Markup("</figure>")

    def _bar(self, series: int, cell: Cell) -> Bar:
        if cell.amount is None:
            return Bar(series, None, self.words.say("空白", "blank") if cell.kind == "blank" else "–")
        label = self.words.say("无", "nil") if cell.kind == "nil" else in_ten_thousand(cell.amount)
        return Bar(series, cell.amount, str(label))

    def _column(self, column: GridColumn) -> str:
        place = column.standing.place
        if column.key == "previous":
            year = place.fiscal_year - 1
            return str(self.words.say("{y} 年（上年数）", "{y} (as previous year)", y=year))
        if column.key == "budget" and place.document != "budget":
            return str(self.words.say("{y} 年预算数", "{y} budget", y=place.fiscal_year))
        return self.words.document_of(place.fiscal_year, place.document)

    @staticmethod
    def _drawn(grid: Grid, index: int) -> bool:
        return any(row.cells[index].kind in _DRAWN for row in grid.rows)
