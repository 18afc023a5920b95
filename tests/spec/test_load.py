from __future__ import annotations

import pickle
from datetime import date

import pytest

from etl.spec import SpecError
from tests.spec.conftest import JURISDICTION, County

SHA = "a" * 64
REVENUE = "schemas/tables/revenue/template.yml"
FORM = """\
form: made-up
layout: lines
titles: {budget: [“示例”表]}
requires: [name, total]
bands:
  - codes: functional
    lines: [totals, classes]
    heads: [2024年收入（万元）]
    columns:
      code-1: [类]
      name: [科 目]
      measures: {total: [合计, 收入预算/合 计]}
"""
RULE = """\
rules:
  - {rule: T-06, kind: measures-sum, finding: sum-mismatch, severity: error, parameters: {whole: total}, reason: {zh: 因为, en: because}, authority: 约定}
"""


def test_the_smallest_county_loads(county: County) -> None:
    spec = county.load()
    assert [department.code for department in spec.departments] == ["000", "101"]
    assert spec.departments[1].scope == "department"
    assert (spec.departments[1].valid_from, spec.departments[1].valid_to) == (0, 9999)
    assert spec.jurisdiction.currency == "CNY"
    assert spec.approvals == spec.corrections == spec.acceptances == ()
    assert pickle.loads(pickle.dumps(spec)).departments == spec.departments


def test_every_mistake_in_every_file_is_listed(county: County) -> None:
    county.edit("schemas/measures.yml", "  zh: 金额", "  name: 金额")
    county.edit("schemas/lines.yml", "under: carry-over-opening,", "under: nothing,")
    county.edit("schemas/obligations.yml", "document: budget,", "document: budgets,")
    county.edit("datasets/jurisdiction.yml", "first_year", "first_yaer")
    county.register("000,示例县政府办,,,,department,,,,,,,,", "102,,,,,city,999,2020,2019,yes,,,,")
    county.write("datasets/corrections.yml", "- {cell: b2}\n")
    places = county.places()
    assert ("schemas/measures.yml", county.line("schemas/measures.yml", "name: 金额"), "amount/name") in places
    assert ("schemas/measures.yml", county.line("schemas/measures.yml", "amount:"), "amount/zh") in places
    line = county.line("schemas/lines.yml", "under: nothing")
    assert any(file == "schemas/lines.yml" and at == line and key.endswith("under") for file, at, key in places)
    line = county.line("schemas/obligations.yml", "document: budgets")
    assert any(file == "schemas/obligations.yml" and at == line for file, at, _ in places)
    assert ("datasets/jurisdiction.yml", 3, "first_yaer") in places
    assert ("datasets/jurisdiction.yml", 1, "first_year") in places
    register = {(line, key) for file, line, key in places if file == "datasets/register/departments.csv"}
    assert register == {
        (4, "department_code"),
        (5, "name_zh"),
        (5, "scope"),
        (5, "parent_code"),
        (5, "valid_to"),
        (5, "exempt_reason"),
    }
    missing = {"0/cell", "0/file_sha256", "0/sheet", "0/was", "0/now", "0/reason", "0/by", "0/on"}
    assert {key for file, _, key in places if file == "datasets/corrections.yml"} == missing
    assert places == sorted(places)


def test_an_error_says_where_without_a_folder_of_the_machine(county: County) -> None:
    county.write("datasets/jurisdiction.yml", "code: [\n")
    with pytest.raises(SpecError) as caught:
        county.load()
    assert str(county.root) not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).mistakes == caught.value.mistakes


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('code: "1"\ncode: "2"\nnames: {zh: 县, en: C}\nfirst_year: 2024\n', 2),
        ("a: &a [*a]\n", 0),
        ("code: [\n", None),
        ("code: !!python/object:os.system x\n", None),
        ("--- {}\n--- {}\n", None),
        ("code: \x00\n", None),
    ],
)
def test_yaml_that_is_not_sound_is_refused(county: County, text: str, line: int | None) -> None:
    county.write("datasets/jurisdiction.yml", text)
    places = county.places()
    assert {file for file, _, _ in places} == {"datasets/jurisdiction.yml"}
    assert not line or places == [("datasets/jurisdiction.yml", line, "code")]


def test_a_key_that_stands_twice_in_json_is_refused(county: County) -> None:
    file = "schemas/tables/revenue/schema.json"
    county.edit(file, '  "title":', '  "title": "一",\n  "title":')
    assert (file, 3, "title") in county.places()


@pytest.mark.parametrize("file", ["datasets/jurisdiction.yml", "schemas/lines.yml", "schemas/codes/revenue.csv"])
def test_a_file_that_is_missing_or_not_text_is_named(county: County, file: str) -> None:
    (county.root / file).unlink()
    assert (file, 0, "") in county.places()
    county.write(file, b"\xff\xfe\x00")
    assert (file, 0, "") in county.places()


def test_a_form_is_read_with_its_labels_folded(county: County) -> None:
    county.write("schemas/tables/revenue/template-2.yml", FORM)
    form = next(form for form in county.load().forms if form.form == "made-up")
    assert (form.table_id, form.title_required, form.bands[0].side) == ("revenue", True, "")
    assert form.titles == {"budget": ("示例表",)}
    assert form.bands[0].heads == ("收入",)
    columns = {(column.role, column.key): column.labels for column in form.bands[0].columns}
    assert columns == {
        ("code-1", ""): (("类",),),
        ("name", ""): (("科目",),),
        ("measure", "total"): (("合计",), ("收入预算", "合计")),
    }


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("{total:", "{totals:", {"bands/0/columns/measures/totals", "requires/1"}),
        ("[name, total]", "[name, code, basic]", {"requires/2"}),
        ("functional", "functions", {"bands/0/codes"}),
        ("[totals,", "[sums,", {"bands/0/lines"}),
        ("收入预算/", "收入预算//", {"bands/0/columns/measures/total"}),
        ("layout: lines", "layout: columns", {"layout"}),
        ("form: made-up", "form: fee-list", {"form"}),
        ("titles: {budget:", "titles: {budgets:", {"titles/budgets", "titles"}),
        ("requires:", "constants: {list_type: 费}\nrequires:", {"constants/list_type"}),
        ("requires:", "default_measure: {budget: budgets}\nrequires:", {"default_measure/budget"}),
    ],
)
def test_what_a_form_speaks_of_must_exist(county: County, old: str, new: str, keys: set[str]) -> None:
    file = "schemas/tables/revenue/template-2.yml"
    assert old in FORM
    county.write(file, FORM.replace(old, new))
    places = county.places()
    assert {key for _, _, key in places} <= keys
    assert {at for at, _, _ in places} == {file}
    assert all(line for _, line, _ in places)


def test_rules_are_read_and_numbered_once(county: County) -> None:
    county.write("schemas/tables/revenue/rules.yml", RULE)
    county.write("schemas/rules.yml", RULE.replace("T-06", "X-01"))
    spec = county.load()
    rule = spec.tables["revenue"].rules[0]
    assert (rule.rule, rule.table_id, rule.documents, rule.parameters) == ("T-06", "revenue", (), {"whole": "total"})
    assert [(each.rule, each.table_id) for each in spec.between_tables] == [("X-01", "")]


def test_rules_that_name_what_is_not_there(county: County) -> None:
    bad = RULE + RULE.partition("\n")[2].replace("sum-mismatch", "sums")
    county.write("schemas/rules.yml", bad)
    county.write("schemas/tables/revenue/rules.yml", RULE.replace("measures-sum", "formula"))
    assert county.places() == [
        ("schemas/rules.yml", 3, "rules/1/finding"),
        ("schemas/rules.yml", 3, "rules/1/rule"),
        ("schemas/tables/revenue/rules.yml", 2, "rules/0/kind"),
    ]


def test_patterns_must_be_patterns(county: County) -> None:
    file = "schemas/recognition.yml"
    county.edit(file, "'^目录'", "'^目录('")
    assert county.places() == [(file, county.line(file, "^目录("), "ignored/contents/0")]
    county.edit(file, "'^目录('", "'^目录'")
    county.edit(file, "['收支', '收入支出']", r"['收支', '\1']")
    assert county.places() == [(file, county.line(file, "['收支'"), "title_rewrites/17")]


def test_a_code_has_one_name_a_year(county: County) -> None:
    file = "schemas/codes/revenue.csv"
    text = (county.root / file).read_text("utf-8-sig")
    first = text.count("\n") + 1
    county.write(file, f"{text}101,类,税,,,,,,,\n10,类,税,,,,,,,\n101990,款,,,999,20x,,,,\n")
    assert county.places() == [
        (file, first, "code"),
        (file, first + 1, "code"),
        (file, first + 2, "code"),
        (file, first + 2, "name_zh"),
        (file, first + 2, "parent"),
        (file, first + 2, "valid_from"),
    ]


def test_the_economic_list_holds_what_departments_use(county: County) -> None:
    listing = county.load().codes["economic"]
    assert [(entry.valid_from, entry.valid_to) for entry in listing.entries["301"]] == [(2007, 2017), (2018, 9999)]
    assert "501" not in listing.entries
    assert listing.by_name["工资福利"] == listing.by_name["工资福利支出"] == "301"


def test_obligations_speak_of_what_exists(county: County) -> None:
    file = "schemas/obligations.yml"
    county.edit(file, "eight: [revenue-expenditure-summary, revenue,", "eight: [revenue-expenditure-summary, revenues,")
    county.edit(file, "tables: [three-public-expenses]", "tables: [three-publics]")
    county.edit(
        file,
        "since: 2017, until: 9999, level: required, clock: budget-law",
        "since: 2017, until: 2016, level: required, clock: budget-lore",
    )
    assert {key.rpartition("/")[2] for _, _, key in county.places()} == {"eight", "tables", "until", "clock"}
    assert county.line(file, "revenues,") in {line for _, line, _ in county.places()}


def test_two_duties_may_not_hold_for_the_same_year(county: County) -> None:
    file = "schemas/obligations.yml"
    county.edit(file, "since: 1994, until: 2016, level: conditional", "since: 1994, until: 2017, level: conditional")
    assert {(at, key) for at, _, key in county.places()} == {(file, "obligations/1")}


def test_a_set_of_tables_may_not_go_by_the_name_of_one(county: County) -> None:
    file = "schemas/obligations.yml"
    county.edit(file, "  eight: [", "  assets: [")
    county.edit(file, "tables: [eight]", "tables: [assets]")
    assert "table_sets/assets" in {key for _, _, key in county.places()}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("- 2026-02-14", "- 2026-02-13", "days_worked/1"),  # a Friday: worked anyway
        ("- 2026-04-06", "- 2026-02-30", "days_off/8"),
        ("- 2026-04-06", "- 2027-04-06", "days_off/8"),
        ("- 2026-04-06", "- 2026-02-14", "days_worked/1"),  # off and worked
    ],
)
def test_a_calendar_holds_days_of_its_year(county: County, old: str, new: str, key: str) -> None:
    county.edit("schemas/calendar.yml", old, new)
    assert [(file, at) for file, _, at in county.places()] == [("schemas/calendar.yml", f"years/2026/{key}")]


def test_days_of_the_county_go_before_those_of_the_calendar(county: County) -> None:
    county.write("datasets/jurisdiction.yml", JURISDICTION + "working_days: {2026-02-14: false, 2024-03-02: true}\n")
    days = county.load().working_days
    assert days[date(2026, 2, 14)] is False
    assert days[date(2026, 2, 28)] is True
    assert days[date(2024, 3, 2)] is True


def test_approvals_may_say_when_a_document_was_signed(county: County) -> None:
    county.write(
        "datasets/register/approvals.csv",
        "department_code,fiscal_year,document,approved_on,published_on,published_url,note,signed_on\n"
        "101,2024,budget,2024-02-09,2024-02-20,,,2024-02-01\n",
    )
    (approval,) = county.load().approvals
    assert (approval.signed_on, approval.line) == ("2024-02-01", 2)


def test_decisions_are_taken_as_typed(county: County) -> None:
    county.write(
        "datasets/corrections.yml",
        f"- file_sha256: {SHA}\n  sheet: 01\n  cell: B2\n  was: 1.50\n  now: 015.0\n  reason: 笔误\n  by: 某\n  on: 2024-03-01\n",
    )
    county.write(
        "datasets/accepted.yml",
        "- {fingerprint: 0123456789012345, reason: 已核, by: 某, on: 2024-03-01, until: 2024-12-31}\n",
    )
    spec = county.load()
    assert (spec.corrections[0].sheet, spec.corrections[0].was, spec.corrections[0].now) == ("01", "1.50", "015.0")
    assert spec.corrections[0].on == "2024-03-01"
    assert spec.acceptances[0].fingerprint == "0123456789012345"


def test_decisions_need_a_day_and_are_made_once(county: County) -> None:
    one = f"- {{file_sha256: {SHA}, sheet: 一, cell: B2, was: 1, now: 2, reason: 误, by: 某, on: 2024-03-01}}\n"
    county.write("datasets/corrections.yml", one + one)
    county.write(
        "datasets/accepted.yml", "- {fingerprint: aaaaaaaaaaaaaaaa, reason: ' ', by: 某, on: 2024-02-30, until: x}\n"
    )
    assert county.places() == [
        ("datasets/accepted.yml", 1, "0/on"),
        ("datasets/accepted.yml", 1, "0/reason"),
        ("datasets/accepted.yml", 1, "0/until"),
        ("datasets/corrections.yml", 2, "1"),
    ]


def test_an_empty_file_of_decisions_holds_none(county: County) -> None:
    county.write("datasets/corrections.yml", "# none yet\n")
    county.write("datasets/accepted.yml", "[]\n")
    assert county.load().corrections == county.load().acceptances == ()
