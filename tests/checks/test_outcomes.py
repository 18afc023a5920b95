"""Silence is no pass: every rule leaves an outcome for every table it concerns, and says why where it did not run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.checks import check_between, check_presence, check_table
from etl.checks.result import LACKING
from etl.demo import Plan, make
from etl.finding import Outcome
from etl.layout import PROGRAM, Layout
from etl.pipeline import Work, check
from etl.spec import load
from etl.table import Submission, Table
from tests.checks.tables import table, who
from tests.sheets import fuyuan

SPEC = fuyuan()
BETWEEN = [rule.rule for rule in SPEC.between_tables]


def sound(outcome: Outcome) -> bool:
    """True where kind, reason and number of comparisons say the same."""
    if outcome.kind in {"passed", "failed"}:
        return outcome.checked > 0 and not outcome.reason
    open_question = outcome.kind == "could-not-run"
    return (
        outcome.checked == 0 and outcome.reason in SPEC.outcome_reasons and open_question == (outcome.reason in LACKING)
    )


def rows(table_id: str) -> list[Table]:
    """A table with nothing in it, with lines and no figures, with zeros, and with figures."""
    measures = SPEC.tables[table_id].measures
    made = [table(table_id, []), table(table_id, [("total", "合计", {}), ("205", "教育支出", {})])]
    for amount in ("0.00", "1.00"):
        lines = [
            (code, name, dict.fromkeys(measures, amount)) for code, name in (("total", "合计"), ("205", "教育支出"))
        ]
        made.append(table(table_id, lines))
    return made


@pytest.mark.parametrize("document", ["budget", "final-account", "fee-list", ""])
@pytest.mark.parametrize("table_id", sorted(SPEC.tables))
def test_every_rule_of_a_table(table_id: str, document: str) -> None:
    for made in rows(table_id):
        _, outcomes = check_table(made, who(document), SPEC)
        assert [outcome.rule for outcome in outcomes] == [rule.rule for rule in SPEC.tables[table_id].rules]
        assert [outcome for outcome in outcomes if not sound(outcome)] == []


@pytest.mark.parametrize("shape", range(4))
def test_every_rule_between_tables(shape: int) -> None:
    tables = [rows(table_id)[shape] for table_id in sorted(SPEC.tables)]
    for some in (tables, tables[::2], []):
        outcomes = [*check_between(some, who(), SPEC)[1], *check_presence(some, (), who(), SPEC)[1]]
        assert sorted(outcome.rule for outcome in outcomes) == sorted(BETWEEN)
        assert [outcome for outcome in outcomes if not sound(outcome)] == []


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Submission]:
    """A made county, and what is shipped in the inbox."""
    root = tmp_path_factory.mktemp("outcomes") / "county"
    make(root, Plan(departments=3, years=1, seed=3))
    found: list[Submission] = []
    for layout in (Layout(root), Layout(Path(PROGRAM))):
        files = sorted(path for path in layout.inbox.rglob("*") if path.is_file() and path.name != "submission.yml")
        found += check(files, load(layout), layout, Work(jobs=1)).submissions
    return [one for one in found if one.tables]


def test_every_rule_on_the_shipped_examples(examples: list[Submission]) -> None:
    assert len({table.table_id for one in examples for table in one.tables}) > 20
    for submission in examples:
        inside = {(outcome.table_id, outcome.rule) for outcome in submission.outcomes}
        for made in submission.tables:
            assert {(made.table_id, rule.rule) for rule in SPEC.tables[made.table_id].rules} <= inside
        times = Counter(outcome.rule for outcome in submission.outcomes if outcome.rule in BETWEEN)
        assert {rule for rule in BETWEEN if not times[rule]} == set()
        assert [outcome for outcome in submission.outcomes if not sound(outcome)] == []


def test_most_rules_run_on_some_example(examples: list[Submission]) -> None:
    """A rule that never compares anything may never have worked."""
    ran = {(outcome.table_id, outcome.rule) for one in examples for outcome in one.outcomes if outcome.checked}
    tables = {made.table_id for one in examples for made in one.tables}
    idle = [(key, rule.rule) for key in tables for rule in SPEC.tables[key].rules if (key, rule.rule) not in ran]
    asked = sum(len(SPEC.tables[key].rules) for key in tables)
    assert len(idle) < asked / 2
