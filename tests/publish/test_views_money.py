"""What is added up and what is not: figures by hand, from a county of three departments and a unit."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from etl.publish.public import Public, make_public
from etl.publish.views.datasets import view_dataset
from etl.publish.views.departments import view_department, view_spending
from etl.publish.views.functions import view_functions
from etl.publish.views.grids import ABSENT, BLANK, Cell, Pair, add
from etl.publish.views.projects import view_projects
from etl.publish.views.shelf import Shelf, make_shelf
from etl.publish.views.years import view_year, years_of
from etl.table import Submission, Table
from tests.factories import department, table_spec
from tests.publish.sample_publication import form, make_publication, make_spec, submission, three_public_2018

CODED = (("code", "", "科目编码"), ("name", "", "科目名称"), ("measure", "total", "合计"))


def spending(document: str, *rows: tuple[str, str, str]) -> Table:
    return form("expenditure", document, "支出表", CODED, rows)


EDUCATION_BUDGET = spending(
    "budget",
    ("total", "合计", "100.00"),
    ("205", "教育支出", "80.00"),
    ("20502", "普通教育", "70.00"),
    ("2050202", "小学教育", "70.00"),
    ("20503", "职业教育", "10.00"),
    ("221", "住房保障支出", "20.00"),
)
EDUCATION_FINAL = spending(
    "final-account", ("total", "合计", "110.50"), ("205", "教育支出", "90.50"), ("221", "住房保障支出", "20.00")
)
LEAVES_ONLY = spending(
    "budget", ("20503", "职业教育", "5.00"), ("2210201", "住房公积金", "1.50"), ("2210202", "提租补贴", "0.50")
)
"""A form that prints no total and no class: what stands above must be added up from beneath."""
OF_UNIT = spending("budget", ("total", "合计", "40.00"), ("205", "教育支出", "40.00"))
OF_ITSELF = spending("budget", ("total", "合计", "60.00"), ("205", "教育支出", "60.00"))
OF_COUNTY = spending("budget", ("total", "合计", "9999.00"), ("205", "教育支出", "9999.00"))
PROJECTS = form(
    "project-expenditure",
    "budget",
    "项目",
    (
        ("code", "", "项目代码"),
        ("name", "", "项目名称"),
        ("text", "functional_name", "功能科目"),
        ("measure", "total", "合计"),
    ),
    (
        ("53001", "校舍维修", "小学教育", "3.00"),
        ("53001", "校舍维修", "初中教育", "4.50"),
        ("53002", "教师培训", "教师进修", "9.00"),
        ("total", "合计", "", "16.50"),
    ),
)


def made(*submissions: Submission) -> Public:
    spec = make_spec(
        departments=(
            department("000", kind="government"),
            department("101"),
            department("102"),
            department("103"),
            department("101001", scope="unit", parent_code="101"),
        )
    )
    spec = dataclasses.replace(spec, tables={**spec.tables, "project-expenditure": table_spec("project-expenditure")})
    return make_public(make_publication(spec=spec, submissions=submissions, coverage=(), facts=(), read_facts=()))


@pytest.fixture(scope="module")
def public() -> Public:
    spec = make_spec(departments=(department("000"), department("101"), department("102"), department("101001")))
    return made(
        submission("a", "101", 2024, "budget", (EDUCATION_BUDGET, PROJECTS), "2024-03-01", spec),
        submission("b", "101", 2024, "final-account", (EDUCATION_FINAL,), "2025-08-01", spec),
        submission("c", "102", 2024, "budget", (LEAVES_ONLY,), "2024-03-01", spec),
        submission("d", "101001", 2024, "budget", (OF_UNIT, PROJECTS), "2024-03-01", spec, scope="unit"),
        submission("e", "101", 2024, "budget", (OF_ITSELF,), "2024-03-02", spec, scope="unit"),
        submission("f", "000", 2024, "budget", (OF_COUNTY,), "2024-03-01", spec),
        submission("g", "103", 2024, "budget", (EDUCATION_BUDGET,), "2024-03-01", spec, status="rejected"),
        submission("h", "103", 2023, "budget", (three_public_2018(),), "2023-03-01", spec),
    )


@pytest.fixture(scope="module")
def shelf(public: Public) -> Shelf:
    return make_shelf(public)


def told(pair: Pair) -> tuple[Decimal | None, Decimal | None]:
    return pair.budget.amount, pair.final.amount


def yuan(text: str) -> Decimal:
    """万元, as the forms have them, in yuan."""
    return Decimal(text) * 10000


# --- adding up --------------------------------------------------------------------------------------------------------


def test_one_cell_stays_itself_and_blanks_stay_blank() -> None:
    one = Cell("figure", Decimal(5), href="x#A1")
    assert add([one, BLANK]) is one
    assert add([BLANK, BLANK]) is BLANK
    assert add([]) is ABSENT
    both = add([one, Cell("nil", Decimal(0))], href="x")
    assert (both.kind, both.amount, both.parts, both.href) == ("sum", Decimal(5), 2, "x")


def test_a_year_is_the_sum_of_departments_and_of_nothing_else(public: Public, shelf: Shelf) -> None:
    view = view_year(public, shelf, 2024)
    assert told(view.total.pair) == (yuan("107.00"), yuan("110.50"))
    assert (view.total.budgets, view.total.finals, view.existed) == (2, 1, 3)
    assert [(one.code, *told(one.pair), one.budgets, one.finals) for one in view.classes] == [
        ("205", yuan("85.00"), yuan("90.50"), 2, 1),
        ("221", yuan("22.00"), yuan("20.00"), 2, 1),
    ]
    assert [(one.department.code, *told(one.pair)) for one in view.ranking] == [
        ("101", yuan("100.00"), yuan("110.50")),
        ("102", yuan("7.00"), None),
    ]


def test_years_with_three_public_expenses_alone_are_years_too(public: Public, shelf: Shelf) -> None:
    assert years_of(shelf) == (2024, 2023)
    view = view_year(public, shelf, 2023)
    assert not view.total.pair.is_drawn
    assert [(one.code, *told(one.pair), one.budgets) for one in view.three_public] == [
        ("total", yuan("16.4"), None, 1),
        ("vehicles", yuan("14"), None, 1),
        ("vehicle-running", yuan("14"), None, 1),
        ("reception", yuan("2.4"), None, 1),
    ]


def test_a_class_goes_down_to_its_sections_and_its_spenders(shelf: Shelf) -> None:
    views = {view.code: view for view in view_functions(shelf)}
    assert list(views) == ["205", "221"]
    year = views["205"].years[0]
    assert [(one.code, *told(one.pair)) for one in year.sections] == [
        ("20502", yuan("70.00"), None),
        ("20503", yuan("15.00"), None),
    ]
    assert [(one.department.code, *told(one.pair)) for one in year.spenders] == [
        ("101", yuan("80.00"), yuan("90.50")),
        ("102", yuan("5.00"), None),
    ]


def test_a_dataset_adds_up_departments_and_counts_them(public: Public, shelf: Shelf) -> None:
    view = view_dataset(public, shelf, public.spec.tables["expenditure"])
    assert {year: told(pair) for year, pair in view.by_year.items()} == {2024: (yuan("107.00"), yuan("110.50"))}
    assert (view.budgets[2024], view.finals[2024]) == (2, 1)


# --- one body ---------------------------------------------------------------------------------------------------------


def test_a_department_shows_its_own_figures_and_the_difference(public: Public, shelf: Shelf) -> None:
    body = public.department("101")
    assert body is not None
    view = view_department(public, shelf, body)
    (year,) = view.by_year
    assert told(year.pair) == (yuan("100.00"), yuan("110.50"))
    assert year.pair.change == yuan("10.50")
    assert year.pair.share == Decimal("1.105")
    assert [(row.code, row.cells[0].amount) for row in view.functions.rows] == [
        ("205", yuan("90.50")),
        ("221", yuan("20.00")),
    ]
    assert [(one.document, one.cell.cell) for one in view.headlines] == [("budget", "C5"), ("final-account", "C5")]


def test_a_unit_shows_what_it_filed_itself(public: Public, shelf: Shelf) -> None:
    body = public.department("101001")
    assert body is not None
    (year,) = view_department(public, shelf, body).by_year
    assert told(year.pair) == (yuan("40.00"), None)
    assert year.pair.budget.href.startswith("departments/101001/2024-budget-unit/")


def test_what_a_form_does_not_print_is_added_up_from_beneath(public: Public, shelf: Shelf) -> None:
    body = public.department("102")
    assert body is not None
    view = view_spending(shelf, body)
    rows = {row.code: row.cells[0] for _, board in view.classes for row in board.rows}
    assert {code: (cell.kind, cell.amount, cell.parts) for code, cell in rows.items()} == {
        "205": ("figure", yuan("5.00"), 0),
        "20503": ("figure", yuan("5.00"), 0),
        "221": ("sum", yuan("2.00"), 2),
        "22102": ("sum", yuan("2.00"), 2),
        "2210201": ("figure", yuan("1.50"), 0),
        "2210202": ("figure", yuan("0.50"), 0),
    }
    assert rows["22102"].href == "departments/102/2024-budget/#expenditure"


def test_every_list_of_projects_is_where_its_body_says(public: Public, shelf: Shelf) -> None:
    """That of a unit is in its own table alone: the page of the year adds up departments."""
    listed = {f"projects/{one.year}/#d{each.department.code}" for one in view_projects(shelf) for each in one.lists}
    own = {one.address for one in public.of("101001") if one.place.table_id == "project-expenditure"}
    found = [view_department(public, shelf, body).project_lists for body in public.departments]
    places = {where for lists in found for year, where in lists if year == 2024}
    assert len(own) == 1
    assert places == listed | own


def test_lines_of_one_project_are_one_project(shelf: Shelf) -> None:
    (year,) = view_projects(shelf)
    (listed,) = year.lists
    assert [(one.name, one.amount.amount, one.functions) for one in listed.projects] == [
        ("教师培训", yuan("9.00"), ("教师进修",)),
        ("校舍维修", yuan("7.50"), ("小学教育", "初中教育")),
    ]
    assert (listed.total.kind, listed.total.amount, year.count) == ("figure", yuan("16.50"), 2)
