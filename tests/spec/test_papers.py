"""Wording that names what nobody knows is a mistake of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.layout import PROGRAM
from etl.spec.annual import annual_report
from etl.spec.files import Reader
from etl.spec.letters import letters


def keys(tmp_path: Path, name: str, old: str, new: str) -> list[str]:
    """Where the shipped file is wrong once one text in it is changed."""
    text = (PROGRAM / "schemas" / f"{name}.yml").read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / f"{name}.yml"
    path.write_text(text.replace(old, new), "utf-8")
    reader = Reader(tmp_path)
    source = reader.declaration(path, name)
    if source is not None and name == "letters":
        letters(source)
    elif source is not None:
        annual_report(source, ("budget", "final-account"), ("three-public-expenses",))
    return [mistake.key for mistake in reader.mistakes]


@pytest.mark.parametrize(
    ("name", "old", "new", "wrong"),
    [
        ("letters", "抄送：{parent}", "抄送：{parent}", []),
        ("letters", "抄送：{parent}", "抄送：{name}", ["notice/copy_to"]),
        ("letters", "  copy_to: 抄送：{parent}\n", "", ["notice/copy_to"]),
        (
            "annual-report",
            "县级政府公开的文件共含{government_tables}",
            "县级政府公开的文件共含{tabels}",
            ["sentences/3/zh"],
        ),
        ("annual-report", "cells: [fee_income]", "cells: [income]", ["statistics/3/rows/0/cells"]),
        ("annual-report", "cells: [fee_income]", "cells: [fee_income, '']", ["statistics/3/rows/0/cells"]),
        ("annual-report", "document: final-account,", "document: final,", ["items/1/document"]),
        (
            "annual-report",
            "document: budget, table: three-public-expenses",
            "document: budget, table: x",
            ["items/2/table"],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str, old: str, new: str, wrong: list[str]) -> None:
    assert keys(tmp_path, name, old, new) == wrong


def test_every_query_that_a_number_names_is_there() -> None:
    source = Reader(PROGRAM).declaration(PROGRAM / "schemas" / "annual-report.yml", "annual-report")
    assert source is not None
    for number in annual_report(source, None, ("three-public-expenses",)).numbers.values():
        assert (PROGRAM / "etl" / "queries" / f"{number.query}.sql").is_file() or (
            Path(__file__).parents[2] / "etl" / "queries" / f"{number.query}.sql"
        ).is_file()
