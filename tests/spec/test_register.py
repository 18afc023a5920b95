from __future__ import annotations

import pytest

from tests.spec.conftest import HEADER, County

REGISTER = "datasets/register/departments.csv"
APPROVALS = "datasets/register/approvals.csv"


def row(code: str, name: str, **cells: str) -> str:
    columns = HEADER.strip().split(",")
    given = {"department_code": code, "name_zh": name, **cells}
    assert set(given) <= set(columns)
    return ",".join(given.get(column, "") for column in columns)


def wrong(county: County, file: str = REGISTER) -> list[tuple[int, str]]:
    places = county.places()
    assert {each for each, _, _ in places} == {file}
    return [(line, key) for _, line, key in places]


def test_years_may_be_written_as_days(county: County) -> None:
    county.register(row("102", "示例县农业局", valid_from="2019-03-01", valid_to="2021"))
    body = county.load().department("102")
    assert body is not None
    assert (body.valid_from, body.valid_to) == (2019, 2021)


def test_a_code_and_a_name_may_pass_on(county: County) -> None:
    county.register(
        row("102", "示例县农业局", valid_to="2018", aliases="县农业局|农业局"),
        row("102", "示例县农业农村局", valid_from="2019"),
        row(
            "103",
            "示例县农业局",
            valid_from="2019",
            successor_of="102",
            exempt="yes",
            exempt_reason="涉密",
            public_name="no",
        ),
    )
    bodies = county.load().departments
    assert bodies[2].aliases == ("县农业局", "农业局")
    assert bodies[4].successor_of == ("102",)
    assert not bodies[4].may_be_named


def test_codes_and_names_are_of_one_body_a_year(county: County) -> None:
    county.register(
        row("101", "示例县另一局"),
        row("103", "示例县 教育局"),
        row("104", "示例县财政局", aliases="县教育局"),
        row("105", "示例县财政局", valid_from="2020"),
    )
    assert wrong(county) == [(4, "department_code"), (5, "name_zh"), (6, "aliases"), (7, "name_zh")]


@pytest.mark.parametrize(
    "name",
    [
        "=cmd()",
        "+1",
        "-1",
        "@a",
        "＝1",
        "甲/乙",
        "甲\\乙",
        "..",
        "甲\u202e乙",
        "甲\u200b乙",
        "甲\x07乙",
        '"甲\n乙"',
        "甲" * 101,
    ],
)
def test_a_name_that_could_do_harm_is_refused(county: County, name: str) -> None:
    county.register(row("102", name))
    assert wrong(county) == [(4, "name_zh")]
    county.register(row("102", "示例县某局", aliases=f"好名|{name}" if '"' not in name else '"好名|甲\n乙"'))
    assert wrong(county) == [(4, "aliases")]
    assert all(name not in str(mistake) for mistake in county.mistakes())


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"exempt": "yes"}, "exempt_reason"),
        ({"exempt": "maybe"}, "exempt"),
        ({"public_name": "no"}, "public_name"),
        ({"scope": "bureau"}, "scope"),
        ({"valid_from": "2024/1/1"}, "valid_from"),
        ({"valid_to": "2024-02-30"}, "valid_to"),
        ({"valid_from": "2024", "valid_to": "2023"}, "valid_to"),
        ({"parent_code": "999"}, "parent_code"),
        ({"parent_code": "102"}, "parent_code"),
        ({"successor_of": "101|999"}, "successor_of"),
        ({"name_source": "a\x1bb"}, "name_source"),
    ],
)
def test_a_cell_that_does_not_fit(county: County, cells: dict[str, str], key: str) -> None:
    county.register(row("102", "示例县某局", **cells))
    assert wrong(county) == [(4, key)]


def test_the_government_itself_must_stand_there(county: County) -> None:
    county.write(REGISTER, HEADER + row("101", "示例县教育局"))
    assert wrong(county) == [(1, "department_code")]


def test_a_header_of_known_names(county: County) -> None:
    county.write(REGISTER, "department_code,name_zh,name,name_zh\n000,政府,,\n\n101,局,,,多\n")
    assert wrong(county) == [(1, "name"), (1, "name_zh"), (4, "")]
    county.write(REGISTER, "department_code,name_zh\n000,示例县人民政府\n")
    assert [body.code for body in county.load().departments] == ["000"]


def test_a_register_saved_by_chinese_excel(county: County) -> None:
    county.write(REGISTER, "department_code,name_zh\r\n000,示例县人民政府\r\n".encode("gb18030"))
    assert county.load().departments[0].name.zh == "示例县人民政府"


def test_approvals(county: County) -> None:
    county.write(
        APPROVALS, "department_code,fiscal_year,document,approved_on,published_on\n101,2024,budget,2024-02-01,\n"
    )
    approval = county.load().approvals[0]
    assert (approval.department_code, approval.fiscal_year, approval.approved_on) == ("101", 2024, "2024-02-01")


def test_approvals_that_do_not_fit(county: County) -> None:
    county.write(
        APPROVALS,
        "department_code,fiscal_year,document,approved_on,published_on,published_url\n"
        "101,2024,budget,2024-02-01,,https://example.org/\n"
        "101,2024,budget,,,\n"
        "999,24,plan,2024/2/1,2024-13-01,javascript:alert(1)\n",
    )
    columns = ["approved_on", "department_code", "document", "fiscal_year", "published_on", "published_url"]
    assert wrong(county, APPROVALS) == [(3, "department_code"), *((4, column) for column in columns)]
