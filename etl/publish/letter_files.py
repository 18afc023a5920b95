"""The page of every submission and its receipt, below `review/submissions/`. In: a Publication. Out: what writes them.

A letter is drawn from its own submission, from what the same body handed in of the same document, and from nothing
else: letters of one body are one piece of work, which need not be done again while these stay what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import jinja2

from etl.publish.abreast import Files
from etl.publish.attempts import Attempts
from etl.publish.letters import Letter, make_letter
from etl.publish.papers.receipt import make_receipt
from etl.publish.papers.text_file import as_text
from etl.publish.publication import Publication
from etl.publish.review_page import RECEIPT, environment_of, submission_folder, write_page
from etl.spec.model import Spec
from etl.table import Identity, Submission

_MOST_URGENT = ("withheld", "rejected", "unreadable", "unrecognised", "accepted", "superseded", "duplicate")
"""Fates, the one that most needs somebody first."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as the person who sent it sees it."""

    whole: Submission
    parts: tuple[Submission, ...]
    """What it falls into, usually itself alone: one for each body that it holds something of."""
    again: tuple[Submission, ...]
    """The same bytes under other names."""
    has_copy: bool
    """Whether a marked copy lies beside the page."""

    @property
    def body(self) -> str:
        """Whose it is; empty where it is of several, and where nobody knows."""
        return self.whole.identity.department_code


def letters_of(publication: Publication, marked: Collection[str]) -> Iterator[Letter]:
    """One for the same bytes, however often they came in; `marked` are the ids of those with a marked copy."""
    attempts = Attempts(publication.submissions)
    return (_letter(one, attempts, publication.spec) for one in _sent(publication.submissions, marked))


def letter_files(publication: Publication, marked: Collection[str], folder: Path) -> Iterator[Files]:
    """What writes the pages and receipts of each body: from its own submissions, and from nothing else."""
    by_body: defaultdict[str, list[str]] = defaultdict(list)
    for one in _sent(publication.submissions, marked):
        by_body[one.body].append(one.whole.submission_id)
    spec, day = publication.spec.as_declared, publication.built_on
    environment = environment_of(spec, day)
    for body, ids in by_body.items():
        files = frozenset(ids)
        own = [one for one in publication.submissions if one.submission_id in files or _is_of(one, body)]
        copies = [submission_id for submission_id in ids if submission_id in marked]
        yield Files(_write, folder, (own, ids, copies, day), (spec, environment))


def _is_of(submission: Submission, body: str) -> bool:
    """Whether it is a body's, as far as that is known."""
    return body != "" and submission.identity.department_code == body


def gather_parts(submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """One submission a file, as the person who sent it sees it: what several bodies share is put together again.

    Of their fates the one that asks most of the reader stands for all; the same bytes under other names are left out.
    """
    return tuple(one.whole for one in _sent(submissions, ()))


def _sent(submissions: Sequence[Submission], marked: Collection[str]) -> Iterator[Sent]:
    received: dict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        received[submission.submission_id].append(submission)
    for submission_id, same in received.items():
        parts = tuple(one for one in same if one.receipt.file == same[0].receipt.file)
        again = tuple(one for one in same if one.receipt.file != same[0].receipt.file)
        whole = parts[0] if len(parts) == 1 else _together(parts)
        yield Sent(whole, parts, again, submission_id in marked)


def _together(parts: Sequence[Submission]) -> Submission:
    return replace(
        parts[0],
        identity=Identity(),
        status=min((part.status for part in parts), key=_MOST_URGENT.index),
        tables=tuple(table for part in parts for table in part.tables),
        sheets=tuple(dict.fromkeys(sheet for part in parts for sheet in part.sheets)),
        findings=tuple({one.fingerprint(part.submission_id): one for part in parts for one in part.findings}.values()),
        outcomes=tuple(outcome for part in parts for outcome in part.outcomes),
    )


def _letter(sent: Sent, attempts: Attempts, spec: Spec) -> Letter:
    return make_letter(sent.whole, sent.parts, sent.again, spec, has_copy=sent.has_copy, attempts=attempts)


def _write(
    folder: Path,
    own: Sequence[Submission],
    ids: Collection[str],
    copies: Collection[str],
    day: date,
    spec: Spec,
    environment: jinja2.Environment,
) -> None:
    """The page and the receipt of each file that is to be written."""
    attempts = Attempts(own)
    for one in _sent(own, copies):
        if one.whole.submission_id in ids:
            letter = _letter(one, attempts, spec)
            place = submission_folder(folder, one.whole.submission_id)
            write_page(environment, "submission.html", {"letter": letter}, place / "index.html", up="../../")
            (place / RECEIPT).write_bytes(as_text(make_receipt(letter, spec, day)))
