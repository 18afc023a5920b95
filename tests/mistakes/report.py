"""`python -m tests.mistakes.report [seeds] [each] [part of a key]`: every kind, many times, in several counties."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mistakes.county import county
from tests.mistakes.kinds import KINDS
from tests.mistakes.measure import Case, clean, planted


def share(hits: int, of: int) -> str:
    return f"{hits / of:.2f}" if of else "   –"


def line(key: str, cases: Sequence[Case]) -> str:
    """One row of the table: how many, recall, right cell of those found, precision, cause in three."""
    found = [case for case in cases if case.found]
    explained = [case for case in cases if case.kind.cause and case.explained]
    shares = (
        share(len(found), len(cases)),
        share(sum(case.placed for case in found), len(found)),
        share(sum(not case.strays for case in cases), len(cases)),
        share(sum(case.caused for case in explained), len(explained)),
    )
    return f"{key:<52}{len(cases):>6}" + "".join(f"{each:>8}" for each in shares)


def told(cases: Sequence[Case]) -> Iterator[str]:
    """What went wrong with single cases, three of each kind."""
    for what, wrong in (
        ("missed", [case for case in cases if not case.found]),
        ("elsewhere", [case for case in cases if case.found and not case.placed]),
        ("stray", [case for case in cases if case.strays]),
    ):
        for case in wrong[:3]:
            said = sorted({(one.severity, one.code, one.location.sheet, one.location.cell) for _, one in case.findings})
            wanted = sorted(cell for _, _, cell in case.cells)[:6]
            yield f"    {what}: {case.of} {sorted({place[1] for place in case.cells})} {wanted} {case.strays} {said[:6]}"


def report(seeds: int = 4, each: int = 6, part: str = "") -> Iterator[str]:
    """The report, line by line; of the kinds whose key has a part."""
    kinds = [kind for kind in KINDS if part in kind.key]
    cases: list[Case] = []
    wrong = right = 0
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            made = county(Path(folder) / "county", seed)
            for paper, submissions in clean(made):
                errors = [
                    (one.code, one.location.cell)
                    for each in submissions
                    for one in each.findings
                    if one.severity == "error"
                ]
                right += not errors
                wrong += bool(errors)
                if errors:
                    yield f"clean, and yet: {paper.of} {paper.office.body.code} {paper.account.document} {errors[:5]}"
            cases += planted(made, kinds, each, seed)
    yield (f"clean documents: {right + wrong}, with a false error: {wrong}")
    yield (f"{'kind':<52}{'cases':>6}{'recall':>8}{'cell':>8}{'precis.':>8}{'cause':>8}")
    for kind in kinds:
        own = [case for case in cases if case.kind is kind]
        yield line(kind.key, own)
        yield from told(own)
    yield line("all", cases)


if __name__ == "__main__":
    for text in report(*(int(word) if word.isdigit() else word for word in sys.argv[1:])):  # type: ignore[arg-type]
        sys.stdout.write(f"{text}\n")
