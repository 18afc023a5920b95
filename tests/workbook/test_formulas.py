from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from etl.finding import Finding
from etl.table import Sheet
from etl.workbook import calculate, read
from etl.workbook.formulas import parse, written
from tests.workbooks import with_cells


def book(**sheets: dict[str, object]) -> bytes:
    """A workbook as a program writes it that calculates nothing: cells by address."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, cells in sheets.items():
        sheet = workbook.create_sheet(name)
        for address, value in cells.items():
            sheet[address] = value
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def outcome(data: bytes) -> tuple[dict[str, object], list[tuple[str, str, str]]]:
    """Every value by sheet and cell, and code, cell and result of every finding."""
    workbook, findings = read(data, "a")
    assert workbook is not None
    values = {
        f"{sheet.name}!{chr(65 + column)}{row + 1}": value
        for sheet in workbook.sheets
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if value != ""
    }
    return values, [_said(finding) for finding in findings]


def _said(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.location.cell, finding.values.get("computed", ""))


CELLS: dict[str, object] = {"A1": 1, "A2": 2.5, "A3": "3", "A4": "文字", "A5": None, "B1": 0.1, "B2": 0.2, "B3": 1e-9}

# Results as Excel gives them.
SUMS = [
    ("=A1+A2", 3.5),
    ("=A2", 2.5),
    ("=$A$2", 2.5),
    ("=A5", 0),
    ("=-A1", -1),
    ("=+A1-(A2-4)", 2.5),
    ("=-(A1-(A2+1))", 2.5),
    ("=SUM(A1:A5)", 3.5),
    ("=SUM(A1:A4,A2,10)-A1", 15 - 1 + 1 - 2.5 + 2.5),
    ("=sum(a1:a2)", 3.5),
    ("=SUM(A1,A2+A3,-A1)", 5.5),
    ("=SUM((A1),A3)", 1),
    ("=A1+A3", 4),
    ("=B1+B2", 0.3),
    ("=SUM(B1:B2)-0.3", 0),
    ("=SUM(A2:A1)", 3.5),
    ("=SUM(A1:XFD1048576)", None),
    ("=100+200", 300),
    ("=SUM(A1:A2)+SUM(SUM(A1),A2)", 7),
]
NOT_SUMS = [
    "=A1*2",
    "=A1/A2",
    "=ROUND(A1,2)",
    "=A1+A4",
    "=IF(A1=1,2,3)",
    "=SUMIF(A1:A3,1)",
    "=A1&A2",
    "=50%",
    "=A1:A3+1",
    "=SUM(A1:A3 A2:A4)",
    "=SUM(没有!A1:A3)",
    "=SUM(甲:乙!A1)",
    "=[1]收入表!B5",
    "='[决算.xlsx]收入表'!B5",
    "=SUM(A:A)",
    "=SUM()",
    "=A0",
    "=XFE1",
]


@pytest.mark.parametrize(("formula", "result"), SUMS)
def test_sums_are_calculated_and_said(formula: str, result: float | None) -> None:
    values, findings = outcome(book(甲={**CELLS, "D9": formula}))
    if result is None:  # it names itself
        assert findings == [("formula-not-calculated", "D9", "")]
    else:
        assert values["甲!D9"] == result
        assert [(code, cell, Decimal(number)) for code, cell, number in findings] == [
            ("repaired", "D9", Decimal(str(result)))
        ]


@pytest.mark.parametrize("formula", NOT_SUMS)
def test_anything_else_stays_without_a_result(formula: str) -> None:
    values, findings = outcome(book(甲={**CELLS, "D9": formula}))
    assert "甲!D9" not in values
    assert findings == [("formula-not-calculated", "D9", "")]


def test_formulas_wait_for_each_other_across_sheets() -> None:
    data = book(
        收入表={"B5": "=SUM(B2:B4)", "B2": 1, "B3": "=支出!A1", "B4": "='Sheet 3'!A1+1"},
        支出={"A1": "='Sheet 3'!$A$1-收入表!B2"},
        **{"Sheet 3": {"A1": 7}},
    )
    values, findings = outcome(data)
    assert (values["收入表!B5"], values["收入表!B3"], values["收入表!B4"]) == (15, 6, 8)
    assert findings == [
        ("repaired", "B3", "6"),
        ("repaired", "B4", "8"),
        ("repaired", "B5", "15"),
        ("repaired", "A1", "6"),
    ]


def test_circles_have_no_result_and_neither_has_what_waits_for_them() -> None:
    values, findings = outcome(book(甲={"A1": "=A2", "A2": "=A3+1", "A3": "=A1", "B1": "=A1+1", "B2": "=B3", "B3": 4}))
    assert values == {"甲!B2": 4, "甲!B3": 4}
    assert [code for code, _, _ in findings] == ["formula-not-calculated"] * 2 + [
        "formula-not-calculated",
        "repaired",
        "formula-not-calculated",
    ]


def test_running_totals_of_thousands_of_rows() -> None:
    cells: dict[str, object] = {"A1": 1, "B1": "=A1"}
    for row in range(2, 3001):
        cells |= {f"A{row}": 1, f"B{row}": f"=B{row - 1}+A{row}"}
    values, findings = outcome(book(甲=dict(reversed(cells.items()))))
    assert values["甲!B3000"] == 3000
    assert len(findings) == 3000


def test_what_only_points_to_a_text_shows_the_text() -> None:
    values, findings = outcome(book(甲={"A1": "富源县财政局", "A2": "=A1", "A3": "=A2"}))
    assert (values["甲!A2"], values["甲!A3"]) == ("富源县财政局", "富源县财政局")
    assert findings == [("repaired", "A2", ""), ("repaired", "A3", "")]


def test_an_error_below_keeps_a_sum_from_being_made() -> None:
    _, findings = outcome(book(甲={"A1": 1, "A9": "#REF!", "B1": "=SUM(A1:A9)"}))
    assert findings == [("formula-not-calculated", "B1", ""), ("cell-error", "A9", "")]


def test_sums_of_sums_over_whole_sheets_are_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calculate, "MAX_STEPS", 100)
    _, findings = outcome(book(甲={"A200": 1, **{f"B{row}": "=SUM(A1:A200)" for row in range(1, 4)}}))
    assert [code for code, _, _ in findings] == ["formula-not-calculated"] * 3


def test_zeros_of_a_program_that_does_not_calculate() -> None:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet("甲")
    sheet.write("A1", 2)
    sheet.write("A2", 3)
    sheet.write_formula("A3", "=SUM(A1:A2)")
    sheet.write_formula("A4", "=A1-2")
    sheet.write_formula("A5", "=SUM(A1:A2)", None, 4)
    sheet.write_formula("A6", "=A1*0")
    workbook.close()
    values, findings = outcome(stream.getvalue())
    assert [values[f"甲!A{row}"] for row in range(3, 7)] == [5, 0, 4, 0]
    assert findings == [("repaired", "A3", "5")]


def test_shared_formulas_move_with_their_cells() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>10</v></c><c r="C{row}">{formula}<v></v></c></row>'
        for row, formula in enumerate(
            [
                '<f t="shared" ref="C1:C3" si="0">SUM(A1:B1)-$A$1</f>',
                '<f t="shared" si="0"/>',
                '<f t="shared" si="0"/>',
            ],
            1,
        )
    )
    values, findings = outcome(with_cells(rows))
    assert [values[f"表!C{row}"] for row in (1, 2, 3)] == [10, 11, 12]
    assert [code for code, _, _ in findings] == ["repaired"] * 3


@pytest.mark.parametrize("formula", ['<f t="shared" si="4"/>', '<f t="array" ref="C1">SUM(A1:B1)</f>'])
def test_formulas_whose_text_is_elsewhere_or_that_are_arrays(formula: str) -> None:
    _, findings = outcome(with_cells(f'<row r="1"><c r="A1"><v>1</v></c><c r="C1">{formula}</c></row>'))
    assert findings == [("formula-not-calculated", "C1", "")]


def test_formulas_read_as_sums() -> None:
    cases = {
        "SUM(B2:B3,C1)-4": "=SUM(B2:B3)+SUM(C1)-4",
        "-(A1-'It''s'!$B$2)": "=-A1+'It's'!B2",
        "GK01!C3+收入表!A1": "='GK01'!C3+'收入表'!A1",
    }
    assert {text: written(formula.terms) for text in cases if (formula := parse(text))} == cases


def test_a_long_formula_takes_no_time() -> None:
    assert parse("(" * 8000 + "A1" + ")" * 8000) is None
    deep = parse("(" * 4000 + "A1" + ")" * 4000)
    assert deep is not None
    assert written(deep.terms) == "=A1"
    wide = calculate.calculate([Sheet("甲", ((1,),))], {(0, 0, 1): parse("+A1" * 2000) or deep}, frozenset())
    assert wide == {(0, 0, 1): Decimal(2000)}
