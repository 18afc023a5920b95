"""Everything one publish is made from, as one value: what is judged, measured and settled before a page is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.answer import Answers, CoverageRow, ExpectationResult, RateResult
from etl.fact import Fact
from etl.history import History
from etl.spec.model import Spec
from etl.table import Submission


@dataclass(frozen=True, slots=True)
class Publication:
    """The state of a jurisdiction at one build."""

    spec: Spec
    submissions: tuple[Submission, ...]
    """Every submission, whatever its fate, in the order of the ledger; only `standing` tables may be public."""
    facts: tuple[Fact, ...]
    """Facts of the standing tables of accepted submissions: what is public."""
    read_facts: tuple[Fact, ...]
    """Facts of every submission that is not withheld: for the reviewers alone."""
    coverage: tuple[CoverageRow, ...]
    rates: tuple[RateResult, ...]
    expectations: tuple[ExpectationResult, ...]
    built_on: date
    """Day of the build: SOURCE_DATE_EPOCH where it is set, otherwise the latest day in the ledger."""
    answers: Answers = field(default_factory=Answers)
    """What else is asked of the duties: the axes, every table, the trend, the days."""
    releases: History = field(default_factory=History)
    """Every release, this one included, as far as it may be seen by everybody."""
