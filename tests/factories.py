"""Small values for tests of the rooms between a table and a page: they say what matters and fill in the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from etl.finding import Finding
from etl.spec.bilingual import Bilingual
from etl.spec.declarations import Approval, Clock, Department, Jurisdiction, Latest, Obligation, Rate
from etl.spec.model import Lines, Spec, TableSpec
from etl.spec.recognition import Recognition
from etl.table import Column, Figure, Identity, Line, Receipt, Submission, Table

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

RATES = (
    Rate("budget", Bilingual("预算", "Budgets"), "budget", ()),
    Rate("final-account", Bilingual("决算", "Final accounts"), "final-account", ()),
    Rate("three-public-expenses", Bilingual("三公", "Three public expenses"), "", ("three-public-expenses",)),
)

CLOCKS = {
    key: Clock(
        key, Bilingual("二十日", "Twenty days"), kind, 20, 0, 0, Bilingual("批复之日", "approval"), "预算法第十四条"
    )
    for key, kind in (("budget-law", "calendar-days"), ("information", "working-days"))
}

_CHAIN = {"county": 20, "department": 40, "township": 40, "unit": 55}
LATEST = {
    "budget": Latest(0, 3, 31, _CHAIN, Bilingual("一季度批准", "approved in the first quarter"), "预算法第十四条"),
    "final-account": Latest(1, 9, 30, _CHAIN, Bilingual("9月底前批准", "approved by September"), "预算法第七十七条"),
}


def table_spec(table_id: str) -> TableSpec:
    """A table with the schema that is really published."""
    schema = json.loads((SCHEMAS / "tables" / table_id / "schema.json").read_text("utf-8"))
    return TableSpec(
        table_id,
        Bilingual(schema["title"], schema["title_en"]),
        Bilingual(schema["description"], schema["description_en"]),
        Bilingual(schema["law"], schema["law_en"]),
        schema["kind"],
        schema,
        (),
        (),
    )


def department(code: str, **changes: object) -> Department:
    values: dict[str, object] = {
        "code": code,
        "name": Bilingual(f"单位{code}", f"Body {code}"),
        "aliases": (),
        "kind": "行政",
        "scope": "department",
        "parent_code": "",
        "valid_from": 2000,
        "valid_to": 9999,
        "exempt": "",
        "exempt_reason": "",
        "public_name": True,
        "successor_of": (),
        "name_source": "verified",
    }
    return Department(**{**values, **changes})  # type: ignore[arg-type]


def approval(code: str, year: int, document: str, approved_on: str = "", published_on: str = "") -> Approval:
    return Approval(code, year, document, approved_on, published_on, "", "")


def obligation(
    document: str,
    table_id: str,
    level: str = "required",
    since: int = 2017,
    until: int = 9999,
    who: str = "department",
    clock: str = "budget-law",
) -> Obligation:
    return Obligation(document, table_id, since, until, level, who, "预算法第十四条", clock)


def spec(
    *,
    tables: Sequence[str] = ("revenue", "three-public-expenses"),
    departments: Sequence[Department] = (department("201"),),
    approvals: Sequence[Approval] = (),
    obligations: Sequence[Obligation] = (),
    rates: Sequence[Rate] = RATES,
    first_year: int = 2024,
) -> Spec:
    return Spec(
        tables={table_id: table_spec(table_id) for table_id in tables},
        lines=Lines({}, {}),
        measures={},
        codes={},
        findings={},
        outcome_reasons={},
        between_tables=(),
        recognition=Recognition((), {}, (), {}, (), (), (), (), (), (), (), (), (), (), {}, ()),
        obligations=tuple(obligations),
        clocks=CLOCKS,
        rates=tuple(rates),
        documents={"budget": Bilingual("预算", "Budget"), "final-account": Bilingual("决算", "Final account")},
        statuses={},
        coverage_statuses={},
        jurisdiction=Jurisdiction(
            "530325",
            Bilingual("富源县", "Fuyuan County"),
            "CC BY 4.0",
            "",
            "富源县财政局",
            "",
            "",
            first_year,
            "CNY",
            {},
        ),
        departments=tuple(departments),
        approvals=tuple(approvals),
        corrections=(),
        acceptances=(),
        latest=LATEST,
    )


def identity(code: str = "201", year: int = 2024, document: str = "budget", scope: str = "department") -> Identity:
    return Identity(code, f"单位{code}", year, document, scope)


Amounts = Mapping[str, str]


def table(
    table_id: str = "revenue",
    lines: Sequence[tuple[str, str, Amounts]] = (("total", "合计", {"total": "1.00"}),),
    *,
    unit_yuan: int = 10000,
    sheet: str = "表",
    form: str = "national",
    nil_note: int = -1,
) -> Table:
    """Lines from row 6 down: the code in column A, the name in B, then a column for each measure in order."""
    measures = list(dict.fromkeys(measure for _, _, amounts in lines for measure in amounts))
    columns = (
        Column(0, "code", "", "科目编码"),
        Column(1, "name", "", "科目名称"),
        *(Column(index, "measure", measure, measure) for index, measure in enumerate(measures, start=2)),
    )
    made = tuple(
        Line(code, name, "", row, _figures(amounts, measures, row), {}, 0, 1)
        for row, (code, name, amounts) in enumerate(lines, start=5)
    )
    return Table(
        table_id, form, "", sheet, "表题", "A1", "万元", Decimal(unit_yuan), 2, columns, made, nil_note=nil_note
    )


def _figures(amounts: Amounts, measures: Sequence[str], row: int) -> dict[str, Figure]:
    return {
        measure: Figure(measure, Decimal(text), 2, text, row, measures.index(measure) + 2)
        for measure, text in amounts.items()
    }


def listing(table_id: str, rows: Sequence[Mapping[str, str]], *, sheet: str = "清单") -> Table:
    """A list of text records from row 4 down, a column for each field in order."""
    keys = list(dict.fromkeys(key for row in rows for key in row))
    columns = tuple(Column(index, "text", key, key) for index, key in enumerate(keys))
    lines = tuple(Line("", "", "", row, {}, dict(values), 0, 0) for row, values in enumerate(rows, start=3))
    return Table(table_id, "national", "", sheet, "清单", "A1", "", Decimal(1), 0, columns, lines)


def submission(
    digits: str = "a",
    who: Identity | None = None,
    tables: Sequence[Table] = (),
    *,
    status: str = "accepted",
    received_on: str = "2024-03-01",
    standing: Sequence[str] | None = None,
    findings: Sequence[Finding] = (),
) -> Submission:
    """A submission whose hash repeats `digits`; everything in an accepted one stands unless `standing` says otherwise."""
    sha256 = (digits * 64)[:64]
    held = tuple(each.table_id for each in tables) if status == "accepted" else ()
    return Submission(
        Receipt(f"{digits}.xlsx", sha256, received_on, 1, Path("archive", sha256)),
        identity() if who is None else who,
        status,
        tuple(tables),
        findings=tuple(findings),
        standing=frozenset(held if standing is None else standing),
    )
