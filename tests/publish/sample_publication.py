"""A small county as one Publication: enough of everything that a page can show, made by hand.

One real form (the county government office's three public expenses of 2018, as published), a made-up bureau with the nine
tables of a budget and a final account, a body that may not be named, one that may, and a few fees. Amounts of the bureau
are invented and agree with each other.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.answer import AbroadVerdict, Answers, CoverageRow, Dates, RateResult, Share, YearOfDocument
from etl.fact import facts
from etl.finding import Finding, Location, Outcome
from etl.layout import PROGRAM, Layout
from etl.publish.publication import Publication
from etl.spec import load
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval, Department, Jurisdiction, Rate
from etl.spec.files import Reader
from etl.spec.glossary import Glossary, glossary
from etl.spec.model import CodeList, Entry, FindingSpec, LineName, Lines, Spec
from etl.spec.recognition import Recognition
from etl.spec.search import SearchWords, search_words
from etl.spec.situations import Situation, situations
from etl.table import Column, Figure, Identity, Line, Mended, Receipt, Submission, Table
from tests.factories import CLOCKS, department, table_spec
from tests.publish.sample_history import make_history

HIDDEN = "县里不可列名的机构"
DECLARED = load(Layout(PROGRAM))
"""What is really declared, of which the sample takes what it need not make up."""
TABLES = (
    "revenue-expenditure-summary",
    "revenue",
    "expenditure",
    "appropriation-summary",
    "general-budget-expenditure",
    "basic-expenditure",
    "three-public-expenses",
    "government-fund",
    "state-capital",
)
CLASSES = {
    "201": ("一般公共服务支出", "General public services"),
    "208": ("社会保障和就业支出", "Social security and employment"),
    "210": ("卫生健康支出", "Health"),
    "221": ("住房保障支出", "Housing support"),
    "213": ("农林水支出", "Agriculture, forestry and water"),
}
FURTHER = {
    "20103": ("政府办公厅（室）及相关机构事务", "Government offices"),
    "2010301": ("行政运行", "Administrative operation"),
    "20805": ("行政事业单位养老支出", "Pensions of public bodies"),
    "301": ("工资福利支出", "Wages and benefits"),
    "30101": ("基本工资", "Basic pay"),
    "302": ("商品和服务支出", "Goods and services"),
    "30201": ("办公费", "Office expenses"),
}
EXEMPT_REASON = "涉及国家秘密，依据《预算法》第十四条第四款不予公开"


def _bilingual(zh: str, en: str) -> Bilingual:
    return Bilingual(zh, en)


def _departments() -> tuple[Department, ...]:
    verified = {"name_source": "verified: https://example.gov.cn/4004.html"}
    open_ = {"name_source": "to be confirmed: ordinary set of a county"}
    named = [
        department(
            "000", name=_bilingual("富源县人民政府", "Fuyuan County People's Government"), kind="government", **verified
        ),
        department(
            "116",
            name=_bilingual(HIDDEN, "A body without a name"),
            exempt="yes",
            exempt_reason=EXEMPT_REASON,
            public_name=False,
            **open_,
        ),
        department(
            "161",
            name=_bilingual("富源县人民武装部", "People's Armed Forces Department"),
            kind="军事机关",
            exempt="yes",
            exempt_reason=EXEMPT_REASON,
            **open_,
        ),
        department(
            "201",
            name=_bilingual("富源县人民政府办公室", "General Office of the Fuyuan County People's Government"),
            aliases=("县政府办", "富源县政府办公室"),
            kind="政府部门",
            successor_of=("116", "701"),
            **verified,
        ),
        department(
            "203",
            name=_bilingual("富源县教育体育局", "Fuyuan County Education and Sports Bureau"),
            aliases=("县教体局",),
            kind="政府部门",
            valid_from=2019,
            **open_,
        ),
        department(
            "208",
            name=_bilingual("富源县测试局（虚构）", "Fuyuan County Test Bureau (fictional)"),
            aliases=("测试局",),
            kind="政府部门",
            **verified,
        ),
        department(
            "541",
            name=_bilingual("富源县职业技术学校", "Fuyuan County Vocational School"),
            kind="事业单位",
            scope="unit",
            parent_code="203",
            valid_from=2019,
            **open_,
        ),
        department("603", name=_bilingual("富源县营上镇", "Yingshang Town"), kind="乡镇（街道）", **verified),
        department(
            "701",
            name=_bilingual("富源县人民政府法制办公室", "Legislative Affairs Office"),
            kind="政府部门",
            valid_to=2018,
            **open_,
        ),
    ]
    return tuple(named)


def make_spec(**changes: object) -> Spec:
    names = {**CLASSES, **FURTHER}
    functional = CodeList(
        "functional",
        _bilingual("功能分类", "Functions"),
        (3, 5, 7),
        (3,),
        {code: (Entry(code, _bilingual(*name), 1994, 9999),) for code, name in names.items()},
        {},
    )
    lines = tuple(
        LineName(code, _bilingual(zh, en), (zh,))
        for code, zh, en in (
            ("total", "合计", "Total"),
            ("income-general-budget", "一般公共预算拨款收入", "General public budget appropriation"),
            ("income-other", "其他收入", "Other income"),
            ("total-income", "收入总计", "Total income"),
            ("total-expenditure", "支出总计", "Total expenditure"),
            ("overseas-travel", "因公出国（境）费", "Overseas official travel"),
            ("vehicles", "公务用车购置及运行费", "Official vehicles"),
            ("vehicle-purchase", "公务用车购置费", "Vehicle purchase"),
            ("vehicle-running", "公务用车运行费", "Vehicle running costs"),
            ("reception", "公务接待费", "Official reception"),
        )
    )
    measures = {
        "amount": ("金额", "Amount"),
        "budget": ("预算数", "Budget"),
        "final": ("决算数", "Outturn"),
        "previous": ("上年数", "Previous year"),
        "change": ("增减额", "Change"),
        "total": ("合计", "Total"),
        "basic": ("基本支出", "Basic"),
        "project": ("项目支出", "Project"),
    }
    value = Spec(
        tables={table_id: table_spec(table_id) for table_id in (*TABLES, "fees", "funds")},
        lines=Lines({"all": lines}, {}),
        measures={key: _bilingual(*name) for key, name in measures.items()},
        codes={"functional": functional, "economic": dataclasses.replace(functional, key="economic")},
        findings={"sum-mismatch": FindingSpec("sum-mismatch", "sums", Bilingual("合计不符", "Sum differs"), {}, "")},
        outcome_reasons={"part-missing": _bilingual("缺少分项", "a part is missing")},
        between_tables=(),
        recognition=Recognition((), {}, (), {}, (), (), (), (), (), (), (), (), (), (), {}, ()),
        obligations=(),
        clocks=CLOCKS,
        rates=(
            Rate("budget", _bilingual("部门预算公开率", "Department budgets published"), "budget", ()),
            Rate(
                "final-account",
                _bilingual("部门决算公开率", "Department final accounts published"),
                "final-account",
                (),
            ),
            Rate(
                "three-public-expenses",
                _bilingual("“三公”经费公开率", "Three public expenses published"),
                "",
                ("three-public-expenses",),
            ),
        ),
        documents={
            "budget": _bilingual("预算", "Budget"),
            "final-account": _bilingual("决算", "Final account"),
            "fee-list": _bilingual("收费目录清单", "List of fees"),
            "fund-list": _bilingual("政府性基金目录清单", "List of government funds"),
        },
        statuses={},
        coverage_statuses=DECLARED.coverage_statuses,
        jurisdiction=Jurisdiction(
            "530325",
            _bilingual("富源县", "Fuyuan County"),
            "CC BY 4.0",
            "https://creativecommons.org/licenses/by/4.0/",
            "富源县财政局",
            "待富源县财政局确认（to be confirmed by the county）",
            "",
            2018,
            "CNY",
            {},
            75,
            "富源县2017年度政府信息公开年度报告",
        ),
        departments=_departments(),
        approvals=(
            Approval(
                "201",
                2018,
                "budget",
                "",
                "2019-02-15",
                "https://www.example.gov.cn/4004.html",
                "网页所示日期可能是网站迁移日期；批复日期待补充",
            ),
            Approval("208", 2024, "budget", "2024-03-01", "2024-03-15", "", ""),
            Approval("603", 2024, "budget", "", "", "https://www.example.gov.cn/603.pdf", ""),
        ),
        corrections=(),
        acceptances=(),
        situations=_situations(),
        fee_words=DECLARED.fee_words,
        headings=DECLARED.headings,
        glossary=_glossary(),
        search=_search_words(),
        numbers=DECLARED.numbers,
        latest=DECLARED.latest,
        international=DECLARED.international,
        international_source=DECLARED.international_source,
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]


def _situations() -> tuple[Situation, ...]:
    """Those the program comes with."""
    source = Reader(PROGRAM).declaration(PROGRAM / "schemas" / "situations.yml", "situations")
    assert source is not None
    return situations(source)


def _glossary() -> Glossary:
    source = Reader(PROGRAM).declaration(PROGRAM / "schemas" / "glossary.yml", "glossary")
    assert source is not None
    return glossary(source, None, None)


def _search_words() -> SearchWords:
    source = Reader(PROGRAM).declaration(PROGRAM / "schemas" / "search.yml", "search")
    assert source is not None
    return search_words(source)


# --- tables ---------------------------------------------------------------------------------------------------------


def form(
    table_id: str,
    document: str,
    sheet: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[tuple[str, ...]],
    unit: str = "万元",
    first_row: int = 4,
    notes: tuple[tuple[int, str], ...] = (),
) -> Table:
    """A table whose lines are given as (code, name, one text a measure or ratio column)."""
    made = [Column(index, role, key, label) for index, (role, key, label) in enumerate(columns)]
    lines = []
    for number, (code, name, *texts) in enumerate(rows):
        row = first_row + number
        given = [column for column in made if column.role in ("measure", "ratio", "text")]
        figures, attributes = {}, {}
        for column, text in zip(given, texts, strict=True):
            if text and column.role == "measure":
                nil = text in ("—", "-", "无")
                amount = Decimal(0) if nil else Decimal(text.replace(",", ""))
                figures[column.key] = Figure(column.key, amount, 2, text, row, column.index, nil)
            elif text:
                attributes[column.key] = text
        name_column = next((column.index for column in made if column.role == "name"), 0)
        lines.append(Line(code, name, "", row, figures, attributes, 0, name_column))
    yuan = {"万元": Decimal(10000), "元": Decimal(1), "": Decimal(1)}[unit]
    return Table(
        table_id,
        "sample",
        document,
        sheet,
        f"{sheet}（{document}）",
        "A1",
        unit,
        yuan,
        2,
        tuple(made),
        tuple(lines),
        notes,
    )


def side_by_side(table: Table, split: int) -> Table:
    """The first lines on the left as income, the others beside them as expenditure, as forms print it."""
    left = [dataclasses.replace(line, side="income") for line in table.lines[:split]]
    right = []
    for number, line in enumerate(table.lines[split:]):
        row = table.lines[0].row + number
        figures = {
            key: dataclasses.replace(figure, row=row, column=figure.column + 2) for key, figure in line.figures.items()
        }
        right.append(
            dataclasses.replace(
                line, side="expenditure", row=row, figures=figures, code_column=2, name_column=line.name_column + 2
            )
        )
    beside = tuple(dataclasses.replace(column, index=column.index + 2) for column in table.columns)
    return dataclasses.replace(table, lines=(*left, *right), columns=(*table.columns, *beside))


def three_public_2018() -> Table:
    columns = (
        ("name", "", "项目"),
        ("measure", "budget", "本年年初预算数"),
        ("measure", "previous", "上年年初预算数"),
        ("measure", "change", "本年预算比上年增减情况/增减额"),
        ("ratio", "change_percent", "本年预算比上年增减情况/增减幅度"),
    )
    rows = (
        ("total", "合计", "16.4", "18.8", "-2.4", "-13"),
        ("overseas-travel", "因公出国（境）费", "", "", "", ""),
        ("reception", "公务接待费", "2.4", "4.8", "-2.4", "-50.00"),
        ("vehicles", "公务用车购置及运行费", "14", "14", "", ""),
        ("vehicle-purchase", "公务用车购置费", "", "", "", ""),
        ("vehicle-running", "公务用车运行费", "14", "14", "", ""),
    )
    return form("three-public-expenses", "budget", "三公经费", columns, rows, notes=((11, "注：空白表示无此项安排。"),))


SPENDING = (
    ("201", "1500.00", "1200.00", "300.00"),
    ("208", "420.50", "420.50", ""),
    ("210", "180.25", "180.25", "—"),
    ("221", "240.00", "240.00", "0.00"),
)


def _spending_rows() -> list[tuple[str, ...]]:
    rows = [("total", "合计", "2340.75", "2040.75", "300.00")]
    for code, total, basic, project in SPENDING:
        rows.append((code, CLASSES[code][0], total, basic, project))
        if code == "201":
            rows.append(("20103", FURTHER["20103"][0], total, basic, project))
            rows.append(("2010301", FURTHER["2010301"][0], total, basic, project))
    return rows


def nine_tables(document: str) -> tuple[Table, ...]:
    coded = (("code", "", "科目编码"), ("name", "", "科目名称"))
    spending = (
        *coded,
        ("measure", "total", "合计"),
        ("measure", "basic", "基本支出"),
        ("measure", "project", "项目支出"),
    )
    summary = (
        ("income-general-budget", "一般公共预算拨款收入", "2340.75"),
        ("income-other", "其他收入", "109.25"),
        ("total-income", "收入总计", "2450.00"),
        *((code, CLASSES[code][0], total) for code, total, _, _ in SPENDING),
        ("total-expenditure", "支出总计", "2450.00" if document == "budget" else "2398.10"),
    )
    three = (
        ("total", "合计", "12.00", "11.35"),
        ("overseas-travel", "因公出国（境）费", "—", "—"),
        ("vehicles", "公务用车购置及运行费", "10.00", "9.80"),
        ("vehicle-purchase", "公务用车购置费", "0", "0"),
        ("vehicle-running", "公务用车运行费", "10.00", "9.80"),
        ("reception", "公务接待费", "2.00", "1.55"),
    )
    measures = (("measure", "budget", "预算数"), ("measure", "final", "决算数"))
    three_columns = (("name", "", "项目"), *measures) if document != "budget" else (("name", "", "项目"), measures[0])
    three_rows = three if document != "budget" else tuple(row[:3] for row in three)
    basic = (
        *coded,
        ("measure", "total", "合计"),
        ("measure", "personnel", "人员经费"),
        ("measure", "public", "公用经费"),
    )
    basic_rows = (
        ("total", "合计", "2040.75", "1800.00", "240.75"),
        ("301", FURTHER["301"][0], "1800.00", "1800.00", ""),
        ("30101", FURTHER["30101"][0], "1800.00", "1800.00", ""),
        ("302", FURTHER["302"][0], "240.75", "", "240.75"),
        ("30201", FURTHER["30201"][0], "240.75", "", "240.75"),
    )
    empty = ((9, "注：本部门无此项收支，故本表无数据。"),)
    return (
        side_by_side(
            form(
                "revenue-expenditure-summary",
                document,
                "预算01",
                (("name", "", "项目"), ("measure", "amount", "金额")),
                summary,
            ),
            3,
        ),
        form("revenue", document, "预算02", spending[:3], [row[:3] for row in _spending_rows()]),
        form("expenditure", document, "预算03", spending, _spending_rows()),
        form(
            "appropriation-summary",
            document,
            "预算04",
            (("name", "", "项目"), ("measure", "amount", "金额")),
            summary[:1],
        ),
        form("general-budget-expenditure", document, "预算05", spending, _spending_rows()),
        form("basic-expenditure", document, "预算06", basic, basic_rows),
        form("three-public-expenses", document, "预算07", three_columns, three_rows),
        dataclasses.replace(form("government-fund", document, "预算08", spending, (), notes=empty), nil_note=9),
        form("state-capital", document, "预算09", spending, ()),
    )


FEES = (
    (
        "公安",
        "9",
        "证照费",
        "机动车行驶证、登记证、驾驶证工本费",
        "《道路交通安全法》;发改价格〔2004〕2831号;财综〔2001〕67号",
        "缴入地方国库",
        "Y",
        "行驶证、驾驶证10元/本",
        "",
    ),
    ("教育", "5", "普通高中学费、住宿费", "", "《教育法》;教财〔2003〕4号", "缴入中央和地方财政专户", "N", "", ""),
    (
        "自然资源",
        "15",
        "不动产登记费",
        "",
        "《民法典》;财税〔2014〕77号;发改价格规〔2016〕2559号",
        "缴入中央和地方国库",
        "Y",
        "住宅类80元/件;非住宅类550元/件",
        "",
    ),
    (
        "住房城乡建设",
        "17",
        "污水处理费",
        "",
        "《城镇排水与污水处理条例》;财税〔2014〕151号",
        "缴入地方国库",
        "Y",
        "",
        "",
    ),
    ("水利", "22", "水资源费", "", "《水法》;财综〔2008〕79号", "缴入中央和地方国库", "Y", "", "停征"),
)


def fee_list(
    rows: Iterable[tuple[str, ...]] = FEES, list_type: str = "全国性行政事业性收费目录清单", table_id: str = "fees"
) -> Table:
    columns = (
        ("text", "department", "部门"),
        ("text", "item_no", "项目序号"),
        ("text", "item", "项目名称"),
        ("text", "sub_item", "子项"),
        ("text", "basis", "政策依据"),
        ("text", "fund_management", "资金管理方式"),
        ("text", "enterprise_related", "涉企"),
        ("text", "standard", "收费标准"),
        ("text", "status", "状态"),
    )
    document = "fee-list" if table_id == "fees" else "fund-list"
    table = form(table_id, document, list_type, columns, [("", "", *row) for row in rows], unit="")
    lines = tuple(
        dataclasses.replace(line, attributes={**line.attributes, "list_type": list_type, "list_date": "2025-07-14"})
        for line in table.lines
    )
    return dataclasses.replace(table, title=list_type, lines=lines)


# --- who brought them ------------------------------------------------------------------------------------------------


def submission(
    key: str,
    code: str,
    year: int,
    document: str,
    tables: tuple[Table, ...],
    received_on: str,
    spec: Spec,
    status: str = "accepted",
    scope: str = "department",
) -> Submission:
    body = spec.department(code)
    name = body.name.zh if body else ""
    digest = hashlib.sha256(key.encode()).hexdigest()
    receipt = Receipt(f"{year}/{name}/{key}.xlsx", digest, received_on, 20480, Path("archive") / digest)
    outcomes = tuple(Outcome("T-10", table.table_id, table.sheet, "passed", "", 3) for table in tables)
    return Submission(
        receipt,
        Identity(code, name, year, document, scope),
        status,
        tables,
        outcomes=outcomes,
        standing=frozenset(table.table_id for table in tables) if status == "accepted" else frozenset(),
    )


def decided(one: Submission) -> Submission:
    """A submission of which a person set one cell right, and lived with one finding."""
    mended = Mended("预算01", "B5", "2400.00", "2450.00", "笔误，县财政局来函更正", "财政局", "2024-04-02")
    accepted = Finding(
        "warning",
        "sum-mismatch",
        Location("预算01", "B9", 9, 2),
        table_id="revenue-expenditure-summary",
        rule="T-04",
        values={"accepted": "上级批复如此", "accepted_by": "财政局"},
    )
    return dataclasses.replace(one, mended=(mended,), findings=(accepted,))


def submissions(spec: Spec) -> tuple[Submission, ...]:
    funds = fee_list(
        (("", "6", "城市基础设施配套费", "", "国发〔1998〕34号;财综函〔2002〕3号", "缴入地方国库", "", "", ""),),
        "政府性基金目录清单",
        "funds",
    )
    return (
        submission("201-三公", "201", 2018, "budget", (three_public_2018(),), "2025-11-03", spec),
        decided(submission("208-budget", "208", 2024, "budget", nine_tables("budget"), "2024-03-10", spec)),
        submission("208-final", "208", 2024, "final-account", nine_tables("final-account"), "2025-08-20", spec),
        submission("208-bad", "208", 2023, "budget", nine_tables("budget"), "2023-03-10", spec, status="rejected"),
        submission("116-secret", "116", 2024, "budget", (three_public_2018(),), "2024-03-11", spec),
        submission("000-fees", "000", 2025, "fee-list", (fee_list(),), "2025-11-03", spec),
        submission("000-funds", "000", 2025, "fund-list", (funds,), "2025-11-03", spec),
    )


def coverage(spec: Spec, found: Iterable[Submission]) -> tuple[CoverageRow, ...]:
    """Two documents of nine tables for every body and year, as far as the sample knows."""
    standing: Mapping[tuple[str, int, str, str], Submission] = {
        (one.identity.department_code, one.identity.fiscal_year, one.identity.document, table): one
        for one in found
        for table in one.standing
    }
    rows = []
    for year in range(2018, 2026):
        for body in spec.departments:
            if body.code == "000" or not body.existed(year):
                continue
            for document in ("budget", "final-account"):
                rows += [_duty(body, year, document, table_id, standing) for table_id in TABLES]
    return tuple(rows)


def _duty(
    body: Department, year: int, document: str, table_id: str, standing: Mapping[tuple[str, int, str, str], Submission]
) -> CoverageRow:
    if body.exempt == "yes":
        return CoverageRow(body.code, body.name.zh, year, document, table_id, "exempt", "exempt", "", "", None, "")
    brought = standing.get((body.code, year, document, table_id))
    status = "missing" if brought is None else "published"
    if brought and table_id == "government-fund":
        status = "nil-declared"
    if brought and table_id == "state-capital":
        status = "nil-undeclared" if document == "final-account" else "nil-declared"
    if (body.code, year, document) == ("208", 2023, "budget"):
        status = "rejected"
    dated = body.code == "208" and year == 2024 and document == "budget"
    return CoverageRow(
        body.code,
        body.name.zh,
        year,
        document,
        table_id,
        "required",
        status,
        "2024-03-21" if dated else "",
        ("2024-03-15" if dated else "2019-02-15") if brought and (dated or body.code == "201") else "",
        0 if brought and dated else None,
        brought.submission_id if brought else "",
    )


def sample_answers() -> Answers:
    """What else is asked of the duties of 2024: enough for every page on coverage."""
    axes = ("timeliness", "completeness", "truthfulness", "detail", "form")
    return Answers(
        tables=tuple(Share(table_id, 2024, "budget", 1, 5, 2, 4) for table_id in TABLES),
        axes=tuple(Share(axis, 2024, "budget", number, 5, 2, 1) for number, axis in enumerate(axes)),
        trend=(
            YearOfDocument(2024, "budget", 5, 2, 1, 1, 3, 0, 1, 1, 0, 12),
            YearOfDocument(2023, "budget", 5, 2, 0, 0, 5, 0, 0, 0, 0, 0),
        ),
        international=(
            AbroadVerdict(
                "enacted-budget", 2024, "budget", date(2024, 5, 1), date(2024, 5, 4), "late", 3, date(2024, 2, 21), 73
            ),
        ),
        dates=(
            Dates("208", 2024, "budget", date(2024, 3, 1), date(2024, 3, 10), date(2024, 3, 15), ""),
            Dates("603", 2024, "budget", None, None, None, "https://www.example.gov.cn/603.pdf"),
        ),
    )


def make_publication(**changes: object) -> Publication:
    spec = make_spec()
    found = submissions(spec)
    rates = tuple(
        RateResult(rate.key, year, numerator, 5, 2, 5 - numerator)
        for year in range(2018, 2026)
        for rate in spec.rates
        for numerator in [
            1
            if (year, rate.key) in {(2018, "three-public-expenses"), (2024, "budget"), (2024, "three-public-expenses")}
            else 0
        ]
    )
    named = {body.code for body in spec.departments if body.may_be_named}
    public = tuple(
        fact
        for one in found
        if one.status == "accepted" and one.identity.department_code in named
        for fact in facts(spec.jurisdiction.code, one, one.tables)
    )
    value = Publication(
        spec,
        found,
        public,
        public,
        coverage(spec, found),
        rates,
        (),
        date(2025, 11, 20),
        sample_answers(),
        make_history(found, {body.code for body in spec.departments if not body.may_be_named}),
    )
    return dataclasses.replace(value, **changes)  # type: ignore[arg-type]
