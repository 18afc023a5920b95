"""`schemas/codes/fee-items.csv`: what is known nationally of fees and funds, and what may not stand in it."""

from __future__ import annotations

import pytest

from tests.sheets import fuyuan
from tests.spec.conftest import County

FILE = "schemas/codes/fee-items.csv"


def test_what_ended_has_its_last_day_and_the_rest_has_none() -> None:
    items = fuyuan().fee_items
    ended = {item.item: item.valid_to for item in items if item.valid_to}
    assert ended["水资源费"] == "2024-11-30"
    assert ended["港口建设费"] == "2020-12-31"
    assert [item.item for item in items if (item.status == "执行") == bool(item.valid_to)] == []


def test_nothing_is_called_verified_without_an_address(county: County) -> None:
    assert county.load().fee_items == fuyuan().fee_items
    text = (county.root / FILE).read_text("utf-8").splitlines()
    assert [line for line in text if ",verified,," in line] == []


@pytest.mark.parametrize(
    ("was", "now", "column"),
    [
        (",2024-11-30,", ",2024-11,", "valid_to"),
        (",停征,,2024-11-30,", ",停征,,,", "valid_to"),
        (",停征,,2024-11-30,", ",停征,2024-12-01,2024-11-30,", "valid_to"),
        (",停征,,2024-11-30,", ",停了,,2024-11-30,", "status"),
        ("水资源费,行政事业性收费", "水资源费,收费", "list_type"),
        ("水资源费,行政事业性收费", ",行政事业性收费", "item"),
        (",水利|水务|税务,22,", ",(水利,22,", "departments"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_line(county: County, was: str, now: str, column: str) -> None:
    line = county.line(FILE, "水資源費")
    text = (county.root / FILE).read_text("utf-8").splitlines()
    assert was in text[line - 1]
    text[line - 1] = text[line - 1].replace(was, now, 1)
    county.write(FILE, "\n".join(text))
    assert (FILE, line, column) in county.places()


def test_the_same_item_stands_once(county: County) -> None:
    text = (county.root / FILE).read_text("utf-8")
    county.write(FILE, f"{text}{text.splitlines()[1]}\n")
    assert county.places() == [(FILE, len(text.splitlines()) + 1, "item")]


def test_without_the_file_nothing_is_known(county: County) -> None:
    (county.root / FILE).unlink()
    assert county.load().fee_items == ()
