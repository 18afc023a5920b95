"""The rule book: everything that can be found or asked has an example, and every example is of something."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from etl.layout import PROGRAM, Layout
from etl.spec import SpecError, load
from etl.spec.rulebook import read_rule_book, require_examples, rule_book
from tests.spec.conftest import County

SPEC = load(Layout(PROGRAM))
BOOK = rule_book(SPEC)


def test_every_code_and_every_rule_has_an_example() -> None:
    require_examples(SPEC)


def test_every_example_is_of_something() -> None:
    numbers = {rule.rule for rule in BOOK.rules} | {f"{rule.rule}/{rule.table_id}" for rule in BOOK.rules}
    assert set(SPEC.examples.findings) <= set(BOOK.findings)
    assert set(SPEC.examples.rules) <= numbers


def test_wrong_is_not_right() -> None:
    for example in (*SPEC.examples.findings.values(), *SPEC.examples.rules.values()):
        assert example.wrong.zh != example.right.zh
        assert example.wrong.en != example.right.en


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("\n  sum-mismatch:\n", "\n  sum-mismatches:\n", "findings/sum-mismatch"),
        ("\n  T-12a:\n", "\n  T-12z:\n", "rules/T-12a"),
    ],
)
def test_what_has_no_example_keeps_the_site_from_being_built(county: County, old: str, new: str, key: str) -> None:
    county.edit("schemas/examples.yml", old, new)
    with pytest.raises(SpecError) as caught:
        require_examples(county.load())
    assert [(each.file, each.key) for each in caught.value.mistakes] == [("schemas/examples.yml", key)]


def test_a_rule_is_shown_once_with_all_its_tables() -> None:
    entries = [entry for entry in BOOK.entries() if entry.number == "T-05"]
    assert [{rule.table_id for rule in entry.rules} for entry in entries] == [{"appropriation-summary"}, {"assets"}]
    assert [entry.anchor for entry in entries] == ["T-05", "T-05-2"]
    assert len({entry.anchor for entry in BOOK.entries()}) == len(BOOK.entries())
    assert sum(len(entry.rules) for entry in BOOK.entries()) == len(BOOK.rules)


def test_the_book_alone_is_the_book_of_the_declarations() -> None:
    assert read_rule_book(Layout(PROGRAM)) == BOOK


def test_every_code_says_how_grave_it_can_be() -> None:
    """What rooms and rules make of a code is among what its declaration says."""
    made: dict[str, set[str]] = {}
    for path in sorted((Path(PROGRAM) / "etl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                name, first = node.func.id, node.args[0]
                if name in {"error", "warning", "note"} and isinstance(first, ast.Constant):
                    made.setdefault(str(first.value), set()).add(name)
    for rule in BOOK.rules:
        made.setdefault(rule.finding, set()).add(rule.severity)
    wrong = {code: sorted(made.get(code, set()) - set(one.severities)) for code, one in BOOK.findings.items()}
    assert {code: left for code, left in wrong.items() if left} == {}
    assert all(one.severities for one in BOOK.findings.values())
