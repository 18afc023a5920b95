from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from etl.corrections import accept, apply, matching, unmatched
from etl.finding import Finding, Location, error, note
from etl.spec.declarations import Acceptance, Correction
from etl.table import Figure, Line, Table

SHA = "ab" * 32


def table() -> Table:
    figures = {
        "total": Figure("total", Decimal("1202.95"), 2, "1,202.95", 5, 2),
        "basic": Figure("basic", Decimal(0), 0, "—", 5, 3, nil=True),
    }
    line = Line("205", "教育支出", "", 5, figures)
    return Table("expenditure", "f", "budget", "支出", "支出表", "A1", "万元", Decimal(10000), 2, (), (line,))


def correction(cell: str = "C6", was: str = "1202.95", now: str = "1220.95", **more: str) -> Correction:
    values = {"file_sha256": SHA, "sheet": "支出", "reason": "笔误", "by": "预算股", "on": "2024-03-01", **more}
    return Correction(cell=cell, was=was, now=now, **values)


@pytest.mark.parametrize("was", ["1,202.95", "1202.95", " 1202.950 "])
def test_number_is_set_right_and_text_kept(was: str) -> None:
    corrected, findings = apply(table(), SHA, [correction(was=was)])
    assert findings == []
    figure = corrected.lines[0].figures["total"]
    assert (figure.number, figure.decimals, figure.text, figure.cell) == (Decimal("1220.95"), 2, "1,202.95", "C6")
    assert corrected.lines[0].figures["basic"] == table().lines[0].figures["basic"]


def test_more_decimals_make_the_table_finer() -> None:
    corrected, _ = apply(table(), SHA, [correction(now="1220.9512")])
    assert corrected.decimals == 4


def test_nil_and_dollar_signs() -> None:
    corrected, findings = apply(table(), SHA.upper().lower(), [correction("$d$6", "—", "12")])
    assert findings == []
    assert corrected.lines[0].figures["basic"].number == 12
    assert not corrected.lines[0].figures["basic"].nil


def test_stale_is_said_and_not_applied() -> None:
    corrected, findings = apply(table(), SHA, [correction(was="999")])
    assert corrected == table()
    assert [(f.severity, f.code, f.location) for f in findings] == [
        ("warning", "correction-stale", Location("支出", "C6", 6, 3))
    ]
    assert (findings[0].values["computed"], findings[0].values["stated"]) == ("999", "1,202.95")


def test_unreadable_amount_is_not_applied() -> None:
    corrected, findings = apply(table(), SHA, [correction(now="约3万")])
    assert corrected == table()
    assert [finding.code for finding in findings] == ["correction-stale"]


def test_one_cell_twice_is_a_chain() -> None:
    corrected, findings = apply(table(), SHA, [correction(), correction(was="1220.95", now="1"), correction()])
    assert corrected.lines[0].figures["total"].number == 1
    assert [finding.code for finding in findings] == ["correction-stale"]


def test_other_files_sheets_and_cells_are_left_alone() -> None:
    others = [correction(file_sha256="cd" * 32), correction(sheet="收入"), correction("C7"), correction("wrong")]
    assert apply(table(), SHA, others) == (table(), [])
    assert matching(table(), SHA, others) == ()
    used = set(matching(table(), SHA, [*others, correction()]))
    assert used == {correction()}
    findings = unmatched([*others, correction()], used)
    assert [(finding.code, finding.location.cell) for finding in findings] == [
        ("correction-unmatched", cell) for cell in ("C6", "C6", "C7", "WRONG")
    ]
    assert (findings[2].location.row, findings[2].location.column) == (7, 3)


def found() -> Finding:
    return error("sum-mismatch", Location("支出", "C6", 6, 3), table_id="expenditure", values={"line": "教育支出"})


def acceptance(until: str = "2024-12-31") -> Acceptance:
    return Acceptance(found().fingerprint("0" * 16), "已核实", "预算股", "2024-03-01", until)


@pytest.mark.parametrize(("until", "today"), [("2024-12-31", "2024-12-31"), ("", "2099-01-01")])
def test_accepted_error_is_a_warning_that_says_so(until: str, today: str) -> None:
    other = replace(found(), table_id="revenue")
    findings, expired = accept([found(), other], "0" * 16, [acceptance(until)], today)
    assert expired == []
    assert [finding.severity for finding in findings] == ["warning", "error"]
    assert findings[0].values == {"line": "教育支出", "accepted": "已核实", "accepted_by": "预算股"}
    assert findings[0].fingerprint("0" * 16) == found().fingerprint("0" * 16)


def test_expired_acceptance_leaves_the_finding_standing() -> None:
    findings, expired = accept([found()], "0" * 16, [acceptance()], "2025-01-01")
    assert findings == (found(),)
    assert [(f.severity, f.code, f.location.cell) for f in expired] == [("warning", "acceptance-expired", "C6")]
    assert expired[0].values["text"] == "2024-12-31"


def test_acceptance_holds_for_its_own_file_only() -> None:
    assert accept([found()], "1" * 16, [acceptance()], "2024-06-01") == ((found(),), [])


def test_note_stays_a_note() -> None:
    said = note("rounding-difference")
    decided = Acceptance(said.fingerprint("0" * 16), "a", "b", "2024-01-01", "")
    assert accept([said], "0" * 16, [decided], "2024-06-01")[0][0].severity == "note"
