"""A change put to the test: which findings go away, and does it break what held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.finding import Finding
from etl.suggest.candidate import Candidate
from etl.suggest.case import is_sum
from etl.suggest.change import changed
from etl.table import Table

Judge = Callable[[Sequence[Table]], Iterable[Finding]]
"""What the rules say of these tables, in any order; read only as far as needed, so it had better be lazy."""

Key = tuple[str, str, str, str]
"""What stays the same of a finding while its figures change: rule, sheet, cell, measure."""

MOST = 40
"""Changes that are tried for one submission."""
_ENOUGH = 2
"""With so many cells that would do, another one without a reason of its own says nothing."""
_MINUS = "negative-amount"


@dataclass(frozen=True, slots=True)
class Tried:
    """A candidate with what came of it."""

    candidate: Candidate
    healed: frozenset[Key]
    """The findings that go away; none where something else breaks."""
    order: int


@dataclass(frozen=True, slots=True)
class Trials:
    """All that were tried, and those left out for want of time."""

    tried: tuple[Tried, ...]
    untried: tuple[Candidate, ...]


def key_of(finding: Finding) -> Key:
    return finding.rule, finding.location.sheet, finding.location.cell, finding.field


def try_all(
    candidates: Sequence[Candidate],
    keys: Sequence[Key],
    tables: Sequence[Table],
    found: Sequence[Finding],
    judge: Judge,
) -> Trials:
    """Try the candidates that settle most first; `keys` are those of the cases.

    Once one heals everything, only those that could heal everything too are worth a trial.
    """
    before = {key_of(finding): abs(finding.difference or Decimal(0)) for finding in found if _counts(finding)}
    tried: list[Tried] = []
    untried: list[Candidate] = []
    whole = False
    for candidate in sorted(candidates, key=lambda each: (not each.row, -len(each.cases), each.telling)):
        if (whole and len(candidate.cases) < len(keys)) or _settled(candidate, keys, tried):
            continue
        if len(tried) >= MOST:
            untried.append(candidate)
        else:
            tried.append(Tried(candidate, _healed(candidate, before, tables, judge), len(tried)))
            whole = whole or (candidate.certain and len(tried[-1].healed) == len(before))
    return Trials(tuple(tried), tuple(untried))


def _counts(finding: Finding) -> bool:
    return is_sum(finding) or finding.code == _MINUS


def _settled(candidate: Candidate, keys: Sequence[Key], tried: Sequence[Tried]) -> bool:
    """True where nothing else speaks for it, and two other cells do for each of its cases at least what it can do."""
    return not candidate.guesses and all(
        sum(
            not each.candidate.row and keys[case] in each.healed and len(each.healed) >= len(candidate.cases)
            for each in tried
        )
        >= _ENOUGH
        for case in candidate.cases
    )


def _healed(candidate: Candidate, before: dict[Key, Decimal], tables: Sequence[Table], judge: Judge) -> frozenset[Key]:
    """The findings that are gone after the change; none as soon as a new one comes or an old one grows."""
    number = candidate.place[0]
    after = (*tables[:number], changed(tables[number], candidate.edits), *tables[number + 1 :])
    left: set[Key] = set()
    for finding in judge(after):
        if _counts(finding):
            key = key_of(finding)
            if key not in before or abs(finding.difference or Decimal(0)) > before[key]:
                return frozenset()
            left.add(key)
    return frozenset(before.keys() - left)
