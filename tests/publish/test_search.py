"""The index of the search: what can be found in it, what can never be, and that it is the same every time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.publish.pages import search
from etl.publish.pages.material import gather
from etl.publish.search.entries import Listed
from etl.publish.search.pinyin import initial, readings, syllables
from etl.publish.search.ways import ways_in
from etl.publish.words import Words
from tests.publish.sample_publication import HIDDEN, make_publication

LISTED = (Listed("coverage/", "公开情况", "谁公开了"), Listed("functions/208/2018/", "社会保障 2018 年", ""))


def script(lang: str = "zh") -> str:
    material = gather(make_publication())
    return search.index(material, Words(material.public.spec, lang), LISTED)


def value(text: str) -> dict[str, Any]:
    assert text.startswith("window.mingzhangIndex=")
    assert text.endswith(";\n")
    found: dict[str, Any] = json.loads(text.removeprefix("window.mingzhangIndex=").removesuffix(";\n"))
    return found


def entries(lang: str = "zh") -> dict[str, dict[str, list[Any]]]:
    """By kind and path: the rows."""
    index = value(script(lang))
    return {kind["key"]: {index["paths"][row[0]]: row for row in kind["entries"]} for kind in index["kinds"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_body_that_may_not_be_named_is_not_in_it(lang: str) -> None:
    text = script(lang)
    assert HIDDEN not in text
    assert "A body without a name" not in text
    assert "departments/116/" not in text
    assert "departments/161/" in text  # exempt, and may be named


def test_what_was_only_rejected_is_not_in_it() -> None:
    rejected = [one for one in make_publication().submissions if one.status in ("rejected", "withheld")]
    assert rejected
    text = script()
    for one in rejected:
        assert one.submission_id not in text
        assert one.receipt.file.split("/")[-1] not in text


def test_every_body_dataset_fee_and_term_is_in_it() -> None:
    publication = make_publication()
    found = entries()
    assert {path.split("/")[1] for path in found["department"]} == {
        body.code for body in publication.spec.departments if body.may_be_named
    }
    assert {path.split("/")[1] for path in found["dataset"]} == set(publication.spec.tables)
    assert {path.split("#")[1] for path in found["term"]} == set(publication.spec.glossary.terms)
    assert len(found["fee"]) == 6


def test_a_body_is_found_by_code_other_names_and_the_other_language() -> None:
    assert entries()["department"]["departments/201/"][1:3] == [
        "富源县人民政府办公室",
        "201\n县政府办\n富源县政府办公室\nGeneral Office of the Fuyuan County People's Government",
    ]
    assert entries("en")["department"]["departments/203/"][2] == "203\n县教体局\n富源县教育体育局"


def test_a_page_deep_below_another_is_left_to_it() -> None:
    pages = entries()["page"]
    assert set(pages) == {"coverage/"}
    assert "没公开" in pages["coverage/"][2].split("\n")


def test_the_same_bytes_again() -> None:
    assert script() == script()


def test_a_character_with_two_readings_answers_to_both() -> None:
    assert readings(["重庆", "重要", "行政", "银行"]) == {
        "庆": "qing",
        "政": "zheng",
        "行": "hang xing",
        "要": "yao",
        "重": "chong zhong",
        "银": "yin",
    }
    assert syllables("绿A") == (("绿", "lv"),)


def test_bodies_stand_under_the_sound_of_their_own_name() -> None:
    material = gather(make_publication())
    ways = ways_in(material.public, Words(material.public.spec, "zh"))
    assert {letter: [way.path for way in group] for letter, group in ways.departments} == {
        "C": ["departments/208/"],
        "J": ["departments/203/"],
        "R": ["departments/161/", "departments/000/", "departments/201/", "departments/701/"],
        "Y": ["departments/603/"],
        "Z": ["departments/541/"],
    }
    assert initial("《教育法》") == "J"
