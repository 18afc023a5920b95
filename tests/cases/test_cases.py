"""How real files go wrong, case by case: a file of cases for each row of the catalogue, read through the pipeline.

A case says what a clerk sent and what must come of it, both by hand. `M-04.yml` holds the cases of row M-04; files with
other names hold layouts that are in no row of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.layout import Layout
from etl.ledger import receive
from etl.pipeline.examine import examine
from etl.pipeline.settle import decide
from etl.pipeline.stock import Work, take_stock
from etl.spec.declared import Declared
from etl.table import Receipt, Submission
from tests.cases.books import data_of
from tests.cases.outcomes import lines_of
from tests.sheets import fuyuan

HERE = Path(__file__).parent
DAY = date(2025, 1, 1)

OPTIONAL = {"sheet", "remark"}
"""Kinds of lines that are compared only where a case states one."""

CASES = [
    pytest.param(case, id=f"{path.stem} {case['title']}")
    for path in sorted(HERE.glob("*.yml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submissions = _county(case["files"], tmp_path, monkeypatch) if "files" in case else _examined(case, tmp_path)
    asks_fate = "files" in case or case.get("fate", False)
    if case.get("fate", False):
        submissions = decide(submissions, fuyuan(), DAY)
    expected = _blocks(case["expect"])
    fields = case.get("fields", ["change_percent"])
    left_out = OPTIONAL - {line.split()[0] for block in expected for line in block}
    leave_out = case.get("leave_out", "")
    found = [lines_of(submission, fields, fate=asks_fate, leave_out=leave_out) for submission in submissions]
    seen = [[block[0], *sorted(line for line in block[1:] if line.split()[0] not in left_out)] for block in found]
    assert _text(seen) == _text(expected)


def _text(blocks: Sequence[Sequence[str]]) -> str:
    return "\n".join(line for block in blocks for line in block)


def _blocks(text: str) -> list[list[str]]:
    """Lines as written, cut into submissions; within each their order is free."""
    blocks: list[list[str]] = []
    for line in text.strip().splitlines():
        plain = " ".join(line.split())
        if plain.startswith("= "):
            blocks.append([plain])
        elif plain:
            blocks[-1].append(plain)
    return [[block[0], *sorted(block[1:])] for block in blocks]


def _examined(case: Mapping[str, Any], folder: Path) -> Sequence[Submission]:
    """What one file gives, wherever it lies."""
    data = data_of(case)
    path = folder / "file"
    path.write_bytes(data)
    name = case.get("file", "新建表格.xlsx")
    receipt = Receipt(name, hashlib.sha256(data).hexdigest(), DAY.isoformat(), len(data), path)
    declared = Declared(**case["declared"]) if "declared" in case else None
    return examine(receipt, fuyuan(), declared)


def _county(files: Sequence[Mapping[str, Any]], root: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[Submission]:
    """What becomes of several files that came in one after the other, in the order of their paths."""
    layout = Layout(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")  # 1 January 2025
    for day, file in enumerate(files, start=1):
        path = layout.inbox / file["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data_of(file))
        receive(layout, date(2024, 6, day))
    with ThreadPoolExecutor(1) as executor:
        return take_stock(layout, fuyuan(), Work(executor=executor)).submissions
