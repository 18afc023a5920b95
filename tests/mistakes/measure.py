"""Plant, examine, decide, count: what was said of each planted mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from etl.finding import Finding
from etl.pipeline.settle import decide
from etl.table import Submission
from tests.mistakes.county import County, Paper
from tests.mistakes.planting import SUMS, Kind

DAY = date(2026, 1, 1)
_TRIES = 60
_CELL = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")


@dataclass(frozen=True)
class Case:
    """One planted mistake, and what was said of the document that has it."""

    kind: Kind
    of: str
    cells: frozenset[tuple[str, str, str]]
    """File, sheet and cell at which it shows; empty where it shows nowhere in particular."""
    findings: tuple[tuple[str, Finding], ...]
    """File and finding."""
    before: frozenset[str]
    """Codes that are said of the same document without the mistake."""

    @property
    def said(self) -> list[tuple[str, Finding]]:
        return [(file, finding) for file, finding in self.findings if finding.code in self.kind.codes]

    @property
    def found(self) -> bool:
        return bool(self.said)

    @property
    def placed(self) -> bool:
        """Found, and at a cell at which it shows."""
        if not self.cells:
            return self.found
        return any(
            (file, finding.location.sheet, cell) in self.cells
            for file, finding in self.said
            for cell in cells(finding.location.cell) or [""]
        )

    @property
    def strays(self) -> list[str]:
        """Codes of errors and warnings that have nothing to do with what was planted."""
        meant = self.kind.codes | self.kind.follows | self.before
        return sorted({one.code for _, one in self.findings if one.severity != "note" and one.code not in meant})

    @property
    def caused(self) -> bool:
        """Whether the cause is among the three that are named where one reads first."""
        return any(
            one.values.get(f"cause{suffix}") == self.kind.cause
            for _, one in self.findings
            if one.code in SUMS
            for suffix in ("", "_2", "_3")
        )

    @property
    def explained(self) -> bool:
        """Whether there is something to explain: a sum that does not hold, as an error."""
        return any(one.code in SUMS and one.severity == "error" for _, one in self.findings)


def cells(text: str) -> list[str]:
    """Every cell that a place names: `B4,B6:B8` is B4, B6, B7, B8."""
    return [
        f"{_letters(column)}{row}"
        for left, top, right, bottom in _CELL.findall(text)
        for row in range(int(top), int(bottom or top) + 1)
        for column in range(_number(left), _number(right or left) + 1)
    ]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def clean(county: County) -> list[tuple[Paper, tuple[Submission, ...]]]:
    """Every document without a mistake, and its fate."""
    written = [(paper, paper.copy().written()) for paper in county.papers]
    return _decided(
        county, [(paper, [one for file in files for one in county.examine(file)]) for paper, files in written]
    )


def planted(county: County, kinds: Iterable[Kind], each: int, seed: int) -> list[Case]:
    """Each kind of mistake so many times, at random places in random documents, and what is said of it."""
    spoiled = [spoil for kind in kinds for spoil in _spoiled(county, kind, each, seed)]
    files = [(paper, [one for file in paper.written() for one in county.examine(file)]) for _, _, paper in spoiled]
    said = {id(paper): _codes(submissions) for paper, submissions in clean(county)}
    cases = []
    for (kind, original, paper), (_, submissions) in zip(spoiled, _decided(county, files), strict=True):
        noted = frozenset((file.path, each.sheet, each.cell) for file in paper.files for each in file.planted)
        findings = tuple((one.receipt.file, finding) for one in submissions for finding in one.findings)
        cases.append(
            Case(
                kind,
                f"{paper.of} {paper.office.body.code} {paper.account.document}",
                noted,
                findings,
                said[id(original)],
            )
        )
    return cases


def _spoiled(county: County, kind: Kind, each: int, seed: int) -> Iterator[tuple[Kind, Paper, Paper]]:
    rng = Random(f"{kind.key}/{seed}")
    made = 0
    for _ in range(_TRIES * each):
        original = rng.choice(county.papers)
        paper = original.copy()
        if made < each and kind.plant(paper, rng):
            made += 1
            yield kind, original, paper


def _codes(submissions: Sequence[Submission]) -> frozenset[str]:
    return frozenset(finding.code for one in submissions for finding in one.findings)


def _decided(
    county: County, examined: Sequence[tuple[Paper, Sequence[Submission]]]
) -> list[tuple[Paper, tuple[Submission, ...]]]:
    """Fates for all at once; a file that stands in several documents is judged once."""
    distinct = {id(one): one for _, submissions in examined for one in submissions}
    fates = dict(zip(distinct, decide(list(distinct.values()), county.spec, DAY), strict=True))
    return [(paper, tuple(fates[id(one)] for one in submissions)) for paper, submissions in examined]
