"""The seven real filings: every figure in its cell, every discrepancy at its row, no false error."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.fact import Fact, facts
from etl.layout import Layout
from etl.pipeline import check
from etl.spec import load
from etl.table import Submission

Filings = dict[str, Submission]


@pytest.fixture(scope="module")
def examined(putuo: Path) -> Filings:
    """Every filing, read and checked, by name."""
    layout = Layout(putuo)
    spec = load(layout)
    paths = sorted(layout.inbox.iterdir())
    submissions = check(paths, spec, layout)
    return {path.stem: submission for path, submission in zip(paths, submissions, strict=True)}


def _facts(submission: Submission) -> dict[tuple[str, str], Fact]:
    return {(fact.source_sheet, fact.source_cell): fact for fact in facts("310107", submission, submission.tables)}


def _names() -> list[str]:
    from conftest_filings import BODIES

    return sorted(BODIES)
