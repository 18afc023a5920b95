"""From findings to findings with causes: what each compares, what might be meant, what comes of it, what is told."""

from __future__ import annotations

from collections.abc import Sequence

from etl.finding import Finding
from etl.suggest.case import Book, case_of, is_sum
from etl.suggest.cells import cell_candidates
from etl.suggest.rows import row_candidates
from etl.suggest.told import told
from etl.suggest.trial import Judge, key_of, try_all
from etl.table import Table

MOST = 300
"""With more sums wrong than this, the file is not one in which somebody made a slip."""


def explain(findings: Sequence[Finding], tables: Sequence[Table], judge: Judge) -> list[Finding]:
    """The findings in their order, with causes and the one mend where they were found.

    `tables` are those the rules saw; `judge` says what the same rules say of them changed.
    """
    wrong = [finding for finding in findings if is_sum(finding)]
    if not wrong or len(wrong) > MOST:
        return list(findings)
    book = Book(tables)
    cases = [case for finding in wrong if (case := case_of(finding, book)) is not None]
    keys = [key_of(case.finding) for case in cases]
    candidates = [*row_candidates(cases, book), *cell_candidates(cases, book)]
    trials = try_all(candidates, keys, tables, findings, judge)
    return told(findings, keys, trials, book)
