"""Of the same document: what came before a submission, and after it. In: submissions. Out: those its clerk asks about.

1 March  a.xlsx  rejected    answered: c.xlsx holds all its tables, and was accepted
2 April  b.xlsx  rejected    answered
3 May    c.xlsx  accepted
4 June   d.xlsx  rejected    c.xlsx stands
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl.table import Submission

Whose = tuple[str, int, str, str]


class Attempts:
    """Submissions by whose they are and of which document, each group in the order in which the gate replaces."""

    def __init__(self, submissions: Iterable[Submission]) -> None:
        self._of: dict[Whose, list[Submission]] = defaultdict(list)
        for submission in submissions:
            if submission.status != "duplicate" and all(_whose(submission)[:3]):
                self._of[_whose(submission)].append(submission)
        for same in self._of.values():
            same.sort(key=_order)

    def before(self, submission: Submission) -> tuple[Submission, ...]:
        """What came before it of the same tables of the same document, the first one first.

        A body may hand in a document table by table: a file with other tables is no earlier attempt at this one.
        """
        tables = _tables(submission)
        earlier = (one for one in self._same(submission) if _order(one) < _order(submission))
        found = {one.submission_id: one for one in earlier if not tables or not one.tables or tables & _tables(one)}
        return tuple(found.values())

    def is_answered(self, submission: Submission) -> bool:
        """Whether later submissions that were accepted hold all of what was refused here: nobody has to mend it."""
        if submission.status not in ("rejected", "withheld") or not submission.tables:
            return False
        later = (one for one in self._same(submission) if _order(one) > _order(submission))
        accepted = [_tables(one) for one in later if one.status in ("accepted", "superseded")]
        return _tables(submission) <= frozenset[str]().union(*accepted)

    def standing(self, submission: Submission) -> tuple[Submission, ...]:
        """What stands of the tables of a submission that is not in use itself, the latest first."""
        if submission.status not in ("rejected", "withheld"):
            return ()
        tables = _tables(submission)
        return tuple(one for one in reversed(self._same(submission)) if one.standing & tables)

    def _same(self, submission: Submission) -> Sequence[Submission]:
        return self._of.get(_whose(submission), ())


def _whose(submission: Submission) -> Whose:
    who = submission.identity
    return who.department_code, who.fiscal_year, who.document, who.scope


def _order(submission: Submission) -> tuple[str, str]:
    return submission.receipt.received_on, submission.receipt.file


def _tables(submission: Submission) -> frozenset[str]:
    return frozenset(table.table_id for table in submission.tables)
