"""`datasets/withdrawn.yml`: decisions to take back what was received -> Withdrawals, or mistakes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from etl.spec.files import Source
from etl.spec.years import is_day


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A human decision to take back a file, or one table of it."""

    submission_id: str
    table: str
    """Empty for all of the file."""
    reason: str
    by: str
    on: str
    is_private: bool = False
    """For the sake of a person or a secret: then nothing of it may be seen, not even as it once stood."""

    def concerns(self, submission_id: str, table_id: str) -> bool:
        return self.submission_id == submission_id and self.table in ("", table_id)


def withdrawals(source: Source | None, tables: Collection[str]) -> tuple[Withdrawal, ...]:
    """Decisions to take something back; an undeclared table and a second decision on one thing are mistakes."""
    made: list[Withdrawal] = []
    for index, said in enumerate(source.data if source else ()):
        submission_id = said.get("submission_id") or said["sha256"][:16]
        one = Withdrawal(
            submission_id, said.get("table", ""), said["reason"], said["by"], said["on"], said.get("private") == "yes"
        )
        if source and not is_day(one.on):
            source.wrong((index, "on"), "不是日期（年-月-日）", "not a date (year-month-day)")
        if source and one.table and one.table not in tables:
            source.wrong((index, "table"), "没有这张表", "there is no such table")
        if source and any((each.submission_id, each.table) == (one.submission_id, one.table) for each in made):
            source.wrong((index,), "对同一处作了两次决定", "a second decision on the same thing")
        made.append(one)
    return tuple(made)
