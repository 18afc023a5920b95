"""The house's own habits, each with a word on why."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
FINDINGS = yaml.safe_load((ROOT / "schemas" / "findings.yml").read_text("utf-8"))["findings"]

RULE_FILES = sorted([*ROOT.glob("schemas/tables/*/rules.yml"), *ROOT.glob("schemas/rules*.yml")])

DECLARED_AHEAD: frozenset[str] = frozenset()
"""Codes of the contract that wait for a rule. A code leaves this list with the rule that finds it."""


def _python(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def _emitted() -> set[str]:
    """Codes that rooms put into findings: literals of the code's own shape, and those that rules name."""
    codes = {rule["finding"] for path in RULE_FILES for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]}
    for path, tree in _python("etl"):
        if path.name == "wording.py" or {"publish", "suggest"} & set(path.parts):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in FINDINGS:
                codes.add(node.value)
    return codes


def test_every_code_that_is_found_is_declared() -> None:
    named = {
        node.args[0].value
        for _, tree in _python("etl")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"error", "warning", "note"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert named - set(FINDINGS) == set(), "declare and word the code in schemas/findings.yml"


def test_every_declared_code_is_found_by_a_room_or_waits_by_name() -> None:
    assert set(FINDINGS) - _emitted() == DECLARED_AHEAD


def test_every_code_that_is_found_is_produced_by_some_test() -> None:
    this = Path(__file__).name
    text = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py") if path.name != this)
    unproven = {code for code in _emitted() if not re.search(rf"[\"']{re.escape(code)}[\"']", text)}
    assert unproven == set(), "a code that no test produces may never have worked"


def test_every_wording_is_in_both_languages() -> None:
    silent = [
        (code, situation)
        for code, finding in FINDINGS.items()
        for situation, wording in finding["wordings"].items()
        if not all(str(wording.get(key, "")).strip() for key in ("zh", "en", "mend_zh", "mend_en"))
    ]
    assert silent == []


def test_nothing_swallows_every_exception() -> None:
    wide = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in _python("etl")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert wide == [], "a problem in the data is a Finding, and an exception is our own mistake: let it be seen"


def test_rooms_stay_small() -> None:
    large = [path.name for path, _ in _python("etl") if path.read_text("utf-8").count("\n") > 350]
    assert large == [], "split the room before the next feature"
