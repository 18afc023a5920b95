"""Fees as people meet them: by situation, once each, with a notice for every body that collects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.layout import Layout
from etl.publish.public import make_public
from etl.publish.slugs import numbered, slug
from etl.publish.views.fees import FeesView, view_fees, view_notices
from etl.spec import load
from etl.spec.situations import situation_of
from tests.publish.sample_publication import FEES, fee_list, make_publication, make_spec, submission

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def view() -> FeesView:
    return view_fees(make_public(make_publication()))


def test_every_fee_stands_in_one_situation(view: FeesView) -> None:
    placed = {fee.item: situation.key for situation, group in view.situations for fee in group}
    assert placed["普通高中学费、住宿费"] == "school"
    assert placed["不动产登记费"] == "home"
    assert placed["污水处理费"] == "environment"
    assert len(view.every) == sum(len(group) for _, group in view.situations)
    assert len({fee.key for fee in view.every}) == len(view.every)


def test_the_national_items_are_met_somewhere() -> None:
    """What a county can be sent first is arranged; a word goes into schemas/situations.yml, not into code."""
    spec = load(Layout(ROOT))
    lost = [
        item.item
        for item in spec.fee_items
        if situation_of((item.item, item.sub_item), item.department, spec.situations).key == "other"
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("item", "department", "expected"),
    [
        ("机动车号牌工本费", "公安", "driving"),
        ("居民身份证工本费", "公安", "papers"),
        ("船舶油污损害赔偿基金", "交通运输", "environment"),
        ("采砂管理费", "水利", "environment"),
        ("从未见过的收费", "", "other"),
    ],
)
def test_a_name_goes_before_a_department(item: str, department: str, expected: str) -> None:
    assert situation_of((item,), department, load(Layout(ROOT)).situations).key == expected


def test_a_notice_holds_what_its_body_collects_and_nothing_that_has_ended(view: FeesView) -> None:
    notices = view_notices(view)
    shown = [fee for notice in notices for fee in notice.fees]
    assert {fee.key for fee in shown} == {fee.key for fee in view.every if not fee.ended and fee.collector}
    assert all(fee.collector == notice.collector for notice in notices for fee in notice.fees)
    assert len({notice.key for notice in notices}) == len(notices)
    assert not any(fee.ended for fee in shown)


def test_a_fee_in_two_lists_keeps_one_address() -> None:
    spec = make_spec()
    again = fee_list(FEES[2:4], "全国性及中央部门和单位涉企行政事业性收费目录清单")
    both = submission("000-both", "000", 2025, "fee-list", (fee_list(), again), "2025-11-03", spec)
    view = view_fees(make_public(replace(make_publication(), submissions=(both,))))
    assert [fee.key for fee in view.every if fee.item == "不动产登记费"] == ["bu-dong-chan-deng-ji-fei"]


def test_names_that_sound_alike_have_addresses_of_their_own() -> None:
    give = numbered()
    assert [give("登记费"), give("登记废"), give("登记费")] == ["deng-ji-fei", "deng-ji-fei-2", "deng-ji-fei-3"]


@pytest.mark.parametrize("name", ["", "（）", "../..", "<script>", "A" * 300])
def test_a_slug_can_do_no_harm(name: str) -> None:
    assert set(slug(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert 0 < len(slug(name)) <= 60


def test_a_name_above_several_parts_is_no_fee() -> None:
    spec = make_spec()
    row = FEES[0]
    heading = (*row[:3], *("" for _ in row[3:]))
    lists = submission("000-list", "000", 2025, "fee-list", (fee_list([heading, row]),), "2025-11-03", spec)
    view = view_fees(make_public(replace(make_publication(), submissions=(lists,))))
    assert [(fee.item, fee.sub_item) for fee in view.fees] == [("证照费", row[3])]
