"""A new wording is a word in recognition.yml: each case fails with the words that ship and passes with one more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.normalise.bases import normal_bases
from etl.normalise.entries import is_department
from etl.recognise.bodies import bodies_of
from etl.recognise.nil import stated_nil
from etl.recognise.titles import forms_of
from etl.spec.model import Spec
from etl.spec.recognition import Recognition
from tests.sheets import fuyuan, sheet


def with_words(**more: tuple[str, ...]) -> Spec:
    """The county with words beside those of the file."""
    known: Recognition = fuyuan().recognition
    return replace(fuyuan(), recognition=replace(known, **{k: (*getattr(known, k), *v) for k, v in more.items()}))  # type: ignore[arg-type]


def test_an_ending_of_the_name_of_a_body_before_a_title() -> None:
    title = "富源县胜境林场收入总体情况表"
    assert forms_of(title, fuyuan()) == ()
    assert forms_of(title, with_words(body_endings=("林场",)))


def test_a_word_that_may_follow_the_name_of_a_body() -> None:
    text = "富源县财政局绩效目标"
    assert bodies_of(fuyuan()).contained(text, 2024) is None
    assert bodies_of(with_words(after_bodies=("绩效",))).contained(text, 2024) is not None


def test_a_remark_in_brackets_behind_a_name() -> None:
    assert bodies_of(fuyuan()).named("富源县财政局（机关）", 2024) is None
    assert bodies_of(with_words(body_remarks=("机关",))).named("富源县财政局（机关）", 2024) is not None


def test_what_stands_for_the_documents_of_the_row_above() -> None:
    above = ["国发〔1986〕50号"]
    assert normal_bases("见上", fuyuan(), above) == ["见上"]
    assert normal_bases("见上", with_words(same_as_above=("见上",)), above) == above


@pytest.mark.parametrize(
    ("name", "before", "more", "after"),
    [
        ("自然资源条线", False, {"listed_departments": ("条线",)}, True),
        ("一、学杂酬", True, {"charges": ("酬",)}, False),
    ],
)
def test_departments_and_charges_of_a_list(
    name: str, before: bool, more: dict[str, tuple[str, ...]], after: bool
) -> None:
    assert is_department(name, "", fuyuan()) is before
    assert is_department(name, "", with_words(**more)) is after


def test_what_may_stand_before_a_title_in_a_text_on_empty_tables() -> None:
    text = sheet("关于2024年预算公开空表说明\n由此国有资本经营预算收入表为空表。")
    assert stated_nil(text, fuyuan()) == ()
    assert stated_nil(text, with_words(nil_leading=("由此",))) == ("gov-state-capital-revenue",)
