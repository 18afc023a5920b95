from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from etl.finding import Location, error, warning
from etl.publish.csv_files import (
    DEPARTMENTS,
    FACTS,
    FINDINGS,
    csv_text,
    write_coverage,
    write_csv,
    write_departments,
    write_facts,
    write_findings,
    write_rules,
    write_submissions,
)
from etl.publish.public import make_public
from tests.publish.builders import FINDINGS as SOME_FINDINGS
from tests.publish.builders import OUTCOMES, publication, submission


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


TEXTS = [
    ("=1+1", "'=1+1"),
    ("+86", "+86"),
    ("+a", "'+a"),
    ("-", "'-"),
    ("-13%", "'-13%"),
    ("-12.50", "-12.50"),
    ("-1-1", "'-1-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("＝1+1", "'＝1+1"),
    ("＋1", "'＋1"),
    ("－", "'－"),
    ("＠SUM(A1)", "'＠SUM(A1)"),
    ("甲＝乙", "甲＝乙"),
    ("甲=乙", "甲=乙"),
    ("", ""),
    (None, ""),
    (7, "7"),
    (Decimal("1E+3"), "1000"),
    (Decimal("-0.10"), "-0.10"),
]


@pytest.mark.parametrize(("value", "written"), TEXTS)
def test_csv_text(value: object, written: str) -> None:
    assert csv_text(value) == written


def test_the_bytes_are_those_of_the_contract(tmp_path: Path) -> None:
    write_csv(tmp_path / "made" / "a.csv", ("a", "b"), [("甲,乙", None), ('"', "x\ny")])
    assert (tmp_path / "made" / "a.csv").read_bytes() == '\ufeffa,b\r\n"甲,乙",\r\n"""","x\ny"\r\n'.encode()


def test_facts(tmp_path: Path) -> None:
    write_facts(publication().facts, tmp_path / "facts.csv")
    header, *rows = read(tmp_path / "facts.csv")
    assert header == list(FACTS)
    assert rows[0] == [
        *[
            "530325",
            "2024",
            "final-account",
            "101",
            "富源县财政局",
            "department",
            "expenditure",
            "total",
            "合计",
            "total",
        ],
        *["1200000.00", "2025/富源县财政局决算a.xlsx", "支出决算表", "C6", "a" * 16],
    ]
    assert [row[8] for row in rows][-1] == "'=职业教育"
    assert len(rows) == 8


def test_public_coverage_leaves_out_bodies_that_may_not_be_named(tmp_path: Path) -> None:
    write_coverage(make_public(publication()), tmp_path / "coverage.csv")
    _, *rows = read(tmp_path / "coverage.csv")
    assert [(row[0], row[6], row[9]) for row in rows] == [("101", "published", "0"), ("102", "missing", "")]


def test_public_register_leaves_out_bodies_that_may_not_be_named(tmp_path: Path) -> None:
    write_departments(make_public(publication()), tmp_path / "departments.csv")
    header, *rows = read(tmp_path / "departments.csv")
    assert header == list(DEPARTMENTS)
    assert [row[:2] for row in rows] == [["101", "富源县财政局"], ["102", "富源县教育体育局"]]
    assert "900" not in (tmp_path / "departments.csv").read_text("utf-8")


def test_submissions(tmp_path: Path) -> None:
    rejected = submission("b", status="rejected", findings=SOME_FINDINGS)
    write_submissions([submission(), rejected], tmp_path / "submissions.csv")
    _, *rows = read(tmp_path / "submissions.csv")
    assert [[row[0], *row[-4:]] for row in rows] == [
        ["a" * 16, "accepted", "0", "0", "0"],
        ["b" * 16, "rejected", "2", "2", "1"],
    ]


def test_findings_as_csv_and_json_say_the_same(tmp_path: Path) -> None:
    late = warning("disclosure-late", Location(), department_code="102", fiscal_year=2024, document="budget")
    write_findings(publication(submission(findings=SOME_FINDINGS)), tmp_path, [late])
    header, *rows = read(tmp_path / "findings.csv")
    listed = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert header == list(FINDINGS)
    assert [(row[1], row[5]) for row in rows] == [
        ("header-missing", "A4"),
        ("unit-missing", "A1"),
        ("sum-mismatch", "C7"),
        ("code-name-mismatch", "B9,B8:B9"),
        ("rounding-difference", "C6"),
        ("disclosure-late", ""),
    ]
    assert [list(entry) for entry in listed] == [header] * 6
    assert [
        [csv_text(Decimal(f"{v:.2f}") if isinstance(v, float) else v) for v in entry.values()] for entry in listed
    ] == rows
    mismatch = listed[2]
    assert (mismatch["fiscal_year"], mismatch["difference"], mismatch["department_code"]) == (2024, 5000.0, "101")
    assert (listed[5]["submission_id"], listed[5]["department_code"]) == ("", "102")


def test_rules(tmp_path: Path) -> None:
    write_rules([submission(outcomes=OUTCOMES)], tmp_path / "rules.csv")
    _, *rows = read(tmp_path / "rules.csv")
    assert [row[5:] for row in rows] == [
        ["T-10", "expenditure", "支出决算表", "failed", "", "2"],
        ["T-07", "expenditure", "支出决算表", "could-not-run", "part-missing", "0"],
    ]


def test_the_same_values_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_findings(publication(submission(findings=SOME_FINDINGS)), tmp_path / name)
    assert (tmp_path / "one" / "findings.csv").read_bytes() == (tmp_path / "two" / "findings.csv").read_bytes()
    assert (tmp_path / "one" / "findings.json").read_bytes() == (tmp_path / "two" / "findings.json").read_bytes()


def test_a_file_that_was_not_taken_in_has_a_row_with_its_name(tmp_path: Path) -> None:
    files = ["收件/甲.xlsx", "收件/乙.xlsx"]
    refused = [error("file-unreadable", actual=file, values={"file": file, "situation": "refused"}) for file in files]
    write_findings(publication(), tmp_path, refused)
    header, *rows = read(tmp_path / "findings.csv")
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["code"], row["submission_id"], row["file"]) for row in found] == [
        ("file-unreadable", "", file) for file in files
    ]
    assert len({row["fingerprint"] for row in found}) == 2
