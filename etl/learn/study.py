"""A file -> what can be learnt from it, and what is wrong with it where nothing can."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.finding import Finding
from etl.learn.propose import propose
from etl.learn.trial import is_whole
from etl.learn.values import Proposal
from etl.spec.model import Spec
from etl.workbook import read


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of a file."""

    sheets: tuple[str, ...]
    """Names of its sheets; none where it could not be read."""
    proposals: tuple[Proposal, ...]
    strange: tuple[Proposal, ...]
    """Of parts that are like no declared table: nothing could be saved of them."""
    findings: tuple[Finding, ...]
    """Errors about the file as a file."""


def study(path: Path, spec: Spec, sheet: str = "", table_id: str = "") -> Lesson:
    """Read a file and propose a form for each of its tables that is not read yet, or for all of one sheet."""
    workbook, findings = read(path.read_bytes(), path.name)
    errors = tuple(finding for finding in findings if finding.severity == "error")
    if workbook is None:
        return Lesson((), (), (), errors)
    names = tuple(each.name for each in workbook.sheets)
    made = propose(workbook, path.name, spec, sheet, table_id)
    whole = tuple(proposal for proposal in made if is_whole(proposal))
    return Lesson(names, whole, tuple(proposal for proposal in made if proposal not in whole), errors)
