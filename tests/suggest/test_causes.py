"""Single mistakes planted at random into right documents: is the true cause named, and is the one mend the right one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

import pytest

from etl.finding import Finding
from etl.spec.model import Spec
from etl.suggest import explain
from tests.suggest.planting import PLANTERS, Document, Planted, judge_of

County = tuple[Spec, tuple[Document, ...]]

EACH = 20
"""Mistakes of each kind."""
SUMS = frozenset(
    {
        *("sum-mismatch", "total-unbalanced", "roll-forward-mismatch", "change-mismatch"),
        *("amounts-differ", "part-exceeds-whole", "unit-suspect"),
    }
)


@dataclass(frozen=True)
class Case:
    """One planted mistake and what was said of it."""

    planted: Planted
    said: list[Finding]

    @property
    def read_first(self) -> Finding:
        """The finding a person reads: not one that only follows from another."""
        return next(finding for finding in self.said if "cascade" not in finding.values)

    def guesses(self) -> Iterator[tuple[str, bool]]:
        """Kinds that were named, and whether at a cell in which the mistake is."""
        values = self.read_first.values
        for suffix in ("", "_2", "_3"):
            if f"cause{suffix}" in values:
                place = values[f"cause_sheet{suffix}"], values[f"cause_cell{suffix}"]
                yield values[f"cause{suffix}"], place in self.planted.cells


Cases = Mapping[str, tuple[Case, ...]]


@pytest.fixture(scope="module")
def planted(county: County) -> Cases:
    return {kind: _planted(kind, county) for kind in PLANTERS}


def _planted(kind: str, county: County) -> tuple[Case, ...]:
    spec, documents = county
    rng = Random(f"causes/{kind}")
    cases: list[Case] = []
    while len(cases) < EACH:
        document = rng.choice(documents)
        planted = rng.choice(PLANTERS[kind])(document.tables, rng)
        if planted is None:
            continue
        judge = judge_of(document, spec)
        findings = list(judge(planted.tables))
        if any(finding.code in SUMS and finding.severity == "error" for finding in findings):
            said = explain(findings, planted.tables, judge)
            cases.append(Case(planted=planted, said=[finding for finding in said if finding.code in SUMS]))
    return tuple(cases)


def _share(hits: int, of: int) -> float:
    return hits / of if of else 1.0


@pytest.mark.parametrize("kind", PLANTERS)
def test_the_true_cause_and_its_cell_are_among_three(kind: str, planted: Cases) -> None:
    cases = planted[kind]
    named = sum(any(guess == kind for guess, _ in case.guesses()) for case in cases)
    placed = sum((kind, True) in list(case.guesses()) for case in cases)
    assert _share(named, len(cases)) >= 0.6
    assert _share(placed, len(cases)) >= 0.6


def test_the_true_cause_is_among_three_in_four_of_five_cases(planted: Cases) -> None:
    cases = [(kind, case) for kind in PLANTERS for case in planted[kind]]
    named = sum(any(guess == kind for guess, _ in case.guesses()) for kind, case in cases)
    placed = sum((kind, True) in list(case.guesses()) for kind, case in cases)
    assert _share(named, len(cases)) >= 0.8
    assert _share(placed, len(cases)) >= 0.8


def test_where_one_mend_exists_it_is_the_planted_cell_with_what_stood_there(planted: Cases) -> None:
    mends = right = 0
    for kind in PLANTERS:
        for case in planted[kind]:
            values = next((finding.values for finding in case.said if "mend" in finding.values), None)
            if values is not None:
                mends += 1
                place, value = (values["mend_sheet"], values["mend"]), Decimal(values["mend_value"].replace(",", ""))
                right += place in case.planted.cells and value == case.planted.original
    assert mends >= EACH * len(PLANTERS) / 2
    assert _share(right, mends) >= 0.8


def test_what_follows_from_a_mend_says_so_and_one_finding_leads(planted: Cases) -> None:
    for kind in PLANTERS:
        for case in planted[kind]:
            mended = [finding for finding in case.said if "mend" in finding.values]
            leading = [finding for finding in mended if "cascade" not in finding.values]
            assert len(leading) == len({(one.values["mend_sheet"], one.values["mend"]) for one in mended})
            assert not any("cascade" in finding.values and "mend" not in finding.values for finding in case.said)


def test_nothing_is_suggested_where_all_is_right(county: County) -> None:
    spec, documents = county
    for document in documents:
        judge = judge_of(document, spec)
        findings = list(judge(document.tables))
        assert explain(findings, document.tables, judge) == findings
        assert not any("cause" in finding.values or "mend" in finding.values for finding in findings)
