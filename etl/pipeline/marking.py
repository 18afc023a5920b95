"""Marked copies of many files. In: submissions with something to mend or to check. Out: each with its copy as bytes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from etl.pipeline.examine import mark
from etl.pipeline.spread import Mishap
from etl.pipeline.stock import Work, do_what_is_new
from etl.publish.gate import UNREADABLE
from etl.publish.letter_files import gather_parts
from etl.spec.model import Spec
from etl.table import Submission


def mark_all(submissions: Sequence[Submission], spec: Spec, work: Work) -> list[tuple[Submission, bytes | Mishap]]:
    """Every file with something to mend or to check, with its copy; empty where there is nothing to mark it in."""
    to_mark = [one for one in gather_parts(submissions) if _is_to_mark(one)]
    return list(zip(to_mark, do_what_is_new("mark", partial(_mark, spec), to_mark, _depends, work), strict=True))


def _is_to_mark(submission: Submission) -> bool:
    if submission.status in ("duplicate", UNREADABLE):
        return False
    return bool(submission.count("error") or submission.count("warning"))


def _depends(submission: Submission) -> tuple[object, ...]:
    """What a marked copy depends on, beside the declarations for all files."""
    return submission.receipt.sha256, submission.receipt.file, submission.findings


def _mark(spec: Spec, submission: Submission) -> bytes:
    return mark(submission, spec) or b""
