from __future__ import annotations

import dataclasses

import pytest

from etl.finding import Location
from etl.publish.neighbourhood import Neighbourhood, areas_of, chart, neighbourhood
from etl.table import Column
from tests.publish.builders import SHEET, expenditure, fees, line

ADDRESSES = [
    ("C7", [(6, 2, 6, 2)]),
    ("A1:B2, AA10", [(0, 0, 1, 1), (9, 26, 9, 26)]),
    ("", []),
    ("C:C", []),
]


@pytest.mark.parametrize(("address", "areas"), ADDRESSES)
def test_areas(address: str, areas: list[tuple[int, int, int, int]]) -> None:
    assert list(areas_of(address)) == areas


def drawn(around: Neighbourhood | None) -> list[str]:
    """The letters, then each row with its number; marked cells in stars."""
    assert around is not None
    rows = [
        f"{number} " + " ".join(f"*{spot.text}*" if spot.is_marked else spot.text or "." for spot in spots)
        for number, spots in around.rows
    ]
    return [" ".join(around.letters), *rows]


def test_the_cells_around_a_figure() -> None:
    assert drawn(neighbourhood([chart(fees()), chart(expenditure())], Location(SHEET, "C7", 7, 3))) == [
        "A B C D",
        "6 . 合计 120.00 100.00",
        "7 205 教育支出 *120.00* 100.00",
        "8 20502 普通教育 118.50 98.50",
        "9 20503 =职业教育 1.00 1.00",
    ]


def test_a_range_is_marked_as_far_as_it_is_drawn() -> None:
    assert drawn(neighbourhood([chart(expenditure())], Location(SHEET, "D6:D9,C6", 6, 4)))[1:] == [
        "6 . 合计 *120.00* *100.00*",
        "7 205 教育支出 120.00 *100.00*",
        "8 20502 普通教育 118.50 *98.50*",
    ]


def test_of_lines_side_by_side_the_one_beside_the_cell_names_it() -> None:
    left, right = line(5, "", "收入", "1.00"), line(5, "", "支出", "2.00")
    figure = right.figures["total"]
    moved = dataclasses.replace(
        right, code_column=6, name_column=6, figures={"total": dataclasses.replace(figure, column=7)}
    )
    columns = (Column(7, "measure", "total", "支出/决算数"),)
    table = expenditure((dataclasses.replace(left, code_column=1), moved), columns=columns)
    around = neighbourhood([chart(table)], Location(SHEET, "H6", 6, 8))
    assert drawn(around) == ["G H", "6 支出 *2.00*"]
    assert around is not None
    assert around.labels == ("", "决算数")


def test_a_cell_no_table_knows_has_no_neighbourhood() -> None:
    assert neighbourhood([chart(expenditure())], Location(SHEET, "A1", 1, 1)) is None
    assert neighbourhood([chart(expenditure())], Location("别的表", "C7", 7, 3)) is None
    assert neighbourhood([chart(expenditure())], Location(SHEET)) is None
