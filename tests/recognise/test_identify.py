"""Who, which year, which document: from the content, then from the name of the file and its folders."""

from __future__ import annotations

from tests.sheets import codes, read, sheet

TABLE = """
{title}
{body} | 单位：元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
205 | 教育支出 | 3 | 2 | 1
"""


def who(title: str, body: str = "", file: str = "x.xlsx") -> tuple[str, int, str, str, list[tuple[str, str, str]]]:
    _, identity, findings = read(sheet(TABLE.format(title=title, body=body)), file=file)
    return (
        identity.department_name,
        identity.fiscal_year,
        identity.document,
        identity.scope,
        [finding for finding in codes(findings) if finding[1] != "unit-missing"],
    )


def test_labelled_body_and_year_in_the_title() -> None:
    assert who("2020年部门支出总体情况表", "部门：富源县审计局") == ("富源县审计局", 2020, "budget", "department", [])


def test_an_alias_of_the_register() -> None:
    name, *_ = who("2020年部门支出总体情况表", "编制部门：县审计局")
    assert name == "富源县审计局"


def test_body_and_year_from_the_folder_and_file_name() -> None:
    assert who("部门支出总体情况表", file="2021/富源县审计局/公开表.xlsx") == (
        "富源县审计局",
        2021,
        "budget",
        "department",
        [],
    )


def test_the_longest_name_wins() -> None:
    name, *_ = who("富源县人民政府办公室2018年部门支出总体情况表")
    assert name == "富源县人民政府办公室"


def test_an_unknown_body_is_not_the_government_it_is_named_after() -> None:
    name, _, _, _, findings = who("2020年部门支出总体情况表", "部门：富源县人民政府驻京联络处")
    assert (name, findings) == ("", [("error", "department-unknown", "A2")])


def test_no_year_anywhere() -> None:
    _, year, _, _, findings = who("部门支出总体情况表", "部门：富源县审计局")
    assert (year, findings) == (0, [("error", "year-unknown", "")])


def test_a_year_that_contradicts_the_file_name() -> None:
    _, year, _, _, findings = who("2020年部门支出总体情况表", "部门：富源县审计局", file="2021年预算.xlsx")
    assert (year, findings) == (2020, [("warning", "year-differs", "")])


def test_a_body_that_had_ended() -> None:
    _, _, _, _, findings = who("2023年部门支出总体情况表", "部门：富源县教育局")
    assert findings == [("error", "department-unknown", "A2")]


def test_one_unit_reports_for_itself() -> None:
    _, _, _, scope, _ = who("2020年预算单位支出预算总表", "部门：富源县审计局")
    assert scope == "unit"
