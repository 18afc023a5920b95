"""Small values for tests of what is published and fed back: one county, two bodies that may be named, one that may not."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from etl.answer import CoverageRow, ExpectationResult, RateResult
from etl.fact import facts
from etl.finding import Finding, Location, Outcome, error, note, warning
from etl.publish.publication import Publication
from etl.sheet_report import SheetReport
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Department, Jurisdiction
from etl.spec.files import Reader
from etl.spec.headings import Headings
from etl.spec.letters import Letters, letters
from etl.spec.model import FindingSpec, Lines, Rule, Spec, TableSpec, Wording
from etl.spec.recognition import Recognition
from etl.table import Column, Figure, Identity, Line, Receipt, Submission, Table
from tests.factories import CLOCKS

ROOT = Path(__file__).resolve().parents[2]
DECLARED = yaml.safe_load((ROOT / "schemas" / "findings.yml").read_text("utf-8"))


def declared_letters() -> Letters:
    """The texts of the papers that the program ships."""
    source = Reader(ROOT).declaration(ROOT / "schemas" / "letters.yml", "letters")
    assert source is not None
    return letters(source)


LETTERS = declared_letters()

TITLE = "富源县财政局2024年度支出决算表"
SHEET = "支出决算表"


def bilingual(entry: Mapping[str, str]) -> Bilingual:
    return Bilingual(entry["zh"], entry["en"])


def finding_spec(code: str) -> FindingSpec:
    entry = DECLARED["findings"][code]
    wordings = {
        situation: Wording(Bilingual(word["zh"], word["en"]), Bilingual(word["mend_zh"], word["mend_en"]))
        for situation, word in entry["wordings"].items()
    }
    return FindingSpec(code, entry["about"], bilingual(entry["title"]), wordings, entry["authority"])


def names(key: str) -> dict[str, Bilingual]:
    return {slug: bilingual(entry) for slug, entry in DECLARED[key].items()}


LEADING = (
    ("fiscal_year", "integer"),
    ("document", "string"),
    ("department_code", "string"),
    ("department_name", "string"),
    ("scope", "string"),
)


def schema(*own: tuple[str, str]) -> dict[str, object]:
    return {
        "fields": [
            {"name": name, "type": kind, "title": f"{name}的名称", "description": f"{name}的说明"}
            for name, kind in (*LEADING, *own)
        ]
    }


def rule(number: str, table_id: str) -> Rule:
    return Rule(
        number, "hierarchy", "sum-mismatch", "error", table_id, {}, Bilingual("类等于款之和", "classes"), "勾稽"
    )


EXPENDITURE = TableSpec(
    "expenditure",
    Bilingual("部门支出总体情况表", "Department expenditure"),
    Bilingual("各科目的基本支出和项目支出", "Basic and project expenditure by function"),
    Bilingual("《预算法》第十四条", "Budget Law, article 14"),
    "fiscal",
    schema(
        ("line_no", "integer"),
        ("line_code", "string"),
        ("line_name", "string"),
        ("total_yuan", "number"),
        ("basic_yuan", "number"),
    ),
    (),
    (rule("T-10", "expenditure"), rule("T-07", "expenditure")),
)

FEES = TableSpec(
    "fees",
    Bilingual("行政事业性收费目录清单", "Administrative fees"),
    Bilingual("收费项目和依据", "Fees and what they rest on"),
    Bilingual("《政府信息公开条例》第二十条", "Regulation, article 20"),
    "list",
    schema(("item_no", "string"), ("item", "string"), ("basis", "string")),
    (),
    (),
)


def department(code: str, name: str, *, exempt: str = "", public_name: bool = True) -> Department:
    return Department(
        code,
        Bilingual(name, f"Office {code}"),
        (),
        "行政",
        "department",
        "",
        2000,
        9999,
        exempt,
        "",
        public_name,
        (),
        "verified",
    )


DEPARTMENTS = (
    department("101", "富源县财政局"),
    department("102", "富源县教育体育局"),
    department("900", "不可公开的单位", exempt="yes", public_name=False),
)


def spec(**changes: object) -> Spec:
    value = Spec(
        tables={"expenditure": EXPENDITURE, "fees": FEES},
        lines=Lines({}, {}),
        measures={"total": Bilingual("合计", "Total"), "basic": Bilingual("基本支出", "Basic expenditure")},
        codes={},
        headings=Headings(subjects={"final-account": "财政预算、决算信息", "fee-list": "行政事业性收费"}),
        findings={code: finding_spec(code) for code in DECLARED["findings"]},
        outcome_reasons=names("outcome_reasons"),
        between_tables=(),
        recognition=Recognition((), {}, (), {}, (), (), (), (), (), (), (), (), (), (), {}, ()),
        obligations=(),
        clocks=CLOCKS,
        rates=(),
        documents={
            "budget": Bilingual("部门预算", "budget"),
            "final-account": Bilingual("部门决算", "final account"),
            "fee-list": Bilingual("收费目录", "fee list"),
        },
        statuses=names("statuses"),
        coverage_statuses=names("coverage_statuses"),
        jurisdiction=Jurisdiction(
            "530325",
            Bilingual("富源县", "Fuyuan County"),
            "CC-BY-4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "富源县财政局",
            "0874-0000000",
            "",
            2018,
            "CNY",
            {},
        ),
        departments=DEPARTMENTS,
        approvals=(),
        corrections=(),
        acceptances=(),
        letters=LETTERS,
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]


COLUMNS = (
    Column(0, "code", "", "科目编码"),
    Column(1, "name", "", "科目名称"),
    Column(2, "measure", "total", "本年支出合计"),
    Column(3, "measure", "basic", "基本支出"),
)


def line(row: int, code: str, name: str, total: str, basic: str = "") -> Line:
    figures = {
        measure: Figure(measure, Decimal(text), 2, text, row, column)
        for measure, text, column in (("total", total, 2), ("basic", basic, 3))
        if text
    }
    return Line(code, name, "", row, figures, {}, 0, 1)


LINES = (
    line(5, "total", "合计", "120.00", "100.00"),
    line(6, "205", "教育支出", "120.00", "100.00"),
    line(7, "20502", "普通教育", "118.50", "98.50"),
    line(8, "20503", "=职业教育", "1.00", "1.00"),
)


def expenditure(lines: tuple[Line, ...] = LINES, **changes: object) -> Table:
    value = Table(
        "expenditure", "national", "final-account", SHEET, TITLE, "A1", "万元", Decimal(10000), 2, COLUMNS, lines
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]


def fees() -> Table:
    lines = tuple(
        Line("", "", "", row, {}, {"item_no": str(row), "item": item, "basis": "财税〔2017〕18号"}, 0, 0)
        for row, item in ((3, "考试费"), (4, '=HYPERLINK("x")'))
    )
    columns = (
        Column(0, "text", "item_no", "序号"),
        Column(1, "text", "item", "项目"),
        Column(2, "text", "basis", "依据"),
    )
    return Table("fees", "national", "fee-list", "目录", "收费目录清单", "A1", "", Decimal(1), 0, columns, lines)


MISMATCH = error(
    "sum-mismatch",
    Location(SHEET, "C7", 7, 3),
    table_id="expenditure",
    field="total",
    expected="1195000.00",
    actual="1200000.00",
    difference=Decimal("5000.00"),
    rule="T-10",
    values={
        "situation": "hierarchy",
        "table": "支出决算表",
        "line": "205 教育支出",
        "column": "本年支出合计",
        "stated": "120.00",
        "computed": "119.50",
        "diff": "0.50",
        "unit": "万元",
        "parts": "20502 普通教育、20503 职业教育",
    },
)
HEADER = error(
    "header-missing", Location("收入决算表", "A4", 4, 1), values={"table": "收入决算表", "label": "本年收入合计"}
)
INFERRED = warning("unit-missing", Location(SHEET, "A1", 1, 1), values={"situation": "inferred", "unit": "万元"})
ROUNDING = note("rounding-difference", Location(SHEET, "C6", 6, 3), table_id="expenditure", difference=Decimal("0.01"))
NAME = warning("code-name-mismatch", Location(SHEET, "B9,B8:B9", 8, 2), table_id="expenditure")
FINDINGS: tuple[Finding, ...] = (ROUNDING, MISMATCH, NAME, INFERRED, HEADER)

OUTCOMES = (
    Outcome("T-10", "expenditure", SHEET, "failed", "", 2),
    Outcome("T-07", "expenditure", SHEET, "could-not-run", "part-missing", 0),
)


def submission(
    digit: str = "a",
    *,
    status: str = "accepted",
    code: str = "101",
    year: int = 2024,
    document: str = "final-account",
    received_on: str = "2025-08-01",
    tables: tuple[Table, ...] | None = None,
    **changes: object,
) -> Submission:
    tables = (expenditure(),) if tables is None else tables
    name = next((known.name.zh for known in DEPARTMENTS if known.code == code), "")
    value = Submission(
        Receipt(f"2025/{name}决算{digit}.xlsx", digit * 64, received_on, 1024, Path("archive") / digit),
        Identity(code, name, year, document, "department", {"department_code": "表头", "fiscal_year": "标题"}),
        status,
        tables,
        (SheetReport(SHEET, "recognised", "expenditure", "national"), SheetReport("封面", "ignored", reason="cover")),
        standing=frozenset(table.table_id for table in tables) if status == "accepted" else frozenset(),
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]


COVERAGE = (
    CoverageRow(
        "101",
        "富源县财政局",
        2024,
        "final-account",
        "expenditure",
        "required",
        "published",
        "2025-09-10",
        "2025-08-01",
        0,
        "a" * 16,
    ),
    CoverageRow(
        "102",
        "富源县教育体育局",
        2024,
        "final-account",
        "expenditure",
        "required",
        "missing",
        "2025-09-10",
        "",
        None,
        "",
    ),
    CoverageRow("900", "不可公开的单位", 2024, "final-account", "expenditure", "exempt", "exempt", "", "", None, ""),
)

EXPECTATIONS = (
    ExpectationResult(
        "facts", "expect_column_values_to_not_be_null", "amount_yuan", True, "0", 0, "金额不空", "no blanks"
    ),
    ExpectationResult(
        "facts", "expect_column_values_to_be_between", "fiscal_year", False, "1924", 1, "年度合理", "years"
    ),
)


def publication(*submissions: Submission, **changes: object) -> Publication:
    declared = spec()
    submissions = submissions or (submission(),)
    published = tuple(
        fact
        for each in submissions
        for fact in facts("530325", each, tuple(table for table in each.tables if table.table_id in each.standing))
    )
    read = tuple(fact for each in submissions for fact in facts("530325", each, each.tables))
    value = Publication(
        declared,
        submissions,
        published,
        read,
        COVERAGE,
        (RateResult("final-account", 2024, 1, 2, 1, 0),),
        EXPECTATIONS,
        date(2025, 10, 1),
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]
