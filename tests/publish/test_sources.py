"""The page of a document: which tables and files are on it, in which order, under which anchors, and what it is made of."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from typing import Any

from etl.layout import PROGRAM
from etl.publish.pages import DOCS, sources
from etl.publish.places import Place
from etl.publish.public import Public, make_public
from etl.publish.render import Renderer
from etl.publish.spelled import spell_out, squeeze
from etl.publish.views.sources import SourceView, view_sources
from etl.publish.words import Words
from etl.spec.declarations import Obligation
from tests.publish.sample_publication import make_publication, make_spec, nine_tables, submission, three_public_2018

NINE = [table.table_id for table in nine_tables("budget")]


def public_of(*parts: tuple[str, tuple[Any, ...]], **changes: object) -> Public:
    """What is public where a body sent files, each with some tables, for one document."""
    spec = make_spec(**changes)
    sent = tuple(submission(name, "208", 2024, "budget", tables, "2024-03-15", spec) for name, tables in parts)
    return make_public(dataclasses.replace(make_publication(), spec=spec, submissions=sent))


def view_of(public: Public) -> SourceView:
    department = public.department("208")
    assert department is not None
    (view,) = view_sources(public.spec, department, public.of("208"))
    return view


def html_of(public: Public, view: SourceView, lang: str = "zh") -> str:
    words = Words(public.spec, lang)
    (page,) = sources.pages([view], words)
    return squeeze(spell_out(Renderer(DOCS, words).html(page)))


def named(text: str) -> list[str]:
    return re.findall(r"\sid=\"?([^\s\">]+)", text)


# --- tables and files ------------------------------------------------------------------------------------------------


def test_a_document_is_one_page_with_every_table_however_many_files_it_came_in() -> None:
    public = public_of(("208-a", nine_tables("budget")[5:]), ("208-b", nine_tables("budget")[:5]))
    view = view_of(public)
    assert view.path == "departments/208/2024-budget/"
    assert [sheet.table.table_id for sheet in view.sheets] == sorted(NINE, key=list(public.spec.tables).index)
    assert {receipt.submission_id for receipt in view.files} == {
        one.submission.submission_id for one in public.standing
    }
    text = html_of(public, view)
    assert [text.count(receipt.sha256) for receipt in view.files] == [1, 1]
    assert set(NINE) <= set(named(text))


def test_tables_stand_in_the_order_in_which_the_document_owes_them() -> None:
    owed = ("three-public-expenses", "revenue", "expenditure")
    duties = tuple(Obligation("budget", table, 2017, 9999, "required", "department", "x") for table in owed)
    other = Obligation("final-account", "government-fund", 2017, 9999, "required", "department", "x")
    view = view_of(public_of(("208-a", nine_tables("budget")), obligations=(other, *duties)))
    found = [sheet.table.table_id for sheet in view.sheets]
    assert found[:3] == list(owed)
    assert sorted(found) == sorted(NINE)


# --- anchors ---------------------------------------------------------------------------------------------------------


def test_two_tables_of_one_kind_have_anchors_of_their_own() -> None:
    first = three_public_2018()
    second = dataclasses.replace(first, sheet="三公（二）")
    public = public_of(("208-a", (first, second)))
    view = view_of(public)
    assert [sheet.standing.address for sheet in view.sheets] == [
        "departments/208/2024-budget/#three-public-expenses",
        "departments/208/2024-budget/#three-public-expenses.2",
    ]
    assert [sheet.standing.href("B5") for sheet in view.sheets] == [
        "departments/208/2024-budget/#three-public-expenses-B5",
        "departments/208/2024-budget/#three-public-expenses.2-B5",
    ]
    text = html_of(public, view)
    names = named(text)
    assert {"three-public-expenses", "three-public-expenses.2-B5"} <= set(names)
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert len(re.findall(r"<h2 id=[^>]*>[^<]*三公（二）", text)) == 1


def test_no_anchor_is_ever_taken_for_another() -> None:
    """A table whose name begins with that of another, a number, a cell: all of them are told apart."""
    folders = [path.name for path in (PROGRAM / "schemas" / "tables").iterdir() if path.is_dir()]
    assert [name for name in folders if not re.fullmatch(r"[a-z][a-z0-9-]*", name)] == []
    tables = [*folders, "revenue-2", "revenue-b4"]
    anchors = [
        Place("208", 2024, "budget", "department", table).anchor(number) for table in tables for number in (1, 2)
    ]
    cells = [f"{anchor}-{cell}" for anchor in anchors for cell in ("B4", "AB12")]
    frame = ["main", "mz-elder", "mz-swap", "file_1"]
    assert len(set(anchors + cells + frame)) == len(anchors) + len(cells) + len(frame)
