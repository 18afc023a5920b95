from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from etl.amounts import Value
from etl.corrections import accept, mend, restore, unmatched, used
from etl.finding import Finding, Location, error, note, warning
from etl.spec.declarations import Acceptance, Correction
from etl.table import Figure, Line, Mended, Sheet, Table, Workbook

SHA = "ab" * 32


def workbook(**changes: object) -> Workbook:
    """C6 is a stored number shown with two decimals, D6 a mark for nothing, E6 what cannot be read, F6 a blank."""
    rows: list[tuple[Value, ...]] = [()] * 5
    rows.append(("2O5", "教育支出", 1202.95, "—", "约3万", "", "1,202.95"))
    sheet = Sheet("支出", tuple(rows), decimals={(5, 2): 2})
    return Workbook("xlsx", (replace(sheet, **changes), Sheet("收入", (("收入",),))))  # type: ignore[arg-type]


def correction(cell: str = "C6", was: str = "1202.95", now: str = "1220.95", **more: str) -> Correction:
    values = {"file_sha256": SHA, "sheet": "支出", "reason": "笔误", "by": "预算股", "on": "2024-03-01", **more}
    return Correction(cell=cell, was=was, now=now, **values)


def mended(
    *corrections: Correction, said: tuple[Finding, ...] = ()
) -> tuple[Workbook, list[Finding], tuple[Mended, ...]]:
    return mend(workbook(), said, SHA, corrections)


@pytest.mark.parametrize("was", ["1,202.95", "1202.95", " 1202.950 "])
def test_a_number_is_set_right_and_stays_one(was: str) -> None:
    book, findings, done = mended(correction(was=was))
    assert findings == []
    assert book.sheets[0].value(5, 2) == 1220.95
    assert book.sheets[0].decimals == {}
    assert [(one.sheet, one.cell, one.was, one.now, one.reason, one.by, one.on) for one in done] == [
        ("支出", "C6", was, "1220.95", "笔误", "预算股", "2024-03-01")
    ]
    assert replace(book.sheets[0], rows=workbook().sheets[0].rows, decimals={(5, 2): 2}) == workbook().sheets[0]


@pytest.mark.parametrize(
    ("cell", "was", "now", "stands"),
    [
        ("A6", "2O5", "205", 205.0),
        ("A6", "2O5", "0205", "0205"),
        ("B6", "教育支出", "教育支出类", "教育支出类"),
        ("$d$6", "—", "12", 12.0),
        ("D6", "0", "12", 12.0),
        ("E6", "约3万", "3.00", 3.0),
        ("E6", "约3万", "—", "—"),
        ("F6", "", "7", 7.0),
        ("G6", "1202.95", "1220.95", "1220.95"),
        ("C6", "1202.95", "", ""),
    ],
)
def test_any_cell_can_be_set_right(cell: str, was: str, now: str, stands: Value) -> None:
    book, findings, done = mended(correction(cell, was, now))
    place = "ABCDEFG".index(done[0].cell[0])
    assert findings == []
    assert (book.sheets[0].value(5, place), done[0].row) == (stands, 6)


def test_what_was_said_of_the_cell_alone_goes_and_the_rest_stays() -> None:
    at, beside = Location("支出", "F6", 6, 6), Location("支出", "C6", 6, 3)
    cell_error = error("cell-error", at, values={"text": "#REF!"})
    linked = warning("file-has-external-links", at)
    kept = [error("formula-not-calculated", beside), linked, error("cell-error", replace(at, sheet="收入"))]
    _, findings, done = mended(correction("F6", "#REF!", "7"), said=(cell_error, note("repaired", at), *kept))
    assert findings == kept
    assert len(done) == 1
    _, findings, done = mended(correction("F6", "#N/A", "7"), said=(cell_error,))
    assert [finding.code for finding in findings] == ["cell-error", "correction-stale"]
    assert done == ()


def test_a_number_shown_by_ten_thousands_is_known_by_either() -> None:
    for was in ("1202.95", "0.120295"):
        book, findings, _ = mend(workbook(scales={(5, 2): 4}), (), SHA, [correction(was=was, now="0.122")])
        assert findings == []
        assert (book.sheets[0].value(5, 2), book.sheets[0].scales) == (0.122, {})


def test_stale_is_said_and_not_applied() -> None:
    book, findings, done = mended(correction(was="999"))
    assert (book, done) == (workbook(), ())
    assert [(f.severity, f.code, f.location) for f in findings] == [
        ("warning", "correction-stale", Location("支出", "C6", 6, 3))
    ]
    assert (findings[0].values["computed"], findings[0].values["stated"]) == ("999", "1202.95")


def test_one_cell_twice_is_a_chain() -> None:
    book, findings, done = mended(correction(), correction(was="1220.95", now="1"), correction())
    assert book.sheets[0].value(5, 2) == 1.0
    assert [finding.code for finding in findings] == ["correction-stale"]
    assert [one.now for one in done] == ["1220.95", "1"]


def test_other_files_sheets_and_cells_are_left_alone() -> None:
    others = [
        *(correction(file_sha256="cd" * 32), correction(sheet="收入"), correction("C7"), correction("H6")),
        *(correction("wrong"), correction("XFD1048576")),
    ]
    book, findings, done = mended(*others)
    assert (book, findings, done) == (workbook(), [], ())
    stale = correction(was="999")
    _, findings, done = mended(correction("E6", "约3万", "3"), stale)
    applied = {correction("E6", "约3万", "3"), stale}
    assert used([*others, *applied], done, findings, SHA) == applied
    found = unmatched([*others, *applied], applied)
    assert [(finding.code, finding.location.cell) for finding in found] == [
        ("correction-unmatched", cell) for cell in ("C6", "C6", "C7", "H6", "WRONG", "XFD1048576")
    ]
    assert (found[2].location.row, found[2].location.column) == (7, 3)


def table() -> Table:
    figures = {
        "total": Figure("total", Decimal("1220.95"), 2, "1220.95", 5, 2),
        "basic": Figure("basic", Decimal(0), 0, "—", 5, 3, nil=True),
    }
    line = Line("205", "教育支出", "", 5, figures)
    return Table("expenditure", "f", "budget", "支出", "支出表", "A1", "万元", Decimal(10000), 2, (), (line,))


def test_a_figure_keeps_the_text_that_stands_in_its_cell() -> None:
    _, _, done = mended(correction(was="1,202.95"), correction(was="1220.95", now="1221"))
    figures = restore(table(), done).lines[0].figures
    assert (figures["total"].text, figures["total"].number) == ("1,202.95", Decimal("1220.95"))
    assert figures["basic"] == table().lines[0].figures["basic"]
    assert restore(replace(table(), sheet="收入"), done).lines == table().lines


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
