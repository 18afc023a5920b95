"""Every kind of mistake planted at random places of clean documents: found, at its cell, and nothing else said.

A few of each kind here; many of each, in several counties, with `python -m tests.mistakes.report`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from tests.mistakes.county import County, county
from tests.mistakes.kinds import KINDS
from tests.mistakes.measure import Case, clean, planted

SEED, EACH = 1, 2


@dataclass(frozen=True)
class Run:
    made: County
    cases: Mapping[str, list[Case]]

    @property
    def every(self) -> list[Case]:
        return [case for cases in self.cases.values() for case in cases]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = county(tmp_path_factory.mktemp("mistakes") / "county", SEED)
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in planted(made, KINDS, EACH, SEED):
        cases[case.kind.key].append(case)
    return Run(made, cases)


def share(hits: int, of: int) -> float:
    return hits / of if of else 1.0


def test_there_are_sixty_kinds_and_each_was_planted(run: Run) -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS) >= 60
    assert [kind.key for kind in KINDS if not run.cases[kind.key]] == []
    assert {paper.of for paper in run.made.papers} >= {
        *("national-xlsx-year", "national-xlsx-table", "yunnan-xlsx-year", "national-csv-table"),
        *("national-html-year", "national-ods-year", "national-spreadsheetml-year", "government", "list"),
    }


def test_nothing_is_said_against_clean_documents(run: Run) -> None:
    wrong = [
        (paper.of, paper.office.body.code, finding.code, finding.location.cell)
        for paper, submissions in clean(run.made)
        for one in submissions
        for finding in one.findings
        if finding.severity == "error"
    ]
    assert wrong == []


def test_a_planted_mistake_is_found(run: Run) -> None:
    missed = [(case.kind.key, case.of) for case in run.every if not case.found]
    assert share(len(run.every) - len(missed), len(run.every)) >= 0.98, missed


def test_what_is_found_is_found_at_its_cell(run: Run) -> None:
    assert [
        (case.kind.key, case.of, sorted(case.cells)[:3]) for case in run.every if case.found and not case.placed
    ] == []


def test_nothing_is_said_that_was_not_planted(run: Run) -> None:
    assert [(case.kind.key, case.of, case.strays) for case in run.every if case.found and case.strays] == []


def test_the_cause_of_a_slip_is_among_the_three_that_are_named(run: Run) -> None:
    slips = [case for case in run.every if case.kind.cause and case.explained]
    assert share(sum(case.caused for case in slips), len(slips)) >= 0.9
