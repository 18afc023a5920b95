from __future__ import annotations

from pathlib import Path

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import load
from etl.spec.nil import NilStatement, read_nil

SPEC = load(Layout(PROGRAM))
GOOD = """\
department_code: 000
fiscal_year: 2024
document: budget
tables: [国有资本经营预算收入表, 2024年富源县社会保险基金收入预算表, gov-special-debt]
statement: 本县2024年没有国有资本经营预算收入，也没有社会保险基金收入，故为空表。
on: 2024-03-01
"""


def write(folder: Path, text: str | bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "nil.yml").write_bytes(text if isinstance(text, bytes) else text.encode())


def told(inbox: Path) -> list[tuple[str, str, dict[str, str]]]:
    statements, findings = read_nil(inbox, SPEC)
    assert not statements
    return [(each.severity, each.code, dict(each.values)) for each in findings]


def test_titles_and_ids_name_tables(tmp_path: Path) -> None:
    write(tmp_path / "县本级", GOOD)
    statements, findings = read_nil(tmp_path, SPEC)
    assert findings == []
    assert {(each.department_code, each.fiscal_year, each.document, each.stated_on) for each in statements} == {
        ("000", 2024, "budget", "2024-03-01")
    }
    assert {each.file for each in statements} == {"县本级/nil.yml"}
    assert [each.table_id for each in statements] == [
        *("gov-state-capital-revenue", "gov-social-insurance-revenue", "gov-special-debt")
    ]


def test_a_title_means_the_table_that_the_body_owes(tmp_path: Path) -> None:
    """政府性基金预算支出情况表 is one table of the county and another of a department."""
    for code, table in (("000", "gov-fund-expenditure"), ("201", "government-fund")):
        text = GOOD.replace("department_code: 000", f"department_code: {code}")
        write(tmp_path, text.replace(text.splitlines()[3], "tables: [政府性基金预算支出情况表]"))
        (statement,), findings = read_nil(tmp_path, SPEC)
        assert isinstance(statement, NilStatement)
        assert (statement.table_id, findings) == (table, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tables: [", "tables: [["),
        ("fiscal_year: 2024", "fiscal_year: 24"),
        ("document: budget", "document: plan"),
        ("document: budget", "document: fee-list"),
        ("on: 2024-03-01", "on: 2024-02-30"),
        ("on: 2024-03-01\n", ""),
        ("statement:", "statment:"),
        ("fiscal_year: 2024", "fiscal_year: 2024\nfiscal_year: 2023"),
        (GOOD, "a: &a [1]\nb: *a\n"),
        (GOOD, "[" * 5000),
        (GOOD, "#" * 20000),
        (GOOD, "tables: []\n"),
    ],
)
def test_a_broken_one_is_a_finding(tmp_path: Path, old: str, new: str) -> None:
    assert old in GOOD
    write(tmp_path / "坏", GOOD.replace(old, new))
    assert told(tmp_path) == [("error", "nil-file-invalid", {"file": "坏/nil.yml"})]


@pytest.mark.parametrize("code", ["999", "703"])
def test_the_body_has_to_exist_in_the_year(tmp_path: Path, code: str) -> None:
    """703 ended with 2018."""
    write(tmp_path, GOOD.replace("department_code: 000", f"department_code: {code}"))
    values = {"file": "nil.yml", "situation": "department", "code": code, "year": "2024"}
    assert told(tmp_path) == [("error", "nil-file-invalid", values)]


@pytest.mark.parametrize("name", ["基金表", "government-fund", "fees"])
def test_a_table_has_to_be_one_that_the_body_may_owe(tmp_path: Path, name: str) -> None:
    write(tmp_path, GOOD.replace("gov-special-debt", name))
    values = {"file": "nil.yml", "situation": "table", "text": name}
    assert told(tmp_path) == [("error", "nil-file-invalid", values)]


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside", GOOD)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "nil.yml").symlink_to(tmp_path / "outside" / "nil.yml")
    assert read_nil(inbox, SPEC) == ((), [])


def test_one_that_says_nothing_is_none(tmp_path: Path) -> None:
    write(tmp_path, "# nothing yet\n")
    assert read_nil(tmp_path, SPEC) == ((), [])
