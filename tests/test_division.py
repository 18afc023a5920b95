"""One file that holds what several bodies submitted: published as theirs, shown to the reviewer as one file."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from etl.finding import Finding
from etl.pipeline.examine import examine
from etl.publish.letter_files import gather_parts
from etl.table import Receipt, Submission
from tests.sheets import fuyuan

TABLES = ("支出决算表", "一般公共预算财政拨款支出决算表")
Rows = list[list[str | float]]


def rows(body: str, title: str, *, year: int = 2023, amount: float = 12.5, note: str = "") -> Rows:
    total = "本年支出合计" if title == TABLES[0] else "合计"
    return [
        [f"{year}年度{title}"],
        [f"部门：{body}", "", "", "", "单位：万元"],
        ["科目编码", "科目名称", total, "基本支出", "项目支出"],
        ["201", "一般公共服务支出", amount, 10, 2.5],
        ["合计", "", 12.5, 10, 2.5],
        *([[note]] if note else []),
    ]


def submit(folder: Path, sheets: dict[str, Rows]) -> tuple[Submission, ...]:
    data = io.BytesIO()
    workbook = xlsxwriter.Workbook(data, {"in_memory": True})
    for name, lines in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    workbook.close()
    file = folder / "x.xlsx"
    file.write_bytes(data.getvalue())
    receipt = Receipt("x.xlsx", "ab" * 32, "2024-06-01", len(data.getvalue()), file)
    return examine(receipt, fuyuan())


def found(findings: tuple[Finding, ...]) -> list[tuple[str, str, str, str]]:
    told = (one for one in findings if one.code != "detail-missing")  # the tables here end at the class
    return [(one.severity, one.code, one.location.sheet, one.location.cell) for one in told]


def test_each_body_has_its_own_tables_and_its_own_findings(tmp_path: Path) -> None:
    finance, audit = submit(
        tmp_path,
        {
            "一": rows("富源县财政局", TABLES[0]),
            "二": rows("富源县财政局", TABLES[1]),
            "三": rows("富源县审计局", TABLES[0], amount=13.5),
            "四": rows("富源县审计局", TABLES[1]),
        },
    )
    assert [(one.identity.department_name, [table.sheet for table in one.tables]) for one in (finance, audit)] == [
        ("富源县财政局", ["一", "二"]),
        ("富源县审计局", ["三", "四"]),
    ]
    assert finance.submission_id == audit.submission_id
    assert found(finance.findings) == []
    assert {(code, sheet) for severity, code, sheet, _ in found(audit.findings) if severity == "error"} == {
        ("sum-mismatch", "三")
    }


def test_names_of_sheets_tell_bodies_apart_where_nothing_else_does(tmp_path: Path) -> None:
    sheets = {body: rows("", TABLES[0]) for body in ("财政局", "审计局")}
    for lines in sheets.values():
        lines[1] = ["", "", "", "", "单位：万元"]
    shares = submit(tmp_path, sheets)
    assert [one.identity.department_name for one in shares] == ["富源县财政局", "富源县审计局"]


def test_a_year_left_over_in_one_title_is_a_finding_and_no_submission_of_its_own(tmp_path: Path) -> None:
    (one,) = submit(
        tmp_path,
        {"一": rows("富源县财政局", TABLES[0]), "二": rows("富源县财政局", TABLES[1], year=2022)},
    )
    assert one.identity.fiscal_year == 2023
    assert ("warning", "year-differs", "二", "A1") in found(one.findings)


def test_two_years_of_one_table_are_two_submissions(tmp_path: Path) -> None:
    shares = submit(
        tmp_path,
        {"一": rows("富源县财政局", TABLES[0]), "二": rows("富源县财政局", TABLES[0], year=2022)},
    )
    assert [one.identity.fiscal_year for one in shares] == [2023, 2022]
    assert [found(one.findings) for one in shares] == [[], []]


def test_the_reviewer_sees_one_file_with_the_fate_that_is_most_urgent(tmp_path: Path) -> None:
    shares = submit(
        tmp_path, {"一": rows("富源县财政局", TABLES[0]), "三": rows("富源县审计局", TABLES[0], amount=13.5)}
    )
    judged = [
        Submission(one.receipt, one.identity, status, one.tables, one.sheets, one.findings, one.outcomes)
        for one, status in zip(shares, ("accepted", "rejected"), strict=True)
    ]
    (whole,) = gather_parts(judged)
    assert (whole.status, [table.sheet for table in whole.tables]) == ("rejected", ["一", "三"])
    assert whole.count("error") == judged[1].count("error")
