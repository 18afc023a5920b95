from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from etl.pipeline.abreast import abreast


class UnwelcomeError(Exception):
    pass


def test_results_come_in_the_order_of_the_pieces() -> None:
    assert abreast([partial(pow, 2, exponent) for exponent in range(9)], 3) == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert abreast([], 3) == []


def test_pieces_are_done_elsewhere_and_need_not_travel() -> None:
    here = object()
    done = abreast([lambda: (id(here), os.getpid()), lambda: (id(here), os.getpid())], 2)
    assert [seen for seen, _ in done] == [id(here), id(here)]
    assert os.getpid() not in {where for _, where in done}


def test_with_one_process_all_is_done_here() -> None:
    assert abreast([os.getpid, os.getpid], 1) == [os.getpid(), os.getpid()]


def test_a_mistake_of_a_piece_is_raised_as_it_was() -> None:
    def fail() -> None:
        raise UnwelcomeError

    with pytest.raises(UnwelcomeError):
        abreast([fail, os.getpid], 2)


def test_what_was_ended_from_outside_is_done_here(tmp_path: Path) -> None:
    parent = os.getpid()

    def end() -> int:
        if os.getpid() != parent:
            os._exit(9)
        return 7

    def write() -> int:
        return (tmp_path / "written").write_text("whole")

    assert abreast([end, write, write], 2) == [7, 5, 5]
    assert (tmp_path / "written").read_text() == "whole"
