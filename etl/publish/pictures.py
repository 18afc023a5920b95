"""Which figures a chart shows. In: boards and pairs of a page, words. Out: a Chart, or None where it would say nothing.

Every number drawn stands in the table beneath its chart: the charts are made from the same cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.publish.charts import Bar, Chart, Drawing, Group, draw_bars
from etl.publish.figures import in_ten_thousand
from etl.publish.stacks import Point, Stack, draw_stacks, draw_trend
from etl.publish.views.grids import Board, Cell, Column, Pair
from etl.publish.words import Words

LONGEST = 12
"""Bars of one chart; more would be a table."""
_TREND_FROM, _TREND_TO = 3, 10
"""Years that a line can be drawn through: with two there is no trend, with more than ten no room for their names."""
_THREE = ("overseas-travel", "vehicles", "reception")


@dataclass(frozen=True, slots=True)
class Pictures:
    """The charts of one language; `source` is what their files say of where the numbers are from."""

    words: Words
    source: str

    def by_year(self, key: str, title: str, years: Mapping[int, Pair]) -> Chart | None:
        """Budget beside final account, a year after the other; a line where there are years enough for one."""
        told = {year: pair for year, pair in sorted(years.items()) if pair.is_drawn}
        if sum(pair.budget.is_drawn + pair.final.is_drawn for pair in told.values()) < 2:
            return None
        groups = [
            Group(
                str(year), tuple(self._bar(series, cell) for series, cell in enumerate(_cells(pair)) if cell.is_drawn)
            )
            for year, pair in [*told.items()][-_TREND_TO:]
        ]
        return self._chart(key, title, draw_bars(groups, self.documents))

    def trend(self, key: str, title: str, years: Mapping[int, Pair]) -> Chart | None:
        """The same as two lines, where there are years enough for lines; as bars where there are not."""
        told = [*sorted(years.items())][-_TREND_TO:]
        if sum(pair.final.is_drawn for _, pair in told) < _TREND_FROM:
            return self.by_year(key, title, years)
        lines = [
            [Point(str(year), cell.amount, self._label(cell)) for year, pair in told for cell in [_cells(pair)[series]]]
            for series in (0, 1)
        ]
        return self._chart(key, title, draw_trend(lines, self.documents))

    def composition(self, key: str, title: str, parts: Sequence[tuple[str, Cell]]) -> Chart | None:
        """Parts of one whole by size, the largest first."""
        given = [(name, cell) for name, cell in parts if cell.is_drawn and cell.amount]
        if len(given) < 2:
            return None
        given.sort(key=lambda part: part[1].amount or 0, reverse=True)
        groups = [Group(name, (self._bar(1, cell),)) for name, cell in given[:LONGEST]]
        return self._chart(key, title, draw_bars(groups))

    def ranking(self, key: str, title: str, bodies: Sequence[tuple[str, Pair]]) -> Chart | None:
        """Budget and final account of those that come first."""
        given = [(name, pair) for name, pair in bodies if pair.is_drawn][:LONGEST]
        if len(given) < 2:
            return None
        groups = [
            Group(name, tuple(self._bar(series, cell) for series, cell in enumerate(_cells(pair)) if cell.is_drawn))
            for name, pair in given
        ]
        return self._chart(key, title, draw_bars(groups, self.documents))

    def three_public(self, key: str, title: str, board: Board) -> Chart | None:
        """The three expenses within one bar, a year a line."""
        if not board.rows or not any(cell.amount for row in board.rows for cell in row.cells):
            return None
        rows = [board.row(line) for line in _THREE]
        total = board.row("total")
        stacks = [
            Stack(
                self.column(column),
                tuple(row.cells[index].amount if row else None for row in rows),
                self._label(total.cells[index]) if total else "",
            )
            for index, column in enumerate(board.columns)
        ]
        return self._chart(key, title, draw_stacks(stacks, self.expenses))

    @property
    def documents(self) -> tuple[str, str]:
        return self.words.document("budget"), self.words.document("final-account")

    @property
    def expenses(self) -> tuple[str, ...]:
        say = self.words.say
        return str(say("出国（境）", "overseas")), str(say("车辆", "vehicles")), str(say("接待", "reception"))

    def column(self, column: Column) -> str:
        """`2024 决算`, `2024 final`; `2017` where it is what the year after prints."""
        say = self.words.say
        if column.of_last_year:
            return str(column.year)
        short = say("预算", "budget") if column.document == "budget" else say("决算", "final")
        return f"{column.year} {short}"

    def _chart(self, key: str, title: str, drawing: Drawing) -> Chart:
        unit = str(self.words.say("单位：万元", "CNY 10,000"))
        description = self.words.say(
            "条形或折线图，{unit}。同样的数在下面的表里。",
            "A chart of bars or lines, {unit}. The same numbers stand in the table beneath.",
            unit=unit,
        )
        return Chart(key, title, unit, str(description), self.source, drawing)

    def _bar(self, series: int, cell: Cell) -> Bar:
        return Bar(series, cell.amount, self._label(cell))

    def _label(self, cell: Cell) -> str:
        if cell.amount is None:
            return str(self.words.say("空白", "blank")) if cell.kind == "blank" else "–"
        return str(self.words.say("无", "nil")) if cell.kind == "nil" else in_ten_thousand(cell.amount)


def _cells(pair: Pair) -> tuple[Cell, Cell]:
    return pair.budget, pair.final


def charts(*drawn: Chart | None) -> dict[str, Chart]:
    """The charts of a page, by key; what would say nothing is not there."""
    return {chart.key: chart for chart in drawn if chart}
