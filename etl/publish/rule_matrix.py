"""What was checked and what could not be, over all submissions, as a value.

Takes a Publication; gives a RuleMatrix: rules down, submissions across, the gravest outcome in each cell. How it
looks is in `docs/review/rules.html`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.finding import OutcomeKind
from etl.publish.letters import all_rules, title_of
from etl.publish.publication import Publication
from etl.spec.bilingual import Bilingual
from etl.table import Submission

GRAVEST: tuple[OutcomeKind, ...] = ("failed", "could-not-run", "passed", "not-applicable")
"""Where a rule ran on several tables of a submission, its cell shows the first of these."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule over all submissions."""

    rule: str
    about: Bilingual
    counts: Mapping[OutcomeKind, int]
    """Tables by outcome."""
    cells: tuple[OutcomeKind | None, ...]
    """By submission; None where the rule concerns none of its tables."""


@dataclass(frozen=True, slots=True)
class RuleMatrix:
    """Rules down, submissions across."""

    submissions: tuple[tuple[str, str], ...]
    """Submission id and title, for the head of each column."""
    rows: tuple[RuleRow, ...]


def make_rule_matrix(publication: Publication) -> RuleMatrix:
    """Gather every outcome of every submission that has any."""
    spec = publication.spec
    submissions = [one for one in publication.submissions if one.outcomes]
    abouts: dict[str, Bilingual] = {}
    for rule in all_rules(spec):
        abouts.setdefault(rule.rule, rule.reason)
    for submission in submissions:
        for outcome in submission.outcomes:
            abouts.setdefault(outcome.rule, Bilingual("", ""))
    return RuleMatrix(
        tuple((one.submission_id, title_of(one, spec)) for one in submissions),
        tuple(
            _row(rule, about, kinds)
            for (rule, about), kinds in zip(abouts.items(), _kinds(abouts, submissions), strict=True)
        ),
    )


def _kinds(rules: Iterable[str], submissions: Sequence[Submission]) -> Iterator[list[list[OutcomeKind]]]:
    """Rule by rule: what became of it in each submission, table by table."""
    found = [_by_rule(one) for one in submissions]
    return ([of_rule.get(rule, []) for of_rule in found] for rule in rules)


def _by_rule(submission: Submission) -> Mapping[str, list[OutcomeKind]]:
    kinds: defaultdict[str, list[OutcomeKind]] = defaultdict(list)
    for outcome in submission.outcomes:
        kinds[outcome.rule].append(outcome.kind)
    return kinds


def _row(rule: str, about: Bilingual, kinds: Sequence[Sequence[OutcomeKind]]) -> RuleRow:
    counts = Counter(kind for found in kinds for kind in found)
    cells = tuple(next((kind for kind in GRAVEST if kind in found), None) for found in kinds)
    return RuleRow(rule, about, counts, cells)
