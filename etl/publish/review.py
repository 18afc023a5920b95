"""`review/`: what the finance bureau works with, and nobody else sees.

Takes a Publication and an empty folder; writes plain HTML that needs neither a server nor JavaScript, and the tables of
the contract, section 6. It may name what was rejected and why; what is withheld is named by its cells only.

    review/
      index.html                            what came in, what to do next, what is owed
      submissions/<submission_id>/          a letter to the clerk, and receipt.txt; others lay the marked copy beside it
      rules.html                            what was checked, and what could not be
      codes.html rulebook.html              what every finding and every rule means, wrong and right
      expectations/index.html               plausibility of everything published
      notices/                              to every body that owes something; circular.*, the draft for the county
      calendars/                            deadlines, one .ics a body and one for all
      owed.csv approvals-to-enter.csv       everything owed; what the register lacks
      submissions.csv findings.csv findings.json rules.csv facts.csv expectations/validation.json
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2

from etl.answer import ExpectationResult
from etl.finding import Finding
from etl.layout import PROGRAM
from etl.publish.abreast import Abreast, one_by_one
from etl.publish.attempts import Attempts
from etl.publish.csv_files import write_facts, write_findings, write_rules, write_submissions
from etl.publish.letters import Letter, make_letter, remark_of
from etl.publish.papers.receipt import make_receipt
from etl.publish.papers.text_file import as_text
from etl.publish.papers.write import write_papers
from etl.publish.publication import Publication
from etl.publish.rule_matrix import make_rule_matrix
from etl.publish.views.rulebook import RuleBookView
from etl.publish.words import clean
from etl.publish.worklist import make_worklist
from etl.table import Identity, Submission
from etl.wording import OUTCOMES, SEVERITIES, in_reading_order, name_status

TEMPLATES = PROGRAM / "docs" / "review"
STYLE = "review.css"
MARKED_COPY = "marked.xlsx"
"""Name of the marked copy in the folder of its submission."""
RECEIPT = "receipt.txt"
"""Name of the receipt, beside it."""

LETTERS = 50
"""Letters that are written in one go."""

FEW = 12
"""Findings of one code that belong to no file and are shown one by one; of more a list can be opened."""

Page = tuple[str, Mapping[str, Any]]
"""A template and its values."""

Unwritten = Callable[[], Letter]

_MOST_URGENT = ("withheld", "rejected", "unreadable", "unrecognised", "accepted", "superseded", "duplicate")
"""Fates, the one that most needs somebody first."""


def write_review(
    publication: Publication,
    folder: Path,
    *,
    others: Sequence[Finding] = (),
    marked: Collection[str] = frozenset(),
    abreast: Abreast = one_by_one,
) -> None:
    """Write the review site; `abreast` may write several files at once.

    `others` are findings that belong to no submission; `marked` the ids of submissions whose marked copy is there.
    """
    environment = environment_of(publication)
    abreast(
        [
            partial(write_papers, publication, folder),
            partial(_write_tables, publication, folder, others),
            partial(_write_pages, environment, _pages(publication, others), folder),
            *(
                partial(_write_letters, publication, environment, some, folder)
                for some in _batches(unwritten_of(publication, marked))
            ),
        ]
    )
    shutil.copyfile(TEMPLATES / STYLE, folder / STYLE)


def _batches(letters: Iterable[Unwritten]) -> Iterator[Sequence[Unwritten]]:
    """As many letters as are worth being handed out together."""
    left = iter(letters)
    while some := tuple(islice(left, LETTERS)):
        yield some


def _write_letters(
    publication: Publication, environment: jinja2.Environment, letters: Sequence[Unwritten], folder: Path
) -> None:
    """The page of each submission, and its receipt."""
    for unwritten in letters:
        letter = unwritten()
        path, page = _page_of(letter)
        _write_pages(environment, {path: page}, folder)
        receipt = as_text(make_receipt(letter, publication.spec, publication.built_on))
        (submission_folder(folder, letter.submission.submission_id) / RECEIPT).write_bytes(receipt)


def _write_pages(environment: jinja2.Environment, pages: Mapping[str, Page], folder: Path) -> None:
    for path, (template, values) in pages.items():
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        up = "../" * path.count("/")
        page.write_text(environment.get_template(template).render(values, up=up) + "\n", "utf-8")


def _write_tables(publication: Publication, folder: Path, others: Sequence[Finding]) -> None:
    write_submissions(publication.submissions, folder / "submissions.csv")
    write_findings(publication, folder, others)
    write_rules(publication.submissions, folder / "rules.csv")
    write_facts(publication.read_facts, folder / "facts.csv")
    write_validation(publication.expectations, folder / "expectations" / "validation.json")


def submission_folder(folder: Path, submission_id: str) -> Path:
    """Where the page of a submission and its marked copy lie."""
    return folder / "submissions" / submission_id


def write_validation(results: Sequence[ExpectationResult], path: Path) -> None:
    """Write what became of every expectation, as JSON."""
    value = {
        "success": all(result.success for result in results),
        "evaluated": len(results),
        "unsuccessful": sum(not result.success for result in results),
        "results": [_result(result) for result in results],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _result(result: ExpectationResult) -> dict[str, Any]:
    return {
        "suite": result.suite,
        "expectation": result.expectation,
        "column": result.column,
        "success": result.success,
        "observed": result.observed,
        "unexpected": result.unexpected,
        "reason": {"zh": result.reason_zh, "en": result.reason_en},
    }


def _pages(publication: Publication, others: Sequence[Finding]) -> dict[str, Page]:
    spec = publication.spec
    remarks = [remark_of(finding, "", spec) for finding in in_reading_order(others, (), spec)]
    return {
        "index.html": ("index.html", {"list": make_worklist(publication), "remarks": remarks, "few": FEW}),
        "rules.html": ("rules.html", {"matrix": make_rule_matrix(publication)}),
        "codes.html": ("codes.html", {"book": RuleBookView(spec)}),
        "rulebook.html": ("rulebook.html", {"book": RuleBookView(spec)}),
        "expectations/index.html": ("expectations.html", {"results": publication.expectations}),
    }


def _page_of(letter: Letter) -> tuple[str, Page]:
    return f"submissions/{letter.submission.submission_id}/index.html", ("submission.html", {"letter": letter})


def letters_of(publication: Publication, marked: Collection[str]) -> Iterator[Letter]:
    """One page for the same bytes, however often they came in."""
    return (unwritten() for unwritten in unwritten_of(publication, marked))


def unwritten_of(publication: Publication, marked: Collection[str]) -> Iterator[Unwritten]:
    """What makes each letter, once somebody has the time."""
    received: dict[str, list[Submission]] = defaultdict(list)
    attempts = Attempts(publication.submissions)
    for submission in publication.submissions:
        received[submission.submission_id].append(submission)
    for gathered in gather_parts(publication.submissions):
        submission_id = gathered.submission_id
        parts = [one for one in received[submission_id] if one.receipt.file == gathered.receipt.file]
        again = [one for one in received[submission_id] if one.receipt.file != gathered.receipt.file]
        yield partial(
            make_letter,
            gathered,
            parts,
            again,
            publication.spec,
            has_copy=submission_id in marked,
            attempts=attempts,
        )


def gather_parts(submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    """One submission a file, as the person who sent it sees it: what several bodies share is put together again.

    Of their fates the one that asks most of the reader stands for all; the same bytes under other names are left out.
    """
    files: dict[str, list[Submission]] = {}
    for submission in submissions:
        same = files.setdefault(submission.submission_id, [])
        if not same or same[0].receipt.file == submission.receipt.file:
            same.append(submission)
    return tuple(parts[0] if len(parts) == 1 else _together(parts) for parts in files.values())


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


def environment_of(publication: Publication) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "spec": publication.spec,
        "built_on": publication.built_on.isoformat(),
        "severities": SEVERITIES,
        "outcomes": OUTCOMES,
        "marked_copy": MARKED_COPY,
        "receipt": RECEIPT,
        "name_status": name_status,
    }
    return environment
