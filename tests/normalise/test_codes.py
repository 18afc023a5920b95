"""Codes as departments type them."""

from __future__ import annotations

import pytest

from etl.amounts import Value
from etl.normalise.codes import read_code

EXAMPLES: list[tuple[list[Value], str]] = [
    (["2010301"], "2010301"),
    ([2010301.0], "2010301"),
    ([2010301], "2010301"),
    (["２０１０３０１"], "2010301"),
    (["201-03-01"], "2010301"),
    (["201.3.1"], "2010301"),
    ([" 20103 "], "20103"),
    (["2010301.0"], "2010301"),
    (["201", "03", "01"], "2010301"),
    ([201.0, 3.0, 1.0], "2010301"),
    ([201.0, "03", ""], "20103"),
    (["201", "20103", "2010301"], "2010301"),
    (["7", "11", "02"], "71102"),
    (["类", "款", "项"], ""),
    (["无", "", ""], ""),
    (["…", "", ""], ""),
    (["合计", "", ""], ""),
]


@pytest.mark.parametrize(("cells", "digits"), EXAMPLES)
def test_digits(cells: list[Value], digits: str) -> None:
    assert read_code(cells).digits == digits


def test_a_lost_zero_is_remembered_where_it_was_typed() -> None:
    assert read_code(["301", "2"]).padded == (1,)
    assert read_code([301.0, 2.0]).padded == ()


def test_a_name_behind_the_code() -> None:
    code = read_code(["2010301 行政运行"])
    assert (code.digits, code.name) == ("2010301", "行政运行")


def test_what_is_no_code_is_not_guessed() -> None:
    assert read_code(["201", "O3", "01"]).unreadable


def test_a_letter_within_a_code_is_not_cut_away() -> None:
    assert [read_code([text]).unreadable for text in ("201Z1", "20l03", "2010301O")] == [True, True, True]
    assert [(code.digits, code.name) for code in map(read_code, (["2010301 A类支出"], ["[201]其他"], ["201支出"]))] == [
        ("2010301", "A类支出"),
        ("201", "其他"),
        ("201", "支出"),
    ]
