from __future__ import annotations

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.titles import rewrite_title


@pytest.mark.parametrize(
    ("printed", "known"),
    [
        ("部门收入总体情况表", "收入总表"),
        ("表一、2024年度部门收入 总体情况表", "部门收入总表"),
        ("财政拨款收支总体情况表", "财政拨款收入支出决算总表"),
    ],
)
def test_ways_of_printing_one_title(printed: str, known: str) -> None:
    rewrites = load(Layout(PROGRAM)).recognition.title_rewrites
    assert rewrite_title(printed, rewrites) == rewrite_title(known, rewrites).replace("决算", "")


def test_rewrites_follow_their_order() -> None:
    assert rewrite_title("甲 （乙）", [("甲", "丙"), ("丙", "丁")]) == "丁(乙)"
